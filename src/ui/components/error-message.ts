// What is wrong with one field and what to do. The list of all faults is the error summary's.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** What is wrong with a field; the field names `id` in `aria-describedby`. */
export function errorMessage(options: {
  readonly locale: Locale;
  readonly id: string;
  readonly text: string;
}): Html {
  return html`<p id="${options.id}" class="govuk-error-message"><span class="govuk-visually-hidden">${uiMessages(options.locale).error}</span> ${options.text}</p>`;
}
