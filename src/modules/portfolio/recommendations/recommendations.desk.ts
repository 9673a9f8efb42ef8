// What of the recommendations is on a person's desk: what they own, what their ministry must answer, evidence to judge.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { recommendationAddress } from './recommendation-parts.pages.ts';
import { recommendationsMessages } from './recommendations.messages.ts';
import { listWaitingRecommendations } from './recommendations.repository.ts';
import { isOverdue } from './recommendations.rules.ts';
import type { Recommendation } from './recommendations.types.ts';

const SHOWN = 4;

/** The actor's part: at most twelve items. */
export async function recommendationDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const { desk } = recommendationsMessages(locale);
  const today = dayIn(clock.now(), config.timeZone);
  const directed = actor.roles.flatMap(({ role, organisationId }) =>
    role === 'digital-director' && organisationId !== null ? [organisationId] : [],
  );
  const judges = actor.roles.some(({ role }) => role === 'auditor');
  const [owned, ministry, evidence] = await Promise.all([
    listWaitingRecommendations(db, { ownerId: actor.personId }, SHOWN),
    directed.length > 0 ? listWaitingRecommendations(db, { organisationIds: directed }, SHOWN) : [],
    judges ? listWaitingRecommendations(db, 'to-judge', SHOWN) : [],
  ]);
  const own = new Set(owned.map(({ id }) => id));
  const toDo = (one: Recommendation): DeskItem => ({
    section: isOverdue(one, today) ? 'late' : 'waiting',
    text: (one.state === 'issued' ? desk.answer : desk.act)(one.number, one.fileName),
    href: recommendationAddress(one.id),
    note: desk.due(formatDay(locale, one.dueOn)),
  });
  return [
    ...owned.map(toDo),
    ...ministry.filter(({ id }) => !own.has(id)).map(toDo),
    ...evidence.map(
      (one): DeskItem => ({
        section: 'waiting',
        text: desk.judge(one.number, one.fileName),
        href: recommendationAddress(one.id),
        note: desk.evidence(one.organisationName),
      }),
    ),
  ];
}
