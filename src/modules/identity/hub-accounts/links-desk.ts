// What a desk shows of organisation links to those who decide on them.
import type { Actor } from '#platform/access.ts';
import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { hubAccountsMessages } from './hub-accounts.messages.ts';
import { linksReachOf } from './organisation-links.reading.ts';
import { countWaiting } from './organisation-links.repository.ts';
import { decidesLinks } from './organisation-links.rules.ts';
import { overdueFrom } from './working-days.rules.ts';

/** The links that wait for `actor`, and those that have waited for too long: two items at most. */
export async function linksDesk(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  if (!decidesLinks(actor)) return [];
  const reach = await linksReachOf(db, actor);
  const { waiting, overdue, oldest } = await countWaiting(
    db,
    reach,
    overdueFrom(clock.now(), config.timeZone),
  );
  if (oldest === null) return [];
  const words = hubAccountsMessages(locale).desk;
  const note = words.since(formatDate(locale, oldest, config.timeZone));
  const item = { href: '/organisation-links', note };
  return [
    { ...item, section: 'waiting', text: words.waiting(formatNumber(locale, waiting)) },
    ...(overdue > 0
      ? [{ ...item, section: 'late' as const, text: words.overdue(formatNumber(locale, overdue)) }]
      : []),
  ];
}
