// Gateways of the data exchange for benchmarks, each a process of its own as `socle gateway` starts it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A running gateway. */
export interface BenchGateway {
  readonly name: string;
  readonly url: string;
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** Starts the gateway `name` on the installation in `dataFolder`, kept to processor `cpu`. */
export async function startGateway(
  dataFolder: string,
  { name, cpu, profileIn }: { name: string; cpu: number; profileIn?: string },
): Promise<BenchGateway> {
  const profile = profileIn === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileIn}`];
  const child = spawn(
    'taskset',
    [
      '-c',
      String(cpu),
      process.execPath,
      ...profile,
      '--max-semi-space-size=32',
      'src/cli.ts',
      'gateway',
      '--name',
      name,
      '--port',
      '0',
      '--private-port',
      '0',
      '--json',
    ],
    {
      cwd: new URL('../../', import.meta.url),
      env: {
        PATH: process.env.PATH,
        LANG: 'C',
        NODE_ENV: process.env.NODE_ENV,
        SOCLE_DATA: dataFolder,
        SOCLE_LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const line = /^(\{.*\})$/m.exec(text)?.[1];
    if (!line) continue;
    const { port } = JSON.parse(line) as { port: number };
    return {
      name,
      url: `http://127.0.0.1:${port}`,
      pids: [child.pid ?? 0],
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error(`The gateway ended before it answered: ${text}`);
}
