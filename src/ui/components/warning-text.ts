// What happens to people who go on without reading: deadlines, what cannot be undone.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, type HtmlValue, html } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** A warning. */
export function warningText(options: { readonly locale: Locale; readonly text: HtmlValue }): Html {
  return html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>
<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">${uiMessages(options.locale).warning}</span> ${options.text}</strong></div>`;
}
