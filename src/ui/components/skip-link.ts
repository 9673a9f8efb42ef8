// The first link of every page: past the header, to the content. It holds no navigation.
import { type Html, html } from '../html.ts';

/** The link that the first Tab reaches; hidden until it has the focus. */
export function skipLink(options: { readonly text: string; readonly href?: string }): Html {
  return html`<a href="${options.href ?? '#main'}" class="govuk-skip-link">${options.text}</a>`;
}
