// The ways from a module's entry page into its parts: rooms of one's role, then pages for everyone.
import type { Locale, Translated } from '#platform/i18n/locale.ts';
import { type Html, html } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** For whom a room is. */
export const ROOM_GROUPS = ['yours', 'open'] as const;

/** A way into a part of a module. */
export interface Room {
  readonly href: string;
  readonly group: (typeof ROOM_GROUPS)[number];
  readonly title: Translated;
  /** What is done there, in one sentence. */
  readonly text: Translated;
}

/** The rooms under a heading for each group. `signIn` stands where a visitor without a session would have rooms. */
export function roomLists(
  locale: Locale,
  { rooms, isSignedIn, signIn }: { rooms: readonly Room[]; isSignedIn: boolean; signIn: string },
): Html {
  const words = uiMessages(locale).rooms;
  return html`${ROOM_GROUPS.map((group) => {
    const here = rooms.filter((room) => room.group === group);
    if (here.length > 0) return html`<h2>${words[group]}</h2>${roomList(locale, here)}`;
    return (
      group === 'yours' &&
      !isSignedIn &&
      html`<h2>${words.yours}</h2><p>${signIn} <a href="/sign-in">${words.signIn}</a></p>`
    );
  })}`;
}

function roomList(locale: Locale, rooms: readonly Room[]): Html {
  return html`<ul class="socle-desk">${rooms.map(
    ({ href, title, text }) =>
      html`<li><a href="${href}">${title[locale]}</a> <span class="socle-secondary">${text[locale]}</span></li>`,
  )}</ul>`;
}
