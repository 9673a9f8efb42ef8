// The figure around every chart: caption, the picture in two layouts, source and data table. It draws no data.
import { type Html, html } from '#ui/html.ts';
import { uiMessages } from '#ui/ui.messages.ts';
import type { ChartDrawing, ChartLayout, ChartOptions } from './chart.types.ts';
import { chartMessages } from './charts.messages.ts';

// Two layouts, of which the style sheet shows the one that fits the figure: one picture scaled from 320 to
// 1200 pixels would have unreadable text at one end.
const LAYOUTS: readonly ChartLayout[] = [
  { name: 'wide', width: 720, fontSize: 15 },
  { name: 'narrow', width: 340, fontSize: 14 },
];

/**
 * A figure with its caption, picture, source and data table. `description` says the figures to whoever does not see
 * the picture. `draw` is null when there is nothing to draw; a sentence then says so.
 */
export function chartFigure(
  options: ChartOptions,
  kind: string,
  content: { description: string; draw: ((layout: ChartLayout) => ChartDrawing) | null; table: Html },
): Html {
  const { draw } = content;
  return html`<figure class="socle-chart socle-chart--${kind}" id="${options.id}">
<figcaption class="socle-chart__caption"><span class="socle-chart__title">${options.title}</span>${
    options.subtitle !== undefined && html`<span class="socle-chart__subtitle">${options.subtitle}</span>`
  }</figcaption>
${
  draw === null
    ? html`<p class="socle-chart__empty">${uiMessages(options.locale).chart.noData}</p>`
    : LAYOUTS.map((layout) => {
        const drawing = draw(layout);
        const id = `${options.id}-${layout.name}`;
        return html`<div class="socle-chart__layout socle-chart__layout--${layout.name}">${drawing.legend}
<svg class="socle-chart__picture" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-description" viewBox="0 0 ${layout.width} ${Math.ceil(drawing.height)}" font-size="${layout.fontSize}" focusable="false"><title id="${id}-title">${options.title}</title><desc id="${id}-description">${options.description ?? content.description}</desc>
${drawing.marks}</svg></div>\n`;
      })
}
${options.source !== undefined && html`<p class="socle-chart__source">${uiMessages(options.locale).source}${chartMessages(options.locale).colon}${options.source}</p>`}${draw !== null && content.table}</figure>`;
}
