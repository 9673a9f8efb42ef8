// What of doctrines is on a person's desk: exemptions to decide on, and those that end soon or ended of late.

import type { Actor } from '#platform/access.ts';
import { dayAfter, dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { formatDate, formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { assessesFor, oversees } from './assessment-access.rules.ts';
import { DAYS_OF_REMINDER } from './assessments.rules.ts';
import { assessmentAddress } from './doctrine-parts.pages.ts';
import { doctrinesMessages } from './doctrines.messages.ts';
import { listEndingExemptions, listWaitingExemptions } from './exemptions.repository.ts';

const SHOWN = 5;

/** The actor's part: at most ten items. An exemption is told of sixty days before it ends and sixty days after. */
export async function doctrineDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const { desk } = doctrinesMessages(locale);
  const items: DeskItem[] = [];
  if (oversees(actor)) {
    for (const one of await listWaitingExemptions(db, actor.personId, SHOWN))
      items.push({
        section: 'waiting',
        text: desk.decide(one.subjectName, one.doctrineTitle[locale]),
        href: assessmentAddress(one.assessmentId, `/exemptions/${one.id}`),
        note: desk.askedBy(one.organisationName, formatDate(locale, one.askedAt, config.timeZone)),
      });
  }
  const own = assessesFor(actor);
  if (own.length === 0) return items;
  const today = dayIn(clock.now(), config.timeZone);
  const span = { from: daysBefore(today, DAYS_OF_REMINDER), to: dayAfter(today, DAYS_OF_REMINDER) };
  for (const one of await listEndingExemptions(db, own, span, SHOWN)) {
    const until = one.until ?? today;
    const isOver = until < today;
    items.push({
      section: isOver ? 'late' : 'waiting',
      text: (isOver ? desk.ended : desk.ending)(one.subjectName, one.doctrineTitle[locale]),
      href: assessmentAddress(one.assessmentId),
      note: desk.endsOn(formatDay(locale, until)),
    });
  }
  return items;
}
