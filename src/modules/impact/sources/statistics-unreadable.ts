// Why a document of statistics gives no measures.
import type { RunOutcome } from './sources.types.ts';

/** Thrown by readers of statistics: nothing of the document is taken. */
export class StatisticsUnreadable extends Error {
  override readonly name = 'StatisticsUnreadable';
  readonly outcome: RunOutcome;
  /** The line at fault, counted from 1 in the document; null where none is to be named. */
  readonly line: number | null;

  constructor(outcome: RunOutcome, { line = null, cause }: { line?: number | null; cause?: unknown } = {}) {
    super(line === null ? outcome : `${outcome}, line ${line}`, { cause });
    this.outcome = outcome;
    this.line = line;
  }
}
