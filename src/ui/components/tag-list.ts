// Several words about one thing, side by side.
import { type Html, html } from '../html.ts';

/** Tags side by side. */
export function tags(items: readonly Html[]): Html {
  return html`<ul class="socle-tags">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
