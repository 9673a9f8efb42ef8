// The entry page: what the module is for, and a way into each of its rooms.
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type Room, roomLists } from '#ui/components/rooms.ts';
import { html } from '#ui/html.ts';
import { impactEntryMessages } from './entry.messages.ts';

/** The first breadcrumb of every page of the module. */
export function impactCrumb(locale: Locale): { text: string; href: string } {
  return { text: impactEntryMessages(locale).title, href: '/impact' };
}

/** The entry page; `rooms` are those that the reader may enter. */
export function impactEntryPage(
  locale: Locale,
  { rooms, isSignedIn }: { rooms: readonly Room[]; isSignedIn: boolean },
): Page {
  const words = impactEntryMessages(locale);
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<ul class="govuk-list govuk-list--bullet">${words.principles.map((principle) => html`<li>${principle}</li>`)}</ul>
${roomLists(locale, { rooms, isSignedIn, signIn: words.signIn })}`,
  };
}
