// Help on what to type, read with the field. It holds no error.
import { type Html, type HtmlValue, html } from '../html.ts';

/** Help under a label; the field names `id` in `aria-describedby`. */
export function hint(options: { readonly id: string; readonly text: HtmlValue }): Html {
  return html`<div id="${options.id}" class="govuk-hint">${options.text}</div>`;
}
