// What of a gateway's log is taken over into PostgreSQL, and what is there of each log.

/** A part of a log on its way into the database: entries in their order, with the tiles that a log of that size has. */
export interface LogBatch {
  /** Name of the log (its origin). */
  readonly log: string;
  /** The log's public key (C2SP signed-note verifier key). */
  readonly verifier: string;
  /** Index of the first entry. */
  readonly from: number;
  /** The entries, each the JSON text over whose bytes its leaf's hash is taken. */
  readonly entries: readonly Buffer[];
  readonly tiles: readonly { readonly level: number; readonly index: number; readonly hashes: Buffer }[];
  /** The checkpoint that covers exactly up to the last of these entries, where there is one. */
  readonly checkpoint: LogCheckpoint | null;
  /** Signed heads of producers, for a log at most as large. */
  readonly heads: readonly LogHead[];
}

/** The entries of a log that a batch brought in, as later steps of its transaction find them. */
export interface TakenEntries {
  readonly log: string;
  /** First index, and the one after the last. */
  readonly from: number;
  readonly end: number;
}

/** A signed size and root of a log. */
export interface LogCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  readonly at: Date;
  readonly note: string;
}

/** The signed end of a producer's chain of entries in a log. */
export interface LogHead {
  /** Empty: entries that name no producer. */
  readonly producer: string;
  /** Size of the log when it was signed. */
  readonly size: number;
  /** How many entries of it are the producer's. */
  readonly entries: number;
  readonly note: string;
}

/** A log as the public list shows it. */
export interface ListedLog {
  readonly log: string;
  readonly verifier: string;
  /** Entries taken over. */
  readonly entries: number;
  readonly checkpoint: LogCheckpoint | null;
}
