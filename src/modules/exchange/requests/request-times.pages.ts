// The public page of processing times: three figures, a chart by month, its table.
import type { Page } from '#platform/http/page.ts';
import { formatMonth, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { cardGrid, figureCard } from '#ui/components/figure-card.ts';
import type { FigureOrigin } from '#ui/components/origin-tag.ts';
import { table } from '#ui/components/table.ts';
import { html } from '#ui/html.ts';
import { daysInWords } from './request-times.rules.ts';
import { requestsMessages } from './requests.messages.ts';
import type { MonthTimes, TimesSummary } from './requests.types.ts';

/** Processing times, measured; newest month first in the table. */
export function requestTimesPage(
  locale: Locale,
  { months, summary, origin }: { months: readonly MonthTimes[]; summary: TimesSummary; origin: FigureOrigin },
): Page {
  const words = requestsMessages(locale);
  const { times } = words;
  const days = (value: number) => daysInWords(locale, value);
  const figures = [
    ['median', summary.medianDays],
    ['ninetieth', summary.ninetiethDays],
    ['distributor', summary.distributorMedianDays],
  ] as const;
  const shown = months.slice(-36);
  return {
    title: times.title,
    breadcrumbs: [{ text: words.exchange, href: '/exchange' }],
    main: html`<h1>${times.title}</h1>
<p class="socle-lead">${times.lead}</p>
${
  summary.decided > 0
    ? cardGrid(
        figures.map(([name, value]) =>
          figureCard({
            locale,
            title: times.cards[name],
            value: days(value ?? 0),
            explanation: times.cardTexts[name],
            origin,
            source: times.source,
            trend: null,
          }),
        ),
      )
    : html`<p>${times.nothingYet}</p>`
}
${
  shown.length > 1 &&
  lineChart({
    id: 'times-chart',
    locale,
    title: times.chart,
    source: times.source,
    positions: shown.map(({ month }) => new Date(`${month}-01T00:00:00Z`)),
    formatLabel: (month) => formatMonth(locale, month.toISOString().slice(0, 7)),
    formatValue: (value) => days(value),
    series: [
      { name: times.whole, values: shown.map(({ medianDays }) => medianDays) },
      { name: times.own, values: shown.map(({ distributorMedianDays }) => distributorMedianDays) },
    ],
  })
}
<h2>${times.byMonth}</h2>
${table({
  locale,
  caption: times.title,
  captionHidden: true,
  columns: [
    { text: times.month },
    { text: times.decided, numeric: true },
    { text: times.validated, numeric: true },
    { text: times.median, numeric: true },
    { text: times.ninetieth, numeric: true },
    { text: times.distributor, numeric: true },
    { text: times.distributorNinetieth, numeric: true },
    { text: times.applicant, numeric: true },
  ],
  rows: [...months]
    .reverse()
    .map((one) => [
      formatMonth(locale, one.month),
      formatNumber(locale, one.decided),
      formatNumber(locale, one.validated),
      days(one.medianDays),
      days(one.ninetiethDays),
      days(one.distributorMedianDays),
      days(one.distributorNinetiethDays),
      days(one.applicantMedianDays),
    ]),
  empty: times.nothing,
})}
${dataLinks({ locale, csv: '/exchange/requests/times.csv', json: '/api/v1/exchange/request-times' })}`,
  };
}
