// What of conferences is on a person's desk: sheets to prepare, sessions to hold, minutes to close.
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { conferenceAddress } from './conference-parts.pages.ts';
import { conferencesMessages } from './conferences.messages.ts';
import { listConferencesToPrepare } from './conferences.repository.ts';

const SHOWN = 4;

/** The actor's part: at most eight items. */
export async function conferenceDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const { desk } = conferencesMessages(locale);
  const today = dayIn(clock.now(), config.timeZone);
  const directed = actor.roles.flatMap(({ role, organisationId }) =>
    role === 'digital-director' && organisationId !== null ? [organisationId] : [],
  );
  const [toPrepare, toHold] = await Promise.all([
    directed.length > 0 ? listConferencesToPrepare(db, directed, { states: ['drafted'], limit: SHOWN }) : [],
    actor.roles.some(({ role }) => role === 'auditor')
      ? listConferencesToPrepare(db, null, { states: ['drafted', 'prepared'], limit: SHOWN })
      : [],
  ]);
  return [
    ...toPrepare.map(
      ({ id, heldOn, items }): DeskItem => ({
        section: heldOn < today ? 'late' : 'waiting',
        text: desk.prepare(formatDay(locale, heldOn)),
        href: conferenceAddress(id),
        note: desk.projects(items),
      }),
    ),
    ...toHold.map(
      ({ id, heldOn, organisationName }): DeskItem => ({
        section: heldOn < today ? 'late' : 'waiting',
        text: (heldOn < today ? desk.write : desk.hold)(organisationName),
        href: conferenceAddress(id),
        note: desk.heldOn(formatDay(locale, heldOn)),
      }),
    ),
  ];
}
