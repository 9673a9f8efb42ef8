// What a module of Socle hands to the application: routes, permissions, navigation, jobs, migrations, figures.

import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import type { Actor, Permission } from './access.ts';
import type { KeptFolder } from './backup/manifest.types.ts';
import type { DatabaseAddress, Db } from './database/connection.ts';
import type { Locale, Translated } from './i18n/locale.ts';
import type { JobDefinition } from './jobs/job.ts';
import type { Kernel } from './kernel.ts';

/** A link of the service navigation; shown to those who hold `permission`. */
export interface NavigationItem {
  readonly href: string;
  readonly text: Translated;
  readonly permission: Permission;
}

/** One figure of the State's digital for the home page, with where it comes from. */
export interface GlanceFigure {
  readonly title: string;
  /** The figure as a reader of the page's language writes it, unit included. */
  readonly value: string;
  /** What the figure says, in one sentence. */
  readonly explanation: string;
  /** Values over time, oldest first, for a small trend line; `label` is shown in its table. */
  readonly trend: readonly { readonly label: string; readonly value: number }[];
  readonly origin: 'measured' | 'declared' | 'demonstration';
  /** Where the figure comes from, in words. */
  readonly source: string;
  readonly link: { readonly href: string; readonly text: string };
}

/** Something on a person's desk. */
export interface DeskItem {
  readonly section: 'waiting' | 'late' | 'changed';
  readonly text: string;
  readonly href: string;
  /** Why it is there or since when, in a few words. */
  readonly note: string;
}

/** Figures that a module offers to success contracts: how to read one for a subject and a period. */
export interface MeasureDefinition {
  readonly name: string;
  readonly unit: string;
  readonly title: Translated;
  read(db: Db, subject: string, period: { from: Date; to: Date }): Promise<number | null>;
}

/** How a command line tool reaches the installation; `withKernel` opens and closes what it needs. */
export interface CommandLine {
  /** Runs `work` on the installation's database, whether or not the server is running; it may also be listened to. */
  withKernel<T>(work: (kernel: Kernel, address: DatabaseAddress) => Promise<T>): Promise<T>;
  /** Prints a result: the object as one JSON line with `--json`, else the sentence. */
  print(result: object, sentence: string): void;
}

/** A part of the mission, as the application mounts it. */
export interface Module {
  readonly name: string;
  /** Modules that this one may import, through their `public.ts`. The architecture test compares it with the imports. */
  readonly imports: readonly string[];
  /** Folder of `NNN-what.sql` files, applied in order in the module's own PostgreSQL schema. */
  readonly migrations?: URL;
  /** Small vanilla ES modules that its pages name in `Page.scripts`, each under its name. */
  readonly scripts?: Readonly<Record<string, URL>>;
  /** Folders of `SOCLE_DATA` in which it keeps data beside PostgreSQL; backups hold them. */
  readonly folders?: readonly KeptFolder[];
  readonly navigation?: readonly NavigationItem[];
  readonly permissions: readonly Permission[];
  readonly jobs?: readonly JobDefinition<never>[];
  readonly measures?: readonly MeasureDefinition[];
  /**
   * Makes the module known to those that it imports, which cannot name it: called once for each kernel that a process
   * opens, server or command, before anything is asked of it.
   */
  attach?(kernel: Kernel): void;
  /**
   * Mounts what other servers and programs speak to by a protocol that proves itself in each request: no session, no
   * form token, no compression stands before it. Each route states its permission here as well.
   */
  protocols?(app: FastifyInstance, kernel: Kernel): void;
  /** Mounts pages and API. Each route states its permission in `config.permission`, or the start fails. */
  routes?(app: FastifyInstance, kernel: Kernel): void;
  /** Starts what runs beside the server for as long as it does, once it listens; it must bear a restart at any moment. */
  background?(kernel: Kernel, at: { siteUrl: string }): Promise<{ stop(): Promise<void> }>;
  /** The module's figure on the home page; null while it has nothing to show. */
  glance?(kernel: Kernel, locale: Locale): Promise<GlanceFigure | null>;
  /** What waits for `actor`, is late or changed. Bounded: at most 20 items. */
  desk?(kernel: Kernel, actor: Actor, locale: Locale): Promise<DeskItem[]>;
  /** Adds the module's commands to `socle`. */
  commands?(socle: Command, line: CommandLine): void;
  /** Loads the module's part of the demonstration State; called once, on an empty database, in the graph's order. */
  demonstration?(kernel: Kernel): Promise<void>;
}
