// Lets out of a JSON text the fields that a tree allows, and copies them to the letter: numbers keep their digits, keys
// their spelling. No object is made from the text, so that no name in it means anything here. Pure.
import type { FieldNode, FieldTree } from './field-tree.rules.ts';

/** What left of an answer. */
export interface FilteredJson {
  readonly text: string;
  /** Places of the patterns under which something left, in `FieldTree.patterns`, rising. */
  readonly left: readonly number[];
}

/** A name that is let out stands twice in one object: readers differ on which one counts (RFC 8259, 4). */
export class DuplicateName extends Error {
  override readonly name = 'DuplicateName';
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * The part of `text` that `tree` lets out. A value is left out where the tree goes deeper than it does.
 * Throws SyntaxError when the text is not JSON, and `DuplicateName`.
 */
export function filterJson(text: string, tree: FieldTree): FilteredJson {
  // The engine says whether it is JSON; the walk below may then trust that it is.
  JSON.parse(text);
  const walk = new Walk(text, tree.patterns.length);
  const out = walk.value(tree.root) ?? 'null';
  return { text: out, left: walk.left() };
}

class Walk {
  readonly #text: string;
  readonly #left: Uint8Array;
  #at = 0;

  constructor(text: string, patterns: number) {
    this.#text = text;
    this.#left = new Uint8Array(patterns);
  }

  left(): number[] {
    const places: number[] = [];
    for (let place = 0; place < this.#left.length; place++) if (this.#left[place] === 1) places.push(place);
    return places;
  }

  /** What leaves of the value that stands here; null: nothing. Stands behind the value afterwards. */
  value(node: FieldNode): string | null {
    this.#skipSpace();
    const start = this.#at;
    if (node.pattern >= 0) {
      this.#skipValue();
      this.#left[node.pattern] = 1;
      return this.#text.slice(start, this.#at);
    }
    const first = this.#text.charCodeAt(start);
    if (first === OPEN_OBJECT && node.names.size > 0) return this.#object(node);
    if (first === OPEN_ARRAY && node.items !== null) return this.#array(node.items);
    this.#skipValue();
    return null;
  }

  #object(node: FieldNode): string {
    const text = this.#text;
    const seen = new Seen();
    let out = '';
    this.#at += 1;
    for (;;) {
      this.#skipSpace();
      const code = text.charCodeAt(this.#at);
      if (code === CLOSE_OBJECT) break;
      if (code === COMMA) {
        this.#at += 1;
        continue;
      }
      const start = this.#at;
      this.#skipString();
      const name = text.slice(start, this.#at);
      this.#skipSpace();
      this.#at += 1; // the colon
      const child = node.names.get(nameIn(name));
      if (child === undefined) {
        this.#skipSpace();
        this.#skipValue();
        continue;
      }
      if (seen.has(child.place)) throw new DuplicateName();
      const value = this.value(child);
      if (value !== null) out += out === '' ? `${name}:${value}` : `,${name}:${value}`;
    }
    this.#at += 1;
    return `{${out}}`;
  }

  #array(items: FieldNode): string {
    const text = this.#text;
    let out = '';
    this.#at += 1;
    for (;;) {
      this.#skipSpace();
      const code = text.charCodeAt(this.#at);
      if (code === CLOSE_ARRAY) break;
      if (code === COMMA) {
        this.#at += 1;
        continue;
      }
      const value = this.value(items);
      if (value !== null) out += out === '' ? value : `,${value}`;
    }
    this.#at += 1;
    return `[${out}]`;
  }

  #skipSpace(): void {
    // JSON knows four: tab, line feed, carriage return, space (RFC 8259, 2); no token starts with less than these.
    while (this.#text.charCodeAt(this.#at) <= 32) this.#at += 1;
  }

  #skipString(): void {
    const text = this.#text;
    let at = this.#at;
    for (;;) {
      at = text.indexOf('"', at + 1);
      let slashes = 0;
      while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
      if (slashes % 2 === 0) break;
    }
    this.#at = at + 1;
  }

  #skipValue(): void {
    const text = this.#text;
    const first = text.charCodeAt(this.#at);
    if (first === QUOTE) this.#skipString();
    else if (first === OPEN_OBJECT || first === OPEN_ARRAY) this.#skipNested();
    else this.#skipPlain();
  }

  #skipNested(): void {
    const text = this.#text;
    let depth = 0;
    do {
      const code = text.charCodeAt(this.#at);
      if (code === QUOTE) {
        this.#skipString();
        continue;
      }
      if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1;
      else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth -= 1;
      this.#at += 1;
    } while (depth > 0);
  }

  /** A number or a word ends where one of `,]}` or a space stands. */
  #skipPlain(): void {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT || code === COLON || code <= 32)
        break;
    }
    this.#at = at;
  }
}

/** Which names of one object were seen, by their places: thirty-one cost nothing. */
class Seen {
  #bits = 0;
  #more: Set<number> | undefined;

  /** Tells whether the place was seen before, and marks it. */
  has(place: number): boolean {
    if (place < 31) {
      const bit = 1 << place;
      if (this.#bits & bit) return true;
      this.#bits |= bit;
      return false;
    }
    this.#more ??= new Set();
    if (this.#more.has(place)) return true;
    this.#more.add(place);
    return false;
  }
}

/** The name in its quotes as what it spells. */
function nameIn(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}
