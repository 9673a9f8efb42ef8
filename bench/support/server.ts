// Starts Socle as `npm start` does, for a benchmark, on a data folder and free ports of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A running Socle. */
export interface RunningServer {
  readonly address: string;
  /** Milliseconds from the start of the process to the sentence that says where it answers. */
  readonly saidAfterMs: number;
  /** Stops it as Ctrl-C does, and waits for its end. */
  stop(): Promise<void>;
}

/** Starts the server on `dataFolder` and waits until it says where it answers. Throws when it ends before. */
export async function startServer(dataFolder: string): Promise<RunningServer> {
  const start = performance.now();
  const child: ChildProcess = spawn(process.execPath, ['src/main.ts'], {
    cwd: new URL('../../', import.meta.url),
    env: {
      PATH: process.env.PATH,
      LANG: 'C',
      NODE_ENV: process.env.NODE_ENV,
      PORT: '0',
      SOCLE_PRIVATE_PORT: '0',
      SOCLE_GATEWAY: 'off',
      SOCLE_DATA: dataFolder,
      SOCLE_LOG_LEVEL: 'warn',
      SOCLE_RATE_LIMIT: '10000000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const address = /Socle answers at (\S+)/.exec(text)?.[1];
    if (!address) continue;
    return {
      address,
      saidAfterMs: performance.now() - start,
      async stop() {
        child.kill('SIGINT');
        await ended;
      },
    };
  }
  throw new Error(`Socle ended before it answered: ${text}`);
}
