// The values of a single line, written beside its points where they cover neither the line nor one another.
import { type Html, html } from '#ui/html.ts';
import type { ChartLayout } from './chart.types.ts';
import { coordinate } from './chart-scales.ts';
import { type Box, covered, type Stroke } from './label-placing.ts';
import { textWidth } from './text-fit.ts';

/** A point with its value as it is written. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Where labels may stand, and what they must leave uncovered. */
interface Room {
  readonly left: number;
  readonly bottom: number;
  readonly strokes: readonly Stroke[];
  readonly boxes: readonly Box[];
}

const GAP = 8;

/**
 * The labels that find room between `left` and the picture's right edge and above `bottom`.
 * The last one comes first, then the first, the highest and the lowest, then the others.
 */
export function valueLabels(layout: ChartLayout, points: readonly LabelledPoint[], room: Room): Html {
  const byHeight = [...points].sort((a, b) => a.y - b.y);
  const few = points.length <= (layout.name === 'wide' ? 24 : 6) ? points.toReversed() : [];
  const [highest, lowest] = [byHeight[0], byHeight.at(-1)];
  const ends = [points.at(-1), points[0]];
  const extremes = [highest, lowest].filter((point) => !ends.some((end) => end?.text === point?.text));
  const order = new Set([...ends, ...extremes, ...few]);
  const boxes: Box[] = [...room.boxes];
  const labels: Html[] = [];
  for (const point of order) {
    if (point === undefined) continue;
    const place = placeFor(layout, point, room, boxes);
    if (place === null) continue;
    boxes.push(place);
    const centre = coordinate((place.left + place.right) / 2);
    labels.push(
      html`<text x="${centre}" y="${coordinate(place.bottom - layout.fontSize * 0.2)}" text-anchor="middle">${point.text}</text>`,
    );
  }
  return html`<g class="socle-chart__values">${labels}</g>`;
}

function placeFor(
  layout: ChartLayout,
  { x, y, text }: LabelledPoint,
  room: Room,
  boxes: readonly Box[],
): Box | null {
  const width = textWidth(text, layout.fontSize);
  if (width > layout.width - room.left) return null;
  const { fontSize } = layout;
  const shifts = [0, -0.3, 0.3, -0.5, 0.5];
  const tops = [y - GAP - fontSize, y + GAP];
  for (const top of tops) {
    for (const shift of shifts) {
      const left = Math.max(room.left, Math.min(layout.width - width, x + shift * width - width / 2));
      const box = { left, top, right: left + width, bottom: top + fontSize };
      if (top >= 0 && box.bottom <= room.bottom && covered(box, room.strokes, boxes) === 0) return box;
    }
  }
  return null;
}
