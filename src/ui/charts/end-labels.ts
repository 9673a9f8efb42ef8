// Names and latest values at the end of lines, moved apart so that none covers another.
import { type Html, html } from '#ui/html.ts';
import type { ChartLayout } from './chart.types.ts';
import { coordinate } from './chart-scales.ts';
import { seriesClass } from './series-marks.ts';
import { cutText, textWidth, wrapText } from './text-fit.ts';

interface EndLabel {
  readonly index: number;
  readonly name: string;
  readonly value: string;
  /** Where the line ends. */
  readonly x: number;
  readonly y: number;
}

/** A label in lines: its value follows its name where it finds room there, and is never cut for it. */
function blockOf(label: EndLabel, layout: ChartLayout, width: number, most: number) {
  const { fontSize } = layout;
  const value = cutText(label.value, width * 0.6, fontSize);
  const valueWidth = textWidth(` ${value}`, fontSize);
  const names =
    most === 1
      ? [cutText(label.name, width - valueWidth, fontSize)]
      : wrapText(label.name, width, fontSize, most);
  const last = names.at(-1) ?? '';
  const lines = names.map((name) => ({ name, value: '' }));
  if (textWidth(last, fontSize) + valueWidth <= width) lines.splice(-1, 1, { name: last, value });
  else lines.push({ name: '', value });
  return { label, lines, centre: label.y, height: lines.length * (fontSize + 3) + 3 };
}

/** Where blocks of these heights stand so that each is near its wanted centre, in order, within [top, bottom]. */
function spread(
  blocks: readonly { centre: number; height: number }[],
  top: number,
  bottom: number,
): number[] {
  const starts: number[] = [];
  let free = top;
  for (const { centre, height } of blocks) {
    const start = Math.max(free, centre - height / 2);
    starts.push(start);
    free = start + height;
  }
  let limit = bottom;
  for (let i = blocks.length - 1; i >= 0; i--) {
    const height = (blocks[i] as { height: number }).height;
    starts[i] = Math.max(0, Math.min(starts[i] as number, limit - height));
    limit = starts[i] as number;
  }
  return starts;
}

/** The labels at the right of `room.left`, each tied to its line's end by a thin line when it had to move. */
export function endLabels(
  layout: ChartLayout,
  labels: readonly EndLabel[],
  room: { readonly left: number; readonly top: number; readonly bottom: number },
): Html {
  const { fontSize } = layout;
  const lineHeight = fontSize + 3;
  const width = layout.width - room.left - 16;
  const tallest = room.bottom - room.top + fontSize * 1.5;
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  // Names are wrapped to two lines while all of them find room so.
  let blocks = sorted.map((label) => blockOf(label, layout, width, 2));
  if (blocks.reduce((sum, block) => sum + block.height, 0) > tallest) {
    blocks = sorted.map((label) => blockOf(label, layout, width, 1));
  }
  const starts = spread(blocks, room.top - fontSize, room.bottom + fontSize / 2);
  return html`<g class="socle-chart__names">${blocks.map(({ label, lines }, i) => {
    const start = starts[i] as number;
    const middle = start + 1.5 + (lines.length * lineHeight) / 2;
    const moved = Math.abs(middle - label.y) > 4 || label.x + 20 < room.left;
    const text = coordinate(room.left + 14);
    return html`${
      moved &&
      html`<path class="socle-chart__leader ${seriesClass(label.index)}" d="M${coordinate(label.x + 7)},${coordinate(label.y)}L${coordinate(room.left + 9)},${coordinate(middle)}"/>`
    }<text class="${seriesClass(label.index)}">${lines.map(
      (line, n) =>
        html`<tspan x="${text}" y="${coordinate(start + 1.5 + (n + 0.8) * lineHeight)}">${line.name}${
          line.value !== '' &&
          html`<tspan class="socle-chart__name-value">${line.name !== '' && ' '}${line.value}</tspan>`
        }</tspan>`,
    )}</text>`;
  })}</g>`;
}
