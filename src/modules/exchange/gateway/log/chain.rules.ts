// Where an entry stands in the chain of its producer, read off its first bytes; and whether it goes on from the entry
// before it. Each entry of a busy log passes here: it is not parsed whole. Pure.
import type { ChainPlace } from './entry.rules.ts';

/** The chain of one producer, at the entry that came last. */
export interface ChainHead {
  /** How many entries it has. */
  readonly entries: number;
  /** Place of the last one in the log. */
  readonly index: number;
  /** Base64 of its leaf hash. */
  readonly hash: string;
}

/** What an entry says of its chain. */
export interface ChainLink extends ChainPlace {
  /** Empty for an entry that names no producer. */
  readonly producer: string;
}

const LINK =
  /^\{"v":1,"producer":(null|"(?:[^"\\]|\\.)*"),"producerSeq":(\d{1,15}),"producerPrev":"([A-Za-z0-9+/=]{0,44})","at":"(\d{4}-\d\d)/;
const LONGEST_LINK = 512;

/** Reads the link of an entry (see entry.rules.ts for its form); null when it has none. */
export function chainLinkOf(entry: Buffer): (ChainLink & { readonly month: string }) | null {
  const [, producer, seq, prev = '', month = ''] = LINK.exec(entry.toString('latin1', 0, LONGEST_LINK)) ?? [];
  if (producer === undefined) return null;
  // Ids are plain letters; whatever else would be read in its own coding.
  const name = producer === 'null' ? '' : (JSON.parse(Buffer.from(producer, 'latin1').toString()) as string);
  return { producer: name, seq: Number(seq), prev, month };
}

/** Tells whether an entry goes on from `head` without a hole; `head` is undefined before the first. */
export function goesOn(
  { seq, prev }: ChainPlace,
  head: Pick<ChainHead, 'entries' | 'hash'> | undefined,
): boolean {
  return head === undefined ? seq === 0 && prev === '' : seq === head.entries && prev === head.hash;
}

/** What a gateway signs of a producer's chain: so many entries, the last of which is this one, in a log of that size. */
export interface SignedHead extends ChainHead {
  readonly producer: string;
  /** Size of the log when it was signed. */
  readonly size: number;
}

/** The text of such a statement. Its first line is no log's name, so that it never passes for a checkpoint. */
export function headText(origin: string, { producer, size, entries, index, hash }: SignedHead): string {
  return `${origin} slice\n${producer || '-'}\n${size}\n${entries}\n${index}\n${hash}\n`;
}

/** Reads it; null when it is anything else, or of another log. */
export function parseHeadText(origin: string, text: string): SignedHead | null {
  const [, producer = '', size = '', entries = '', index = '', hash = ''] = text.split('\n');
  const head = {
    producer: producer === '-' ? '' : producer,
    size: Number(size),
    entries: Number(entries),
    index: Number(index),
    hash,
  };
  return headText(origin, head) === text ? head : null;
}
