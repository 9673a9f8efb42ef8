// Lines over time or another position: several series, gaps where a value is missing. It fetches and formats nothing.
import { line } from 'd3-shape';
import { type Html, html } from '#ui/html.ts';
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
import { knownReference, knownValue, positionNumber, positionScale, valueScale } from './chart-scales.ts';
import { chartTable } from './chart-table.ts';
import { chartMessages } from './charts.messages.ts';
import { endLabels } from './end-labels.ts';
import { strokesThrough } from './label-placing.ts';
import { dashAttribute, type LegendItem, legend, lineKey } from './legend.ts';
import { referenceLine } from './reference-line.ts';
import { SERIES_COUNT, seriesClass, seriesDashes, seriesPoint } from './series-marks.ts';
import { valueLabels } from './value-labels.ts';

/** A series of a line chart: one value for each position, in the order of `positions`. */
export interface LineSeries {
  readonly name: string;
  readonly values: readonly ChartValue[];
}

/** What a line chart takes. */
export interface LineChartOptions<P extends ChartPosition = ChartPosition> extends ChartOptions {
  /** Where the values stand: dates or numbers, in any order. */
  readonly positions: readonly P[];
  readonly series: readonly LineSeries[];
  /** Writes a position: on the axis and at the head of a row of the table. */
  readonly formatLabel: (position: P) => string;
  /** Heads the table's first column; "period" unless told. */
  readonly positionHeader?: string;
  /** Whether each value has a point; unless told, when there are 24 positions or fewer. */
  readonly markers?: boolean;
  /** Whether the value axis starts at zero; yes unless told. */
  readonly fromZero?: boolean;
  /** A value worth a line across the chart. */
  readonly reference?: ChartReference;
}

interface Course {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Index of the last known value, or -1. */
  readonly last: number;
}

/**
 * A line chart with its table. Several series are told apart by colour and by the shape of their points (or by dashes
 * where there are no points), and named at their end.
 */
export function lineChart<P extends ChartPosition>(options: LineChartOptions<P>): Html {
  const words = uiMessages(options.locale).chart;
  const order = options.positions
    .map((position, index) => ({ position, index, at: positionNumber(position) }))
    .filter((entry): entry is { position: P; index: number; at: number } => entry.at !== null)
    .sort((a, b) => a.at - b.at);
  const positions = order.map((entry) => entry.at);
  const labels = order.map((entry) => options.formatLabel(entry.position));
  const courses = options.series.map(({ name, values }): Course => {
    const sorted = order.map((entry) => knownValue(values[entry.index]));
    return { name, values: sorted, last: sorted.findLastIndex((value) => value !== null) };
  });
  const write = (value: number | null) => (value === null ? words.missing : options.formatValue(value));
  const draws = courses.some((course) => course.last >= 0);
  return chartFigure(options, 'line', {
    description: describe(options, courses, labels),
    draw: draws ? (layout) => drawLines(options, layout, positions, labels, courses) : null,
    table: chartTable({
      chart: options.id,
      locale: options.locale,
      caption: options.title,
      columns: [
        { text: options.positionHeader ?? words.period },
        ...courses.map(({ name }) => ({ text: name, numeric: true })),
      ],
      rows: labels.map((label, i) => [label, ...courses.map((course) => write(course.values[i] ?? null))]),
    }),
  });
}

function describe(options: ChartOptions, courses: readonly Course[], labels: readonly string[]): string {
  const words = chartMessages(options.locale);
  const sentences = courses.slice(0, 6).map(({ name, values, last }) => {
    const first = values.findIndex((value) => value !== null);
    if (first < 0) return words.unknown(name);
    const end = options.formatValue(values[last] as number);
    const endLabel = labels[last] as string;
    if (first === last) return words.single(name, end, endLabel);
    return words.course(
      name,
      options.formatValue(values[first] as number),
      labels[first] as string,
      end,
      endLabel,
    );
  });
  if (courses.length > 6) sentences.push(words.more(courses.length - 6));
  return sentences.join(' ');
}

function drawLines(
  options: Omit<LineChartOptions, 'positions' | 'formatLabel'>,
  layout: ChartLayout,
  positions: readonly number[],
  labels: readonly string[],
  courses: readonly Course[],
): ChartDrawing {
  const { fontSize, width } = layout;
  const reference = knownReference(options.reference);
  const pointed = options.markers ?? positions.length <= 24;
  const dashed = (index: number) => !pointed || index >= SERIES_COUNT;
  const several = courses.length > 1;
  const named = several && layout.name === 'wide';
  const height = Math.max(
    layout.name === 'wide' ? 360 : 280,
    named ? courses.length * (fontSize + 5) + 80 : 0,
  );
  const top = fontSize + 14;
  const bottom = height - fontSize - 14;
  const y = valueScale([...courses.flatMap((course) => course.values), reference?.value], [bottom, top], {
    formatValue: options.formatValue,
    tickCount: 5,
    fromZero: options.fromZero,
  });
  const left = valueAxisWidth(layout, y);
  const right = named ? width - 190 : width - 8;
  const x = positionScale(positions, left + 12, right - 12);
  const xs = positions.map(x);

  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, i) => xs[i] as number)
    .y((value) => y.of(value ?? 0))
    .digits(1);
  const latest = ({ values, last }: Course) =>
    last < 0 ? uiMessages(options.locale).chart.missing : options.formatValue(values[last] as number);

  const lines = courses.map(({ name, values, last }, index) => {
    // A value between two gaps has no line, and a dashed line needs its end: both get a point anyway.
    const points = values.map((value, i) => {
      if (value === null) return null;
      const alone = (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
      if (!pointed && !alone && i !== last) return null;
      const place = several ? `${name}, ${labels[i]}` : (labels[i] as string);
      const text = chartMessages(options.locale).item(place, options.formatValue(value));
      return seriesPoint(index, xs[i] as number, y.of(value), text);
    });
    return html`<g><path class="socle-chart__line ${seriesClass(index)}" d="${path(values) ?? ''}"${dashAttribute(dashed(index) ? seriesDashes(index) : '')}/>${points}</g>`;
  });

  const items: LegendItem[] = courses.map((course, index) => ({
    key: lineKey(index, { dashed: dashed(index), pointed }),
    name: course.name,
    value: latest(course),
  }));
  const places = courses.map(({ values }) =>
    values.map((value, i) => (value === null ? null : ([xs[i] as number, y.of(value)] as const))),
  );
  const strokes = places.flatMap(strokesThrough);
  const across =
    reference &&
    referenceLine(layout, {
      text: `${reference.label} ${options.formatValue(reference.value)}`,
      y: y.of(reference.value),
      left,
      right,
      bottom,
      strokes,
    });
  const single = several ? undefined : courses[0];
  const written =
    single &&
    valueLabels(
      layout,
      single.values.flatMap((value, i) =>
        value === null ? [] : [{ x: xs[i] as number, y: y.of(value), text: options.formatValue(value) }],
      ),
      { strokes: [...strokes, ...(across?.strokes ?? [])], boxes: across?.boxes ?? [], left, bottom },
    );
  const ends = courses.flatMap((course, index) => {
    const place = places[index]?.[course.last];
    return place ? [{ index, name: course.name, value: latest(course), x: place[0], y: place[1] }] : [];
  });
  return {
    height,
    legend: several && !named ? legend(items) : undefined,
    marks: html`${valueAxis(layout, y, left, right)}
${positionAxis(layout, xs, labels, bottom)}
${across?.marks}
${lines}${written}
${named && endLabels(layout, ends, { left: right + 6, top: fontSize, bottom })}`,
  };
}
