// Horizontal bars that compare categories, each with its name and value written. It orders nothing by itself.
import { type Html, html } from '#ui/html.ts';
import { uiMessages } from '#ui/ui.messages.ts';
import type { ChartDrawing, ChartLayout, ChartOptions, ChartReference, ChartValue } from './chart.types.ts';
import { chartFigure } from './chart-figure.ts';
import { coordinate, knownReference, knownValue, valueScale } from './chart-scales.ts';
import { chartTable } from './chart-table.ts';
import { chartMessages } from './charts.messages.ts';
import { rowLabels } from './row-labels.ts';
import { cutText, textWidth } from './text-fit.ts';

/** A bar of a bar chart. */
export interface Bar {
  readonly label: string;
  readonly value: ChartValue;
  /** Drawn stronger than the others, when it is the one that the page is about. */
  readonly highlighted?: boolean;
}

/** What a bar chart takes. Bars are drawn in the order given. */
export interface BarChartOptions extends ChartOptions {
  readonly bars: readonly Bar[];
  /** Heads the table's first column; "category" unless told. */
  readonly labelHeader?: string;
  /** Heads the table's second column; "value" unless told. */
  readonly valueHeader?: string;
  /** A value worth a line across the bars. */
  readonly reference?: ChartReference;
}

/** A horizontal bar chart with its table. Negative values go to the left of zero; a missing one says so. */
export function barChart(options: BarChartOptions): Html {
  const words = uiMessages(options.locale).chart;
  const bars = options.bars.map((bar) => ({ ...bar, value: knownValue(bar.value) }));
  const write = (value: number | null) => (value === null ? words.missing : options.formatValue(value));
  const sentences = chartMessages(options.locale);
  const description = bars
    .slice(0, 10)
    .map((bar) => sentences.item(bar.label, write(bar.value)))
    .join(' ; ');
  return chartFigure(options, 'bar', {
    description: bars.length > 10 ? `${description}. ${sentences.more(bars.length - 10)}` : description,
    draw: bars.some((bar) => bar.value !== null) ? (layout) => drawBars(options, layout, bars, write) : null,
    table: chartTable({
      chart: options.id,
      locale: options.locale,
      caption: options.title,
      columns: [
        { text: options.labelHeader ?? words.category },
        { text: options.valueHeader ?? words.value, numeric: true },
      ],
      rows: bars.map((bar) => [bar.label, write(bar.value)]),
    }),
  });
}

function drawBars(
  options: BarChartOptions,
  layout: ChartLayout,
  bars: readonly { label: string; value: number | null; highlighted?: boolean }[],
  write: (value: number | null) => string,
): ChartDrawing {
  const { fontSize, width } = layout;
  const thickness = layout.name === 'wide' ? 22 : 18;
  const reference = knownReference(options.reference);
  const top = reference ? fontSize + 10 : 4;
  const rows = rowLabels(
    layout,
    bars.map((bar) => bar.label),
    { top, thickness, gap: 10 },
  );

  const texts = bars.map((bar) => cutText(write(bar.value), width * 0.28, fontSize));
  const room = texts.reduce((most, text) => Math.max(most, textWidth(text, fontSize)), 0) + 10;
  const negative = bars.some((bar) => (bar.value ?? 0) < 0);
  const scale = valueScale(
    [...bars.map((bar) => bar.value), reference?.value],
    [rows.left + (negative ? room : 0), width - room],
    { formatValue: options.formatValue, tickCount: 5, exact: true },
  );
  const zero = scale.of(0);

  const marks = bars.map((bar, i) => {
    const y = rows.tops[i] as number;
    const end = bar.value === null ? zero : scale.of(bar.value);
    const leftward = (bar.value ?? 0) < 0;
    const baseline = coordinate(y + thickness / 2 + fontSize * 0.35);
    return html`<g>${rows.labels[i]}<rect class="socle-chart__bar${bar.highlighted && ' socle-chart__bar--highlighted'}" x="${Math.min(zero, end)}" y="${y}" width="${coordinate(Math.abs(end - zero))}" height="${thickness}"/><text class="socle-chart__value${bar.value === null && ' socle-chart__value--missing'}${bar.highlighted && ' socle-chart__value--highlighted'}" x="${coordinate(leftward ? end - 6 : end + 6)}" y="${baseline}"${leftward && html` text-anchor="end"`}>${texts[i]}</text></g>\n`;
  });
  // In the narrow layout names stand between the bars: lines leave them out.
  const down = (x: number) =>
    layout.name === 'wide'
      ? `M${x},${top - 2}V${coordinate(rows.height - 6)}`
      : rows.tops.map((y) => `M${x},${coordinate(y - 1)}v${thickness + 2}`).join('');
  return {
    height: rows.height,
    marks: html`${marks}<path class="socle-chart__grid socle-chart__grid--zero" d="${down(zero)}"/>${
      reference && referenceMark(layout, options, reference, scale.of(reference.value), down)
    }`,
  };
}

function referenceMark(
  layout: ChartLayout,
  options: BarChartOptions,
  reference: ChartReference,
  x: number,
  down: (x: number) => string,
): Html {
  const text = cutText(
    `${reference.label} ${options.formatValue(reference.value)}`,
    layout.width,
    layout.fontSize,
  );
  const half = textWidth(text, layout.fontSize) / 2;
  const centre = coordinate(Math.max(half, Math.min(layout.width - half, x)));
  return html`<g class="socle-chart__reference"><path d="${down(x)}"/><text x="${centre}" y="${layout.fontSize}" text-anchor="middle">${text}</text></g>`;
}
