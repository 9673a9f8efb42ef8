// Verifies a producer's slice offline: signatures, the chain from its first entry to its last, and that both are in the log.
// One inclusion proof of the last entry proves all before it, since each entry holds the hash of the one before.
import { leafHash, verifyInclusion } from '#platform/ledger/merkle.ts';
import { type Checkpoint, openCheckpoint, openNote, parseVerifier } from '#platform/ledger/signed-note.ts';
import { Unfit } from '#platform/ledger/verify.ts';
import { chainLinkOf, goesOn, parseHeadText, type SignedHead } from './chain.rules.ts';
import { LOG_FAULTS } from './log-faults.ts';
import type { LogVerdict, VerifiedSlice, VerifyLogOptions } from './log-verdict.types.ts';
import {
  parseSliceLine,
  type SliceEntry,
  type SliceErased,
  type SliceHeader,
  type SliceProof,
} from './slice-lines.rules.ts';
import { keptCheckpoint } from './verify-log-folder.ts';

/** Verifies the lines of a file of slices. */
export async function verifySlices(
  lines: AsyncIterable<string> | Iterable<string>,
  options: VerifyLogOptions = {},
): Promise<LogVerdict> {
  const slices: VerifiedSlice[] = [];
  let part: Part | null = null;
  let first: Part | null = null;
  const verdict = (fault: LogVerdict['fault']): LogVerdict => ({
    origin: first?.origin ?? '',
    entries: first?.size ?? 0,
    read: slices.reduce((sum, { entries }) => sum + entries, 0),
    slices,
    fault,
  });
  try {
    for await (const text of lines) {
      const line = parseSliceLine(text);
      if (!part) {
        if (line?.type !== 'slice') throw new Unfit(null, first ? LOG_FAULTS.line : LOG_FAULTS.noHeader);
        part = new Part(line, options);
        first ??= part;
      } else if (line?.type === 'entry' || line?.type === 'erased') part.takeEntry(line);
      else if (line?.type === 'proof') part.takeProof(line);
      else if (line?.type === 'end') {
        slices.push(part.end(line.entries));
        part = null;
      } else throw new Unfit(part.place, LOG_FAULTS.line);
    }
    if (part || !first) throw new Unfit(null, first ? LOG_FAULTS.truncated : LOG_FAULTS.noHeader);
    return verdict(null);
  } catch (error) {
    if (error instanceof Unfit) return verdict(error.fault);
    throw error;
  }
}

/** The part of one log. */
class Part {
  readonly #header: SliceHeader;
  readonly #checkpoint: Checkpoint;
  readonly #head: SignedHead | null;
  #last: { readonly entries: number; readonly hash: string } | undefined;
  #first = 0;
  #entries = 0;
  /** How many entries were there when a proof vouched for the last of them, and its place in the log. */
  #proven = { entries: 0, index: -1 };

  constructor(header: SliceHeader, { verifierKey = null, kept = null }: VerifyLogOptions) {
    this.#header = header;
    const verifier = parseVerifier(header.verifier);
    if (verifier?.name !== header.origin) throw new Unfit(null, LOG_FAULTS.noVerifier);
    if (verifierKey !== null && verifierKey.trim() !== header.verifier)
      throw new Unfit(null, LOG_FAULTS.otherKey);
    const checkpoint = openCheckpoint(header.checkpoint, verifier);
    if (!checkpoint) throw new Unfit(null, LOG_FAULTS.checkpoint);
    this.#checkpoint = checkpoint;
    const before = keptCheckpoint(kept, verifier, checkpoint);
    if (before && before.size !== checkpoint.size) throw new Unfit(null, LOG_FAULTS.otherCheckpoint);
    if (before && !before.root.equals(checkpoint.root)) throw new Unfit(null, LOG_FAULTS.fork);
    const text = header.head === null ? null : openNote(header.head, verifier);
    this.#head = text === null ? null : parseHeadText(header.origin, text);
    if (header.head !== null && this.#head?.producer !== header.producer) {
      throw new Unfit(null, LOG_FAULTS.head(header.producer));
    }
  }

  get origin(): string {
    return this.#header.origin;
  }

  get size(): number {
    return this.#checkpoint.size;
  }

  /** Where a fault is told: the place of the last entry that was proven. */
  get place(): number | null {
    return this.#proven.index < 0 ? null : this.#proven.index;
  }

  takeEntry(line: SliceEntry | SliceErased): void {
    const last = this.#last;
    if (last && this.#proven.entries === 0) throw new Unfit(null, LOG_FAULTS.inclusion);
    // Of an erased entry the hash alone is left: the entry after it, or a proof, says whether it is the right one.
    const { seq, hash } = line.type === 'entry' ? this.#link(line) : { seq: line.seq, hash: line.leafHash };
    if (last ? seq !== last.entries : seq < 0) throw new Unfit(this.place, LOG_FAULTS.chain);
    if (!last) this.#first = seq;
    this.#last = { entries: seq + 1, hash };
    this.#entries += 1;
    const head = this.#head;
    if (head?.entries === seq + 1 && head.hash !== hash)
      throw new Unfit(head.index, LOG_FAULTS.head(head.producer));
  }

  /** Reads an entry that goes on from the one before it. */
  #link({ entry }: SliceEntry): { seq: number; hash: string } {
    const bytes = Buffer.from(entry);
    const link = chainLinkOf(bytes);
    const isOwn = link?.producer === this.#header.producer;
    if (!link || !isOwn || !(this.#last === undefined || goesOn(link, this.#last))) {
      throw new Unfit(this.place, LOG_FAULTS.chain);
    }
    return { seq: link.seq, hash: leafHash(bytes).toString('base64') };
  }

  takeProof({ index, path }: SliceProof): void {
    const last = this.#last;
    const { size, root } = this.#checkpoint;
    const isProven =
      last !== undefined &&
      (index > this.#proven.index || this.#proven.entries === this.#entries) &&
      (this.#head?.entries !== last.entries || this.#head.index === index) &&
      verifyInclusion(
        { index, size, leaf: Buffer.from(last.hash, 'base64'), root },
        path.map((hash) => Buffer.from(hash, 'base64')),
      );
    if (!isProven) throw new Unfit(index, LOG_FAULTS.inclusion);
    this.#proven = { entries: this.#entries, index };
  }

  end(entries: number): VerifiedSlice {
    if (entries !== this.#entries) throw new Unfit(this.place, LOG_FAULTS.truncated);
    const last = this.#last;
    if (this.#proven.entries !== this.#entries) throw new Unfit(this.place, LOG_FAULTS.inclusion);
    const { origin, producer } = this.#header;
    return {
      origin,
      producer,
      entries,
      first: last ? this.#first + 1 : 0,
      last: last?.entries ?? 0,
      signed: this.#head?.entries ?? null,
    };
  }
}
