// What of indicators is on a person's desk: sources of their organisation that are late, and fresh gaps and jumps.

import type { Actor } from '#platform/access.ts';
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { organisationsWrittenBy } from './indicator-access.rules.ts';
import { indicatorsMessages } from './indicators.messages.ts';
import { INDICATORS } from './indicators.pages.ts';
import { faultsOf } from './series-faults.rules.ts';
import { listWatched, readRecent } from './watch.repository.ts';

const WATCHED = 50;
const SHOWN = 5;
const FRESH_DAYS = 45;
const READ_DAYS = 400;

/** At most five faults of the series of the organisations that the actor writes for, the newest first. */
export async function indicatorsDesk(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const organisations = organisationsWrittenBy(actor);
  if (organisations.length === 0) return [];
  const words = indicatorsMessages(locale).desk;
  const today = dayIn(clock.now(), config.timeZone);
  const watched = await listWatched(db, organisations, WATCHED);
  const points = await readRecent(
    db,
    watched.map(({ id }) => id),
    daysBefore(today, READ_DAYS),
  );
  const fresh = daysBefore(today, FRESH_DAYS);
  const found = watched.flatMap(({ id, title, cadence }) =>
    [...(points.get(id)?.values() ?? [])].flatMap((series) =>
      faultsOf(series, { cadence, isOpen: true, today })
        .filter((fault) => fault.kind === 'late' || fault.day >= fresh)
        .slice(0, 1)
        .map((fault) => ({ id, title, fault })),
    ),
  );
  return found
    .toSorted((a, b) => (a.fault.day < b.fault.day ? 1 : -1))
    .slice(0, SHOWN)
    .map(({ id, title, fault }): DeskItem => {
      const day = formatDay(locale, fault.day);
      const late = fault.kind === 'late';
      return {
        section: late ? 'late' : 'changed',
        text: words[fault.kind](title),
        href: `${INDICATORS}/${id}`,
        note: late ? words.note(day) : words.on(day),
      };
    });
}
