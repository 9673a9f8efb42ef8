// Where a page may send its reader back to. It decides on the text alone and redirects nobody.

/**
 * Tells whether `path` leads to this site alone: an absolute path with no host, scheme, backslash or control
 * character, since browsers read `//host` and `/\host` as another site (OWASP, unvalidated redirects).
 */
export function isSafeReturnPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  return path.length <= 2_000 && /^\/(?![/\\])/.test(path) && !/[\\\u0000-\u001f\u007f]/.test(path);
}
