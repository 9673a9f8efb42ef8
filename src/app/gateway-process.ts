// The gateway that the server starts beside it: a process of its own, started again when it ends by itself.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type KeptProcess, keepRunning } from '#platform/kept-process.ts';
import type { Logger } from '#platform/log.ts';

const COMMAND_LINE = fileURLToPath(new URL('../cli.ts', import.meta.url));
/** Longest time that its calls under way get. */
const GRACE_MS = 15_000;

/** Starts the gateway as `socle gateway` does. Where the server stands behind no public address, it is told which one. */
export function startGatewayProcess({
  environment,
  siteUrl,
  log,
}: {
  environment: NodeJS.ProcessEnv;
  siteUrl: string;
  log: Logger;
}): KeptProcess {
  return keepRunning({
    start: () =>
      spawn(process.execPath, [COMMAND_LINE, 'gateway', '--site-url', siteUrl], {
        env: environment,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      }),
    name: 'the gateway',
    graceMs: GRACE_MS,
    log,
  });
}
