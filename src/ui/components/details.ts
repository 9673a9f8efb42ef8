// More for those who ask for it, folded. Nothing that everyone needs.
import { type Html, type HtmlValue, html } from '../html.ts';

/** Folded content under its summary. */
export function details(options: {
  readonly summary: HtmlValue;
  readonly content: HtmlValue;
  readonly open?: boolean;
}): Html {
  return html`<details class="govuk-details"${options.open ? html` open` : null}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${options.summary}</span></summary>
<div class="govuk-details__text">${options.content}</div></details>`;
}
