// Pages of questions: one's own, those that a producer answers, and those on a consumer's accesses.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findPeopleNames } from '#modules/identity/public.ts';
import type { Actor, Permission } from '#platform/access.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { CONSUMER_ROLES, organisationsWhere } from '../consumers/consumer-access.rules.ts';
import { peoplePermissions } from './people.permissions.ts';
import { answerForm, questionParams, questionQuery, questionsQuery } from './people.schemas.ts';
import type { Question, QuestionReach } from './people.types.ts';
import { answerQuestion } from './questions.actions.ts';
import { QUESTION_LISTS, type QuestionSide, questionPage, questionsPage } from './questions.pages.ts';
import { findQuestion, listQuestions } from './questions.repository.ts';

const PAGE_SIZE = 50;

const PERMISSIONS: Record<QuestionSide, Permission> = {
  person: peoplePermissions.readOwnAccesses,
  producer: peoplePermissions.answerQuestions,
  consumer: peoplePermissions.readQuestionsOnUs,
};

/** Whose questions the actor sees on a side. */
export function questionsSeenBy(actor: Actor, side: QuestionSide): QuestionReach {
  if (side === 'person') return { askedBy: actor.personId };
  return side === 'producer'
    ? { producers: organisationsWhere(actor, ['data-producer']) }
    : { consumers: organisationsWhere(actor, CONSUMER_ROLES) };
}

/** The question that an address names, as far as the actor sees it on a side. Throws `not-found` otherwise. */
async function questionAt(
  { db }: Pick<Kernel, 'db'>,
  actor: Actor,
  side: QuestionSide,
  id: string,
): Promise<Question> {
  const question = isUuid(id) ? await findQuestion(db, questionsSeenBy(actor, side), id) : undefined;
  if (!question) throw notFound();
  return question;
}

/** `/exchange/my-data/questions`, `/exchange/producer/questions`, `/exchange/consumer/questions` and what is under them. */
export function questionsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const { timeZone } = settings;

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    side: QuestionSide,
    question: Question,
    more: { done?: 'sent' | 'answered'; typed?: string; faults?: readonly FieldError[] } = {},
  ) {
    const { done = null, typed = '', faults = [] } = more;
    const isProducer = side === 'producer';
    const names = isProducer ? await findPeopleNames(db, [question.askedBy]) : null;
    const page = questionPage(request.locale, {
      side,
      question,
      askerName: names?.get(question.askedBy) ?? null,
      done,
      now: clock.now(),
      timeZone,
      answering:
        isProducer && question.answeredAt === null ? { csrf: csrfField(request), typed, faults } : null,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  for (const side of Object.keys(QUESTION_LISTS) as QuestionSide[]) {
    const config = { permission: PERMISSIONS[side] };

    app.get(
      QUESTION_LISTS[side],
      { config, schema: { querystring: questionsQuery } },
      async (request, reply) => {
        const after = request.query.cursor ?? null;
        if (after !== null && !isUuid(after)) throw notFound();
        const reach = questionsSeenBy(actorOf(request), side);
        const found = await listQuestions(db, reach, { after, limit: PAGE_SIZE + 1 });
        const items = found.slice(0, PAGE_SIZE);
        const page = questionsPage(request.locale, {
          side,
          items,
          next: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null,
          isFirst: after === null,
          now: clock.now(),
          timeZone,
        });
        return sendPage(reply, page);
      },
    );

    app.get(
      `${QUESTION_LISTS[side]}/:id`,
      { config, schema: { params: questionParams, querystring: questionQuery } },
      async (request, reply) => {
        const question = await questionAt(kernel, actorOf(request), side, request.params.id);
        const { done } = request.query;
        return show(request, reply, side, question, done === undefined ? {} : { done });
      },
    );
  }

  app.post(
    `${QUESTION_LISTS.producer}/:id/answer`,
    { config: { permission: PERMISSIONS.producer }, schema: { params: questionParams, body: answerForm } },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = await questionAt(kernel, actor, 'producer', request.params.id);
      const { answer = '' } = request.body;
      const producers = organisationsWhere(actor, ['data-producer']);
      const attempt = await attemptForm(() => answerQuestion(kernel, actor, id, { producers, answer }));
      if (attempt.done) return reply.redirect(`${QUESTION_LISTS.producer}/${id}?done=answered`, 303);
      const question = await questionAt(kernel, actor, 'producer', id);
      return show(request, reply, 'producer', question, { typed: answer, faults: attempt.faults });
    },
  );
}
