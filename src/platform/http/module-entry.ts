// The entry page of a module: what the module is for, and a way into each of its rooms.
import type { Room } from '#ui/components/rooms.ts';
import { roomLists } from '#ui/components/rooms.ts';
import { html } from '#ui/html.ts';
import type { Permission } from '../access.ts';
import type { Locale } from '../i18n/locale.ts';
import type { Part } from '../parts.ts';
import { type Guarded, openRooms } from './open-rooms.ts';
import type { Page } from './page.ts';
import { sendPage } from './send-page.ts';

/** The words of an entry page. */
export interface EntryWords {
  readonly title: string;
  readonly lead: string;
  /** How the module works, a sentence each. */
  readonly principles: readonly string[];
  /** What stands where a visitor without a session would have rooms. */
  readonly signIn: string;
}

/** A module's way in. */
export interface ModuleEntry {
  /** Its address. */
  readonly href: string;
  readonly permission: Permission;
  readonly words: (locale: Locale) => EntryWords;
  /** In the order in which they are shown. */
  readonly rooms: readonly (Room & Guarded)[];
}

/** The entry page as a part of its module; the first breadcrumb of each of the module's pages leads to it. */
export function entryPart({ href, permission, words, rooms }: ModuleEntry): Part {
  return {
    permissions: [permission],
    routes(app) {
      app.get(href, { config: { permission } }, async ({ actor, locale }, reply) =>
        sendPage(
          reply,
          entryPage(locale, words(locale), {
            rooms: openRooms(app, rooms, actor),
            isSignedIn: actor !== null,
          }),
        ),
      );
    },
  };
}

function entryPage(
  locale: Locale,
  { title, lead, principles, signIn }: EntryWords,
  { rooms, isSignedIn }: { rooms: readonly Room[]; isSignedIn: boolean },
): Page {
  return {
    title,
    main: html`<h1>${title}</h1>
<p class="socle-lead">${lead}</p>
<ul class="govuk-list govuk-list--bullet">${principles.map((principle) => html`<li>${principle}</li>`)}</ul>
${roomLists(locale, { rooms, isSignedIn, signIn })}`,
  };
}
