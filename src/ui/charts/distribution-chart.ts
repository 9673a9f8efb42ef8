// A histogram: how many values fall in each class, with a line for a value that matters. It computes no statistics.
import { scaleLinear } from 'd3-scale';
import { type Html, html } from '#ui/html.ts';
import { uiMessages } from '#ui/ui.messages.ts';
import { positionAxis, valueAxis, valueAxisWidth } from './axis.ts';
import type { ChartDrawing, ChartLayout, ChartOptions, ChartReference, ChartValue } from './chart.types.ts';
import { chartFigure } from './chart-figure.ts';
import { coordinate, drawable, knownReference, positionScale, valueScale } from './chart-scales.ts';
import { chartTable } from './chart-table.ts';
import { chartMessages } from './charts.messages.ts';
import { cutText, textWidth } from './text-fit.ts';

/** What a distribution chart takes. */
export interface DistributionChartOptions extends ChartOptions {
  readonly values: readonly ChartValue[];
  /** Writes a count of values. */
  readonly formatCount: (count: number) => string;
  /** About how many classes; 12 unless told. Their limits are round numbers. */
  readonly classes?: number;
  /** Heads the table's column of counts; "count" unless told. */
  readonly countHeader?: string;
  /** A value worth a line, such as the median or the project that the page is about. */
  readonly marker?: ChartReference;
}

/** A class of values: from `low`, included, to `high`, left out (the last class includes it). */
interface ValueClass {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** A histogram with its table. */
export function distributionChart(options: DistributionChartOptions): Html {
  const words = uiMessages(options.locale).chart;
  const values = options.values.map(drawable).filter((value) => value !== null);
  const classes = classesOf(values, Math.max(1, Math.min(40, Math.round(options.classes ?? 12) || 12)));
  return chartFigure(options, 'distribution', {
    description: describe(options, values, classes),
    draw: values.length > 0 ? (layout) => drawColumns(options, layout, classes) : null,
    table: chartTable({
      chart: options.id,
      locale: options.locale,
      caption: options.title,
      columns: [
        { text: words.from },
        { text: words.to, numeric: true },
        { text: options.countHeader ?? words.count, numeric: true },
      ],
      rows: classes.map(({ low, high, count }) => [
        options.formatValue(low),
        options.formatValue(high),
        options.formatCount(count),
      ]),
    }),
  });
}

/** Classes of one width with round limits that hold every value. */
function classesOf(values: readonly number[], wanted: number): ValueClass[] {
  if (values.length === 0) return [];
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const equal = most - least <= Math.max(Math.abs(least), Math.abs(most)) * 1e-9;
  const margin = Math.max(Math.abs(least) * 0.1, 0.5);
  const scale = scaleLinear()
    .domain(equal ? [least - margin, most + margin] : [least, most])
    .nice(wanted);
  const limits = scale.ticks(wanted);
  const counts = new Array<number>(Math.max(1, limits.length - 1)).fill(0);
  const [start = least] = limits;
  const width = ((limits.at(-1) ?? most) - start) / counts.length || 1;
  for (const value of values) {
    const place = Math.max(0, Math.min(counts.length - 1, Math.floor((value - start) / width + 1e-9)));
    counts[place] = (counts[place] as number) + 1;
  }
  return counts.map((count, i) => ({
    low: limits[i] ?? start + i * width,
    high: limits[i + 1] ?? start + (i + 1) * width,
    count,
  }));
}

function describe(
  options: DistributionChartOptions,
  values: readonly number[],
  classes: readonly ValueClass[],
): string {
  if (values.length === 0) return options.subtitle ?? options.title;
  const words = chartMessages(options.locale);
  const write = options.formatValue;
  const fullest = classes.reduce((best, one) => (one.count > best.count ? one : best));
  const sentence = words.distribution(
    options.formatCount(values.length),
    write(values.reduce((a, b) => Math.min(a, b))),
    write(values.reduce((a, b) => Math.max(a, b))),
    uiMessages(options.locale).chart.band(write(fullest.low), write(fullest.high)),
  );
  const marker = knownReference(options.marker);
  if (!marker) return sentence;
  return `${sentence} ${words.reference(marker.label, write(marker.value))}.`;
}

function drawColumns(
  options: DistributionChartOptions,
  layout: ChartLayout,
  classes: readonly ValueClass[],
): ChartDrawing {
  const { fontSize, width } = layout;
  const height = layout.name === 'wide' ? 320 : 250;
  const marker = knownReference(options.marker);
  const top = fontSize * (marker ? 2 : 1) + 4;
  const bottom = height - fontSize - 14;
  const y = valueScale(
    classes.map(({ count }) => count),
    [bottom, top],
    { formatValue: options.formatCount, tickCount: 4 },
  );
  const markerAt = drawable(marker?.value) ?? 0;
  const left = valueAxisWidth(layout, y);
  const right = width - 8;
  const limits = [...classes.map(({ low }) => low), ...classes.slice(-1).map(({ high }) => high)];
  const x = positionScale(marker ? [...limits, markerAt] : limits, left + 8, right - 12);
  const sentences = chartMessages(options.locale);
  const columns = classes.map(({ low, high, count }) => {
    const tip = sentences.item(
      uiMessages(options.locale).chart.band(options.formatValue(low), options.formatValue(high)),
      options.formatCount(count),
    );
    return html`<rect class="socle-chart__column" x="${x(low)}" y="${y.of(count)}" width="${coordinate(x(high) - x(low))}" height="${coordinate(bottom - y.of(count))}"><title>${tip}</title></rect>`;
  });
  return {
    height,
    marks: html`${valueAxis(layout, y, left, right)}
${columns}
${positionAxis(layout, limits.map(x), limits.map(options.formatValue), bottom)}
${marker && markerLine(layout, options, marker, x(markerAt), bottom)}`,
  };
}

function markerLine(
  layout: ChartLayout,
  options: DistributionChartOptions,
  marker: ChartReference,
  x: number,
  bottom: number,
): Html {
  const text = cutText(`${marker.label} ${options.formatValue(marker.value)}`, layout.width, layout.fontSize);
  const half = textWidth(text, layout.fontSize) / 2;
  const centre = coordinate(Math.max(half, Math.min(layout.width - half, x)));
  return html`<g class="socle-chart__reference"><path d="M${x},${layout.fontSize + 5}V${coordinate(bottom)}"/><text x="${centre}" y="${layout.fontSize}" text-anchor="middle">${text}</text></g>`;
}
