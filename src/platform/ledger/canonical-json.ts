// One text for one value: JSON with sorted keys and no space (RFC 8785, JCS), so that a hash can be made again.

/**
 * The canonical text of plain JSON. ECMAScript's own forms of numbers and strings are those that RFC 8785 asks for
 * (section 3.2.2); what is left to do is to sort the keys by their UTF-16 code units (3.2.3), as `sort` does. Keys whose
 * value is undefined are left out and dates become text, as JSON.stringify does.
 * @throws TypeError for what JSON cannot say: NaN, functions, maps, lone surrogates (RFC 8785, 3.2.2.2), and others.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('A string with a lone surrogate has no canonical form.');
    return JSON.stringify(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (isPlain(value)) {
    let members = '';
    for (const key of Object.keys(value).sort()) {
      if (value[key] === undefined) continue;
      members += `${members === '' ? '' : ','}${canonicalJson(key)}:${canonicalJson(value[key])}`;
    }
    return `{${members}}`;
  }
  throw new TypeError(`JSON has no ${typeof value} such as ${String(value).slice(0, 40)}.`);
}

// A map or a buffer would become `{}` or worse without a word.
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
