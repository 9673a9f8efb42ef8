// Speaking to the person at a terminal: in their language, in plain sentences.
import { ConfigError } from '#platform/config.ts';
import { isSocleError } from '#platform/errors.ts';
import type { Locale } from '#platform/i18n/locale.ts';

/** The terminal's language: French where LC_ALL, LC_MESSAGES or LANG says so (in POSIX's order), else English. */
export function terminalLocale(environment: NodeJS.ProcessEnv): Locale {
  const set = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^fr(_|$|\.)/i.test(set) ? 'fr' : 'en';
}

/** The sentence that tells a refusal; null for a fault, which its stack tells better. */
export function sentenceOf(error: unknown, locale: Locale): string | null {
  if (error instanceof ConfigError) return error.message;
  if (!isSocleError(error)) return null;
  const fields = error.fields.map(({ field, text }) => `  ${field}: ${text[locale]}`);
  return [error.publicText(locale), ...fields].join('\n');
}
