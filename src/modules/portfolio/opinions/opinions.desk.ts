// What of opinions is on a person's desk: to submit, to complete, to comment on, to give, to publish, and what was given.

import { type Actor, isAllowed } from '#platform/access.ts';
import { dayAfter, dayIn } from '#platform/calendar-days.rules.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { isLateConsultation } from './clock.rules.ts';
import { requestAddress } from './opinion-parts.pages.ts';
import { opinionsMessages } from './opinions.messages.ts';
import { opinionsPermissions } from './opinions.permissions.ts';
import { listUnpublished } from './opinions.repository.ts';
import type { OpinionRequest } from './opinions.types.ts';
import {
  answersForRequest,
  instructsRequest,
  ownConsultation,
  requestsSeenBy,
} from './request-access.rules.ts';
import { clockOf } from './request-at.ts';
import { listRequests } from './requests.repository.ts';

const LOOKED_AT = 50;
const SHOWN = 12;
/** Days before the end from which an opinion that is not given is shown as late. */
const HURRY_DAYS = 3;
/** Days during which a ministry is told that an opinion was given. */
const NEWS_DAYS = 14;

/** The actor's part: at most fifteen items. */
export async function opinionsDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  if (!isAllowed(opinionsPermissions.followOpinionRequests, actor)) return [];
  const { desk } = opinionsMessages(locale);
  const today = dayIn(clock.now(), config.timeZone);
  const page = { before: null, limit: LOOKED_AT };
  const reach = requestsSeenBy(actor);
  const [open, given, toPublish] = await Promise.all([
    listRequests(db, reach, { states: ['draft', 'submitted', 'suspended'] }, page),
    listRequests(db, { ...reach, all: false, consultedIds: [] }, { states: ['issued', 'tacit'] }, page),
    isAllowed(opinionsPermissions.examineOpinionRequest, actor) ? listUnpublished(db, 3) : [],
  ]);
  const items = open.flatMap((request) => openItems(locale, actor, request, today)).slice(0, SHOWN);
  for (const { id, state, number, fileName, closedAt } of given) {
    if (closedAt === null || dayIn(closedAt, config.timeZone) < dayAfter(today, -NEWS_DAYS)) continue;
    items.push({
      section: 'changed',
      text: desk[state === 'tacit' ? 'tacit' : 'issued'](number, fileName),
      href: requestAddress(id),
      note: desk.since(formatDay(locale, dayIn(closedAt, config.timeZone))),
    });
  }
  for (const { requestId, fileName, effectiveOn } of toPublish)
    items.push({
      section: 'waiting',
      text: desk.publish(fileName),
      href: requestAddress(requestId, '/publish'),
      note: desk.since(formatDay(locale, effectiveOn)),
    });
  return items.slice(0, SHOWN + 3);
}

function openItems(locale: Locale, actor: Actor, request: OpinionRequest, today: string): DeskItem[] {
  const { desk } = opinionsMessages(locale);
  const { id, number, fileName, state, createdAt } = request;
  const href = requestAddress(id);
  const day = (one: string) => formatDay(locale, one);
  const clock = clockOf(request, today);
  const items: DeskItem[] = [];
  if (clock?.kind === 'running' && instructsRequest(actor, request))
    items.push({
      section: clock.daysLeft <= HURRY_DAYS ? 'late' : 'waiting',
      text: desk.examine(number, fileName),
      href,
      note: desk.before(day(clock.lastDay)),
    });
  if (answersForRequest(actor, request)) {
    if (clock?.kind === 'suspended')
      items.push({
        section: 'waiting',
        text: desk.answer(number, fileName),
        href,
        note: desk.since(day(clock.since)),
      });
    if (state === 'draft')
      items.push({
        section: 'waiting',
        text: desk.draft(number, fileName),
        href,
        note: desk.since(day(createdAt.toISOString().slice(0, 10))),
      });
  }
  const own = ownConsultation(actor, request);
  if (own && own.stance === null && state !== 'draft')
    items.push({
      section: isLateConsultation({ dueOn: own.dueOn, answered: false }, today) ? 'late' : 'waiting',
      text: desk.comment(number, fileName),
      href,
      note: desk.before(day(own.dueOn)),
    });
  return items;
}
