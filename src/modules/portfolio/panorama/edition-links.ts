// The way from one edition to the others: neighbours, a choice of all, and the other origin.
import { formatMonth } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { switcher } from '#ui/components/switcher.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { editionAddress } from './addresses.ts';
import type { Edition } from './editions.types.ts';
import { panoramaMessages } from './panorama.messages.ts';

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
  const { panorama: words, origins } = panoramaMessages(locale);
  const tone = edition.origin === 'published' ? 'info' : 'warning';
  return html`<p>${tag({ text: origins[edition.origin], tone })}${
    other && html` <a href="${addressFor(other)}">${words.otherOrigin[other.origin]}</a>`
  }</p>
${switcher({
  label: words.editions,
  items: editions.map((held) => ({
    text: formatMonth(locale, held.month),
    href: addressFor(held),
    current: held.id === edition.id,
  })),
})}`;
}
