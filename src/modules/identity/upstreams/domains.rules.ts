// E-mail domains as people type them and as they are compared. Pure.

/** The words of a text with one on each line; also accepts commas and semicolons between them. Empty lines are left out. */
export function wordsOfLines(text: string, between: RegExp = /[\s,;]+/): string[] {
  const words = text.split(between).map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}

/**
 * A domain of e-mail addresses as it is recorded: lower case, internationalised labels in ASCII (RFC 5891, 4.4). Null
 * when `typed` is none: at least two labels of letters, digits and inner hyphens, 253 characters in all (RFC 1123, 2.1).
 */
export function asDomain(typed: string): string | null {
  const word = typed.trim().replace(/^@/, '');
  // What a URL would read as port, path or credentials is no part of a domain.
  if (word === '' || word.length > 253 || /[^\p{L}\p{M}\p{N}.-]/u.test(word)) return null;
  const domain = URL.parse(`http://${word}`)?.hostname ?? '';
  const labels = domain.split('.');
  const areLabels = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  const last = labels.at(-1) ?? '';
  if (labels.length < 2 || !areLabels || domain.length > 253 || /^\d+$/.test(last)) return null;
  return domain;
}

/** The domain of an e-mail address, as providers' domains are recorded; null when it has none. */
export function domainOfEmail(email: string): string | null {
  const at = email.lastIndexOf('@');
  return at < 1 ? null : asDomain(email.slice(at + 1));
}
