// The State's averages over the editions, published and computed side by side. It computes none.
import type { Page } from '#platform/http/page.ts';
import { formatMonth, formatNumber, formatPercent, formatShortMonth } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { table } from '#ui/components/table.ts';
import { html } from '#ui/html.ts';
import { editionAddress } from './addresses.ts';
import type { EvolutionPoint } from './averages.types.ts';
import type { Origin } from './editions.types.ts';
import { panoramaMessages } from './panorama.messages.ts';
import { writtenDiscrepancy } from './panorama.pages.ts';
import { monthPosition, positionMonth, writtenCost, writtenYears } from './written-values.ts';

/** The month in which the directorate changed its method; gaps before and after are not comparable. */
const METHOD_CHANGED = '2017-06';

/** The page of the evolution over the editions of one origin. */
export function evolutionPage(
  locale: Locale,
  { origin, points }: { origin: Origin; points: readonly EvolutionPoint[] },
): Page {
  const { evolution: words, panorama, years } = panoramaMessages(locale);
  const number = (value: number | null | undefined, digits = 1) =>
    value === null || value === undefined ? '–' : formatNumber(locale, value, digits);
  const chart = {
    locale,
    positions: points.map(({ month }) => monthPosition(month)),
    formatLabel: (position: Date) => formatShortMonth(locale, positionMonth(position)),
    positionHeader: words.edition,
  };
  const both = (read: (point: EvolutionPoint) => [number | null | undefined, number | null | undefined]) => [
    { name: words.computed, values: points.map((point) => read(point)[0]) },
    { name: words.declared, values: points.map((point) => read(point)[1]) },
  ];
  const billions = (meur: number | null | undefined) =>
    meur === null || meur === undefined ? null : meur / 1_000;
  const spansTheChange =
    origin === 'published' &&
    points.some(({ month }) => month < METHOD_CHANGED) &&
    points.some(({ month }) => month >= METHOD_CHANGED);
  const found = points.flatMap((point) => point.discrepancies.map((discrepancy) => ({ point, discrepancy })));
  return {
    title: words.title,
    breadcrumbs: [
      { text: panorama.title, href: listAddress('/panorama', origin === 'published' ? {} : { origin }) },
    ],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<p>${words.methodNote}</p>
${dataLinks({
  locale,
  csv: listAddress('/panorama/evolution.csv', { origin }),
  json: listAddress('/api/v1/portfolio/evolution', { origin }),
  about: words.title,
})}
<p><a href="${listAddress('/panorama/panel.csv', { origin })}" download>${words.panel}</a></p>
<h2>${words.gapsTitle}</h2>
${lineChart({
  ...chart,
  id: 'gaps',
  title: words.gapsChart,
  subtitle: spansTheChange ? words.gapsSubtitle : words.gapsSubtitlePlain,
  formatValue: (value) => formatPercent(locale, value),
  series: [
    { name: words.budget, values: points.map(({ declared }) => declared?.meanBudgetGap) },
    { name: words.schedule, values: points.map(({ declared }) => declared?.meanScheduleGap) },
  ],
})}
<h2>${words.totalTitle}</h2>
${lineChart({
  ...chart,
  id: 'total',
  title: words.totalChart,
  subtitle: words.totalSubtitle,
  formatValue: (value) => formatNumber(locale, value, 2),
  series: both(({ computed, declared }) => [billions(computed?.totalMeur), billions(declared?.totalMeur)]),
})}
<h2>${words.countTitle}</h2>
${lineChart({
  ...chart,
  id: 'count',
  title: words.countChart,
  formatValue: (value) => formatNumber(locale, value, 0),
  series: both(({ computed, declared }) => [computed?.projects, declared?.projects]),
})}
<h2>${words.durationTitle}</h2>
${lineChart({
  ...chart,
  id: 'duration',
  title: words.durationChart,
  subtitle: words.durationSubtitle,
  formatValue: (value) => years(formatNumber(locale, value)),
  series: both(({ computed, declared }) => [computed?.meanDurationYears, declared?.meanDurationYears]),
})}
<h2>${words.discrepancies}</h2>
${
  found.length === 0
    ? html`<p>${words.none}</p>`
    : html`<ul>${found.map(({ point, discrepancy }) => html`<li><a href="${editionAddress(point)}">${formatMonth(locale, point.month)}</a> · ${writtenDiscrepancy(locale, discrepancy)}</li>`)}</ul>`
}
<h2>${words.caption}</h2>
${table({
  locale,
  caption: words.caption,
  captionHidden: true,
  id: 'evolution-table',
  columns: [
    { text: words.edition },
    ...[
      words.projects,
      words.projectsDeclared,
      words.entries,
      words.exits,
      words.total,
      words.totalDeclared,
      words.duration,
      words.durationDeclared,
      words.budget,
      words.schedule,
    ].map((text) => ({ text, numeric: true })),
  ],
  rows: points
    .toReversed()
    .map(({ month, computed, declared, entries, exits }) => [
      computed
        ? html`<a href="${editionAddress({ origin, month })}">${formatMonth(locale, month)}</a>`
        : `${formatMonth(locale, month)} (${words.notHeld})`,
      number(computed?.projects),
      number(declared?.projects),
      number(entries),
      number(exits),
      computed ? writtenCost(locale, computed.totalMeur) : '–',
      typeof declared?.totalMeur === 'number' ? writtenCost(locale, declared.totalMeur) : '–',
      computed ? writtenYears(locale, computed.meanDurationYears) : '–',
      typeof declared?.meanDurationYears === 'number'
        ? writtenYears(locale, declared.meanDurationYears)
        : '–',
      share(locale, declared?.meanBudgetGap),
      share(locale, declared?.meanScheduleGap),
    ]),
})}`,
  };
}

function share(locale: Locale, value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatPercent(locale, value, 1);
}
