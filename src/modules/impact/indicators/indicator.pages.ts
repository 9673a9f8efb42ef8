// The page of an indicator: its series, what is wrong with it, its definition, and what its team may do.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatNumber, formatShortMonth } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { switcher } from '#ui/components/switcher.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html, nothing } from '#ui/html.ts';
import { sourcesOfIndicator } from '../sources/sources.pages.ts';
import type { Source } from '../sources/sources.types.ts';
import { indicatorsMessages } from './indicators.messages.ts';
import { INDICATORS, indicatorCrumbs } from './indicators.pages.ts';
import type { Typed } from './indicators.rules.ts';
import {
  type DefinitionVersion,
  type Indicator,
  MEASURE_ORIGINS,
  type MeasureOrigin,
} from './indicators.types.ts';
import type { Correction } from './measures.repository.ts';
import { STEPS, type Step } from './series.rules.ts';
import type { SeriesFault } from './series-faults.rules.ts';

const SHOWN_FAULTS = 12;

/** One origin's series as the page shows it. */
export interface ShownSeries {
  readonly origin: MeasureOrigin;
  /** Null when there is none. */
  readonly span: { readonly count: number; readonly last: string } | null;
  readonly values: readonly (number | null)[];
  readonly faults: readonly SeriesFault[];
}

/** What the page of an indicator shows. */
export interface IndicatorView {
  readonly csrf: Html;
  readonly indicator: Indicator;
  readonly organisationName: string;
  readonly definitions: readonly DefinitionVersion[];
  /** Names of those who defined, for readers who are signed in. */
  readonly names: ReadonlyMap<string, string>;
  readonly step: Step;
  readonly days: readonly string[];
  readonly series: readonly ShownSeries[];
  readonly corrections: readonly Correction[];
  readonly correctionCount: number;
  readonly mayWrite: boolean;
  readonly sources: readonly Source[];
  /** Whether the reader gets to those sources. */
  readonly mayReadSources: boolean;
  readonly typed: Typed;
  readonly faults: readonly FieldError[];
  readonly timeZone: string;
}

const asDate = (day: string) => new Date(`${day}T00:00:00Z`);

/** The page of an indicator. */
export function indicatorPage(locale: Locale, view: IndicatorView): Page {
  const words = indicatorsMessages(locale);
  const { indicator, definitions, faults, mayWrite } = view;
  const { id, title } = indicator;
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: indicatorCrumbs(locale),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p class="socle-lead">${definitions[0]?.text}</p>
${facts(locale, view)}
${chart(locale, view)}
${dataLinks({ locale, csv: `${INDICATORS}/${id}/series.csv`, json: `/api/v1/indicators/${id}/series` })}
${faultList(locale, view)}
${corrections(locale, view)}
<h2>${words.definitions.versions}</h2>
${definitionTable(locale, view)}
${mayWrite && indicator.state === 'open' ? work(locale, view) : nothing}`,
  };
}

function facts(locale: Locale, view: IndicatorView): Html {
  const { indicator, organisationName, series, sources, timeZone } = view;
  const words = indicatorsMessages(locale);
  return summaryList({
    rows: [
      { key: words.subject, value: indicator.subject },
      { key: words.organisation, value: organisationName },
      { key: words.population, value: indicator.population },
      { key: words.unit, value: indicator.unit },
      { key: words.direction, value: words.directions[indicator.direction] },
      { key: words.aggregation, value: words.aggregations[indicator.aggregation] },
      { key: words.cadence, value: words.cadences[indicator.cadence] },
      {
        key: words.state,
        value: html`${tag({ text: words.states[indicator.state], tone: indicator.state === 'open' ? 'good' : 'neutral' })} ${tag({ text: indicator.isPublic ? words.public : words.notPublic, tone: 'info' })}`,
      },
      ...series.map(({ origin, span }) => ({
        key: words.series.origins[origin],
        value:
          span === null
            ? words.series.noneOf
            : words.series.countOf(formatNumber(locale, span.count), formatDate(locale, asDate(span.last))),
      })),
      {
        key: words.sources,
        value: sourcesOfIndicator(locale, {
          sources,
          mayRead: view.mayReadSources,
          mayAdd: view.mayWrite && indicator.state === 'open',
          timeZone,
        }),
      },
    ],
  });
}

function chart(locale: Locale, { indicator, step, days, series }: IndicatorView): Html {
  const words = indicatorsMessages(locale);
  if (days.length === 0)
    return html`<h2>${words.series.chart}</h2>
<p>${words.series.none}</p>`;
  const address = `${INDICATORS}/${indicator.id}`;
  return html`<h2 id="series">${words.series.chart}</h2>
<p>${words.series.apart}</p>
${switcher({
  label: words.series.by,
  items: STEPS.map((one) => ({
    text: words.series.steps[one],
    href: `${address}?by=${one}#series`,
    current: one === step,
  })),
})}
${lineChart({
  id: 'series-chart',
  locale,
  title: words.series.chartTitle(indicator.title, indicator.unit),
  subtitle: `${words.aggregations[indicator.aggregation]}. ${words.directions[indicator.direction]}. ${words.series.cut}`,
  formatValue: (value) => formatNumber(locale, value, 2),
  positions: days.map(asDate),
  positionHeader: words.series.period,
  formatLabel: (day) =>
    step === 'month' ? formatShortMonth(locale, day.toISOString().slice(0, 7)) : formatDate(locale, day),
  series: series
    .filter(({ span }) => span !== null)
    .map(({ origin, values }) => ({ name: words.series.origins[origin], values })),
})}`;
}

function faultList(locale: Locale, { series }: IndicatorView): Html {
  const { faults: words, series: seriesWords } = indicatorsMessages(locale);
  const all = series.flatMap(({ origin, faults }) => faults.map((fault) => ({ origin, fault })));
  const shown = all.toSorted((a, b) => (a.fault.day < b.fault.day ? 1 : -1)).slice(0, SHOWN_FAULTS);
  const more = all.length - shown.length;
  return html`<h2>${words.title}</h2>
<p>${words.lead}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  stacked: true,
  columns: [{ text: words.where }, { text: words.fault }, { text: words.origin }],
  rows: shown.map(({ origin, fault }) => [
    whenOf(locale, fault),
    html`${tag({ text: words.kinds[fault.kind], tone: fault.kind === 'late' ? 'bad' : 'warning' })} ${saidOf(locale, fault)}`,
    seriesWords.origins[origin],
  ]),
  empty: words.none,
})}
${more > 0 && html`<p>${words.more(more)}</p>`}`;
}

function whenOf(locale: Locale, fault: SeriesFault): string {
  const day = formatDate(locale, asDate(fault.day));
  if (fault.kind !== 'gap' || fault.until === fault.day) return day;
  return indicatorsMessages(locale).faults.until(day, formatDate(locale, asDate(fault.until)));
}

function saidOf(locale: Locale, fault: SeriesFault): string {
  const { faults: words } = indicatorsMessages(locale);
  if (fault.kind !== 'jump') return words[fault.kind];
  return words.jump(formatNumber(locale, fault.value, 2), formatNumber(locale, fault.usual, 2));
}

function corrections(locale: Locale, view: IndicatorView): Html {
  const { corrections: words, faults, series } = indicatorsMessages(locale);
  if (view.correctionCount === 0) return nothing;
  return html`<h2>${words.title}</h2>
<p>${words.lead(formatNumber(locale, view.correctionCount))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  stacked: true,
  columns: [
    { text: words.day },
    { text: words.was, numeric: true },
    { text: words.became, numeric: true },
    { text: words.at },
    { text: faults.origin },
  ],
  rows: view.corrections.map(({ day, segment, was, became, correctedAt, origin }) => [
    `${formatDate(locale, asDate(day))}${segment === '' ? '' : ` (${segment})`}`,
    formatNumber(locale, was, 2),
    formatNumber(locale, became, 2),
    formatDate(locale, correctedAt, view.timeZone),
    series.origins[origin],
  ]),
})}`;
}

function definitionTable(locale: Locale, { definitions, names }: IndicatorView): Html {
  const { definitions: words } = indicatorsMessages(locale);
  return table({
    locale,
    caption: words.versions,
    captionHidden: true,
    stacked: true,
    columns: [
      { text: words.version },
      { text: words.from },
      { text: words.text },
      { text: words.reason },
      { text: words.by },
    ],
    rows: definitions.map(({ version, fromDay, text, reason, byPerson }) => [
      String(version),
      formatDate(locale, asDate(fromDay)),
      text,
      reason === '' ? words.first : reason,
      names.get(byPerson ?? '') ?? words.owner,
    ]),
  });
}

function work(locale: Locale, { csrf, indicator, typed, faults }: IndicatorView): Html {
  const { declare, definitions, close } = indicatorsMessages(locale);
  const address = `${INDICATORS}/${indicator.id}`;
  const of = (name: string, label: string) => ({
    locale,
    name,
    label,
    value: typed[name] ?? '',
    error: faultOf(locale, faults, name),
  });
  return html`<h2>${declare.title}</h2>
<p>${declare.lead}</p>
${form({
  action: `${address}/measures`,
  csrf,
  content: html`${textInput({ ...of('day', declare.day), type: 'date', width: 10 })}
${textInput({ ...of('value', declare.value), inputMode: 'decimal', width: 10, suffix: indicator.unit })}
${textInput({ ...of('segment', declare.segment), hint: declare.segmentHint, optional: true, width: 20 })}
${textarea({ ...of('evidence', declare.evidence), rows: 3, limit: 1000 })}
${button({ text: declare.submit })}`,
})}
<h2>${definitions.add}</h2>
${form({
  action: `${address}/definitions`,
  csrf,
  content: html`${textarea({ ...of('text', definitions.textLabel), limit: 2000 })}
${textInput({ ...of('fromDay', definitions.fromLabel), type: 'date', width: 10 })}
${textInput({ ...of('reason', definitions.reasonLabel), maxLength: 500 })}
${button({ text: definitions.submit, kind: 'secondary' })}`,
})}
<h2>${close.title}</h2>
<p>${close.lead}</p>
${form({
  action: `${address}/close`,
  csrf,
  content: buttonGroup([
    button({ text: close.submit, kind: 'secondary' }),
    button({ text: close.remove, kind: 'warning', formAction: `${address}/delete` }),
  ]),
})}`;
}

/** The origins in the order in which the page shows them. */
export const SHOWN_ORIGINS: readonly MeasureOrigin[] = MEASURE_ORIGINS.toReversed();
