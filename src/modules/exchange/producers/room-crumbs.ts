// The way back up from every page of the producer's room.
import type { Locale } from '#platform/i18n/locale.ts';
import { producersMessages } from './producers.messages.ts';

/** The way back up to the producer's room, and through it from a page under it. */
export function roomCrumbs(
  locale: Locale,
  { within }: { within: boolean },
): { text: string; href: string }[] {
  const words = producersMessages(locale);
  return [
    { text: words.home, href: '/exchange' },
    ...(within ? [{ text: words.room.title, href: '/exchange/producer' }] : []),
  ];
}
