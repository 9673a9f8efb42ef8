// Text set apart from what is around it: a quotation, an example, a message. Not for warnings.
import { type Html, type HtmlValue, html } from '../html.ts';

/** Text set apart. */
export function inset(content: HtmlValue): Html {
  return html`<div class="govuk-inset-text">${content}</div>`;
}
