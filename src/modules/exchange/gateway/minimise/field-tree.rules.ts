// The fields that scopes let out, as a tree that an answer is walked along. Pure.

/** A step of the tree: a name of an object, or any item of an array. */
export interface FieldNode {
  /** Names of an object. */
  readonly names: ReadonlyMap<string, FieldNode>;
  /** Any item of an array; null where none is let out. */
  readonly items: FieldNode | null;
  /** Place of the pattern that ends here and lets out all below it; -1 where none ends. */
  readonly pattern: number;
  /** Place among its siblings, from 0. */
  readonly place: number;
}

/** What a set of scopes lets out. */
export interface FieldTree {
  readonly root: FieldNode;
  /** The patterns, without those that stand below another one, in a fixed order. */
  readonly patterns: readonly string[];
}

interface Growing {
  readonly names: Map<string, Growing>;
  items: Growing | null;
  pattern: number;
  readonly place: number;
}

const growing = (place: number): Growing => ({ names: new Map(), items: null, pattern: -1, place });

/** Steps of a JSON Pointer (RFC 6901, 4), in which `*` stands for any item of an array. Null when it is none. */
export function pointerSteps(pattern: string): string[] | null {
  if (pattern === '') return [];
  if (!pattern.startsWith('/')) return null;
  const steps = pattern.slice(1).split('/');
  if (steps.some((step) => /~(?![01])/.test(step))) return null;
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The tree of JSON Pointer patterns. Throws RangeError when one is no pointer. */
export function fieldTree(patterns: readonly string[]): FieldTree {
  const root = growing(0);
  const kept: string[] = [];
  for (const pattern of [...new Set(patterns)].sort()) {
    const steps = pointerSteps(pattern);
    if (steps === null) throw new RangeError(`${pattern} is no JSON Pointer.`);
    let node = root;
    for (const step of steps) {
      // All below is let out already.
      if (node.pattern >= 0) break;
      node = step === '*' ? itemsOf(node) : nameOf(node, step);
    }
    if (node.pattern >= 0) continue;
    node.pattern = kept.length;
    kept.push(pattern);
  }
  return { root, patterns: kept };
}

function itemsOf(node: Growing): Growing {
  node.items ??= growing(0);
  return node.items;
}

function nameOf(node: Growing, name: string): Growing {
  let child = node.names.get(name);
  if (!child) {
    child = growing(node.names.size);
    node.names.set(name, child);
  }
  return child;
}
