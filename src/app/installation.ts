// Opens an installation: database, migrations, keys, kernel. Server and command line both start here.
import { systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { migrate } from '#platform/database/migrations.ts';
import { type OpenDatabase, openDatabase } from '#platform/database/open.ts';
import { openOutgoing } from '#platform/http/outgoing.ts';
import { type Jobs, openJobs } from '#platform/jobs/pg-boss-queue.ts';
import type { Kernel } from '#platform/kernel.ts';
import { type LedgerSigner, loadLedgerSigner } from '#platform/ledger/signer.ts';
import type { Logger } from '#platform/log.ts';
import { mailJobs } from '#platform/mail/delivery.ts';
import { outboxMailer } from '#platform/mail/outbox-mailer.ts';
import type { MailTransport } from '#platform/mail/transport.ts';
import { loadSecret } from '#platform/secret.ts';
import { attachModules, migrationSources, modules } from './modules.ts';
import { upkeepJobs } from './upkeep.jobs.ts';

/** An open installation. */
export interface Installation {
  readonly kernel: Kernel;
  readonly database: OpenDatabase;
  readonly signer: LedgerSigner;
  readonly jobs: Jobs;
  /** Closes everything, last opened first. */
  close(): Promise<void>;
}

/**
 * Opens the installation that `config` names: as its `server`, which holds it alone, or for one `command`, beside a
 * running server or without one. Missing migrations are applied.
 * @throws SocleError with a sentence when it cannot be opened.
 */
export async function openInstallation(
  config: Config,
  { as, log }: { as: 'server' | 'command'; log: Logger },
): Promise<Installation> {
  const { dataFolder, databaseUrl, databaseConnections: connections } = config;
  const database = await openDatabase({ dataFolder, databaseUrl, connections, as, log });
  try {
    return await assemble(config, database, log);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The way to the mail server, if one is configured; its library is read only then. */
async function transportOf({ smtpUrl, mailFrom }: Config): Promise<MailTransport | null> {
  if (smtpUrl === null) return null;
  const { smtpTransport } = await import('#connectors/smtp/smtp-transport.ts');
  return smtpTransport(smtpUrl, mailFrom);
}

async function assemble(config: Config, database: OpenDatabase, log: Logger): Promise<Installation> {
  const { address, db, pool } = database;
  const clock = systemClock;
  await migrate(pool, migrationSources(), { log });
  const transport = await transportOf(config);
  const definitions = [
    ...modules.flatMap((module) => module.jobs ?? []),
    ...mailJobs(transport),
    ...upkeepJobs,
  ];
  const jobs = openJobs({ address, definitions, clock, log });
  const mailer = outboxMailer({ jobs: jobs.queue, clock, delivers: transport !== null });
  const secret = loadSecret(config.secretFile);
  const signer = loadLedgerSigner({ keyFile: config.ledgerKeyFile, origin: config.ledgerOrigin });
  const outgoing = openOutgoing({ allowPrivate: config.demo });
  const kernel: Kernel = { config, db, clock, jobs: jobs.queue, mailer, log, secret, outgoing };
  attachModules(kernel);
  return {
    kernel,
    database,
    signer,
    jobs,
    async close() {
      await jobs.stop();
      await outgoing.close();
      await database.close();
    },
  };
}
