// One figure with its meaning, trend, origin and way further, and the grid of several. It computes no figure.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import { type FigureOrigin, originTag } from './origin-tag.ts';

/** What a figure's card shows. */
export interface FigureCardOptions {
  readonly locale: Locale;
  readonly title: string;
  /** The figure as written in the page's language, unit included. */
  readonly value: string;
  /** What the figure says, in one sentence. */
  readonly explanation: string;
  readonly origin: FigureOrigin;
  /** Where the figure comes from, in words. */
  readonly source: string;
  readonly link?: { readonly href: string; readonly text: string };
  /** A sparkline, which brings its own table; null for none. */
  readonly trend: Html | null;
  /** Rank of the card's heading in its page: 2 unless told. */
  readonly headingLevel?: 2 | 3;
}

/** A figure: what it is, how much, what that says, how it moved, where it comes from. */
export function figureCard(options: FigureCardOptions): Html {
  const { locale, title, link } = options;
  const heading =
    options.headingLevel === 3
      ? html`<h3 class="socle-card__title">${title}</h3>`
      : html`<h2 class="socle-card__title">${title}</h2>`;
  return html`<article class="socle-card">
${heading}
<p class="socle-card__value">${options.value}</p>
<p class="socle-card__explanation">${options.explanation}</p>
${options.trend === null ? nothing : html`<div class="socle-card__trend">${options.trend}</div>`}
<p class="socle-card__origin">${originTag(locale, options.origin)} <span class="govuk-visually-hidden">${uiMessages(locale).source}${uiMessages(locale).colon}</span><span class="socle-card__source"><span aria-hidden="true">· </span>${options.source}</span></p>
${link ? html`<p class="socle-card__link"><a href="${link.href}">${link.text}</a></p>` : nothing}
</article>`;
}

/** Cards side by side, as many in a row as fit. */
export function cardGrid(cards: readonly Html[]): Html {
  return html`<div class="socle-cards">${cards}</div>`;
}
