// Horizontal bars cut into parts of a whole, one bar a row. It orders nothing by itself.
import { type Html, html } from '#ui/html.ts';
import { uiMessages } from '#ui/ui.messages.ts';
import type { ChartDrawing, ChartLayout, ChartOptions, ChartValue } from './chart.types.ts';
import { chartFigure } from './chart-figure.ts';
import { coordinate, drawable, knownValue } from './chart-scales.ts';
import { chartTable } from './chart-table.ts';
import { chartMessages } from './charts.messages.ts';
import { fillKey, legend } from './legend.ts';
import { rowLabels } from './row-labels.ts';
import { seriesClass, seriesPattern, seriesPatterns } from './series-marks.ts';
import { textWidth } from './text-fit.ts';

/** A row of a stacked bar chart: one value for each part, in the order of `parts`. */
export interface StackedRow {
  readonly label: string;
  readonly values: readonly ChartValue[];
}

/** What a stacked bar chart takes. */
export interface StackedBarChartOptions extends ChartOptions {
  /** The names of the parts, six at most to stay readable. */
  readonly parts: readonly string[];
  readonly rows: readonly StackedRow[];
  /** Whether every row fills the width (its parts are shares) or is as long as its total; shares unless told. */
  readonly scale?: 'share' | 'total';
  /** Heads the table's first column; "category" unless told. */
  readonly labelHeader?: string;
}

interface Row {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** The sum of what is drawn: negative and missing values are not parts of a whole and count for nothing. */
  readonly total: number;
}

/** A stacked bar chart with its table. Parts differ by pattern as well as colour; values are written where they fit. */
export function stackedBarChart(options: StackedBarChartOptions): Html {
  const words = uiMessages(options.locale).chart;
  const rows = options.rows.map(({ label, values }): Row => {
    const known = options.parts.map((_, i) => knownValue(values[i]));
    return {
      label,
      values: known,
      total: known.reduce<number>((sum, value) => sum + partOf(value), 0),
    };
  });
  const write = (value: number | null) => (value === null ? words.missing : options.formatValue(value));
  const sentences = chartMessages(options.locale);
  const description = rows
    .slice(0, 6)
    .map(
      (row) =>
        `${sentences.item(row.label, row.values.map((value, i) => `${options.parts[i]} ${write(value)}`).join(', '))}.`,
    );
  if (rows.length > 6) description.push(sentences.more(rows.length - 6));
  return chartFigure(options, 'stacked', {
    description: description.join(' '),
    draw: rows.some((row) => row.total > 0) ? (layout) => drawRows(options, layout, rows) : null,
    table: chartTable({
      chart: options.id,
      locale: options.locale,
      caption: options.title,
      columns: [
        { text: options.labelHeader ?? words.category },
        ...options.parts.map((text) => ({ text, numeric: true })),
      ],
      rows: rows.map((row) => [row.label, ...row.values.map(write)]),
    }),
  });
}

/** What a value takes of its row's whole: nothing when it is missing or negative. */
function partOf(value: number | null): number {
  return Math.max(0, drawable(value) ?? 0);
}

function drawRows(options: StackedBarChartOptions, layout: ChartLayout, rows: readonly Row[]): ChartDrawing {
  const { fontSize, width } = layout;
  const thickness = fontSize + 13;
  const prefix = `${options.id}-${layout.name}`;
  const lines = rowLabels(
    layout,
    rows.map((row) => row.label),
    { top: 2, thickness, gap: 8 },
  );
  const room = width - lines.left;
  const largest = rows.reduce((most, row) => Math.max(most, row.total), 0);

  const bars = rows.map((row, r) => {
    const whole = options.scale === 'total' ? largest : row.total;
    const y = lines.tops[r] as number;
    let before = 0;
    const parts = row.values.map((value, i) => {
      const amount = partOf(value);
      if (amount === 0 || value === null) return null;
      const start = coordinate(lines.left + (before / whole) * room);
      before += amount;
      const partWidth = coordinate(lines.left + (before / whole) * room - start);
      const text = options.formatValue(value);
      const pattern = seriesPattern(prefix, i);
      const shape = html`x="${start}" y="${y}" width="${partWidth}" height="${thickness}"`;
      const written = textWidth(text, fontSize) + 8 <= partWidth;
      return html`<g><title>${chartMessages(options.locale).item(`${row.label}, ${options.parts[i]}`, text)}</title><rect class="socle-chart__part ${seriesClass(i)}" ${shape}/>${
        pattern !== null && html`<rect fill="${pattern}" ${shape}/>`
      }${
        written &&
        html`<text class="socle-chart__part-value ${seriesClass(i)}" x="${coordinate(start + partWidth / 2)}" y="${coordinate(y + thickness / 2 + fontSize * 0.35)}" text-anchor="middle">${text}</text>`
      }</g>`;
    });
    const none =
      row.total === 0 &&
      html`<text class="socle-chart__value socle-chart__value--missing" x="${coordinate(lines.left + 4)}" y="${coordinate(y + thickness / 2 + fontSize * 0.35)}">${
        row.values.includes(0) ? options.formatValue(0) : uiMessages(options.locale).chart.missing
      }</text>`;
    return html`<g>${lines.labels[r]}${parts}${none}</g>\n`;
  });
  return {
    height: lines.height,
    legend: legend(options.parts.map((name, i) => ({ key: fillKey(prefix, i), name }))),
    marks: html`${seriesPatterns(prefix, options.parts.length)}${bars}`,
  };
}
