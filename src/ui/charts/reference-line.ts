// A value worth a line across the chart, such as an average: dashed, with its name where it covers least.
import { type Html, html } from '#ui/html.ts';
import type { ChartLayout } from './chart.types.ts';
import { coordinate } from './chart-scales.ts';
import { type Box, covered, type Stroke } from './label-placing.ts';
import { cutText, textWidth } from './text-fit.ts';

/**
 * A dashed line at height `y`; its text stands at one of its ends, above or below, where it covers least. Returned with
 * the room that both take.
 */
export function referenceLine(
  layout: ChartLayout,
  options: {
    readonly text: string;
    readonly y: number;
    readonly left: number;
    readonly right: number;
    readonly bottom: number;
    readonly strokes: readonly Stroke[];
  },
): { marks: Html; boxes: readonly Box[]; strokes: readonly Stroke[] } {
  const { y, left, right, bottom, strokes } = options;
  const { fontSize } = layout;
  const text = cutText(options.text, right - left - 8, fontSize);
  const width = textWidth(text, fontSize);
  const places = [y - fontSize - 4, y + 4]
    .filter((top) => top >= 0 && top + fontSize <= bottom)
    .flatMap((top) =>
      [left + 4, right - width - 4].map((start) => {
        const box = { left: start, right: start + width, top, bottom: top + fontSize };
        return { box, covers: covered(box, strokes, []) };
      }),
    );
  const [best] = places.toSorted((a, b) => a.covers - b.covers);
  const marks = html`<g class="socle-chart__reference"><path d="M${coordinate(left)},${y}H${coordinate(right)}"/>${
    best &&
    html`<text x="${coordinate(best.box.left)}" y="${coordinate(best.box.bottom - fontSize * 0.2)}">${text}</text>`
  }</g>`;
  return { marks, boxes: best ? [best.box] : [], strokes: [[left, y, right, y]] };
}
