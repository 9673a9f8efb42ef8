// Requests for opinions over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Actor, Permission } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { issueOpinion, publishOpinion } from './decisions.actions.ts';
import { answerConsultation, askComplements, resumeRequest } from './examination.actions.ts';
import { opinionsPermissions } from './opinions.permissions.ts';
import { findOpinionOfRequest } from './opinions.repository.ts';
import {
  answerBody,
  askedBody,
  axesBody,
  commentBody,
  decisionBody,
  idParams,
  newRequestBody,
  publicationBody,
  reasonBody,
  requestsApiQuery,
} from './opinions.schemas.ts';
import type { ClockedRequest, Opinion } from './opinions.types.ts';
import { requestsSeenBy } from './request-access.rules.ts';
import { requestAt } from './request-at.ts';
import { asSeenBy } from './request-view.ts';
import { draftRequest, submitRequest, withdrawRequest, writeAxes } from './requests.actions.ts';
import { listRequests } from './requests.repository.ts';

const path = '/api/v1/opinion-requests';
const tags = ['portfolio'];
const whole = Type.Record(Type.String(), Type.Unknown(), {
  description: 'A request with its clock, complements, consultations and opinion.',
});

function asJson(request: ClockedRequest, opinion: Opinion | undefined): Record<string, unknown> {
  return JSON.parse(JSON.stringify({ ...request, opinion: opinion ?? null })) as Record<string, unknown>;
}

/** `/api/v1/opinion-requests` and what is under it. */
export function requestsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config } = kernel;
  const reading = { permission: opinionsPermissions.followOpinionRequests };
  const today = () => dayIn(clock.now(), config.timeZone);

  async function read(actor: Actor, id: string) {
    const [found, opinion] = await Promise.all([
      requestAt(db, actor, id),
      isUuid(id) ? findOpinionOfRequest(db, id) : undefined,
    ]);
    return asJson(asSeenBy(actor, found, today()), opinion);
  }

  app.get(
    path,
    {
      config: reading,
      schema: {
        summary: 'List the requests for opinions that the caller sees, the newest first',
        tags,
        querystring: requestsApiQuery,
        response: {
          200: Type.Object({ items: Type.Array(whole), next: Type.Union([Type.Integer(), Type.Null()]) }),
        },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const { limit, cursor, state, fileId } = request.query;
      if (fileId !== undefined && !isUuid(fileId)) return { items: [], next: null };
      const filter = { ...(state ? { states: [state] } : {}), ...(fileId ? { fileId } : {}) };
      const page = { before: cursor ?? null, limit: limit + 1 };
      const found = await listRequests(db, requestsSeenBy(actor), filter, page);
      const items = found.slice(0, limit);
      return {
        items: items.map((one) => asJson(asSeenBy(actor, one, today()), undefined)),
        next: found.length > limit ? (items.at(-1)?.number ?? null) : null,
      };
    },
  );

  app.get(
    `${path}/:id`,
    { config: reading, schema: { summary: 'A request', tags, params: idParams, response: { 200: whole } } },
    (request) => read(actorOf(request), request.params.id),
  );

  app.post(
    path,
    {
      config: { permission: opinionsPermissions.draftOpinionRequest },
      schema: {
        summary: 'Draft a request on a project file',
        tags,
        body: newRequestBody,
        response: { 201: whole },
      },
    },
    async (request, reply) => {
      const made = await draftRequest(kernel, actorOf(request), request.body);
      return reply.status(201).send(asJson(asSeenBy(actorOf(request), made, today()), undefined));
    },
  );

  app.put(
    `${path}/:id/axes`,
    {
      config: { permission: opinionsPermissions.draftOpinionRequest },
      schema: {
        summary: 'Write a draft’s axes anew',
        tags,
        params: idParams,
        body: axesBody,
        response: { 200: whole },
      },
    },
    async (request) => {
      await writeAxes(kernel, actorOf(request), request.params.id, request.body);
      return read(actorOf(request), request.params.id);
    },
  );

  /** A deed on a request: POST, then the request as it is after it. */
  function deed<B extends TSchema | undefined>(
    name: string,
    permission: Permission,
    summary: string,
    body: B,
    work: (
      actor: Actor,
      id: string,
      body: B extends TSchema ? Type.Static<B> : undefined,
    ) => Promise<unknown>,
  ): void {
    app.post(
      `${path}/:id/${name}`,
      {
        config: { permission },
        schema: { summary, tags, params: idParams, ...(body ? { body } : {}), response: { 200: whole } },
      },
      async (request: FastifyRequest) => {
        const { id } = request.params as { id: string };
        const actor = actorOf(request);
        await work(actor, id, request.body as B extends TSchema ? Type.Static<B> : undefined);
        return read(actor, id);
      },
    );
  }

  const { submitOpinionRequest, examineOpinionRequest, answerComplements, commentOpinionRequest } =
    opinionsPermissions;
  deed('submission', submitOpinionRequest, 'Submit a draft: the clock starts', undefined, (actor, id) =>
    submitRequest(kernel, actor, id),
  );
  deed(
    'complements',
    examineOpinionRequest,
    'Ask for complements: the clock stops',
    askedBody,
    (actor, id, { asked }) => askComplements(kernel, actor, id, asked),
  );
  deed(
    'answers',
    answerComplements,
    'Give complements, or resume without: the clock runs again',
    answerBody,
    (actor, id, { answer }) => resumeRequest(kernel, actor, id, answer),
  );
  deed(
    'comments',
    commentOpinionRequest,
    'Comment as the consulted body that the caller is of',
    commentBody,
    (actor, id, comment) => answerConsultation(kernel, actor, id, comment),
  );
  deed('withdrawal', submitOpinionRequest, 'Withdraw a request', reasonBody, (actor, id, { reason }) =>
    withdrawRequest(kernel, actor, id, reason),
  );
  deed(
    'opinion',
    examineOpinionRequest,
    'Give the opinion, with the probability that the project ends within its frame',
    decisionBody,
    (actor, id, { axes, ...opinion }) => issueOpinion(kernel, actor, id, { ...opinion, ...axes }),
  );
  deed(
    'publications',
    examineOpinionRequest,
    'Publish the opinion without the passages between double brackets',
    publicationBody,
    (actor, id, publication) => publishOpinion(kernel, actor, id, publication),
  );
}
