// What of the watch is on a person's desk: alerts to decide, alerts on one's own projects, what a decision asks for.
import type { Actor } from '#platform/access.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { filesKeptBy, filesSeenBy } from '../files/file-access.rules.ts';
import { alertAddress, supportAddress } from './alert-parts.pages.ts';
import { listDecidedAlerts, listOldestOpenAlerts } from './alerts.repository.ts';
import { watchMessages } from './watch.messages.ts';

const SHOWN = 5;
const LATE_AFTER_MS = 30 * 86_400_000;
/** For how long a decision asks its ministry to act. */
const ASKS_FOR_MS = 30 * 86_400_000;

/** The actor's part: at most ten items. */
export async function watchDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const { desk, rules } = watchMessages(locale);
  const now = clock.now();
  const items: DeskItem[] = [];
  if (actor.roles.some(({ role }) => role === 'auditor'))
    for (const { id, fileName, rule, organisationName, openedAt } of await listOldestOpenAlerts(
      db,
      filesSeenBy(actor),
      SHOWN,
    ))
      items.push({
        section: now.getTime() - openedAt.getTime() > LATE_AFTER_MS ? 'late' : 'waiting',
        text: desk.decide(fileName, rules[rule].toLowerCase()),
        href: alertAddress(id),
        note: desk.since(organisationName, formatDate(locale, openedAt, config.timeZone)),
      });
  const own = filesKeptBy(actor);
  if (own.organisationIds.length === 0 || !actor.roles.some(({ role }) => role === 'digital-director'))
    return items;
  const [open, decided] = await Promise.all([
    listOldestOpenAlerts(db, own, SHOWN),
    listDecidedAlerts(db, own, {
      since: new Date(now.getTime() - ASKS_FOR_MS),
      decisions: ['support', 'reorientation'],
      limit: SHOWN,
    }),
  ]);
  for (const { id, fileName, rule, organisationName, openedAt } of open)
    items.push({
      section: 'changed',
      text: desk.own(fileName, rules[rule].toLowerCase()),
      href: alertAddress(id),
      note: desk.since(organisationName, formatDate(locale, openedAt, config.timeZone)),
    });
  for (const alert of decided)
    items.push({
      section: 'waiting',
      text: (alert.decision === 'support' ? desk.support : desk.reorient)(alert.fileName),
      href: alert.decision === 'support' ? supportAddress(alert) : `/projects/files/${alert.fileId}`,
      note: desk.decidedOn(formatDate(locale, alert.decidedAt ?? now, config.timeZone)),
    });
  return items;
}
