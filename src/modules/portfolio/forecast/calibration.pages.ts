// The public page of how well the directorate forecasts: scores with how to read them, and reliability diagrams.
import type { Page } from '#platform/http/page.ts';
import { formatNumber, formatPercent, formatSignedPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { inset } from '#ui/components/inset.ts';
import { sourceNote } from '#ui/components/source-note.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import type { Calibration, ProbabilityCalibration } from './calibration.rules.ts';
import { forecastMessages } from './forecast.messages.ts';

/** Where the page and the files beside it are. */
export const CALIBRATION = '/projects/calibration';
/** The same over the API. */
export const CALIBRATION_API = '/api/v1/forecast-calibration';

/** The page. */
export function calibrationPage(
  locale: Locale,
  {
    calibration: { forecasts, judgements },
    waiting,
    origin,
  }: {
    readonly calibration: Calibration;
    readonly waiting: { readonly forecasts: number; readonly judgements: number };
    readonly origin: 'measured' | 'demonstration';
  },
): Page {
  const words = forecastMessages(locale);
  return {
    title: words.title,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<p>${words.waiting(waiting.forecasts, waiting.judgements)}</p>
${forecasts === null && judgements === null && inset(words.none)}
${forecasts && forecastsSection(locale, forecasts)}
<h2>${words.judgementsTitle}</h2>
${judgements ? judgementsSection(locale, judgements) : html`<p>${words.judgementsNone}</p>`}
<h2>${words.method}</h2>
<p>${words.methodText}</p>
${sourceNote({ locale, source: words.source, origin })}`,
  };
}

function forecastsSection(locale: Locale, scores: NonNullable<Calibration['forecasts']>): Html {
  const words = forecastMessages(locale);
  const percent = (share: number) => formatPercent(locale, share);
  const crps = (value: number) => formatNumber(locale, value, 3);
  return html`<h2>${words.costTitle}</h2>
<p>${words.costLead(scores.n, scores.projects)}</p>
${dataLinks({ locale, csv: `${CALIBRATION}.csv`, json: CALIBRATION_API, about: words.dataForecasts })}
${measures(locale, words.costTitle, [
  [words.crpsCost, crps(scores.costCrps), words.crpsReading],
  [words.crpsDuration, crps(scores.durationCrps), words.crpsReading],
  [words.coverageCost, percent(scores.costCoverage80), words.coverageReading],
  [words.coverageDuration, percent(scores.durationCoverage80), words.coverageReading],
  [words.above90, percent(scores.costPitAbove90), words.above90Reading],
])}
<h3>${words.over25}</h3>
${probability(locale, 'over25', words.over25, scores.over25)}
<h3>${words.over50}</h3>
${probability(locale, 'over50', words.over50, scores.over50)}`;
}

function judgementsSection(locale: Locale, scores: ProbabilityCalibration): Html {
  const words = forecastMessages(locale);
  return html`<p>${words.judgementsLead(scores.n)}</p>
${dataLinks({ locale, csv: `${CALIBRATION}/judgements.csv`, json: CALIBRATION_API, about: words.dataJudgements })}
${probability(locale, 'judgements', words.judgementsTitle, scores)}`;
}

function measures(
  locale: Locale,
  caption: string,
  rows: readonly (readonly [name: string, value: string, reading: string])[],
): Html {
  const words = forecastMessages(locale);
  return table({
    locale,
    caption,
    captionHidden: true,
    columns: [{ text: words.measure }, { text: words.value, numeric: true }, { text: words.reading }],
    rows,
  });
}

/** The scores of one kind of probability, and its reliability diagram with the diagonal. */
function probability(
  locale: Locale,
  id: string,
  what: string,
  { brier, baseRate, skill, reliability }: ProbabilityCalibration,
): Html {
  const words = forecastMessages(locale);
  const percent = (share: number) => formatPercent(locale, share);
  // The diagonal needs its two ends, where no group stands.
  const groups = reliability.map(({ said, came }) => ({ at: said, came: came as number | null }));
  const points = [{ at: 0, came: null }, ...groups, { at: 1, came: null }];
  return html`${measures(locale, `${words.measure} – ${what}`, [
    [words.brier, formatNumber(locale, brier, 3), words.brierReading],
    [words.baseRate, percent(baseRate), words.baseRateReading],
    [
      words.skill,
      skill === null ? words.skillNone : formatSignedPercent(locale, Math.round(skill * 100) / 100 || 0),
      words.skillReading,
    ],
  ])}
${lineChart({
  id: `reliability-${id}`,
  locale,
  title: words.reliabilityCaption(what),
  subtitle: `${words.reliabilityHint} ${words.groupSizes(reliability.map(({ n }) => formatNumber(locale, n, 0)).join(', '))}`,
  positions: points.map(({ at }) => at),
  positionHeader: words.said,
  series: [
    { name: words.observed, values: points.map(({ came }) => came) },
    { name: words.perfect, values: points.map(({ at }) => at) },
  ],
  formatLabel: percent,
  formatValue: percent,
  source: words.source,
})}`;
}
