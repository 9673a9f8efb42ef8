// Sibling pages side by side, such as the editions of one table. It is no menu: the reader stays on the same kind of page.
import { type Html, html } from '#ui/html.ts';

/** One of the pages. */
export interface SwitcherItem {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

/** Links to sibling pages; `label` says what they are, for screen readers. */
export function switcher({ label, items }: { label: string; items: readonly SwitcherItem[] }): Html {
  return html`<nav class="socle-switcher" aria-label="${label}"><ul>${items.map(
    ({ text, href, current }) =>
      html`<li>${current ? html`<strong aria-current="page">${text}</strong>` : html`<a href="${href}">${text}</a>`}</li>`,
  )}</ul></nav>`;
}
