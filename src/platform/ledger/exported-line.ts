// The lines of an exported log, written and read. Pure. Whoever verifies without Socle relies on this form.
import type { StoredCheckpoint, StoredEntry } from './ledger.repository.ts';
import type { LedgerActor } from './ledger.types.ts';

/** The first line: whose log it is, and the key that signs it. */
export interface ExportedHeader {
  readonly type: 'ledger';
  readonly version: 1;
  readonly origin: string;
  readonly verifier: string;
}

/** The line of an entry. Bytes are in base64, `at` is ISO 8601 in UTC; `data` and `salt` are null once erased. */
export interface ExportedEntry {
  readonly type: 'entry';
  readonly index: number;
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
  readonly actor: LedgerActor;
  readonly data: Record<string, unknown> | null;
  readonly salt: string | null;
  readonly dataHash: string;
  readonly leafHash: string;
}

/** The line of a checkpoint, after the last entry that it covers. */
export interface ExportedCheckpoint {
  readonly type: 'checkpoint';
  readonly size: number;
  readonly note: string;
}

/** A line of the export. */
export type ExportedLine = ExportedHeader | ExportedEntry | ExportedCheckpoint;

/** An entry as it is exported. */
export function exportedEntry(entry: StoredEntry): ExportedEntry {
  return {
    type: 'entry',
    index: entry.index,
    id: entry.id,
    at: entry.at.toISOString(),
    kind: entry.kind,
    subject: entry.subject,
    actor: entry.actor,
    data: entry.data,
    salt: entry.salt?.toString('base64') ?? null,
    dataHash: entry.dataHash.toString('base64'),
    leafHash: entry.leafHash.toString('base64'),
  };
}

/** A checkpoint as it is exported. */
export function exportedCheckpoint({ size, note }: StoredCheckpoint): ExportedCheckpoint {
  return { type: 'checkpoint', size, note };
}

/**
 * Reads a line; null when it is not written exactly as an export writes it. A field too many, one twice or a date in
 * another form would let the file say to its reader what was never signed.
 */
export function parseExportedLine(text: string): ExportedLine | null {
  try {
    const line = rebuilt(JSON.parse(text) as Record<string, unknown>);
    return JSON.stringify(line) === text ? line : null;
  } catch {
    return null;
  }
}

function rebuilt(line: Record<string, unknown>): ExportedLine | null {
  if (line.type === 'ledger') return header(line);
  if (line.type === 'entry') return entryLine(line);
  return line.type === 'checkpoint' ? checkpointLine(line) : null;
}

function header({ origin, verifier }: Record<string, unknown>): ExportedHeader | null {
  if (typeof origin !== 'string' || typeof verifier !== 'string') return null;
  return { type: 'ledger', version: 1, origin, verifier };
}

function checkpointLine({ size, note }: Record<string, unknown>): ExportedCheckpoint | null {
  if (typeof size !== 'number' || typeof note !== 'string') return null;
  return { type: 'checkpoint', size, note };
}

function entryLine(line: Record<string, unknown>): ExportedEntry | null {
  const { index, id, at, kind, subject, actor, data, salt, dataHash, leafHash } = line;
  const texts = [id, at, kind, subject, dataHash, leafHash];
  if (typeof index !== 'number' || !texts.every((text) => typeof text === 'string')) return null;
  if (!isObject(actor) || !(data === null || isObject(data))) return null;
  if (!(salt === null || typeof salt === 'string') || (salt === null) !== (data === null)) return null;
  if (![salt ?? '', dataHash, leafHash].every(isBase64)) return null;
  const entry = {
    type: 'entry',
    index,
    id,
    at,
    kind,
    subject,
    actor,
    data,
    salt,
    dataHash,
    leafHash,
  } as ExportedEntry;
  return new Date(entry.at).toISOString() === entry.at ? entry : null;
}

/** Buffer takes any text for base64; of all those that give the same bytes, this is true of one alone. */
function isBase64(text: unknown): boolean {
  return typeof text === 'string' && Buffer.from(text, 'base64').toString('base64') === text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
