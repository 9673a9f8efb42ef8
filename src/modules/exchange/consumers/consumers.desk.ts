// What of a consumer's room is on a desk: flows that are stopped.
import type { Actor } from '#platform/access.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { CONSUMER_ROOM } from './consumer.pages.ts';
import { CONSUMER_ROLES, organisationsWhere } from './consumer-access.rules.ts';
import { consumersMessages } from './consumers.messages.ts';
import { listStopsOn } from './consumers.repository.ts';

const SHOWN = 4;

/** The stops in force on flows of the actor's organisations, the newest first: at most four items. */
export async function consumerDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const consumers = organisationsWhere(actor, CONSUMER_ROLES);
  if (consumers.length === 0) return [];
  const words = consumersMessages(locale).desk;
  const stops = await listStopsOn(db, consumers, clock.now());
  return stops.slice(0, SHOWN).map(({ apiName, orderedAt }) => ({
    section: 'changed',
    text: words.stopped(apiName),
    href: CONSUMER_ROOM,
    note: words.stoppedNote(formatDate(locale, orderedAt, config.timeZone)),
  }));
}
