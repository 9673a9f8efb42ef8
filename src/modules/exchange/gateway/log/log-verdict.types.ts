// The outcome of verifying a gateway's log, or a producer's slice of it.
import type { LedgerFault } from '#platform/ledger/verify.ts';

/** What a verifier brings along. */
export interface VerifyLogOptions {
  /** A checkpoint (signed note) kept from before: the log must extend it. */
  readonly kept?: string | null;
  /** The verifier key that they know; without it the one beside the log is taken. */
  readonly verifierKey?: string | null;
}

/** The producer's entries of one log that a slice holds. */
export interface VerifiedSlice {
  readonly origin: string;
  readonly producer: string;
  /** Entries in the slice, the first and last by their number (from 1) in the producer's chain; 0 for none. */
  readonly entries: number;
  readonly first: number;
  readonly last: number;
  /** Entries that the producer had when the end of its chain was signed; null where nothing says so. */
  readonly signed: number | null;
}

/** The outcome. */
export interface LogVerdict {
  /** Name of the log; of the first one for a slice. */
  readonly origin: string;
  /** Entries that the checkpoint covers. */
  readonly entries: number;
  /** Of those, the ones that were there to be read. */
  readonly read: number;
  /** For a file of slices: what each holds. */
  readonly slices: readonly VerifiedSlice[];
  /** Null when everything fits. */
  readonly fault: LedgerFault | null;
}
