// The form that imports an edition, and the editions held. It reads no file.

import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatMonth, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { errorSummary } from '#ui/components/error-summary.ts';
import { fileUpload } from '#ui/components/file-upload.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { editionAddress } from './addresses.ts';
import type { Edition } from './editions.types.ts';
import { panoramaMessages } from './panorama.messages.ts';

/** What the page shows. */
export interface ImportView {
  readonly editions: readonly Edition[];
  readonly csrf: Html;
  readonly timeZone: string;
  /** What was typed, kept when it was refused. */
  readonly values: { readonly edition: string; readonly dryRun: boolean };
  readonly errors: Partial<Record<'file' | 'edition', string>>;
}

/** The page with the form. The token comes before the file, so that it is read first. */
export function importPage(locale: Locale, { editions, csrf, timeZone, values, errors }: ImportView): Page {
  const { import: words, panorama, origins } = panoramaMessages(locale);
  const faults = Object.entries(errors).map(([field, text]) => ({ text, href: `#${field}` }));
  return {
    title: words.title,
    hasErrors: faults.length > 0,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`${errorSummary({ locale, errors: faults })}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<form method="post" action="/panorama/import" enctype="multipart/form-data" novalidate>
${csrf}
${textInput({
  locale,
  name: 'edition',
  label: words.edition,
  hint: words.editionHint,
  value: values.edition,
  width: 10,
  maxLength: 7,
  ...(errors.edition && { error: errors.edition }),
})}
${checkbox({ locale, name: 'dryRun', label: words.dryRun, value: 'yes', checked: values.dryRun })}
${fileUpload({
  locale,
  name: 'file',
  label: words.file,
  hint: words.fileHint,
  accept: '.csv,text/csv',
  ...(errors.file && { error: errors.file }),
})}
${button({ text: words.submit })}
</form>
<h2>${words.held}</h2>
${table({
  locale,
  caption: words.heldCaption,
  captionHidden: true,
  columns: [
    { text: words.edition },
    { text: words.rows, numeric: true },
    { text: words.source },
    { text: words.importedAt },
  ],
  rows: editions.map((edition) => [
    html`<a href="${editionAddress(edition)}">${formatMonth(locale, edition.month)}</a> (${origins[edition.origin]})`,
    formatNumber(locale, edition.rowCount),
    edition.sourceName,
    formatDateTime(locale, edition.importedAt, timeZone),
  ]),
  empty: panorama.empty,
})}`,
  };
}
