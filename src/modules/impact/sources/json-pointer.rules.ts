// JSON Pointers (RFC 6901). Pure.

const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 1_000;

/** The names that a pointer goes through. */
export function stepsOf(pointer: string): readonly string[] {
  let steps = known.get(pointer);
  if (steps === undefined) {
    steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(pointer, steps);
  }
  return steps;
}

/** What a pointer leads to (section 4); undefined where it leads nowhere. */
export function valueAt(document: unknown, pointer: string): unknown {
  let at = document;
  for (const name of stepsOf(pointer)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}
