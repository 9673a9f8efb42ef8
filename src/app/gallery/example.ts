// How the gallery shows a component: its name, then each state under its own name. It knows no component.
import { type Html, type HtmlValue, html } from '#ui/html.ts';

/** A component in one state. */
export interface ComponentState {
  readonly name: string;
  readonly example: HtmlValue;
}

/**
 * A component under its name, each state in a frame: under one another, or `sideBySide` where they are narrow.
 * `data-example` keeps the page's script from moving the focus into a frame.
 */
export function component(
  name: string,
  states: readonly ComponentState[],
  arrangement: 'stacked' | 'sideBySide' = 'stacked',
): Html {
  const classes = `socle-gallery__states${arrangement === 'sideBySide' ? ' socle-gallery__states--side-by-side' : ''}`;
  return html`<h3>${name}</h3>
<div class="${classes}">
${states.map(
  (state) => html`<div class="socle-gallery__state">
<p class="socle-gallery__name">${state.name}</p>
<div class="socle-gallery__example" data-example>
${state.example}
</div>
</div>
`,
)}</div>
`;
}
