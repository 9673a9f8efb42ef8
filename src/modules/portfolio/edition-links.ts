// The way from one edition to the others: neighbours, a choice of all, and the other origin.
import { formatMonth } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { editionAddress } from './addresses.ts';
import type { Edition } from './editions.types.ts';
import { portfolioMessages } from './portfolio.messages.ts';

/** The editions round the one that a page shows. */
export interface EditionShelf {
  readonly edition: Edition;
  /** Of the same origin, newest first. */
  readonly editions: readonly Edition[];
  /** The latest edition of the other origin, if any is held. */
  readonly other: Edition | undefined;
}

/** Links to the other editions; `addressFor` keeps the kind of page (an edition's panorama unless told). */
export function editionLinks(
  locale: Locale,
  { edition, editions, other }: EditionShelf,
  addressFor: (edition: Edition) => string = editionAddress,
): Html {
  const { panorama: words, origins } = portfolioMessages(locale);
  return html`<nav class="socle-editions" aria-label="${words.editions}">
<p>${tag({ text: origins[edition.origin], tone: edition.origin === 'published' ? 'info' : 'warning' })}</p>
<ol>${editions.map(
    (held) =>
      html`<li>${
        held.id === edition.id
          ? html`<strong aria-current="page">${formatMonth(locale, held.month)}</strong>`
          : html`<a href="${addressFor(held)}">${formatMonth(locale, held.month)}</a>`
      }</li>`,
  )}</ol>
${other && html`<p><a href="${addressFor(other)}">${words.otherOrigin[other.origin]}</a></p>`}
</nav>`;
}
