// Saves a job's progress seldom, however often the job tells it. It knows no database.

/** The least time between two saves, in milliseconds. */
const INTERVAL_MS = 500;

/** Takes every step that a job tells and passes few on. */
export interface ProgressReport {
  tell(done: number, total: number): void;
  /** Saves the last step told, waits for it, and takes no more. */
  close(): Promise<void>;
}

/**
 * Makes a report that calls `save` at once for the first step and then at most twice a second with the newest one,
 * never two saves at a time. A failed save is told to `onError` and the work goes on.
 */
export function reportProgress(
  save: (done: number, total: number) => Promise<void>,
  onError: (error: unknown) => void,
): ProgressReport {
  let waiting: [done: number, total: number] | null = null;
  let saving: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const flush = () => {
    if (!waiting) return;
    const [done, total] = waiting;
    waiting = null;
    saving = saving.then(() => save(done, total)).catch(onError);
  };
  const openAgain = () => {
    timer = null;
    if (waiting) start();
  };
  const start = () => {
    flush();
    timer = setTimeout(openAgain, INTERVAL_MS);
    timer.unref();
  };

  return {
    tell(done, total) {
      if (closed || !Number.isFinite(done) || !Number.isFinite(total)) return;
      const all = Math.max(0, Math.round(total));
      waiting = [Math.min(Math.max(0, Math.round(done)), all), all];
      if (!timer) start();
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      flush();
      await saving;
    },
  };
}
