// Axes: the value axis with its gridlines, the positions below, and the line of a reference value.
import { type Html, html } from '#ui/html.ts';
import type { ChartLayout } from './chart.types.ts';
import { coordinate, type ValueScale } from './chart-scales.ts';
import { cutText, textWidth } from './text-fit.ts';

/** The room that the value axis needs at the left for its longest tick. */
export function valueAxisWidth(layout: ChartLayout, scale: ValueScale): number {
  const longest = scale.ticks.reduce(
    (width, tick) => Math.max(width, textWidth(tick.text, layout.fontSize)),
    0,
  );
  return Math.min(Math.ceil(longest) + 10, layout.width * 0.3);
}

/** Gridlines with their values at the left; the line of zero is stronger. */
export function valueAxis(layout: ChartLayout, scale: ValueScale, left: number, right: number): Html {
  return html`<g class="socle-chart__axis">${scale.ticks.map(
    (tick) =>
      html`<path class="socle-chart__grid${tick.value === 0 && ' socle-chart__grid--zero'}" d="M${coordinate(left)},${tick.at}H${coordinate(right)}"/><text x="${coordinate(left - 8)}" y="${coordinate(tick.at + layout.fontSize * 0.34)}" text-anchor="end">${cutText(tick.text, left - 8, layout.fontSize)}</text>`,
  )}</g>`;
}

/**
 * Which of the labels, centred at `xs`, can be written side by side: the last one, and the others at the smallest
 * regular step at which none touches the next.
 */
export function labelsThatFit(xs: readonly number[], widths: readonly number[], gap: number): number[] {
  const last = xs.length - 1;
  for (let step = 1; step <= last; step++) {
    const chosen: number[] = [];
    let fits = true;
    for (let i = last; i >= 0 && fits; i -= step) {
      const next = chosen.at(-1);
      fits =
        next === undefined ||
        (xs[i] as number) + (widths[i] as number) / 2 + gap <=
          (xs[next] as number) - (widths[next] as number) / 2;
      chosen.push(i);
    }
    if (fits) return chosen.reverse();
  }
  return last >= 0 ? [last] : [];
}

/** The labels of positions below the picture, with a tick each; labels that would touch are left out. */
export function positionAxis(
  layout: ChartLayout,
  xs: readonly number[],
  texts: readonly string[],
  y: number,
): Html {
  const { fontSize, width } = layout;
  const cut = texts.map((text) => cutText(text, width / 2, fontSize));
  const widths = cut.map((text) => textWidth(text, fontSize));
  const centres = xs.map((x, i) => {
    const half = (widths[i] as number) / 2;
    return coordinate(Math.max(half, Math.min(width - half, x)));
  });
  return html`<g class="socle-chart__axis">${labelsThatFit(centres, widths, fontSize).map(
    (i) =>
      html`<path class="socle-chart__tick" d="M${xs[i]},${coordinate(y)}v5"/><text x="${centres[i]}" y="${coordinate(y + 7 + fontSize)}" text-anchor="middle">${cut[i]}</text>`,
  )}</g>`;
}
