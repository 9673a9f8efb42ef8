// What a backup says of itself: enough to check every byte of it and every row that comes back.

/** Version of the archive's shape, raised when an older Socle could not read it. */
export const FORMAT = 2;

/** A table's place in a partitioned one. */
export interface Partition {
  readonly schema: string;
  readonly name: string;
  /** As PostgreSQL writes it: `FOR VALUES FROM (...) TO (...)`. */
  readonly bound: string;
}

/** One table of the snapshot. */
export interface SavedTable {
  readonly schema: string;
  readonly name: string;
  /** Columns in the order of the saved text; generated columns are left out. */
  readonly columns: readonly string[];
  /** Of what table it is a partition, for which values; absent where it is none. */
  readonly partition?: Partition;
  readonly rows: number;
  /** SHA-256 of the saved text, in hex. */
  readonly sha256: string;
  /** Sum over the rows of 64 bits of a hash of each, whatever their order. */
  readonly digest: string;
}

/** Where a sequence stood. */
export interface SavedSequence {
  readonly schema: string;
  readonly name: string;
  readonly lastValue: string;
  readonly isCalled: boolean;
}

/** A key file that came along. */
export interface SavedFile {
  readonly name: string;
  readonly sha256: string;
}

/** A file of a folder that came along. */
export interface SavedFolderFile {
  /** Its path below the folder, parts divided by `/`. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** A folder that came along, file by file. */
export interface SavedFolder {
  readonly name: string;
  readonly files: readonly SavedFolderFile[];
}

/** The last entry of a backup. */
export interface Manifest {
  readonly format: number;
  /** Version of Socle that wrote it. */
  readonly version: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly postgresql: string;
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  readonly tables: readonly SavedTable[];
  readonly sequences: readonly SavedSequence[];
  readonly files: readonly SavedFile[];
  /** Absent in a backup of format 1, which held none. */
  readonly folders?: readonly SavedFolder[];
}

/** A key file of the installation: its name in the backup and where it lies. */
export interface KeyFile {
  /** Such as `ledger.key`; the same name finds it again on another machine. */
  readonly name: string;
  readonly path: string;
}

/** A file that stands still in the place where a folder is held. */
export interface HeldFile {
  /** Its path below the folder, parts divided by `/`. */
  readonly path: string;
  /** How many of its bytes belong to what is held. */
  readonly size: number;
}

/** A folder beside the database that holds data as well: the state of both belongs together. */
export interface KeptFolder {
  /** Its name in `SOCLE_DATA`, and in a backup. */
  readonly name: string;
  /**
   * Brings what `folder` holds at one moment into `held`, an empty folder of the same file system, while whoever writes
   * there goes on. It is called after the snapshot of the database was taken, so that it is never older than that.
   */
  hold(folder: string, held: string): readonly HeldFile[];
}
