// The public page of the open data of accreditations.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatMonth, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html } from '#ui/html.ts';
import { editionsMessages } from './editions.messages.ts';
import { fileNameOf } from './editions.rules.ts';
import type { Edition, EditionFile } from './editions.types.ts';

/** Where the open data of accreditations is. */
export const OPEN_DATA = '/exchange/open-data';

/** The editions and the live files. */
export function openDataPage(
  locale: Locale,
  { editions, timeZone }: { readonly editions: readonly Edition[]; readonly timeZone: string },
): Page {
  const words = editionsMessages(locale);
  const current = (format: 'csv' | 'json') => `${OPEN_DATA}/${fileNameOf({ edition: 'current', format })}`;
  return {
    title: words.title,
    breadcrumbs: [{ text: words.room, href: '/exchange' }],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<h2>${words.current}</h2>
<p>${words.currentLead}</p>
${dataLinks({ locale, csv: current('csv'), json: current('json') })}
<h2>${words.editions}</h2>
<p>${words.editionsLead}</p>
${table({
  locale,
  caption: words.editions,
  captionHidden: true,
  columns: [
    { text: words.month },
    { text: words.count, numeric: true },
    { text: words.frozenAt },
    { text: words.files },
  ],
  rows: editions.map((edition) => [
    formatMonth(locale, edition.month),
    formatNumber(locale, edition.accreditations),
    formatDate(locale, edition.frozenAt, timeZone),
    html`<ul class="govuk-list">${edition.files.map((file) => fileLink(locale, edition, file))}</ul>`,
  ]),
  empty: words.none,
})}
<h2>${words.columns}</h2>
<p>${words.columnsText}</p>
<p><a href="${OPEN_DATA}/catalogue.jsonld">${words.dcat}</a></p>`,
  };
}

function fileLink(locale: Locale, { month }: Edition, { format, bytes, sha256 }: EditionFile): Html {
  const words = editionsMessages(locale);
  const size = words.bytes(formatNumber(locale, bytes / 1000));
  return html`<li><a href="${OPEN_DATA}/${fileNameOf({ edition: month, format })}" download>${words.download(format.toUpperCase(), size)}<span class="govuk-visually-hidden">, ${words.ofEdition(formatMonth(locale, month))}</span></a><br>${words.fingerprint} <code>${sha256}</code></li>`;
}
