// Everything that is wrong with a form, at the top of its page, each with a way to its field. socle.js moves the focus to it.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** A fault of a form; `href` leads to its field (`#name`), and is absent when it is about the whole. */
export interface FormFault {
  readonly text: string;
  readonly href?: string;
}

/** The faults of a form; nothing when there is none. */
export function errorSummary(options: {
  readonly locale: Locale;
  readonly errors: readonly FormFault[];
}): Html {
  if (options.errors.length === 0) return nothing;
  return html`<div class="govuk-error-summary" data-error-summary tabindex="-1">
<div role="alert">
<h2 class="govuk-error-summary__title">${uiMessages(options.locale).errorSummary}</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${options.errors.map(
    ({ text, href }) => html`<li>${href === undefined ? text : html`<a href="${href}">${text}</a>`}</li>`,
  )}</ul></div>
</div>
</div>`;
}
