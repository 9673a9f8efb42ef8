// A tiny line for a figure's trend. It says nothing by itself: the text beside it gives the values.
import { line } from 'd3-shape';
import { type Html, html, nothing } from '#ui/html.ts';
import type { ChartValue } from './chart.types.ts';
import { coordinate, drawable, positionScale, valueScale } from './chart-scales.ts';

const WIDTH = 100;
const HEIGHT = 28;
const MARGIN = 4;

/**
 * The course of some values, evenly spaced, the last one marked. Without `label` it is hidden from assistive
 * technology and the caller writes the values in text; with a label it is an image of that name.
 * Nothing when no value is known.
 */
export function sparkline(options: {
  readonly values: readonly ChartValue[];
  readonly label?: string;
}): Html {
  const values = options.values.map(drawable);
  const last = values.findLastIndex((value) => value !== null);
  if (last < 0) return nothing;
  const x = positionScale([0, values.length - 1], MARGIN, WIDTH - MARGIN);
  const y = valueScale(values, [HEIGHT - MARGIN, MARGIN], {
    formatValue: String,
    tickCount: 2,
    fromZero: false,
    exact: true,
  });
  const path =
    line<number | null>()
      .defined((value) => value !== null)
      .x((_, i) => x(i))
      .y((value) => y.of(value ?? 0))(values) ?? '';
  const name =
    options.label === undefined ? html`aria-hidden="true"` : html`role="img" aria-label="${options.label}"`;
  return html`<svg class="socle-sparkline" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" focusable="false" ${name}><path class="socle-sparkline__line" d="${path}"/><circle class="socle-sparkline__end" cx="${coordinate(x(last))}" cy="${y.of(values[last] ?? 0)}" r="3"/></svg>`;
}
