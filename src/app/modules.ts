// THE list of Socle's modules, in the order of their graph: a module stands after those that it imports.
import { exchange } from '#modules/exchange/module.ts';
import { identity } from '#modules/identity/module.ts';
import { impact } from '#modules/impact/module.ts';
import { offerMeasures } from '#modules/impact/public.ts';
import { portfolio } from '#modules/portfolio/module.ts';
import { support } from '#modules/support/module.ts';
import type { KeptFolder } from '#platform/backup/manifest.types.ts';
import type { MigrationSource } from '#platform/database/migrations.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { Module } from '#platform/module.ts';

/** Every module, one line each. */
export const modules: readonly Module[] = [identity, impact, support, portfolio, exchange];

/** The folders in which modules keep data beside PostgreSQL. */
export function keptFolders(): KeptFolder[] {
  return modules.flatMap(({ folders }) => folders ?? []);
}

/** Makes the modules known to each other over a kernel that was just opened, and their measures to impact. */
export function attachModules(kernel: Kernel): void {
  offerMeasures(
    kernel.db,
    modules.flatMap(({ measures }) => measures ?? []),
  );
  for (const module of modules) module.attach?.(kernel);
}

const platformFolder = (name: string): MigrationSource => ({
  name,
  folder: new URL(`../platform/${name}/migrations/`, import.meta.url),
});

/** Where the SQL of the platform and of each module is, in the order in which it is applied. */
export function migrationSources(): MigrationSource[] {
  const platform = ['http', 'ledger', 'jobs', 'mail'].map(platformFolder);
  const own = modules.flatMap(({ name, migrations }) => (migrations ? [{ name, folder: migrations }] : []));
  return [...platform, ...own];
}
