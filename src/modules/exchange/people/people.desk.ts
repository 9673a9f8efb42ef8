// What of questions on accesses is on a desk: to answer, answered, asked about one's organisation.
import type { Actor } from '#platform/access.ts';
import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { CONSUMER_ROLES, organisationsWhere } from '../consumers/consumer-access.rules.ts';
import { peopleMessages } from './people.messages.ts';
import { QUESTION_LISTS } from './questions.pages.ts';
import { listQuestionsSince, listWaitingQuestions } from './questions.repository.ts';

const SHOWN = 4;
/** How long something is news. */
const NEWS_MS = 14 * 86_400_000;

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** The answers to a person's questions, for a citizen; what waits for an answer, for a producer. At most nine. */
export async function personDeskItems(
  { db, clock, config }: Needs,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const words = peopleMessages(locale).desk;
  const now = clock.now();
  const since = new Date(now.getTime() - NEWS_MS);
  const day = (moment: Date) => formatDate(locale, moment, config.timeZone);
  const isCitizen = actor.roles.some(({ role }) => role === 'citizen');
  const producers = organisationsWhere(actor, ['data-producer']);
  const [own, waiting] = await Promise.all([
    isCitizen ? listQuestionsSince(db, { askedBy: actor.personId }, { since, limit: 20 }) : [],
    producers.length > 0 ? listWaitingQuestions(db, producers, SHOWN) : { items: [], total: 0 },
  ]);
  const items: DeskItem[] = waiting.items.map((question) => ({
    section: now > question.dueAt ? 'late' : 'waiting',
    text: words.waiting(formatNumber(locale, question.number), question.apiName),
    href: `${QUESTION_LISTS.producer}/${question.id}`,
    note: words.waitingNote(day(question.dueAt)),
  }));
  if (waiting.total > waiting.items.length) {
    items.push({
      section: 'waiting',
      text: words.more(formatNumber(locale, waiting.total - waiting.items.length)),
      href: QUESTION_LISTS.producer,
      note: words.moreNote,
    });
  }
  const answered = own.filter(({ answeredAt }) => answeredAt !== null && answeredAt >= since).slice(0, SHOWN);
  for (const { id, number, producerName, answeredAt } of answered) {
    items.push({
      section: 'changed',
      text: words.answered(formatNumber(locale, number)),
      href: `${QUESTION_LISTS.person}/${id}`,
      note: words.answeredNote(producerName, day(answeredAt ?? now)),
    });
  }
  return items;
}

/** What people ask about the accesses of one's organisation, for a consumer. At most four. */
export async function consumerQuestionItems(
  { db, clock, config }: Needs,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const consumers = organisationsWhere(actor, CONSUMER_ROLES);
  if (consumers.length === 0) return [];
  const words = peopleMessages(locale).desk;
  const since = new Date(clock.now().getTime() - NEWS_MS);
  const asked = await listQuestionsSince(db, { consumers }, { since, limit: SHOWN });
  return asked.map(({ id, number, apiName, askedAt }) => ({
    section: 'changed',
    text: words.onUs(formatNumber(locale, number), apiName),
    href: `${QUESTION_LISTS.consumer}/${id}`,
    note: words.onUsNote(formatDate(locale, askedAt, config.timeZone)),
  }));
}
