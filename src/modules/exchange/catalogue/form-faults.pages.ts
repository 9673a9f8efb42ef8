// What every form's page of the catalogue does with the faults that it is shown again with. It draws no field.
import type { FieldError } from '#platform/errors.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { errorSummary } from '#ui/components/error-summary.ts';
import type { Html } from '#ui/html.ts';

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
