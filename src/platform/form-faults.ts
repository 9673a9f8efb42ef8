// What every form's page does with the faults that it is shown again with. It draws no field.

import { errorSummary } from '#ui/components/error-summary.ts';
import type { Html } from '#ui/html.ts';
import type { FieldError } from './errors.ts';
import type { Locale } from './i18n/locale.ts';

/** The summary of a refused form's faults; nothing when there is none. A fault of no field is about the whole. */
export function faultSummary(locale: Locale, faults: readonly FieldError[]): Html {
  return errorSummary({
    locale,
    errors: faults.map(({ field, text }) =>
      field === '' ? { text: text[locale] } : { text: text[locale], href: `#${field}` },
    ),
  });
}

/** What is wrong with one field, for its own message. */
export function faultOf(locale: Locale, faults: readonly FieldError[], field: string): string | undefined {
  return faults.find((fault) => fault.field === field)?.text[locale];
}
