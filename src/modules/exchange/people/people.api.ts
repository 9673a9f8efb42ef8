// The person's room over the REST interface: one's accesses, asking about one, and the answers; and answering, for a producer.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { organisationsWhere } from '../consumers/consumer-access.rules.ts';
import { listOwnAccesses } from './own-accesses.repository.ts';
import { ownSubjectHash } from './own-subject.ts';
import { peoplePermissions } from './people.permissions.ts';
import { ownAccessAt } from './people.routes.ts';
import { accessPlaceOf, accessWord } from './people.rules.ts';
import {
  accessesApiQuery,
  accessParams,
  accessSchema,
  answerBody,
  questionBody,
  questionParams,
  questionSchema,
  questionsQuery,
} from './people.schemas.ts';
import type { OwnAccess, Question, QuestionReach } from './people.types.ts';
import { answerQuestion, askAboutAccess } from './questions.actions.ts';
import { findQuestion, listQuestions } from './questions.repository.ts';
import { questionsSeenBy } from './questions.routes.ts';

const tags = ['exchange'];
const path = '/api/v1/exchange';
const AT_ONCE = 100;

const cursor = Type.Union([Type.String(), Type.Null()]);

function accessJson(access: OwnAccess) {
  return {
    access: accessWord(access),
    at: access.at.toISOString(),
    consumer: access.organisationName,
    purpose: access.purpose,
    producer: access.producerName,
    api: access.apiName,
    verdict: access.verdict,
  };
}

function questionJson(question: Question) {
  return {
    id: question.id,
    number: question.number,
    kind: question.kind,
    access: accessWord(question),
    api: question.apiName,
    producer: question.producerName,
    consumer: question.organisationName,
    text: question.text,
    askedAt: question.askedAt.toISOString(),
    dueAt: question.dueAt.toISOString(),
    answeredAt: question.answeredAt?.toISOString() ?? null,
    answer: question.answer,
  };
}

/** `/api/v1/exchange/my-data` and `/api/v1/exchange/producer/questions`. */
export function peopleApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const own = { permission: peoplePermissions.readOwnAccesses };

  async function read(reach: QuestionReach, id: string) {
    const question = isUuid(id) ? await findQuestion(db, reach, id) : undefined;
    if (!question) throw notFound();
    return questionJson(question);
  }

  app.get(
    `${path}/my-data/accesses`,
    {
      config: own,
      schema: {
        summary: 'List who obtained data about oneself, the latest first',
        tags,
        querystring: accessesApiQuery,
        response: { 200: Type.Object({ items: Type.Array(accessSchema), next: cursor }) },
      },
    },
    async (request) => {
      const { cursor: from, outcome = 'allowed', limit } = request.query;
      const before = from === undefined ? null : accessPlaceOf(from);
      const hash = await ownSubjectHash(kernel, actorOf(request).personId);
      if (hash === null) return { items: [], next: null };
      const found = await listOwnAccesses(db, hash, outcome, { before, limit: limit + 1 });
      const items = found.slice(0, limit).map(accessJson);
      return { items, next: found.length > limit ? (items.at(-1)?.access ?? null) : null };
    },
  );

  app.post(
    `${path}/my-data/accesses/:access/questions`,
    {
      config: own,
      schema: {
        summary: 'Ask about an access to one’s own data, or contest it',
        tags,
        params: accessParams,
        body: questionBody,
        response: { 201: questionSchema },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const access = await ownAccessAt(kernel, actor, request.params.access);
      const id = await askAboutAccess(kernel, actor, access, request.body);
      return reply.code(201).send(await read({ askedBy: actor.personId }, id));
    },
  );

  const lists = {
    'my-data': {
      permission: peoplePermissions.readOwnAccesses,
      side: 'person',
      whose: 'one’s own questions',
    },
    producer: {
      permission: peoplePermissions.answerQuestions,
      side: 'producer',
      whose: 'questions on one’s APIs',
    },
  } as const;
  for (const [word, { permission, side, whose }] of Object.entries(lists)) {
    app.get(
      `${path}/${word}/questions`,
      {
        config: { permission },
        schema: {
          summary: `List ${whose}, the latest first`,
          tags,
          querystring: questionsQuery,
          response: { 200: Type.Object({ items: Type.Array(questionSchema), next: cursor }) },
        },
      },
      async (request) => {
        const after = request.query.cursor ?? null;
        if (after !== null && !isUuid(after)) throw notFound();
        const reach = questionsSeenBy(actorOf(request), side);
        const found = await listQuestions(db, reach, { after, limit: AT_ONCE + 1 });
        const items = found.slice(0, AT_ONCE).map(questionJson);
        return { items, next: found.length > AT_ONCE ? (items.at(-1)?.id ?? null) : null };
      },
    );
  }

  app.post(
    `${path}/producer/questions/:id/answer`,
    {
      config: { permission: peoplePermissions.answerQuestions },
      schema: {
        summary: 'Answer a question on one of one’s APIs, once and for good',
        tags,
        params: questionParams,
        body: answerBody,
        response: { 200: questionSchema },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const producers = organisationsWhere(actor, ['data-producer']);
      const { id } = await read({ producers }, request.params.id);
      await answerQuestion(kernel, actor, id, { producers, answer: request.body.answer });
      return read({ producers }, id);
    },
  );
}
