// Intentions on questions: ask or contest, and answer. Each is one transaction with its line in the ledger, which holds
// no word of either.
import { findContactOf } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Config } from '#platform/config.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { siteAddress } from '#platform/http/origin.ts';
import { formatDate } from '#platform/i18n/format.ts';
import { DEFAULT_LOCALE } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { tidiedLines } from '#platform/typed-text.ts';
import { findOwnAccess } from './own-accesses.repository.ts';
import { ownSubjectHash } from './own-subject.ts';
import { peopleMessages } from './people.messages.ts';
import {
  answerIsDue,
  faultsOfQuestion,
  faultsOfText,
  questionAsTyped,
  type TypedQuestion,
} from './people.rules.ts';
import type { AccessPlace } from './people.types.ts';
import { nobodyToAsk, questionIsAnswered, questionWaits, tooManyQuestions } from './questions.errors.ts';
import { countWaitingOf, insertQuestion, lockQuestion, updateAnswer } from './questions.repository.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret' | 'mailer' | 'config'>;

/** How many questions of one person may wait at once. */
const MOST_WAITING = 20;

/**
 * Asks about an access to the actor's own data, or contests it; the contact of the API is told. Throws `not-found` for
 * an access that does not concern them, `invalid-input`, `exchange.question-waits`, `exchange.too-many-questions`,
 * `exchange.nobody-to-ask`. @returns the question's id.
 */
export async function askAboutAccess(
  kernel: Needs,
  actor: Actor,
  place: AccessPlace,
  typed: TypedQuestion,
): Promise<string> {
  const { db, clock, mailer, config } = kernel;
  const hash = await ownSubjectHash(kernel, actor.personId);
  const access = hash === null ? undefined : await findOwnAccess(db, hash, place);
  if (!access) throw notFound();
  const question = questionAsTyped(typed);
  const faults = faultsOfQuestion(question);
  if (faults.length > 0) throw invalidInput({ fields: faults });
  const { apiId, producerId, producerContact, apiName, organisationId, purpose } = access;
  if (apiId === null || producerId === null) throw nobodyToAsk();
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    if ((await countWaitingOf(trx, actor.personId)) >= MOST_WAITING) throw tooManyQuestions();
    const dueAt = answerIsDue(now);
    const id = await insertQuestion(trx, {
      ...question,
      at: access.at,
      log: access.log,
      index: access.index,
      apiId,
      producerId,
      organisationId,
      purpose,
      askedBy: actor.personId,
      askedAt: now,
      dueAt,
    });
    if (id === null) throw questionWaits();
    if (producerContact !== null) {
      const words = peopleMessages(DEFAULT_LOCALE).mail;
      await mailer.send(trx, {
        to: producerContact,
        locale: DEFAULT_LOCALE,
        subject: words.askedSubject,
        text: words.askedText(
          apiName ?? '',
          formatDate(DEFAULT_LOCALE, dueAt, config.timeZone),
          addressOf(config, `/exchange/producer/questions/${id}`),
        ),
      });
    }
    await appendToLedger(trx, now, {
      kind: 'exchange.question-asked',
      subject: `exchange/question/${id}`,
      actor: { kind: 'person', personId: actor.personId, role: 'citizen' },
      data: { kind: question.kind, apiId, producerId, dueAt: dueAt.toISOString() },
    });
    return id;
  });
}

/**
 * Answers a question on an API of the actor's organisation, once and for good; the person is told by mail. Throws
 * `not-found` for another organisation's, `invalid-input`, `exchange.question-is-answered`.
 */
export async function answerQuestion(
  kernel: Needs,
  actor: Actor,
  id: string,
  { producers, answer: typed }: { readonly producers: readonly string[]; readonly answer: string },
): Promise<void> {
  const { db, clock, mailer, config } = kernel;
  const answer = tidiedLines(typed);
  await db.transaction().execute(async (trx) => {
    const question = await lockQuestion(trx, { producers }, id);
    if (!question) throw notFound();
    if (question.answeredAt !== null) throw questionIsAnswered();
    const faults = faultsOfText('answer', answer);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const now = clock.now();
    await updateAnswer(trx, id, { answer, by: actor.personId, at: now });
    const contact = await findContactOf(kernel, trx, question.askedBy);
    if (contact !== null) {
      const words = peopleMessages(contact.locale).mail;
      const link = addressOf(config, `/exchange/my-data/questions/${id}`);
      await mailer.send(trx, {
        to: contact.email,
        locale: contact.locale,
        subject: words.answeredSubject,
        text: words.answeredText(question.producerName, link),
      });
    }
    await appendToLedger(trx, now, {
      kind: 'exchange.question-answered',
      subject: `exchange/question/${id}`,
      actor: { kind: 'person', personId: actor.personId, role: 'data-producer' },
      data: { apiId: question.apiId, wasLate: now > question.dueAt },
    });
  });
}

function addressOf(config: Pick<Config, 'publicUrl' | 'port'>, path: string): string {
  return `${siteAddress(config)}${path}`;
}
