// Every chart in its states for the gallery: usual, one point, empty, missing values, many series, long names.
// The figures are invented and fixed; nothing is read from a database.
import { formatMonth, formatNumber, formatPercent, formatSignedPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { barChart } from '#ui/charts/bar-chart.ts';
import { distributionChart } from '#ui/charts/distribution-chart.ts';
import { fanChart } from '#ui/charts/fan-chart.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { sparkline } from '#ui/charts/sparkline.ts';
import { stackedBarChart } from '#ui/charts/stacked-bar-chart.ts';
import { type Html, html } from '#ui/html.ts';
import { chartExampleMessages } from './chart-examples.messages.ts';

/** Every chart of the interface in its states, each kind under a heading of level 3. */
export function chartExamples(locale: Locale): Html {
  const kinds = [
    lineExamples,
    barExamples,
    stackedBarExamples,
    fanExamples,
    distributionExamples,
    sparklineExamples,
  ];
  return html`${kinds.map((examples) => examples(locale))}`;
}

function heading(text: string): Html {
  return html`<h3 class="govuk-heading-m">${text}</h3>\n`;
}

const month = (locale: Locale) => (date: Date) => formatMonth(locale, date.toISOString().slice(0, 7));
const whole = (locale: Locale) => (value: number) => formatNumber(locale, value, 0);
const millions = (locale: Locale) => (value: number) => `${formatNumber(locale, value, 1)}\u00A0M€`;

/** The first day of `count` months in a row, `step` months apart. */
function months(first: string, count: number, step = 1): Date[] {
  const start = new Date(`${first}-01`);
  return Array.from(
    { length: count },
    (_, i) => new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + i * step)),
  );
}

function lineExamples(locale: Locale): Html {
  const words = chartExampleMessages(locale).line;
  const { source } = chartExampleMessages(locale);
  const ministries = words.ministries.split('|');
  const weeks = Array.from({ length: 104 }, (_, i) => new Date(Date.UTC(2022, 0, 3 + i * 7)));
  return html`${heading(words.heading)}${lineChart({
    id: 'line-usual',
    locale,
    title: words.usual,
    subtitle: words.usualSubtitle,
    source,
    positions: months('2019-06', 9, 6),
    formatLabel: month(locale),
    formatValue: (value) => formatSignedPercent(locale, value),
    series: [
      { name: words.cost, values: [0.12, 0.16, 0.15, 0.21, 0.24, 0.22, 0.19, 0.18, 0.17] },
      { name: words.delay, values: [0.28, 0.31, 0.36, 0.35, 0.41, 0.44, 0.4, 0.37, 0.35] },
    ],
  })}${lineChart({
    id: 'line-single',
    locale,
    title: words.single,
    subtitle: words.singleSubtitle,
    source,
    positions: months('2019-06', 9, 6),
    formatLabel: month(locale),
    formatValue: millions(locale),
    series: [{ name: words.cost, values: [42, 42, 45.5, 51, 51, 58.2, 63, 61.4, 61.4] }],
    reference: { value: 42, label: words.limit },
  })}${lineChart({
    id: 'line-missing',
    locale,
    title: words.missing,
    subtitle: words.missingSubtitle,
    source,
    positions: months('2023-01', 12),
    formatLabel: month(locale),
    formatValue: (value) => formatPercent(locale, value, 2),
    series: [
      {
        name: words.service,
        values: [0.9991, 0.9987, 0.999, 0.9994, null, 0.9978, null, null, 0.9989, 0.9992, 0.9995, 0.9993],
      },
    ],
    fromZero: false,
  })}${lineChart({
    id: 'line-many',
    locale,
    title: words.many,
    subtitle: words.manySubtitle,
    source,
    positions: [2018, 2019, 2020, 2021, 2022, 2023],
    formatLabel: String,
    formatValue: whole(locale),
    series: ministries.map((name, i) => ({
      name,
      values: Array.from({ length: 6 }, (_, year) =>
        Math.round(300 + i * 190 + year * (60 + ((i * 37) % 90)) * (i % 3 === 1 ? -0.6 : 1.6)),
      ),
    })),
  })}${lineChart({
    id: 'line-frequent',
    locale,
    title: words.frequent,
    subtitle: words.frequentSubtitle,
    source,
    positions: weeks,
    formatLabel: month(locale),
    formatValue: whole(locale),
    series: words.calls.split('|').map((name, i) => ({
      name,
      values: weeks.map((_, week) =>
        Math.round((900 - i * 260) * (1 + week / 150) + 90 * Math.sin(week / (4 + i)) + ((week * 37) % 40)),
      ),
    })),
  })}${lineChart({
    id: 'line-one',
    locale,
    title: words.one,
    positions: [2023],
    formatLabel: String,
    formatValue: (value) => formatNumber(locale, value),
    series: [{ name: words.satisfaction, values: [7.4] }],
  })}${lineChart({
    id: 'line-empty',
    locale,
    title: words.empty,
    positions: [],
    formatLabel: String,
    formatValue: (value) => formatNumber(locale, value),
    series: [],
  })}`;
}

function barExamples(locale: Locale): Html {
  const words = chartExampleMessages(locale).bar;
  const { source, line } = chartExampleMessages(locale);
  const ministries = line.ministries.split('|');
  return html`${heading(words.heading)}${barChart({
    id: 'bar-usual',
    locale,
    title: words.usual,
    source,
    formatValue: whole(locale),
    labelHeader: words.ministry,
    valueHeader: words.projects,
    reference: { value: 6.1, label: words.average },
    bars: [12, 3, 11, 8, 7, 5, 2, null].map((value, i) => ({
      label: ministries[i] as string,
      value,
      highlighted: i === 3,
    })),
  })}${barChart({
    id: 'bar-long',
    locale,
    title: words.long,
    subtitle: words.longSubtitle,
    source,
    formatValue: (value) => formatSignedPercent(locale, value),
    bars: words.longNames.split('|').map((label, i) => ({ label, value: [0.84, 0.31, 0.12, 0, -0.18][i] })),
  })}${barChart({
    id: 'bar-one',
    locale,
    title: words.one,
    formatValue: whole(locale),
    bars: [{ label: words.stopped, value: 4 }],
  })}${barChart({ id: 'bar-empty', locale, title: words.empty, formatValue: whole(locale), bars: [] })}`;
}

function stackedBarExamples(locale: Locale): Html {
  const words = chartExampleMessages(locale).stacked;
  const { source, line, bar } = chartExampleMessages(locale);
  const ministries = line.ministries.split('|');
  const counts = [
    [6, 3, 2, 1],
    [2, 1, 0, 0],
    [5, 2, 3, 1],
    [3, 3, 2, 0],
    [4, 1, 1, 1],
    [1, 2, 2, 0],
    [1, 1, null, null],
  ];
  return html`${heading(words.heading)}${stackedBarChart({
    id: 'stacked-usual',
    locale,
    title: words.usual,
    subtitle: words.usualSubtitle,
    source,
    labelHeader: bar.ministry,
    formatValue: whole(locale),
    parts: words.states.split('|'),
    rows: counts.map((values, i) => ({ label: ministries[i] as string, values })),
  })}${stackedBarChart({
    id: 'stacked-many',
    locale,
    title: words.many,
    subtitle: words.manySubtitle,
    source,
    labelHeader: words.year,
    formatValue: whole(locale),
    parts: words.funds.split('|'),
    scale: 'total',
    rows: [
      { label: '2020', values: [120, 40, 0, 12, 8, 3] },
      { label: '2021', values: [131, 62, 55, 18, 9, 4] },
      { label: '2022', values: [140, 70, 80, 31, 12, 6] },
      { label: '2023', values: [null, null, null, null, null, null] },
    ],
  })}${stackedBarChart({
    id: 'stacked-empty',
    locale,
    title: words.empty,
    formatValue: whole(locale),
    parts: words.states.split('|'),
    rows: [],
  })}`;
}

function fanExamples(locale: Locale): Html {
  const words = chartExampleMessages(locale).fan;
  const { source } = chartExampleMessages(locale);
  const positions = months('2021-06', 14, 3);
  const observed = [42, 43.5, 45, 47, 46.5, 49, 51, 52.5, 54];
  const median = positions.map((_, i) => (i < 8 ? null : 54 + (i - 8) * 1.9));
  const band = (name: string, below: number, above: number) => ({
    name,
    low: median.map((value, i) => value && value - below * Math.sqrt(i - 8)),
    high: median.map((value, i) => value && value + above * Math.sqrt(i - 8)),
  });
  return html`${heading(words.heading)}${fanChart({
    id: 'fan-usual',
    locale,
    title: words.usual,
    subtitle: words.usualSubtitle,
    source,
    positions,
    formatLabel: month(locale),
    formatValue: millions(locale),
    observed: { name: words.observed, values: observed },
    median,
    bands: [band(words.wide, 4, 8), band(words.middle, 1.6, 3)],
    reference: { value: 48, label: words.budget },
  })}${fanChart({
    id: 'fan-one',
    locale,
    title: words.one,
    positions: [new Date('2024-06-01')],
    formatLabel: month(locale),
    formatValue: millions(locale),
    median: [56],
    bands: [
      { name: words.wide, low: [48], high: [71] },
      { name: words.middle, low: [53], high: [61] },
    ],
  })}${fanChart({
    id: 'fan-empty',
    locale,
    title: words.empty,
    positions: [],
    formatLabel: month(locale),
    formatValue: millions(locale),
    median: [],
    bands: [],
  })}`;
}

function distributionExamples(locale: Locale): Html {
  const messages = chartExampleMessages(locale);
  const words = messages.distribution;
  const years = (value: number) => messages.years(formatNumber(locale, value, 1));
  const lengths = [
    1.2, 1.8, 2.1, 2.2, 2.4, 2.6, 2.9, 3, 3.1, 3.1, 3.3, 3.4, 3.6, 3.6, 3.8, 3.9, 4, 4.1, 4.2, 4.2, 4.4, 4.5,
    4.6, 4.8, 4.9, 5, 5.1, 5.3, 5.4, 5.6, 5.9, 6, 6.2, 6.4, 6.8, 7.1, 7.3, 7.9, 8.4, 9.2, 10.1, 11.6,
  ];
  return html`${heading(words.heading)}${distributionChart({
    id: 'distribution-usual',
    locale,
    title: words.usual,
    subtitle: words.usualSubtitle,
    source: messages.source,
    values: lengths,
    formatValue: years,
    formatCount: whole(locale),
    marker: { value: 7.3, label: words.marker },
  })}${distributionChart({
    id: 'distribution-one',
    locale,
    title: words.one,
    values: [4.5],
    formatValue: years,
    formatCount: whole(locale),
  })}${distributionChart({
    id: 'distribution-empty',
    locale,
    title: words.empty,
    values: [],
    formatValue: years,
    formatCount: whole(locale),
  })}`;
}

function sparklineExamples(locale: Locale): Html {
  const words = chartExampleMessages(locale).sparkline;
  const course = [6.1, 6.2, 6.2, 6.5, 6.4, 6.8, 7.1, 7, 7.2, 7.5, 7.6, 7.8];
  return html`${heading(words.heading)}<p class="govuk-body">${words.before} ${sparkline({ values: course })} ${words.after}</p>
<p class="govuk-body">${sparkline({ values: course, label: words.label })}</p>
<p class="govuk-body">${words.gaps} ${sparkline({ values: [12, 13, null, 15, null, null, 14, 16, 17] })}</p>
<p class="govuk-body">${words.one} ${sparkline({ values: [12] })}</p>`;
}
