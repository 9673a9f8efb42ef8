// The access log of a gateway as it is written: entries that wait go to the disk together, and nobody is told before they
// are there. What becomes of them afterwards (tree, tiles, checkpoints, PostgreSQL) is done apart, from the files.
import { hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  write,
  writeSync,
} from 'node:fs';
import type { AccessLog, CallRecord } from '../call-record.types.ts';
import { chainLinkOf } from './chain.rules.ts';
import { entryText } from './entry.rules.ts';
import { readState } from './keeper-state.ts';
import { logDamaged } from './log.errors.ts';
import { signedSize } from './log-files.ts';
import {
  FRAME_HEAD,
  frameAt,
  isTorn,
  LONGEST_ENTRY,
  listSegments,
  segmentFile,
  writeFrameHead,
} from './wal.ts';

const SEGMENT_BYTES = 64 * 1024 * 1024;
/** Entries that go to the disk at once at the most. */
const GROUP_BYTES = 1024 * 1024;
/** How long an entry waits at the most for others to go to the disk with it. */
const PATIENCE_MS = 2;
const RETRY_MS = 1_000;
/** What is written to see whether the disk takes an entry again: no frame, whoever reads it. */
const PROBE = Buffer.alloc(FRAME_HEAD + LONGEST_ENTRY);
/** A segment is written on for so long at the most: what was taken over from it is then deleted on a quiet log too. */
const SEGMENT_MS = 24 * 3_600_000;

interface Waiting {
  readonly record: CallRecord;
  readonly done: (error: Error | null, index: number) => void;
}

interface Head {
  seq: number;
  prev: string;
}

interface Recovered {
  readonly size: number;
  readonly heads: Map<string, Head>;
  /** The segment that is written on, and where its whole frames end; null for an empty log. */
  readonly last: { readonly file: string; readonly end: number } | null;
}

/**
 * Reads what is there, from the last place up to which the keeper has made it safe. A frame that was torn when the process
 * or the machine ended was acknowledged to nobody: it is cut off. Throws `exchange.log-damaged` for a frame that is none
 * although others follow it, and where entries are missing that the keeper has counted.
 */
function recover(folder: string): Recovered {
  const state = readState(folder);
  const heads = new Map<string, Head>();
  for (const [producer, { entries, hash }] of Object.entries(state?.heads ?? {})) {
    heads.set(producer, { seq: entries, prev: hash });
  }
  const segments = listSegments(folder).filter(({ first }) => first >= (state?.segment ?? 0));
  let size = state?.size ?? 0;
  let last: Recovered['last'] = null;
  for (const [at, { file, first }] of segments.entries()) {
    const isFirst = at === 0;
    if (first !== (isFirst ? (state?.segment ?? 0) : size)) {
      throw logDamaged({ detail: { expected: size, found: first } }, file);
    }
    const bytes = readFileSync(file);
    let end = isFirst ? (state?.offset ?? 0) : 0;
    if (end > bytes.length) throw logDamaged({ detail: { expected: end, found: bytes.length } }, file);
    for (let frame = frameAt(bytes, end); frame; frame = frameAt(bytes, end)) {
      const link = chainLinkOf(frame.leaf.subarray(1));
      if (!link) throw logDamaged({ detail: { offset: end } }, file);
      heads.set(link.producer, { seq: link.seq + 1, prev: hash('sha256', frame.leaf, 'base64') });
      end = frame.end;
      size += 1;
    }
    if (end < bytes.length && (at < segments.length - 1 || !isTorn(bytes, end))) {
      throw logDamaged({ detail: { offset: end } }, file);
    }
    last = { file, end };
  }
  const signed = signedSize(folder);
  if (size < signed || (state && !last)) {
    throw logDamaged({ detail: { size, signed } }, last?.file ?? segmentFile(folder, state?.segment ?? 0));
  }
  return { size, heads, last };
}

/** What a log is opened with. */
export interface AccessLogOptions {
  readonly folder: string;
  /** Name of the log, first line of its checkpoints. */
  readonly origin: string;
  /** How many calls are under way, of which each will append an entry. */
  callsUnderWay(): number;
  /** Told of each failure to write. */
  onError(error: Error): void;
}

/** Opens the log in a folder that no other process may write to. */
export async function openAccessLog(options: AccessLogOptions): Promise<AccessLog> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  return new GroupCommitLog(options);
}

class GroupCommitLog implements AccessLog {
  readonly origin: string;
  readonly #folder: string;
  readonly #callsUnderWay: () => number;
  readonly #onError: (error: Error) => void;
  readonly #buffer = Buffer.allocUnsafeSlow(GROUP_BYTES + LONGEST_ENTRY + FRAME_HEAD);
  #waiting: Waiting[] = [];
  #heads = new Map<string, Head>();
  /** Of the group that is written: what each entry was chained to, should it not reach the disk. */
  #chainedTo: string[] = [];
  #size = 0;
  #file = '';
  #fd = -1;
  #end = 0;
  #segmentSince = Date.now();
  #writing = false;
  #healthy = true;
  #closed = false;
  #patience: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #whenIdle: (() => void)[] = [];

  constructor({ folder, origin, callsUnderWay, onError }: AccessLogOptions) {
    this.#folder = folder;
    this.origin = origin;
    this.#callsUnderWay = callsUnderWay;
    this.#onError = onError;
    this.#takeUp();
  }

  get size(): number {
    return this.#size;
  }

  get isHealthy(): boolean {
    return this.#healthy && !this.#closed;
  }

  append(record: CallRecord, done: (error: Error | null, index: number) => void): void {
    if (!this.isHealthy) {
      done(new Error('The log cannot be written.'), -1);
      return;
    }
    this.#waiting.push({ record, done });
    this.#writeSoon();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    if (this.#waiting.length > 0) this.#writeSoon();
    if (this.#writing) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
  }

  /** Goes on from what the files hold: whole frames stay, whether anybody was told of them or not. */
  #takeUp(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
    const { size, heads, last } = recover(this.#folder);
    this.#size = size;
    this.#heads = heads;
    this.#file = last?.file ?? segmentFile(this.#folder, size);
    this.#fd = openSegment(this.#file);
    this.#end = last?.end ?? 0;
    ftruncateSync(this.#fd, this.#end);
  }

  /**
   * A write costs the same for one entry and for fifty: it is put off until half of the calls under way wait for it, or
   * until the first of them has waited long enough.
   */
  #writeSoon(): void {
    if (this.#writing) return;
    const isLarge = 2 * this.#waiting.length >= this.#callsUnderWay() || this.#closed;
    if (isLarge) {
      clearTimeout(this.#patience);
      this.#patience = undefined;
      this.#writing = true;
      // What comes in the same turn goes along.
      setImmediate(() => this.#write());
    } else {
      this.#patience ??= setTimeout(() => {
        this.#patience = undefined;
        this.#writing = true;
        this.#write();
      }, PATIENCE_MS);
    }
  }

  #write(): void {
    const group: Waiting[] = [];
    const length = this.#fill(group);
    // The segment is open for synchronous writes: what this call has written is on the disk (open(2), O_DSYNC).
    write(this.#fd, this.#buffer, 0, length, this.#end, (error, written) => {
      if (error || written !== length) this.#fail(group, error ?? new Error('The disk took a part only.'));
      else this.#succeed(group, length);
    });
  }

  /** Puts as many entries as fit into the buffer, each chained to the one before it of its producer. */
  #fill(group: Waiting[]): number {
    const buffer = this.#buffer;
    const chainedTo: string[] = [];
    let at = 0;
    for (const waiting of this.#waiting) {
      if (at > GROUP_BYTES) break;
      const name = waiting.record.producerId ?? '';
      let head = this.#heads.get(name);
      if (!head) {
        head = { seq: 0, prev: '' };
        this.#heads.set(name, head);
      }
      chainedTo.push(head.prev);
      const length = buffer.write(entryText(waiting.record, head), at + FRAME_HEAD);
      writeFrameHead(buffer, at, length);
      head.prev = hash('sha256', buffer.subarray(at + 8, at + FRAME_HEAD + length), 'base64');
      head.seq += 1;
      at += FRAME_HEAD + length;
      group.push(waiting);
    }
    this.#chainedTo = chainedTo;
    this.#waiting = this.#waiting.slice(group.length);
    return at;
  }

  #succeed(group: readonly Waiting[], length: number): void {
    const first = this.#size;
    this.#size += group.length;
    this.#end += length;
    for (const [at, { done }] of group.entries()) done(null, first + at);
    if (this.#end >= SEGMENT_BYTES || Date.now() - this.#segmentSince > SEGMENT_MS) this.#beginSegment();
    this.#writing = false;
    if (this.#waiting.length > 0) this.#writeSoon();
    else this.#tellIdle();
  }

  #beginSegment(): void {
    try {
      const file = segmentFile(this.#folder, this.#size);
      const fd = openSegment(file);
      closeSync(this.#fd);
      this.#file = file;
      this.#fd = fd;
      this.#end = 0;
      this.#segmentSince = Date.now();
    } catch (error) {
      // The old one still takes entries; the next group tries again.
      this.#onError(error as Error);
    }
  }

  #fail(group: readonly Waiting[], error: Error): void {
    this.#healthy = false;
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#onError(error);
    this.#unchain(group);
    for (const { done } of [...group, ...this.#waiting.splice(0)]) done(error, -1);
    this.#writing = false;
    this.#tellIdle();
    this.#retry = setTimeout(() => this.#tryAgain(), RETRY_MS);
  }

  /** Leaves the chains as they were before a group that did not reach the disk. */
  #unchain(group: readonly Waiting[]): void {
    for (let at = group.length - 1; at >= 0; at -= 1) {
      const head = this.#heads.get(group[at]?.record.producerId ?? '');
      if (!head) continue;
      head.seq -= 1;
      head.prev = this.#chainedTo[at] ?? '';
    }
  }

  /**
   * Goes on after a write that failed. What is new since is read, and nothing before it: whole frames stay, since the keeper
   * may have signed them. Throws while the disk takes nothing.
   */
  #goOn(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
    this.#fd = openSegment(this.#file);
    const { size } = fstatSync(this.#fd);
    if (size < this.#end) {
      this.#takeUp();
      return;
    }
    const left = Buffer.alloc(size - this.#end);
    const length = readSync(this.#fd, left, 0, left.length, this.#end);
    let end = 0;
    for (let frame = frameAt(left.subarray(0, length), 0); frame; frame = frameAt(left, end)) {
      const link = chainLinkOf(frame.leaf.subarray(1));
      if (!link) throw logDamaged({ detail: { offset: this.#end + end } }, this.#file);
      this.#heads.set(link.producer, { seq: link.seq + 1, prev: hash('sha256', frame.leaf, 'base64') });
      this.#size += 1;
      end = frame.end;
    }
    this.#end += end;
    ftruncateSync(this.#fd, this.#end);
    try {
      const taken = writeSync(this.#fd, PROBE, 0, PROBE.length, this.#end);
      if (taken < PROBE.length) throw new Error('The disk took a part only.');
    } finally {
      ftruncateSync(this.#fd, this.#end);
    }
    fdatasyncSync(this.#fd);
  }

  #tellIdle(): void {
    for (const idle of this.#whenIdle.splice(0)) idle();
  }

  #tryAgain(): void {
    try {
      this.#goOn();
      this.#healthy = true;
    } catch (error) {
      this.#onError(error as Error);
      this.#retry = setTimeout(() => this.#tryAgain(), RETRY_MS);
    }
  }
}

function openSegment(file: string): number {
  return openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC, 0o600);
}
