// Where a text may stand in a picture without covering a line or another text. It draws nothing.

/** A rectangle of the picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A stroke of the picture from one place to another, or a point when both are the same. */
export type Stroke = readonly [x1: number, y1: number, x2: number, y2: number];

/** The strokes of a line through places; a null is a gap. */
export function strokesThrough(places: readonly (readonly [x: number, y: number] | null)[]): Stroke[] {
  return places.flatMap((place, i): Stroke[] => {
    if (place === null) return [];
    const before = places[i - 1] ?? place;
    return [[before[0], before[1], place[0], place[1]]];
  });
}

/** Whether a stroke enters a box (Liang-Barsky clipping). */
function enters([x1, y1, x2, y2]: Stroke, box: Box): boolean {
  let from = 0;
  let to = 1;
  const edges: [step: number, room: number][] = [
    [x1 - x2, x1 - box.left],
    [x2 - x1, box.right - x1],
    [y1 - y2, y1 - box.top],
    [y2 - y1, box.bottom - y1],
  ];
  for (const [step, room] of edges) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) from = Math.max(from, room / step);
    else to = Math.min(to, room / step);
  }
  return from <= to;
}

/** How many strokes and boxes a box would cover. */
export function covered(box: Box, strokes: readonly Stroke[], boxes: readonly Box[]): number {
  const overlaps = (other: Box) =>
    box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
  return strokes.filter((stroke) => enters(stroke, box)).length + boxes.filter(overlaps).length;
}
