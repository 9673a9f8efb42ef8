// The items of one list of a JSON text, found while the text comes in. What stands around the list is kept and read at the
// end; the list itself never is in memory as a whole.
import { StatisticsUnreadable } from './statistics-unreadable.ts';

/** The most that may stand around the list, in characters. */
const MOST_AROUND = 1_000_000;
/** The longest item. */
const LONGEST_ITEM = 100_000;

/** Stands for the list in what is around it. */
const HERE = '\ud800 the list';

interface Frame {
  readonly isList: boolean;
  /** Every step that leads here is one of the pointer's. */
  readonly isOnPath: boolean;
  key: string | null;
  index: number;
}

/** What a JSON text is made of, from a place on. */
const TOKEN = /\s*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([^\s{}[\],:"]+))/suy;

/** Finds the list that `steps` lead to. Each call takes the next piece of the text. */
export class JsonList {
  readonly #steps: readonly string[];
  readonly #frames: Frame[] = [];
  /** Before the list: the text so far. After it: what stands around it. */
  #around = '';
  #at = 0;
  #state: 'before' | 'within' | 'after' = 'before';
  /** Of the list, what is not yet a whole item. */
  #rest = '';
  #scanned = 0;
  #depth = 0;
  #isInString = false;
  #hasItems = false;

  constructor(steps: readonly string[]) {
    this.#steps = steps;
  }

  /** The items that are whole by now and were not told before. Throws StatisticsUnreadable. */
  take(piece: string): unknown[] {
    if (this.#state === 'within') return this.#itemsOf(piece);
    this.#around += piece;
    if (this.#state === 'after' || !this.#seek()) {
      if (this.#around.length > MOST_AROUND) throw unreadable();
      return [];
    }
    const rest = this.#around.slice(this.#at);
    this.#around = `${this.#around.slice(0, this.#at)}${JSON.stringify(HERE)}]`;
    this.#state = 'within';
    return this.#itemsOf(rest);
  }

  /** Reads what is around the list once the text is at its end. Throws StatisticsUnreadable. */
  end(): void {
    if (this.#state === 'within') throw unreadable();
    const document = parsed(this.#around);
    if (this.#state === 'before') throw new StatisticsUnreadable('no-list');
    let at: unknown = document;
    for (const name of this.#steps) at = (at as Record<string, unknown> | null | undefined)?.[name];
    // Not so where a name comes twice: the list found was then not the one that counts.
    if (!Array.isArray(at) || at[0] !== HERE) throw unreadable();
  }

  /** Reads on towards the list. @returns whether it begins at `#at`. */
  #seek(): boolean {
    for (;;) {
      TOKEN.lastIndex = this.#at;
      const found = TOKEN.exec(this.#around);
      // A scalar at the end of the text may go on in the next piece.
      if (!found || (found[3] !== undefined && TOKEN.lastIndex === this.#around.length)) return false;
      this.#at = TOKEN.lastIndex;
      if (this.#step(found[1], found[2])) return true;
    }
  }

  #step(mark: string | undefined, text: string | undefined): boolean {
    const frame = this.#frames.at(-1);
    if (mark === '[' || mark === '{') {
      const isOnPath = this.#isOnPath(frame);
      if (isOnPath && this.#frames.length === this.#steps.length && mark === '[') return true;
      this.#frames.push({ isList: mark === '[', isOnPath, key: null, index: 0 });
    } else if (mark === ']' || mark === '}') this.#frames.pop();
    else if (mark === ',' && frame) {
      frame.index += 1;
      frame.key = null;
    } else if (text !== undefined && frame && !frame.isList) frame.key ??= parsed(text) as string;
    return false;
  }

  /** Tells whether a value in `frame` is reached by the pointer's steps alone. */
  #isOnPath(frame: Frame | undefined): boolean {
    if (!frame) return true;
    const name = frame.isList ? String(frame.index) : frame.key;
    return frame.isOnPath && name === this.#steps[this.#frames.length - 1];
  }

  #itemsOf(piece: string): unknown[] {
    const text = this.#rest + piece;
    const { comma, end, at } = this.#scan(text);
    const cut = end >= 0 ? end : comma;
    // Beyond the text where its last sign takes the next one along.
    this.#scanned = at - cut - 1;
    this.#rest = cut < 0 ? text : text.slice(cut + 1);
    if (end >= 0) {
      this.#state = 'after';
      this.#around += this.#rest;
      this.#rest = '';
    } else if (this.#rest.length > LONGEST_ITEM) throw unreadable();
    if (cut < 0) return [];
    const items = parsed(`[${text.slice(0, cut)}]`) as unknown[];
    // Nothing before a comma, or between a comma and the end: no JSON.
    if (items.length === 0 && (end < 0 || this.#hasItems)) throw unreadable();
    this.#hasItems = true;
    return items;
  }

  /** Where the last comma between items is, and the end of the list, -1 for none; and where the scan stands. */
  #scan(text: string): { comma: number; end: number; at: number } {
    let comma = -1;
    let at = this.#scanned;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#isInString) {
        if (code === 0x5c) at += 1;
        else if (code === 0x22) this.#isInString = false;
      } else if (code === 0x22) this.#isInString = true;
      else if (code === 0x7b || code === 0x5b) this.#depth += 1;
      else if (code === 0x2c && this.#depth === 0) comma = at;
      else if (code === 0x7d || code === 0x5d) {
        if (this.#depth === 0 && code === 0x7d) throw unreadable();
        if (this.#depth === 0) return { comma, end: at, at };
        this.#depth -= 1;
      }
    }
    return { comma, end: -1, at };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
}

const unreadable = (cause?: unknown) => new StatisticsUnreadable('unreadable', { cause });
