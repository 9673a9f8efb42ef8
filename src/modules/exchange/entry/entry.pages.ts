// The entry page of the data exchange: what it is, how much goes on, and a way into each room.
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { cardGrid, figureCard } from '#ui/components/figure-card.ts';
import type { FigureOrigin } from '#ui/components/origin-tag.ts';
import { type Room, roomLists } from '#ui/components/rooms.ts';
import { html } from '#ui/html.ts';
import { entryMessages } from './entry.messages.ts';
import type { ExchangeCounts } from './entry.types.ts';

/** The first breadcrumb of every page of the exchange. */
export function exchangeCrumb(locale: Locale): { text: string; href: string } {
  return { text: entryMessages(locale).title, href: '/exchange' };
}

/** What the entry page shows. */
export interface EntryView {
  readonly counts: ExchangeCounts;
  readonly origin: FigureOrigin;
  /** Those that the reader may enter. */
  readonly rooms: readonly Room[];
  readonly isSignedIn: boolean;
}

/** The entry page. */
export function entryPage(locale: Locale, { counts, origin, rooms, isSignedIn }: EntryView): Page {
  const words = entryMessages(locale);
  const number = (value: number) => formatNumber(locale, value);
  const card = (title: string, value: string, explanation: string, source: string) =>
    figureCard({ locale, title, value, explanation, origin, source, trend: null });
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<p>${words.how}</p>
<ul class="govuk-list govuk-list--bullet">${words.principles.map((principle) => html`<li>${principle}</li>`)}</ul>
${cardGrid([
  card(words.openApis, number(counts.openApis), words.openApisText, words.register),
  card(words.accreditations, number(counts.activeAccreditations), words.accreditationsText, words.register),
  card(words.calls, number(counts.calls), words.callsText, words.records),
])}
${roomLists(locale, { rooms, isSignedIn, signIn: words.signIn })}`,
  };
}
