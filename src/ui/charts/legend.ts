// The legend: a key as it is drawn in the picture, its name and, if wanted, its latest value.
import { type Html, html, nothing } from '#ui/html.ts';
import { seriesClass, seriesDashes, seriesPattern, seriesPoint } from './series-marks.ts';

/** One line of a legend. */
export interface LegendItem {
  readonly key: Html;
  readonly name: string;
  readonly value?: string;
}

function keyPicture(drawing: Html): Html {
  return html`<svg class="socle-chart__key" viewBox="0 0 28 16" width="28" height="16" aria-hidden="true" focusable="false">${drawing}</svg>`;
}

/** The key of a line: its dashes when `dashed`, its point when `pointed`. */
export function lineKey(index: number, options: { dashed: boolean; pointed: boolean }): Html {
  return keyPicture(
    html`<path class="socle-chart__line ${seriesClass(index)}" d="M1,8H27"${dashAttribute(options.dashed ? seriesDashes(index) : '')}/>${
      options.pointed && seriesPoint(index, 14, 8, null)
    }`,
  );
}

/** The key of a filled shape: its colour and its pattern. `prefix` is that of the picture's patterns. */
export function fillKey(prefix: string, index: number): Html {
  const pattern = seriesPattern(prefix, index);
  return keyPicture(
    html`<rect class="socle-chart__area ${seriesClass(index)}" x="2" y="1" width="24" height="14"/>${
      pattern !== null && html`<rect fill="${pattern}" x="2" y="1" width="24" height="14"/>`
    }`,
  );
}

/** The key of a line that a class of the style sheet draws. */
export function strokeKey(className: string, dashes = ''): Html {
  return keyPicture(html`<path class="${className}" d="M1,8H27"${dashAttribute(dashes)}/>`);
}

/** The key of an area that two classes of the style sheet draw, with the dashes of its border. */
export function areaKey(areaClass: string, borderClass: string, dashes: string): Html {
  const shape = html`x="2" y="1" width="24" height="14"`;
  return keyPicture(
    html`<rect class="${areaClass}" ${shape}/><rect class="${borderClass}" ${shape}${dashAttribute(dashes)}/>`,
  );
}

/** The attribute of a dashed stroke; nothing for a plain one. */
export function dashAttribute(dashes: string): Html {
  return dashes === '' ? nothing : html` stroke-dasharray="${dashes}"`;
}

/** The legend as a list. The picture and its data table say the same, so it stands beside them as plain text. */
export function legend(items: readonly LegendItem[]): Html {
  return html`<ul class="socle-chart__legend">${items.map(
    (item) =>
      html`<li>${item.key}<span>${item.name}</span>${
        item.value !== undefined && html` <span class="socle-chart__legend-value">${item.value}</span>`
      }</li>`,
  )}</ul>`;
}
