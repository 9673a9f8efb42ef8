// What of requests is on a person's desk: what they must finish or change, what waits for instructors, what was decided.
import type { Actor } from '#platform/access.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { requestAddress } from './request-parts.pages.ts';
import { instructs, requestsSeenBy } from './request-states.rules.ts';
import { isLate } from './request-times.rules.ts';
import { requestsMessages } from './requests.messages.ts';
import {
  countRequests,
  listDecidedRequests,
  listOwnRequests,
  listWaitingRequests,
} from './requests.repository.ts';
import type { ListedRequest } from './requests.types.ts';

const SHOWN = 5;
/** How long a decision is news. */
const NEWS_MS = 14 * 86_400_000;

/** The actor's part: at most sixteen items. */
export async function requestDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const words = requestsMessages(locale);
  const reach = requestsSeenBy(actor);
  if (!reach.instructs && reach.consumers.length === 0 && reach.producers.length === 0) return [];
  const now = clock.now();
  const day = (at: Date | null) => formatDate(locale, at ?? now, config.timeZone);
  const named = ({ title }: ListedRequest) => title || words.untitled;
  const items: DeskItem[] = [];
  if (instructs(actor)) {
    const [waiting, count] = await Promise.all([
      listWaitingRequests(db, {}, { after: null, limit: SHOWN }),
      countRequests(db, reach, { state: 'submitted' }),
    ]);
    for (const request of waiting)
      items.push({
        section: isLate(request, now) ? 'late' : 'waiting',
        text: words.desk.waiting(request.number, named(request)),
        href: requestAddress(request.id, '/instruction'),
        note: words.desk.waitingNote(request.organisationName, day(request.submittedAt)),
      });
    if (count > waiting.length)
      items.push({
        section: 'waiting',
        text: words.desk.more(count - waiting.length),
        href: '/exchange/requests/queue',
        note: words.desk.moreNote,
      });
  }
  if (reach.consumers.length > 0) {
    for (const request of await listOwnRequests(db, actor.personId, reach.consumers, SHOWN)) {
      const { state, number, changedAt } = request;
      const isAsked = state === 'changes-requested';
      items.push({
        section: 'waiting',
        text: (isAsked ? words.desk.changes : words.desk.draft)(number, named(request)),
        href: requestAddress(request.id),
        note: (isAsked ? words.desk.changesNote : words.desk.draftNote)(day(changedAt)),
      });
    }
  }
  const parties = { ...reach, everything: false, instructs: false };
  if (reach.consumers.length + reach.producers.length > 0) {
    const since = new Date(now.getTime() - NEWS_MS);
    for (const request of await listDecidedRequests(db, parties, since, SHOWN))
      items.push({
        section: 'changed',
        text: words.desk.decided(request.number, named(request), words.states[request.state]),
        href: requestAddress(request.id),
        note: words.desk.decidedNote(request.organisationName, day(request.decidedAt)),
      });
  }
  return items;
}
