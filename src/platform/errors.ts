// Errors with a stable code, a public text in each language and an internal detail, each declared once.
// It knows no HTTP status: app/http-errors.ts alone maps kinds to statuses.
import type { Locale, Translated } from './i18n/locale.ts';

/** What sort of refusal an error is. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unprocessable'
  | 'too-many'
  | 'unavailable';

/** What is wrong with one field of a form or request, in words that say what to do. */
export interface FieldError {
  readonly field: string;
  readonly text: Translated;
}

/** A refusal that its caller can read: the code is stable, the text is public, the detail goes to the log alone. */
export class SocleError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly text: Translated;
  readonly fields: readonly FieldError[];
  readonly detail: unknown;

  constructor(
    definition: { code: string; kind: ErrorKind; text: Translated },
    more: { fields?: readonly FieldError[]; detail?: unknown; cause?: unknown } = {},
  ) {
    super(`${definition.code}: ${definition.text.en}`, { cause: more.cause });
    this.name = 'SocleError';
    this.code = definition.code;
    this.kind = definition.kind;
    this.text = definition.text;
    this.fields = more.fields ?? [];
    this.detail = more.detail;
  }

  /** The public text in `locale`. */
  publicText(locale: Locale): string {
    return this.text[locale];
  }
}

const declared = new Set<string>();

/**
 * Declares an error once and returns its maker. `gaps` fill the sentence: `{fr: (n) => ..., en: (n) => ...}`.
 * Throws at start-up when two errors claim one code.
 */
export function defineError<G extends unknown[] = []>(
  code: string,
  kind: ErrorKind,
  text: { fr: string | ((...gaps: G) => string); en: string | ((...gaps: G) => string) },
): (more?: { fields?: readonly FieldError[]; detail?: unknown; cause?: unknown }, ...gaps: G) => SocleError {
  if (declared.has(code)) throw new Error(`The error code ${code} is declared twice.`);
  declared.add(code);
  const filled = (value: string | ((...gaps: G) => string), gaps: G) =>
    typeof value === 'string' ? value : value(...gaps);
  return (more, ...gaps) =>
    new SocleError({ code, kind, text: { fr: filled(text.fr, gaps), en: filled(text.en, gaps) } }, more);
}

/** Tells whether `error` is a refusal with a public text; anything else is a fault. */
export function isSocleError(error: unknown): error is SocleError {
  return error instanceof SocleError;
}

/** Nothing is there, or it belongs to another organisation, which must look the same. */
export const notFound = defineError('not-found', 'not-found', {
  fr: 'Cette page ou cet enregistrement n’existe pas.',
  en: 'This page or record does not exist.',
});

/** Fields of a form or request are wrong; `fields` names each. */
export const invalidInput = defineError('invalid-input', 'invalid', {
  fr: 'Certaines informations sont absentes ou incorrectes.',
  en: 'Some information is missing or wrong.',
});
