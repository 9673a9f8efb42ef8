// The open data beside a list or a figure: the same rows as CSV and JSON, or as a PDF to read and print. It makes no file itself.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** Links to what the page shows as files; nothing when there is none. `about` names the data when a page has several. */
export function dataLinks(options: {
  readonly locale: Locale;
  readonly csv?: string;
  readonly json?: string;
  readonly pdf?: string;
  readonly about?: string;
}): Html {
  const words = uiMessages(options.locale).data;
  const links = [
    options.csv === undefined ? null : { href: options.csv, text: words.csv },
    options.json === undefined ? null : { href: options.json, text: words.json },
    options.pdf === undefined ? null : { href: options.pdf, text: words.pdf },
  ].filter((link) => link !== null);
  if (links.length === 0) return nothing;
  const about =
    options.about === undefined
      ? words.label
      : `${words.label}${uiMessages(options.locale).colon}${options.about}`;
  return html`<div class="socle-data-links" role="group" aria-label="${about}"><span class="socle-data-links__label" aria-hidden="true">${words.label}</span>
<ul>${links.map(
    (link) => html`<li><a href="${link.href}" aria-label="${link.text}, ${about}">${link.text}</a></li>`,
  )}</ul></div>`;
}
