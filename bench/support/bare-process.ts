// Starts a peer of a benchmark: a small program of its own, written for the run, that prints its address first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A running peer. */
export interface Peer {
  readonly address: string;
  stop(): Promise<void>;
}

/** Writes `program` (an ES module) into `folder` as `name`.mjs and runs it until it prints its address. */
export async function startPeer(folder: string, name: string, program: string): Promise<Peer> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, program);
  const child = spawn(process.execPath, ['--no-warnings', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
  });
  const ended = once(child, 'exit');
  const address = await new Promise<string>((found, fail) => {
    let text = '';
    // Read to its end, since a program whose output nobody reads breaks.
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      const line = /^(http:\S+)$/m.exec(text)?.[1];
      if (line) found(line);
    });
    child.once('exit', () => fail(new Error(`${name} ended before it said where it is: ${text}`)));
  });
  return {
    address,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
