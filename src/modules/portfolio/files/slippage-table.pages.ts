// How far a project has slipped, as a table: on its file's page and on the panorama's page of the project.
import { formatMillionEuros, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html } from '#ui/html.ts';
import type { Slippage } from '../baselines/baselines.types.ts';
import { fileAddress, writtenGap } from './file-parts.pages.ts';
import { filesMessages } from './files.messages.ts';
import type { FileFacts } from './files.types.ts';

/** A figure with its sign before it: one that is written as zero has none. */
function signed(locale: Locale, value: number, write: (value: number) => string): string {
  const text = write(Math.abs(value));
  if (text === write(0)) return text;
  return `${value > 0 ? '+' : locale === 'fr' ? '−' : '-'}${text}`;
}

/** Cost, schedule and scope against the first baseline and against the latest. */
export function slippageTable(
  locale: Locale,
  { first, latest }: { readonly first: Slippage; readonly latest: Slippage },
): Html {
  const words = filesMessages(locale);
  const row = (name: string, { costCents, costShare, months, scheduleShare, scopeShare }: Slippage) => [
    name,
    html`<strong>${writtenGap(locale, costShare)}</strong> (${signed(locale, costCents / 1e8, (value) => formatMillionEuros(locale, value))})`,
    html`<strong>${writtenGap(locale, scheduleShare)}</strong> (${words.months(signed(locale, months, (value) => formatNumber(locale, value)))})`,
    words.points(signed(locale, scopeShare * 100, (value) => formatNumber(locale, value, 0))),
  ];
  return table({
    locale,
    caption: words.slippage,
    captionHidden: true,
    columns: [
      { text: words.against },
      { text: words.costColumn, numeric: true },
      { text: words.scheduleColumn, numeric: true },
      { text: words.scopeColumn, numeric: true },
    ],
    rows: [row(words.firstBaseline, first), row(words.latestBaseline, latest)],
  });
}

/** What the panorama's page of a project says of its file; nothing where it has no public one with a baseline. */
export function panoramaSlippage(locale: Locale, file: FileFacts | undefined): Html | null {
  if (!file?.slippage) return null;
  const words = filesMessages(locale);
  return html`<h2>${words.slippage}</h2>
<p>${words.slippageLead} <a href="${fileAddress(file.id)}">${words.seeFile}</a></p>
${slippageTable(locale, file.slippage)}`;
}
