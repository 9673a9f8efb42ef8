// The files in which entries are made durable, one after another: segments of frames. It knows no tree and no checkpoint.
//
// A frame is the entry's length (4 bytes, big-endian), the CRC-32 of what follows (4 bytes), a zero byte and the entry.
// The zero byte makes of a frame's end what a leaf's hash is taken over (RFC 9162, 2.1.1).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Bytes before an entry. */
export const FRAME_HEAD = 9;
/** Longest entry that C2SP tlog-tiles can carry. */
export const LONGEST_ENTRY = 65_535;

const NAME = /^wal-(\d{16})\.log$/;

/** A segment: where it is, and the index of its first entry. */
export interface Segment {
  readonly file: string;
  readonly first: number;
}

/** Name of the segment that begins with entry `first`. */
export function segmentFile(folder: string, first: number): string {
  return join(folder, `wal-${String(first).padStart(16, '0')}.log`);
}

/** The segments of a folder in their order. */
export function listSegments(folder: string): Segment[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const [, digits] = NAME.exec(name) ?? [];
      return digits === undefined ? [] : [{ file: join(folder, name), first: Number(digits) }];
    })
    .sort((one, other) => one.first - other.first);
}

/** Writes the head of a frame whose entry of `length` bytes stands at `at + FRAME_HEAD` already. */
export function writeFrameHead(buffer: Buffer, at: number, length: number): void {
  buffer.writeUInt32BE(length, at);
  buffer[at + 8] = 0;
  buffer.writeUInt32BE(crc32(buffer.subarray(at + 8, at + FRAME_HEAD + length)), at + 4);
}

/** A frame found in a buffer. */
export interface Frame {
  /** The zero byte and the entry: what the leaf's hash is taken over. */
  readonly leaf: Buffer;
  /** Where the next frame begins. */
  readonly end: number;
}

/** The frame at `at`; null where it is not whole, or is none. */
export function frameAt(buffer: Buffer, at: number): Frame | null {
  if (at + FRAME_HEAD > buffer.length) return null;
  const length = buffer.readUInt32BE(at);
  const end = at + FRAME_HEAD + length;
  if (length === 0 || length > LONGEST_ENTRY || end > buffer.length) return null;
  const leaf = buffer.subarray(at + 8, end);
  return crc32(leaf) === buffer.readUInt32BE(at + 4) ? { leaf, end } : null;
}
