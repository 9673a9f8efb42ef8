// Patterns of fields: JSON Pointers (RFC 6901) in which `*` stands for any item of an array. Pure.

/** Most patterns of a scope, and most characters of one. */
export const FIELD_LIMITS = { patterns: 200, length: 300 } as const;

/**
 * Tells whether `pattern` names a field: `/foyer/quotient`, or `/enfants` then any item then `/prenom`. The empty pointer (the whole document)
 * is none: a scope says which fields it lets out.
 */
export function isFieldPattern(pattern: string): boolean {
  if (pattern.length < 2 || pattern.length > FIELD_LIMITS.length) return false;
  return /^(\/([^/~\p{Cc}\p{Cs}]|~[01])+)+$/u.test(pattern);
}

/** A name as a step of a JSON Pointer (RFC 6901, section 3). */
export function pointerStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
