// The page of a project's forecast, and what the page of its file says of it.
import type { Page } from '#platform/http/page.ts';
import {
  formatDate,
  formatDay,
  formatMillionEuros,
  formatNumber,
  formatPercent,
} from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { fanChart } from '#ui/charts/fan-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html } from '#ui/html.ts';
import { fileAddress, fileCrumbs } from '../files/file-parts.pages.ts';
import type { ProjectFile } from '../files/files.types.ts';
import { CALIBRATION } from './calibration.pages.ts';
import { forecastMessages } from './forecast.messages.ts';
import type { KeptForecast, NewForecast } from './kept-forecasts.types.ts';
import { DISPLAY_CAP } from './outcomes.rules.ts';

/** A ratio with two decimals, or that it is beyond what is shown. */
function writtenRatio(locale: Locale, ratio: number): string {
  return ratio > DISPLAY_CAP ? forecastMessages(locale).notShown : formatNumber(locale, ratio, 2);
}

/** An amount against its frame, or that it is beyond what is shown. */
function writtenCost(locale: Locale, { frame }: Pick<NewForecast, 'frame'>, cents: number): string {
  const isShown = cents / frame.costCents <= DISPLAY_CAP;
  return isShown ? formatMillionEuros(locale, cents / 1e8, 1) : forecastMessages(locale).notShown;
}

/** The page; `forecast` is the latest one kept, else made now; null while there is nothing to forecast. */
export function forecastPage(
  locale: Locale,
  {
    file,
    forecast,
    kept,
    timeZone,
  }: {
    readonly file: ProjectFile;
    readonly forecast: NewForecast | null;
    readonly kept: readonly KeptForecast[];
    readonly timeZone: string;
  },
): Page {
  const words = forecastMessages(locale);
  return {
    title: `${words.forecastTitle} – ${file.name}`,
    breadcrumbs: fileCrumbs(locale, file),
    main: html`<h1>${words.forecastTitle} – ${file.name}</h1>
${forecast ? present(locale, forecast, timeZone) : html`<p class="socle-lead">${words.forecastNone}</p>`}
${history(locale, file.id, kept, timeZone)}
<p><a href="${CALIBRATION}">${words.calibrationLink}</a></p>`,
  };
}

function present(locale: Locale, forecast: NewForecast, timeZone: string): Html {
  const words = forecastMessages(locale);
  const { frame, details, inputs } = forecast;
  const percent = (share: number) => formatPercent(locale, share);
  return html`<p class="socle-lead">${words.forecastLead(writtenCost(locale, forecast, forecast.p80CostCents), formatDay(locale, forecast.p80EndOn))}</p>
<p class="socle-secondary">${formatDate(locale, forecast.madeAt, timeZone)} · ${words.made(inputs.ownProjects, percent(inputs.ownWeight))}</p>
${table({
  locale,
  caption: words.forecastTitle,
  captionHidden: true,
  columns: [
    { text: words.measure },
    { text: words.frame, numeric: true },
    { text: words.median, numeric: true },
    { text: words.p80, numeric: true },
  ],
  rows: [
    [
      words.cost,
      formatMillionEuros(locale, frame.costCents / 1e8, 1),
      writtenCost(locale, forecast, forecast.medianCostCents),
      writtenCost(locale, forecast, forecast.p80CostCents),
    ],
    [
      words.end,
      formatDay(locale, frame.endOn),
      formatDay(locale, forecast.medianEndOn),
      formatDay(locale, forecast.p80EndOn),
    ],
  ],
})}
${summaryList({
  rows: [
    { key: words.chanceOver25, value: percent(forecast.above25) },
    { key: words.chanceOver50, value: percent(forecast.above50) },
  ],
})}
${fan(locale, forecast)}
<h2>${words.leversTitle}</h2>
<p>${words.leversLead}</p>
${table({
  locale,
  caption: words.leversTitle,
  captionHidden: true,
  columns: [{ text: words.lever }, { text: words.p80, numeric: true }, { text: words.change, numeric: true }],
  rows: details.levers.map(({ input, p80, change }) => [
    words.levers[input],
    writtenCost(locale, forecast, Math.round(p80 * frame.costCents)),
    signedMillions(locale, change * frame.costCents),
  ]),
})}
<h2>${words.tailTitle}</h2>
<p>${words.tailLead}</p>
${table({
  locale,
  caption: words.tailTitle,
  captionHidden: true,
  columns: [
    { text: words.exponent },
    { text: words.p80, numeric: true },
    { text: words.p95, numeric: true },
    { text: '> +25 %', numeric: true },
    { text: '> +50 %', numeric: true },
  ],
  rows: details.tail.map(({ exponent, p80, p95, above25, above50 }) => [
    formatNumber(locale, exponent, 2),
    writtenCost(locale, forecast, Math.round(p80 * frame.costCents)),
    writtenCost(locale, forecast, Math.round(p95 * frame.costCents)),
    percent(above25),
    percent(above50),
  ]),
})}`;
}

function signedMillions(locale: Locale, cents: number): string {
  const written = formatMillionEuros(locale, Math.abs(cents) / 1e8, 1);
  if (Math.abs(cents) < 5e6) return written;
  return cents < 0 ? `−${written}` : `+${written}`;
}

function fan(locale: Locale, { madeAt, details }: NewForecast): Html {
  const words = forecastMessages(locale);
  const cap = (ratio: number) => Math.min(DISPLAY_CAP, ratio);
  return fanChart({
    id: 'forecast-fan',
    locale,
    title: words.fanTitle,
    subtitle: words.fanSubtitle,
    positions: details.fan.map(({ months }) => new Date(madeAt.getTime() + months * 30.436875 * 86_400_000)),
    median: details.fan.map(({ p50 }) => cap(p50)),
    bands: [
      {
        name: words.band80,
        low: details.fan.map(({ p10 }) => cap(p10)),
        high: details.fan.map(({ p90 }) => cap(p90)),
      },
      {
        name: words.band60,
        low: details.fan.map(({ p20 }) => cap(p20)),
        high: details.fan.map(({ p80 }) => cap(p80)),
      },
    ],
    reference: { value: 1, label: words.frame },
    fromZero: false,
    formatLabel: (date) => formatNumber(locale, date.getUTCFullYear(), 0).replace(/[^\d]/g, ''),
    formatValue: (ratio) => writtenRatio(locale, ratio),
  });
}

function history(locale: Locale, fileId: string, kept: readonly KeptForecast[], timeZone: string): Html {
  const words = forecastMessages(locale);
  return html`<h2>${words.historyTitle}</h2>
<p>${words.historyLead}</p>
${
  kept.length > 0 &&
  dataLinks({
    locale,
    csv: fileAddress(fileId, '/forecasts.csv'),
    json: `/api/v1/project-files/${fileId}/forecasts`,
  })
}
${table({
  locale,
  caption: words.historyTitle,
  captionHidden: true,
  columns: [
    { text: words.date },
    { text: words.why },
    { text: `${words.cost} – ${words.p80}`, numeric: true },
    { text: `${words.end} – ${words.p80}`, numeric: true },
    { text: '> +25 %', numeric: true },
    { text: '> +50 %', numeric: true },
  ],
  rows: kept.map((one) => [
    formatDate(locale, one.madeAt, timeZone),
    words.occasions[one.occasion],
    writtenCost(locale, one, one.p80CostCents),
    formatDay(locale, one.p80EndOn),
    formatPercent(locale, one.above25),
    formatPercent(locale, one.above50),
  ]),
  empty: words.historyNone,
})}`;
}

/** What the page of a file says of its forecast. */
export function forecastSummary(locale: Locale, forecast: KeptForecast): Html {
  const words = forecastMessages(locale);
  return html`<h2>${words.forecastTitle}</h2>
<p>${words.forecastLead(writtenCost(locale, forecast, forecast.p80CostCents), formatDay(locale, forecast.p80EndOn))}</p>
${summaryList({
  rows: [
    { key: words.chanceOver25, value: formatPercent(locale, forecast.above25) },
    { key: words.chanceOver50, value: formatPercent(locale, forecast.above50) },
  ],
})}
<p><a href="${fileAddress(forecast.fileId, '/forecast')}">${words.more}</a></p>`;
}
