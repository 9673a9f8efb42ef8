// Columns of the ledger's tables, which the migration explains. Only the ledger itself reads this.
import type { LedgerActor } from './ledger.types.ts';

/** A row of ledger.entries. */
export interface EntriesTable {
  index: number;
  id: string;
  at: Date;
  kind: string;
  subject: string;
  actor: LedgerActor;
  data: Record<string, unknown> | null;
  salt: Buffer | null;
  data_hash: Buffer;
  leaf_hash: Buffer;
}

/** A row of ledger.nodes. */
export interface NodesTable {
  level: number;
  index: number;
  hash: Buffer;
}

/** A row of ledger.checkpoints. */
export interface CheckpointsTable {
  size: number;
  root: Buffer;
  at: Date;
  note: string;
}

/** The ledger's tables by name. */
export type LedgerTables = {
  'ledger.entries': EntriesTable;
  'ledger.nodes': NodesTable;
  'ledger.checkpoints': CheckpointsTable;
};
