// What of the brigades is on a person's desk: requests to examine or answer, days to enter, deliverables, feedback owed.

import type { Actor } from '#platform/access.ts';
import { dayAfter, dayIn } from '#platform/calendar-days.rules.ts';
import { formatDate, formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { brigadeReachOf, organisationsHelped, runsBrigade } from './brigade-access.rules.ts';
import { helpAddress, missionAddress } from './brigade-parts.pages.ts';
import { brigadesMessages } from './brigades.messages.ts';
import { mondayOf } from './calendar.rules.ts';
import {
  listMissionsToAccept,
  listMissionsToEnter,
  listMissionsWithoutFeedback,
} from './missions.repository.ts';
import { listWaitingHelp } from './requests.repository.ts';

const SHOWN = 4;
/** Days after which a request that nobody examined is late. */
const LATE_AFTER_MS = 15 * 86_400_000;

/** The actor's part: at most twenty items. */
export async function brigadeDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const { desk } = brigadesMessages(locale);
  const now = clock.now();
  const items: DeskItem[] = [];
  if (runsBrigade(actor)) {
    const all = { everything: true, organisations: [], personId: actor.personId };
    for (const { id, state, number, title, organisationName, submittedAt } of await listWaitingHelp(
      db,
      all,
      ['submitted', 'examined', 'accepted'],
      SHOWN,
    ))
      items.push({
        section:
          state === 'submitted' && now.getTime() - submittedAt.getTime() > LATE_AFTER_MS ? 'late' : 'waiting',
        text: (state === 'accepted' ? desk.start : desk.examine)(number, title),
        href: helpAddress(id),
        note: desk.since(organisationName, formatDate(locale, submittedAt, config.timeZone)),
      });
  }
  const organisations = organisationsHelped(actor);
  const lastWeek = dayAfter(mondayOf(dayIn(now, config.timeZone)), -7);
  const own = { ...brigadeReachOf(actor), everything: false };
  const [answers, owed, accepts, entries] = await Promise.all([
    organisations.length > 0 ? listWaitingHelp(db, own, ['proposed'], SHOWN) : [],
    organisations.length > 0 ? listMissionsWithoutFeedback(db, organisations, SHOWN) : [],
    organisations.length > 0 ? listMissionsToAccept(db, organisations, SHOWN) : [],
    listMissionsToEnter(db, actor.personId, lastWeek, SHOWN),
  ]);
  for (const { id, number, title, organisationName, changedAt } of answers)
    items.push({
      section: 'waiting',
      text: desk.answer(number, title),
      href: helpAddress(id),
      note: desk.since(organisationName, formatDate(locale, changedAt, config.timeZone)),
    });
  for (const [missions, text] of [
    [owed, desk.feedback],
    [accepts, desk.accept],
    [entries, desk.days],
  ] as const)
    for (const { id, title, organisationName, startsOn } of missions)
      items.push({
        section: 'waiting',
        text: text(title),
        href: missionAddress(id),
        note: desk.since(organisationName, formatDay(locale, startsOn)),
      });
  return items;
}
