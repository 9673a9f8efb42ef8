// What an import takes and what it reports.
import type { Clock } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { LeftOut, Origin } from './editions.types.ts';
import type { SheetLimits, SheetSource } from './sheet.reader.ts';

/** What an import stands on. */
export interface ImportParts {
  readonly db: Db;
  readonly clock: Clock;
}

/** What to import and how. */
export interface ImportRequest {
  readonly source: SheetSource;
  /** YYYY-MM. Needed for the published table; picks one edition of a file that holds several. */
  readonly edition?: string;
  /** `published` unless told; the demonstration State's own editions alone are of the other origin. */
  readonly origin?: Origin;
  /** Reads, matches and counts, and writes nothing. */
  readonly dryRun?: boolean;
  /** Accepts by itself the best proposal of a row above this score, where no other candidate is near. 0.5 to 1. */
  readonly acceptAbove?: number;
  readonly importedBy: LedgerActor;
  readonly limits?: SheetLimits;
  /** Told of each step: the rows read so far. */
  progress?(rowsRead: number): void;
}

/** What became of one edition of the file. */
export interface ImportedEdition {
  readonly month: string;
  readonly rows: number;
  readonly outcome: 'written' | 'unchanged' | 'left-out';
}

/** What an import did, or with `dryRun` would have done. */
export interface ImportReport {
  /** Rows of the file that hold anything, of the editions asked for. */
  readonly read: number;
  readonly written: number;
  /** Rows of editions that are held already with the same values. */
  readonly unchanged: number;
  /** Rows written whose project was known by that name. */
  readonly matched: number;
  /** Rows written for which a match waits for a decision. */
  readonly proposed: number;
  /** Proposals accepted by the threshold. */
  readonly accepted: number;
  readonly leftOut: readonly LeftOut[];
  readonly editions: readonly ImportedEdition[];
  readonly dryRun: boolean;
  /** SHA-256 of the file. */
  readonly sha256: string;
}

/** A report with its sentences in one language, as it is printed or kept as a job's result. */
export function reportIn(locale: Locale, report: ImportReport) {
  return {
    ...report,
    leftOut: report.leftOut.map(({ where, reason }) => ({ where: where[locale], reason: reason[locale] })),
  };
}
