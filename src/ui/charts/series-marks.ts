// What tells one series from another without colour: the shape of its points, its dashes, its pattern.
import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
} from 'd3-shape';
import { type Html, html } from '#ui/html.ts';

/** How many series have a colour, a shape and a pattern of their own; further ones begin again with other dashes. */
export const SERIES_COUNT = 6;

const SHAPES: readonly SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolStar,
  symbolCross,
];
const DASHES = ['', '7 4', '2 3', '10 3 2 3', '4 2', '12 4'];

/** The class that gives a series its colour. */
export function seriesClass(index: number): string {
  return `socle-series-${(index % SERIES_COUNT) + 1}`;
}

/** The dashes of a series' line; none for the first. */
export function seriesDashes(index: number): string {
  return DASHES[(index + Math.floor(index / SERIES_COUNT)) % DASHES.length] as string;
}

/** The point of a series at a place, with the text that a pointer shows. */
export function seriesPoint(index: number, x: number, y: number, text: string | null, area = 52): Html {
  const path = symbol(SHAPES[index % SHAPES.length], area).digits(1)() ?? '';
  return html`<path class="socle-chart__point ${seriesClass(index)}" transform="translate(${x},${y})" d="${path}">${
    text === null ? null : html`<title>${text}</title>`
  }</path>`;
}

/** The patterns laid over filled shapes; `prefix` starts their ids. */
export function seriesPatterns(prefix: string, count: number): Html {
  const drawings = [
    null,
    html`<path d="M-2,2l4,-4M0,8l8,-8M6,10l4,-4"/>`,
    html`<circle cx="2" cy="2" r="1"/><circle cx="6" cy="6" r="1"/>`,
    html`<path d="M-2,6l4,4M0,0l8,8M6,-2l4,4"/>`,
    html`<path d="M0,2h8M0,6h8"/>`,
    html`<path d="M2,0v8M6,0v8"/>`,
  ];
  return html`<defs>${drawings
    .slice(0, count)
    .map(
      (drawing, i) =>
        drawing &&
        html`<pattern id="${prefix}-pattern-${i}" class="socle-chart__pattern" width="8" height="8" patternUnits="userSpaceOnUse">${drawing}</pattern>`,
    )}</defs>`;
}

/** The reference of a series' pattern for a `fill` attribute; null for a plain fill. */
export function seriesPattern(prefix: string, index: number): string | null {
  return index % SERIES_COUNT === 0 ? null : `url(#${prefix}-pattern-${index % SERIES_COUNT})`;
}
