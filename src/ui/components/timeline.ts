// What happened to one thing, in order. It sorts nothing: the caller says the order.
import { type Html, type HtmlValue, html, nothing } from '../html.ts';

/** Something that happened. */
export interface TimelineEvent {
  readonly title: string;
  /** The moment, for machines and as the reader writes it. */
  readonly at: { readonly iso: string; readonly text: string };
  /** Who did it, in words, such as "by Claire Martin". */
  readonly byline?: string;
  readonly description?: HtmlValue;
}

/** What happened, in the order given; `headingLevel` is the rank of each title in the page, 3 unless told. */
export function timeline(options: {
  readonly events: readonly TimelineEvent[];
  readonly headingLevel?: 2 | 3 | 4;
}): Html {
  const title = (text: string): Html => {
    switch (options.headingLevel) {
      case 2:
        return html`<h2 class="moj-timeline__title">${text}</h2>`;
      case 4:
        return html`<h4 class="moj-timeline__title">${text}</h4>`;
      default:
        return html`<h3 class="moj-timeline__title">${text}</h3>`;
    }
  };
  return html`<ol class="moj-timeline">${options.events.map(
    (event) => html`<li class="moj-timeline__item">
<div class="moj-timeline__header">${title(event.title)}${event.byline === undefined ? nothing : html` <p class="moj-timeline__byline">${event.byline}</p>`}</div>
<p class="moj-timeline__date"><time datetime="${event.at.iso}">${event.at.text}</time></p>
${event.description ? html`<div class="moj-timeline__description">${event.description}</div>` : nothing}
</li>`,
  )}</ol>`;
}
