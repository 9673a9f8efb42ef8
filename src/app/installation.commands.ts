// Commands on the installation as a whole: backup, restore, doctor.
import type { Command } from 'commander';
import pino from 'pino';
import { backup } from '#platform/backup/backup.ts';
import type { Manifest } from '#platform/backup/manifest.types.ts';
import { restore } from '#platform/backup/restore.ts';
import { type Config, loadConfig } from '#platform/config.ts';
import { openDatabase } from '#platform/database/open.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import { diagnose } from '#platform/installation/doctor.ts';
import type { Installation } from './installation.ts';
import { keptFolders, migrationSources } from './modules.ts';
import { version } from './version.ts';

const messages = defineMessages('installation', {
  fr: {
    saved: (rows: string, tables: string, file: string) =>
      `${rows} lignes de ${tables} tables sauvegardées dans ${file}. Le fichier contient aussi les clés : gardez-le en lieu sûr.`,
    restored: (rows: string, tables: string, at: string) =>
      `${rows} lignes de ${tables} tables restaurées et comparées, d’après la sauvegarde du ${at}.`,
    well: 'Tout va bien.',
    mend: (what: string) => `  Pour y remédier : ${what}`,
  },
  en: {
    saved: (rows: string, tables: string, file: string) =>
      `${rows} rows of ${tables} tables saved to ${file}. The file also holds the keys: keep it in a safe place.`,
    restored: (rows: string, tables: string, at: string) =>
      `${rows} rows of ${tables} tables restored and compared, from the backup of ${at}.`,
    well: 'All is well.',
    mend: (what: string) => `  To mend it: ${what}`,
  },
});

/** What these commands need of the command line. */
export interface InstallationCommandLine {
  readonly locale: Locale;
  readonly environment: NodeJS.ProcessEnv;
  withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T>;
  print(result: object, sentence: string): void;
  /** Prints like `print`, and makes the command exit with 1. */
  fail(result: object, sentence: string): void;
}

/** The key files of an installation, which a backup carries and a restore puts back. */
function keyFilesOf({ secretFile, ledgerKeyFile }: Config) {
  return [
    { name: 'session.key', path: secretFile },
    { name: 'ledger.key', path: ledgerKeyFile },
  ];
}

function counts(locale: Locale, { tables }: Manifest): [rows: string, tables: string] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return [formatNumber(locale, rows), formatNumber(locale, tables.length)];
}

function summary({ madeAt, tables, files }: Manifest) {
  return {
    madeAt,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    tables: tables.length,
    keys: files.length,
  };
}

/** Adds `socle backup`, `socle restore` and `socle doctor`. */
export function installationCommands(socle: Command, line: InstallationCommandLine): void {
  const words = messages(line.locale);

  socle
    .command('backup')
    .description(
      'save the database, its keys and the logs of the gateways here to FILE; all of it may be running',
    )
    .argument('<file>', 'a new file, such as socle-2026-11-24.tar.gz')
    .action(async (file: string) => {
      const manifest = await line.withInstallation(({ kernel, database }) =>
        backup({
          pool: database.pool,
          file,
          keyFiles: keyFilesOf(kernel.config),
          dataFolder: kernel.config.dataFolder,
          folders: keptFolders(),
          version,
          now: kernel.clock.now(),
        }),
      );
      line.print({ file, ...summary(manifest) }, words.saved(...counts(line.locale, manifest), file));
    });

  socle
    .command('restore')
    .description('restore a backup into an installation in which Socle never ran')
    .argument('<file>')
    .action(async (file: string) => {
      const config = loadConfig(line.environment);
      const log = pino({ level: 'error' }, pino.destination(2));
      const { dataFolder, databaseUrl } = config;
      const database = await openDatabase({ dataFolder, databaseUrl, as: 'command', log });
      try {
        const manifest = await restore({
          pool: database.pool,
          file,
          keyFiles: keyFilesOf(config),
          dataFolder,
          folders: keptFolders(),
          sources: migrationSources(),
        });
        line.print(summary(manifest), words.restored(...counts(line.locale, manifest), manifest.madeAt));
      } finally {
        await database.close();
      }
    });

  socle
    .command('doctor')
    .description('say what is wrong with this installation, and how to mend it')
    .action(async () => {
      const config = loadConfig(line.environment);
      const findings = await diagnose({
        ...config,
        sources: migrationSources(),
        keyFiles: keyFilesOf(config),
        now: new Date(),
      });
      const { locale } = line;
      const sentences = findings.flatMap(({ ok, found, mend }) => [
        `${ok ? '✓' : '✗'} ${found[locale]}`,
        ...(mend ? [words.mend(mend[locale])] : []),
      ]);
      const ok = findings.every((finding) => finding.ok);
      const result = {
        ok,
        findings: findings.map(({ found, mend, ...rest }) => ({
          ...rest,
          found: found[locale],
          mend: mend?.[locale] ?? null,
        })),
      };
      if (ok) line.print(result, [...sentences, words.well].join('\n'));
      else line.fail(result, sentences.join('\n'));
    });
}
