// Speaking to the person at a terminal, in plain sentences.
import { ConfigError } from '#platform/config.ts';
import { isSocleError } from '#platform/errors.ts';
import type { Locale } from '#platform/i18n/locale.ts';

/** The language of the terminal: that of the options' own names, so that scripts and manuals meet one form. */
export const TERMINAL_LOCALE: Locale = 'en';

/** The sentence that tells a refusal; null for a fault, which its stack tells better. */
export function sentenceOf(error: unknown): string | null {
  if (error instanceof ConfigError) return error.message;
  if (!isSocleError(error)) return null;
  const fields = error.fields.map(({ field, text }) => `  ${field}: ${text[TERMINAL_LOCALE]}`);
  return [error.publicText(TERMINAL_LOCALE), ...fields].join('\n');
}
