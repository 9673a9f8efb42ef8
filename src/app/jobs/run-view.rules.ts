// What a person is shown of a run: its name, how far it is, what came of it. Pure.
import type { Actor } from '#platform/access.ts';
import { formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { JobDefinition, JobOutcome } from '#platform/jobs/job.ts';
import { isFinished, type JobRunRecord, type RunReader } from '#platform/jobs/runs.types.ts';
import { uiMessages } from '#ui/ui.messages.ts';
import { jobsMessages } from './jobs.messages.ts';

/** A run in a reader's language. */
export interface RunView {
  readonly run: JobRunRecord;
  readonly title: string;
  readonly finished: boolean;
  /** Such as "3 of 10 (30 %)"; null while the job has not told a total. */
  readonly steps: string | null;
  /** What came of it; null unless it succeeded. */
  readonly outcome: JobOutcome | null;
  /** Why it was refused or failed; null otherwise. */
  readonly error: string | null;
}

/** Whose runs `actor` may see: their own; an administrator sees everyone's. */
export function readerOf(actor: Actor): RunReader {
  return { personId: actor.personId, seesAll: actor.roles.some(({ role }) => role === 'administrator') };
}

/** Describes `run` in `locale`. */
export function viewRun(run: JobRunRecord, definition: JobDefinition<never> | null, locale: Locale): RunView {
  const words = jobsMessages(locale);
  return {
    run,
    title: definition?.title?.[locale] ?? words.general,
    finished: isFinished(run.state),
    steps: stepsOf(run, locale),
    outcome: run.state === 'succeeded' ? outcomeOf(run, definition, locale) : null,
    error: run.error?.text[locale] ?? null,
  };
}

function stepsOf({ done, total }: JobRunRecord, locale: Locale): string | null {
  if (total === null || total === 0) return null;
  return uiMessages(locale).progressWords.known(
    formatNumber(locale, done, 0),
    formatNumber(locale, total, 0),
    formatPercent(locale, done / total),
  );
}

function outcomeOf(run: JobRunRecord, definition: JobDefinition<never> | null, locale: Locale): JobOutcome {
  const general = { sentence: jobsMessages(locale).succeeded };
  if (!definition?.describe) return general;
  try {
    const { link, ...said } = definition.describe(run.result, locale);
    // A job's result may hold text from outside; only a path of this site becomes a link.
    return link && /^\/(?![/\\])/.test(link.href) ? { ...said, link } : said;
  } catch {
    // The result was kept by an earlier version, whose shape the description no longer knows.
    return general;
  }
}
