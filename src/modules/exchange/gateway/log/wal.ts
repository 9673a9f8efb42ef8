// The files in which entries are made durable, one after another: segments of frames. It knows no tree and no checkpoint.
//
// A frame is the entry's length (4 bytes, big-endian), the CRC-32 of what follows (4 bytes), a zero byte and the entry.
// The zero byte makes of a frame's end what a leaf's hash is taken over (RFC 9162, 2.1.1).
import { closeSync, fdatasyncSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { logDamaged } from './log.errors.ts';

/** Bytes before an entry. */
export const FRAME_HEAD = 9;
/** Longest entry that C2SP tlog-tiles can carry. */
export const LONGEST_ENTRY = 65_535;

/** With what a frame's last byte before the entry and the entry itself begin. */
const ENTRY_START = Buffer.from('\0{');
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

const SECTOR = Buffer.alloc(512);

/**
 * Tells whether what stands at `at`, which is no whole frame, was torn in the middle of a write that nobody was told of.
 * Where whole frames follow it is damaged, unless a sector before them was never written: after a loss of power the parts
 * of the last write may be there in any order.
 */
export function isTorn(buffer: Buffer, at: number): boolean {
  for (let next = buffer.indexOf(ENTRY_START, at); next >= 0; next = buffer.indexOf(ENTRY_START, next + 1)) {
    const start = next - FRAME_HEAD + 1;
    if (start > at && frameAt(buffer, start)) {
      const hole = buffer.indexOf(SECTOR, at);
      return hole >= 0 && hole < start;
    }
  }
  return true;
}

/** A place in a log: a segment, a byte in it, and the index of the entry that begins there. */
export interface WalPlace {
  readonly segment: number;
  readonly offset: number;
  readonly index: number;
}

const READ_BYTES = 4 * 1024 * 1024;

/** Reads the frames of a log from a place on, again and again while it grows. What is not whole yet it leaves alone. */
export class WalReader {
  readonly #folder: string;
  readonly #buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  #place: WalPlace;
  #file: { readonly fd: number; readonly first: number } | null = null;
  #suspect = -1;

  constructor(folder: string, place: WalPlace) {
    this.#folder = folder;
    this.#place = place;
  }

  /** Where the frame after the last one read begins. */
  get place(): WalPlace {
    return this.#place;
  }

  /**
   * The next leaves (see `Frame`), none when nothing more is whole. They lie in a buffer that the next call writes over.
   * Throws `exchange.log-damaged` where a segment ends in the middle of a frame although another follows.
   */
  next(): Buffer[] {
    for (;;) {
      const fd = this.#open();
      if (fd === null) return [];
      const { segment, offset, index } = this.#place;
      const length = readSync(fd, this.#buffer, 0, READ_BYTES, offset);
      const bytes = this.#buffer.subarray(0, length);
      const leaves: Buffer[] = [];
      let at = 0;
      for (let frame = frameAt(bytes, at); frame; frame = frameAt(bytes, at)) {
        leaves.push(frame.leaf);
        at = frame.end;
      }
      if (leaves.length > 0) {
        // After a loss of power the page cache is gone: what is counted is on the disk itself.
        fdatasyncSync(fd);
        this.#place = { segment, offset: offset + at, index: index + leaves.length };
        return leaves;
      }
      if (!this.#moveOn(length)) return [];
    }
  }

  close(): void {
    if (this.#file) closeSync(this.#file.fd);
    this.#file = null;
  }

  #open(): number | null {
    const { segment } = this.#place;
    if (this.#file?.first === segment) return this.#file.fd;
    this.close();
    try {
      this.#file = { fd: openSync(segmentFile(this.#folder, segment), 'r'), first: segment };
      return this.#file.fd;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return null;
    }
  }

  /** Goes to the next segment where this one has ended. `left` are bytes of it that make no frame. */
  #moveOn(left: number): boolean {
    const { segment, offset, index } = this.#place;
    const next = listSegments(this.#folder).find(({ first }) => first > segment);
    if (!next) return false;
    if (next.first === index && left === 0) {
      this.#place = { segment: next.first, offset: 0, index };
      return true;
    }
    // The segment may have grown between the read and the look at the folder: it is read once more.
    if (this.#suspect === offset)
      throw logDamaged({ detail: this.#place }, segmentFile(this.#folder, segment));
    this.#suspect = offset;
    return true;
  }
}
