// What a desk shows of accreditations: those that end soon, and what lately happened to them.
import type { Actor } from '#platform/access.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { accreditationsSeenBy, isDistributor } from './accreditation-access.rules.ts';
import { accreditationAddress } from './accreditation-address.ts';
import { accreditationsMessages } from './accreditations.messages.ts';
import { listForDesk } from './accreditations.repository.ts';
import { REMINDER_DAYS } from './accreditations.rules.ts';

const DAY_MS = 86_400_000;
/** How long what happened is news. */
const NEWS_DAYS = 14;
const SHOWN = 5;

/** The actor's part: at most ten items. The distributor's people, who see all, have their desk from requests. */
export async function accreditationDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const reach = accreditationsSeenBy(actor);
  if (isDistributor(actor) || reach === 'all') return [];
  if (reach.consumers.length === 0 && reach.producers.length === 0) return [];
  const now = clock.now();
  const [first, last] = REMINDER_DAYS.map((days) => new Date(now.getTime() + days * DAY_MS));
  const { ending, happened } = await listForDesk(db, reach, {
    now,
    endingUntil: first ?? now,
    since: new Date(now.getTime() - NEWS_DAYS * DAY_MS),
    limit: SHOWN,
  });
  const words = accreditationsMessages(locale);
  const day = (moment: Date) => formatDate(locale, moment, config.timeZone);
  return [
    ...ending.map(
      ({ number, organisationName, validUntil }): DeskItem => ({
        section: last && validUntil <= last ? 'late' : 'waiting',
        text: words.desk.ending(String(number)),
        href: accreditationAddress(number),
        note: words.desk.endingNote(organisationName, day(validUntil)),
      }),
    ),
    ...happened.map(
      ({ number, organisationName, kind, at }): DeskItem => ({
        section: 'changed',
        text: words.desk.happened(String(number), words.events[kind]),
        href: accreditationAddress(number),
        note: words.desk.happenedNote(organisationName, day(at)),
      }),
    ),
  ];
}
