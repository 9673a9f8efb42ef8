// A forecast over time: the median and bands of quantiles, and what was observed. It forecasts nothing by itself.
import { area, line } from 'd3-shape';
import { type Html, html, nothing } from '#ui/html.ts';
import { uiMessages } from '#ui/ui.messages.ts';
import { positionAxis, valueAxis, valueAxisWidth } from './axis.ts';
import type {
  ChartDrawing,
  ChartLayout,
  ChartOptions,
  ChartPosition,
  ChartReference,
  ChartValue,
} from './chart.types.ts';
import { chartFigure } from './chart-figure.ts';
import {
  coordinate,
  knownReference,
  knownValue,
  positionNumber,
  positionScale,
  valueScale,
} from './chart-scales.ts';
import { chartTable } from './chart-table.ts';
import { chartMessages } from './charts.messages.ts';
import { strokesThrough } from './label-placing.ts';
import { areaKey, dashAttribute, type LegendItem, legend, strokeKey } from './legend.ts';
import { referenceLine } from './reference-line.ts';
import { cutText, textWidth } from './text-fit.ts';

/** A band between two quantiles: one value of each for each position. */
export interface FanBand {
  /** Such as "80 % of cases". */
  readonly name: string;
  readonly low: readonly ChartValue[];
  readonly high: readonly ChartValue[];
}

/** What a fan chart takes. */
export interface FanChartOptions<P extends ChartPosition = ChartPosition> extends ChartOptions {
  /** Where the values stand: dates or numbers, in any order. */
  readonly positions: readonly P[];
  readonly median: readonly ChartValue[];
  /** The bands, the widest first. */
  readonly bands: readonly FanBand[];
  /** What really happened, where it is known. */
  readonly observed?: { readonly name: string; readonly values: readonly ChartValue[] };
  /** Writes a position: on the axis and at the head of a row of the table. */
  readonly formatLabel: (position: P) => string;
  /** Heads the table's first column; "period" unless told. */
  readonly positionHeader?: string;
  /** Whether the value axis starts at zero; yes unless told. */
  readonly fromZero?: boolean;
  /** A value worth a line across the chart, such as a budget. */
  readonly reference?: ChartReference;
}

interface Moment {
  readonly at: number;
  readonly label: string;
  readonly median: number | null;
  readonly observed: number | null;
  /** One pair for each band; null where a quantile is missing. */
  readonly bands: readonly (readonly [low: number, high: number] | null)[];
}

const BAND_DASHES = ['1 3', '5 3', '', '9 3'];

/** A fan chart with its table. Bands are told apart by depth and by the dashes of their borders. */
export function fanChart<P extends ChartPosition>(options: FanChartOptions<P>): Html {
  const moments = options.positions
    .flatMap((position, i): Moment[] => {
      const at = positionNumber(position);
      if (at === null) return [];
      return [
        {
          at,
          label: options.formatLabel(position),
          median: knownValue(options.median[i]),
          observed: knownValue(options.observed?.values[i]),
          bands: options.bands.map(({ low, high }) => pair(knownValue(low[i]), knownValue(high[i]))),
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
  const words = uiMessages(options.locale).chart;
  const sentences = chartMessages(options.locale);
  const write = (value: number | null | undefined) =>
    value === null || value === undefined ? words.missing : options.formatValue(value);
  const draws = moments.some(
    ({ median, observed, bands }) => median !== null || observed !== null || bands.some(Boolean),
  );
  return chartFigure(options, 'fan', {
    description: describe(options, moments),
    draw: draws ? (layout) => drawFan(options, layout, moments) : null,
    table: chartTable({
      chart: options.id,
      locale: options.locale,
      caption: options.title,
      columns: [
        { text: options.positionHeader ?? words.period },
        ...(options.observed ? [{ text: options.observed.name, numeric: true }] : []),
        { text: words.median, numeric: true },
        ...options.bands.flatMap(({ name }) => [
          { text: sentences.bandLow(name), numeric: true },
          { text: sentences.bandHigh(name), numeric: true },
        ]),
      ],
      rows: moments.map((moment) => [
        moment.label,
        ...(options.observed ? [write(moment.observed)] : []),
        write(moment.median),
        ...moment.bands.flatMap((band) => [write(band?.[0]), write(band?.[1])]),
      ]),
    }),
  });
}

function pair(low: number | null, high: number | null): [number, number] | null {
  return low === null || high === null ? null : [Math.min(low, high), Math.max(low, high)];
}

function describe(options: ChartOptions, moments: readonly Moment[]): string {
  const last = moments.findLast(({ median }) => median !== null);
  if (last?.median === undefined || last.median === null) return options.subtitle ?? options.title;
  const words = chartMessages(options.locale);
  const [low, high] = last.bands[0] ?? [last.median, last.median];
  const write = options.formatValue;
  return words.fan(write(last.median), write(low), write(high), last.label);
}

const median = (moment: Moment) => moment.median;
const observed = (moment: Moment) => moment.observed;
const lowOf = (band: number) => (moment: Moment) => moment.bands[band]?.[0] ?? null;
const highOf = (band: number) => (moment: Moment) => moment.bands[band]?.[1] ?? null;

/** What the forecast says at its end: the median, then the ends of the widest band. */
function endOf(moments: readonly Moment[]): number[] {
  const last = moments.at(-1);
  return last === undefined || last.median === null ? [] : [last.median, ...(last.bands[0] ?? [])];
}

/** The values at the end of the forecast, written beside it; those of the widest band where they find room. */
function endValues(
  layout: ChartLayout,
  options: ChartOptions,
  moments: readonly Moment[],
  x: (at: number) => number,
  y: (value: number) => number,
): Html {
  const { fontSize, width } = layout;
  const start = coordinate(x(moments.at(-1)?.at ?? 0) + 10);
  const [middle, ...outer] = endOf(moments);
  if (middle === undefined) return nothing;
  const apart = outer.filter((value) => Math.abs(y(value) - y(middle)) > fontSize);
  const write = (value: number, className: string) =>
    html`<text class="${className}" x="${start}" y="${coordinate(y(value) + fontSize * 0.35)}">${cutText(options.formatValue(value), width - start, fontSize)}</text>`;
  return html`${write(middle, 'socle-chart__value')}${apart.map((value) => write(value, 'socle-chart__value socle-chart__value--outer'))}`;
}

function drawFan(
  options: Omit<FanChartOptions, 'positions' | 'formatLabel'>,
  layout: ChartLayout,
  moments: readonly Moment[],
): ChartDrawing {
  const { fontSize, width } = layout;
  const words = uiMessages(options.locale).chart;
  const reference = knownReference(options.reference);
  const height = layout.name === 'wide' ? 360 : 280;
  const top = fontSize;
  const bottom = height - fontSize - 14;
  const values = moments.flatMap(({ median, observed, bands }) => [median, observed, ...bands.flat()]);
  const y = valueScale([...values, reference?.value], [bottom, top], {
    formatValue: options.formatValue,
    tickCount: 5,
    fromZero: options.fromZero,
  });
  const left = valueAxisWidth(layout, y);
  const endTexts = endOf(moments).map(options.formatValue);
  const right =
    width - Math.min(width * 0.25, Math.max(8, ...endTexts.map((text) => textWidth(text, fontSize) + 2)));
  const x = positionScale(
    moments.map(({ at }) => at),
    left + 12,
    right - 12,
  );

  const border = (value: (moment: Moment) => number | null) =>
    line<Moment>()
      .defined((moment) => value(moment) !== null)
      .x(({ at }) => x(at))
      .y((moment) => y.of(value(moment) ?? 0))
      .digits(1)(moments) ?? '';
  const bands = options.bands.map((_, b) => {
    const shape =
      area<Moment>()
        .defined((moment) => moment.bands[b] !== null)
        .x(({ at }) => x(at))
        .y0((moment) => y.of(moment.bands[b]?.[0] ?? 0))
        .y1((moment) => y.of(moment.bands[b]?.[1] ?? 0))
        .digits(1)(moments) ?? '';
    const low = border(lowOf(b));
    const high = border(highOf(b));
    const dashes = dashAttribute(BAND_DASHES[b % BAND_DASHES.length] as string);
    return html`<path class="${bandClass(b)}" d="${shape}"/><path class="socle-chart__band-border" d="${low}${high}"${dashes}/>`;
  });
  const alone = (value: (moment: Moment) => number | null, className: string) =>
    moments.map((moment, i) => {
      const known = value(moment);
      const neighbours = [moments[i - 1], moments[i + 1]].some((near) => near && value(near) !== null);
      return (
        known !== null &&
        !neighbours &&
        html`<circle class="${className}" cx="${x(moment.at)}" cy="${y.of(known)}" r="4"/>`
      );
    });
  const bars = moments.map((moment, i) =>
    moment.bands.map((band, b) => {
      const near = [moments[i - 1], moments[i + 1]].some((other) => other?.bands[b]);
      return band !== null && !near && columnBand(b, x(moment.at), y.of(band[1]), y.of(band[0]));
    }),
  );
  const items: LegendItem[] = [
    ...(options.observed
      ? [{ key: strokeKey('socle-chart__observed', '2 3'), name: options.observed.name }]
      : []),
    { key: strokeKey('socle-chart__median'), name: words.median },
    ...options.bands.map(({ name }, b) => ({
      key: areaKey(bandClass(b), 'socle-chart__band-border', BAND_DASHES[b % BAND_DASHES.length] as string),
      name,
    })),
  ];
  const strokes = [median, observed, ...options.bands.flatMap((_, b) => [lowOf(b), highOf(b)])].flatMap(
    (value) =>
      strokesThrough(
        moments.map((moment) => {
          const known = value(moment);
          return known === null ? null : [x(moment.at), y.of(known)];
        }),
      ),
  );
  return {
    height,
    legend: legend(items),
    marks: html`${valueAxis(layout, y, left, right)}
${bands}${bars}
${positionAxis(
  layout,
  moments.map(({ at }) => x(at)),
  moments.map(({ label }) => label),
  bottom,
)}
<path class="socle-chart__median" d="${border(median)}"/>${alone(median, 'socle-chart__dot')}
<path class="socle-chart__observed" d="${border(observed)}"${dashAttribute('2 3')}/>${alone(observed, 'socle-chart__dot socle-chart__dot--observed')}
${
  reference &&
  referenceLine(layout, {
    text: `${reference.label} ${options.formatValue(reference.value)}`,
    y: y.of(reference.value),
    left,
    right,
    bottom,
    strokes,
  }).marks
}
${endValues(layout, options, moments, x, y.of)}`,
  };
}

/** A band at a single position: a narrow column. */
function columnBand(index: number, x: number, top: number, bottom: number): Html {
  const shape = html`x="${coordinate(x - 8)}" y="${top}" width="16" height="${coordinate(bottom - top)}"`;
  return html`<rect class="${bandClass(index)}" ${shape}/><rect class="socle-chart__band-border" ${shape}${dashAttribute(BAND_DASHES[index % BAND_DASHES.length] as string)}/>`;
}

/** The class that gives a band its depth: each is deeper than the wider one below it, as far as there are depths. */
function bandClass(index: number): string {
  return index === 0 ? 'socle-chart__band' : `socle-chart__band socle-chart__band--${Math.min(index, 2) + 1}`;
}
