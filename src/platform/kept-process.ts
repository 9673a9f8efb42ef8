// A process that runs beside this one for as long as it does: started again when it ends by itself, told to end in time.
import type { ChildProcess } from 'node:child_process';
import type { Logger } from './log.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A process that lived so long was no failure to start. */
const LIVED_MS = 60_000;

/** A process that is kept running. */
export interface KeptProcess {
  /** Tells it to end (SIGTERM), and waits; after its grace it is killed. */
  stop(): Promise<void>;
}

/**
 * Starts a process and keeps it running, with growing pauses (0.5 to 30 s) where it ends again and again.
 * @param start starts it once.
 * @param name what the log calls it.
 * @param graceMs longest time that it gets to end.
 */
export function keepRunning({
  start,
  name,
  graceMs,
  log,
}: {
  start(): ChildProcess;
  name: string;
  graceMs: number;
  log: Logger;
}): KeptProcess {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let pause = FIRST_PAUSE_MS;

  function begin(): void {
    const startedAt = Date.now();
    const started = start();
    child = started;
    started.once('exit', (code, signal) => {
      child = undefined;
      if (stopped) return;
      if (Date.now() - startedAt > LIVED_MS) pause = FIRST_PAUSE_MS;
      log.error({ code, signal, pause }, `${name} ended by itself; it is started again`);
      timer = setTimeout(begin, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
    started.once('error', (error) => log.error({ err: error }, `${name} could not be started`));
  }

  begin();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      const running = child;
      if (!running) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      const forced = setTimeout(() => running.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(forced);
    },
  };
}
