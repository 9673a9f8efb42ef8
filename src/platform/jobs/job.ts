// What a job is: long work that runs outside a request, shows its progress and keeps its result.
import type { TSchema } from 'typebox';
import type { Locale, Translated } from '../i18n/locale.ts';
import type { Kernel } from '../kernel.ts';

/** What a running job can reach. */
export interface JobRun {
  /** The run's id, the same one that `/jobs/<id>` shows. */
  readonly id: string;
  readonly kernel: Kernel;
  /** The person who asked for it; null when the schedule or a command did. */
  readonly requestedBy: string | null;
  /** Tells how far the work is: `done` of `total` steps. Cheap to call often; it is saved at most twice a second. */
  progress(done: number, total: number): void;
  /** Aborted when the process stops; the job is then run again from its start by the next process. */
  readonly signal: AbortSignal;
}

/** A job's result, said to the person who asked for it. */
export interface JobOutcome {
  /** What came of it, in one sentence. */
  readonly sentence: string;
  /** Figures or facts, as label and value. */
  readonly rows?: readonly (readonly [label: string, value: string])[];
  /** Where to go on from here. `href` is an address of this site. */
  readonly link?: { readonly href: string; readonly text: string };
}

/** A kind of job, declared once in a module's `module.ts`. */
export interface JobDefinition<I = unknown, R = unknown> {
  /** Stable name, `<module>.<verb>`: letters, digits, dots and hyphens. */
  readonly name: string;
  /** What people call it, such as "Import d’une édition du panorama"; a general word unless told. */
  readonly title?: Translated;
  /** The shape of its input, checked when it is queued and again before each run. */
  readonly input: TSchema;
  /**
   * Does the work and returns what stays to be shown (plain JSON). A refusal (SocleError) becomes the shown failure.
   * It may be run more than once (a crash, a fault): what it writes must bear that.
   */
  run(input: I, run: JobRun): Promise<R>;
  /** Says the kept result to a person. It gets what JSON keeps of it: a date has become a text. */
  describe?(result: R, locale: Locale): JobOutcome;
  /** A cron line (UTC) when the job also runs by itself, with the empty object as input. */
  readonly schedule?: string;
  /** How many more times a run that failed by a fault is tried; 0 unless told. Refusals are never tried again. */
  readonly retries?: number;
  /** True for work of a second or so (a message, a notice), so that it never waits behind long work. */
  readonly quick?: boolean;
}
