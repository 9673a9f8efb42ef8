// The names of rows of horizontal bars: beside the bars in the wide layout, above them in the narrow one.
import { type Html, html } from '#ui/html.ts';
import type { ChartLayout } from './chart.types.ts';
import { coordinate } from './chart-scales.ts';
import { textWidth, wrapText } from './text-fit.ts';

/** Where the rows stand. */
export interface RowLabels {
  /** Where the bars begin. */
  readonly left: number;
  /** The top of each bar. */
  readonly tops: readonly number[];
  /** The name of each row, drawn. */
  readonly labels: readonly Html[];
  /** The height of the whole. */
  readonly height: number;
}

/** Lays out one row of `thickness` for each name. Long names are wrapped to two lines, then cut. */
export function rowLabels(
  layout: ChartLayout,
  names: readonly string[],
  options: { readonly top: number; readonly thickness: number; readonly gap: number },
): RowLabels {
  const { fontSize } = layout;
  const lineHeight = fontSize + 3;
  const beside = layout.name === 'wide';
  const longest = names.reduce((most, name) => Math.max(most, textWidth(name, fontSize)), 0);
  const left = beside ? Math.min(Math.ceil(longest) + 12, layout.width * 0.36) : 0;
  const tops: number[] = [];
  const labels: Html[] = [];
  let y = options.top;
  for (const name of names) {
    const lines = wrapText(name, beside ? left - 12 : layout.width, fontSize, 2);
    const block = lines.length * lineHeight;
    const rowHeight = beside ? Math.max(block, options.thickness) : block + options.thickness;
    const first = beside ? y + (rowHeight - block) / 2 : y;
    const x = beside ? coordinate(left - 12) : 0;
    labels.push(
      html`<text class="socle-chart__label"${beside && html` text-anchor="end"`}>${lines.map(
        (text, i) => html`<tspan x="${x}" y="${coordinate(first + (i + 0.78) * lineHeight)}">${text}</tspan>`,
      )}</text>`,
    );
    tops.push(coordinate(beside ? y + (rowHeight - options.thickness) / 2 : y + block));
    y += rowHeight + options.gap;
  }
  return { left, tops, labels, height: Math.ceil(y) };
}
