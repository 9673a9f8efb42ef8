// The server from its first line to its last: opens the installation, listens, says where, and stops gracefully.
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import pino from 'pino';
import { listDemonstrationPeople, roleName } from '#modules/identity/public.ts';
import { ROLES } from '#platform/access.ts';
import { type Config, loadConfig } from '#platform/config.ts';
import { createMetrics } from '#platform/http/metrics.ts';
import { jobCounts } from '#platform/jobs/runs.repository.ts';
import type { Kernel } from '#platform/kernel.ts';
import { startIntegrator } from '#platform/ledger/integrator.ts';
import type { Logger } from '#platform/log.ts';
import { buildApp } from './app.ts';
import { loadDemonstrationWhereEmpty } from './demonstration.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { openInstallation } from './installation.ts';
import { modules } from './modules.ts';
import { sentenceOf, TERMINAL_LOCALE } from './terminal.ts';

/** Longest time that everything under way gets when the process is asked to stop. */
const GRACE_MS = 20_000;
/** How long to wait before what could not start beside the server is tried again. */
const RETRY_MS = 1_000;

/**
 * Starts the server and returns once it listens. It stops on SIGINT or SIGTERM: no new request, those under way end,
 * then the jobs, then the database. A refusal to start is one sentence on standard error and exit code 1.
 */
export async function serve(environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    const config = loadConfig(environment);
    // On a terminal the person reads sentences; the log is for machines, and for trouble.
    const quiet = process.stdout.isTTY && !environment.SOCLE_LOG_LEVEL;
    const log: Logger = pino({ level: quiet ? 'warn' : config.logLevel });
    await start(config, environment, log);
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
  }
}

async function start(config: Config, environment: NodeJS.ProcessEnv, log: Logger): Promise<void> {
  const opened: (() => Promise<unknown>)[] = [];
  const stopping = stopOnSignal(opened, log);

  const installation = await openInstallation(config, { as: 'server', log });
  opened.push(() => installation.close());
  const { kernel, database, signer, jobs } = installation;
  await loadDemonstrationWhereEmpty(kernel);

  const integrator = startIntegrator({ db: kernel.db, signer, clock: kernel.clock, log });
  opened.push(() => integrator.stop());

  const metrics = createMetrics();
  metrics.gauge('socle_job_runs', 'Runs of jobs by state.', 'state', () => jobCounts(kernel.db));
  const metricsServer = await metrics.listen(config.privatePort);
  opened.push(() => metricsServer.close());

  const app = await buildApp({ kernel, address: database.address, signer, metrics });
  opened.push(() => app.close());
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const url = config.publicUrl ?? `http://localhost:${port}`;
  database.announceUrl(url);
  await greet(kernel, url);

  // From here on, what a page must not wait for.
  await jobs.work(kernel);
  if (config.gateway.starts) {
    const gateway = startGatewayProcess({ environment, siteUrl: url, log });
    opened.push(() => gateway.stop());
  }
  const beside = startBeside(kernel, { siteUrl: url, stopping, log });
  opened.push(async () => {
    for (const one of (await beside).toReversed()) await one.stop();
  });
  await beside;
}

/**
 * Starts what runs beside the server, module by module, until the process is asked to stop. What fails is tried again: the
 * database may have ended a moment ago and come back.
 */
async function startBeside(
  kernel: Kernel,
  { siteUrl, stopping, log }: { siteUrl: string; stopping: AbortSignal; log: Logger },
): Promise<{ stop(): Promise<void> }[]> {
  const started: { stop(): Promise<void> }[] = [];
  for (const module of modules) {
    while (!stopping.aborted) {
      try {
        const one = await module.background?.(kernel, { siteUrl });
        if (one) started.push(one);
        break;
      } catch (error) {
        if (sentenceOf(error) !== null) throw error;
        log.warn({ err: error, module: module.name }, 'what runs beside the server could not start yet');
        await wait(RETRY_MS, undefined, { signal: stopping }).catch(() => {});
      }
    }
  }
  return started;
}

/** @returns a signal that is aborted as soon as the process is asked to stop. */
function stopOnSignal(opened: (() => Promise<unknown>)[], log: Logger): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      log.info({ signal }, 'stopping');
      // Whatever hangs must not keep the process: what was acknowledged is on the disk already.
      setTimeout(() => process.exit(1), GRACE_MS).unref();
      for (const close of opened.toReversed()) {
        await close().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
      }
      process.exit(0);
    });
  }
  return stopping.signal;
}

/** Tells the person where Socle is, whom they can be in the demonstration, and how to stop. */
async function greet(kernel: Kernel, url: string): Promise<void> {
  const people = await listDemonstrationPeople(kernel.db, kernel.clock.now());
  const held = ROLES.filter((role) =>
    people.some((person) => person.roles.some((held) => held.role === role)),
  );
  const roles = held.map((role) => roleName(TERMINAL_LOCALE, role)).join(', ');
  const lines = [
    `Socle answers at ${url}`,
    ...(roles ? [`Demonstration State: enter with one click at ${url}/sign-in as ${roles}.`] : []),
    'Ctrl-C stops everything.',
  ];
  process.stdout.write(`\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
}
