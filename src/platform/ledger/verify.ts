// Verifies an exported log offline: each leaf from its fields, the root at each checkpoint, each signature. It needs no
// database and trusts nothing but the verifier key and, where one was kept, an older checkpoint.
import type { Translated } from '../i18n/locale.ts';
import { canonicalJson } from './canonical-json.ts';
import { erasedBy } from './erase.ts';
import {
  type ExportedCheckpoint,
  type ExportedEntry,
  type ExportedHeader,
  type ExportedLine,
  parseExportedLine,
} from './exported-line.ts';
import { GrowingTree, type HashedSubtree } from './growing-tree.ts';
import { dataHashOf, leafHashOf } from './leaf.ts';
import { FAULTS } from './ledger.faults.ts';
import { type Checkpoint, openCheckpoint, parseVerifier, type Verifier } from './signed-note.ts';

/** What does not fit first, and why. `index` is the entry's, null when the fault is not in one entry. */
export interface LedgerFault {
  readonly index: number | null;
  readonly reason: Translated;
}

/** The outcome of a verification. */
export interface LedgerVerdict {
  readonly entries: number;
  readonly checkpoints: number;
  /** Entries whose content was erased: they are in the log, and their content cannot be read any more. */
  readonly erased: number;
  /** Null when everything fits. */
  readonly fault: LedgerFault | null;
}

/** What a verifier brings along. */
export interface VerifyOptions {
  /** A checkpoint (signed note) kept from before: the log must extend it. */
  readonly kept?: string | null;
  /** The verifier key that they know; without it the one in the file is taken. */
  readonly verifierKey?: string | null;
  /** Told of each subtree, as it follows from the entries. */
  readonly onSubtree?: (subtree: HashedSubtree) => void;
}

/** A fault on its way up to the verdict. */
export class Unfit extends Error {
  readonly fault: LedgerFault;

  constructor(index: number | null, reason: Translated) {
    super(reason.en);
    this.fault = { index, reason };
  }
}

/** Hash of an exported entry's leaf, made again from its fields. Throws Unfit when its data are not those recorded. */
function leafOf(entry: ExportedEntry): Buffer {
  const dataHash = Buffer.from(entry.dataHash, 'base64');
  const { index, id, kind, subject, actor, data, salt } = entry;
  try {
    if (
      data !== null &&
      !dataHashOf(Buffer.from(salt ?? '', 'base64'), canonicalJson(data)).equals(dataHash)
    ) {
      throw new Unfit(index, FAULTS.data);
    }
    return leafHashOf({ id, at: new Date(entry.at), kind, subject, actor: canonicalJson(actor), dataHash });
  } catch (error) {
    // What has no canonical form was never recorded.
    throw error instanceof Unfit ? error : new Unfit(index, FAULTS.data);
  }
}

/** Reads the log from its start and stops at what does not fit. */
class Verification {
  readonly #options: VerifyOptions;
  readonly #tree: GrowingTree;
  /** Erased entries of which no later entry has said so yet: id and index. */
  readonly #unexplained = new Map<string, number>();
  #verifier: Verifier | null = null;
  #kept: Checkpoint | null = null;
  #checkpoints = 0;
  #erased = 0;
  /** Entries that a checkpoint read so far covers. */
  #signedSize = 0;

  constructor(options: VerifyOptions) {
    this.#options = options;
    this.#tree = new GrowingTree(options.onSubtree ? { onSubtree: options.onSubtree } : {});
  }

  verdict(fault: LedgerFault | null): LedgerVerdict {
    return { entries: this.#tree.size, checkpoints: this.#checkpoints, erased: this.#erased, fault };
  }

  take(line: ExportedLine | null): void {
    if (this.#verifier === null) {
      if (line?.type !== 'ledger') throw new Unfit(null, FAULTS.noHeader);
      this.#verifier = this.#takeHeader(line);
    } else if (line?.type === 'entry') this.#takeEntry(line);
    else if (line?.type === 'checkpoint') this.#takeCheckpoint(line, this.#verifier);
    else throw new Unfit(this.#tree.size, FAULTS.badLine);
  }

  #takeHeader({ origin, verifier: text }: ExportedHeader): Verifier {
    const verifier = parseVerifier(text);
    if (verifier?.name !== origin) throw new Unfit(null, FAULTS.noHeader);
    const { kept = null, verifierKey = null } = this.#options;
    if (verifierKey !== null && text !== verifierKey.trim()) throw new Unfit(null, FAULTS.otherKey);
    if (kept !== null) {
      this.#kept = openCheckpoint(kept, verifier);
      if (!this.#kept) throw new Unfit(null, FAULTS.keptSignature);
    }
    return verifier;
  }

  #takeEntry(entry: ExportedEntry): void {
    const { size: index } = this.#tree;
    if (entry.index !== index) throw new Unfit(index, FAULTS.order);
    const leaf = leafOf(entry);
    if (!leaf.equals(Buffer.from(entry.leafHash, 'base64'))) throw new Unfit(index, FAULTS.fields);
    this.#tree.append(leaf);
    if (entry.data === null) {
      this.#erased += 1;
      this.#unexplained.set(entry.id, index);
    }
    this.#unexplained.delete(erasedBy(entry) ?? '');
    if (this.#kept?.size === index + 1 && !this.#kept.root.equals(this.#tree.root)) {
      throw new Unfit(this.#signedSize, FAULTS.fork(this.#signedSize, index));
    }
  }

  #takeCheckpoint({ size, note }: ExportedCheckpoint, verifier: Verifier): void {
    const checkpoint = openCheckpoint(note, verifier);
    if (!checkpoint || checkpoint.size !== size) throw new Unfit(this.#signedSize, FAULTS.signature(size));
    if (size > this.#tree.size) throw new Unfit(this.#tree.size, FAULTS.order);
    if (size <= this.#signedSize) throw new Unfit(size, FAULTS.badLine);
    if (size < this.#tree.size) throw new Unfit(size, FAULTS.checkpointPlace(size));
    if (!checkpoint.root.equals(this.#tree.root)) {
      throw new Unfit(this.#signedSize, FAULTS.root(this.#signedSize, size - 1));
    }
    this.#checkpoints += 1;
    this.#signedSize = size;
  }

  /** What only the end of the log tells. `explained` are ids whose erasure is recorded though not in these lines. */
  async finish(explained: (ids: readonly string[]) => Promise<ReadonlySet<string>>): Promise<void> {
    if (this.#verifier === null) throw new Unfit(null, FAULTS.noHeader);
    if (this.#signedSize !== this.#tree.size) throw new Unfit(this.#signedSize, FAULTS.unsigned);
    if (this.#kept && this.#kept.size > this.#tree.size) throw new Unfit(this.#tree.size, FAULTS.shorter);
    if (this.#unexplained.size === 0) return;
    const known = await explained([...this.#unexplained.keys()]);
    const first = [...this.#unexplained].find(([id]) => !known.has(id));
    if (first) throw new Unfit(first[1], FAULTS.erasedSilently);
  }
}

/** Verifies lines already read; `explained` says of which erasures a record exists that the lines do not reach. */
export async function verifyLines(
  lines: AsyncIterable<ExportedLine | null>,
  options: VerifyOptions,
  explained: (ids: readonly string[]) => Promise<ReadonlySet<string>> = async () => new Set<string>(),
): Promise<LedgerVerdict> {
  const verification = new Verification(options);
  try {
    for await (const line of lines) verification.take(line);
    await verification.finish(explained);
    return verification.verdict(null);
  } catch (error) {
    if (error instanceof Unfit) return verification.verdict(error.fault);
    throw error;
  }
}

/**
 * Verifies the lines of an export, in memory that does not grow with them.
 *
 * A field changed by hand is named by its entry, since each line carries its leaf's hash. When that was changed too, the
 * next checkpoint betrays it, and the entries since the last checkpoint that fits are named.
 */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  options: VerifyOptions = {},
): Promise<LedgerVerdict> {
  async function* parsed() {
    for await (const text of lines) if (text !== '') yield parseExportedLine(text);
  }
  return verifyLines(parsed(), options);
}
