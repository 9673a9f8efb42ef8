// Requests over the REST interface: read, begin, write, submit, decide, and every other step.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { checksOfRequest, revokeRequest, submitRequest } from './decisions.actions.ts';
import {
  claimRequest,
  copyRequest,
  createRequest,
  handOverDraft,
  prepareDraftFor,
  saveDraft,
} from './drafts.actions.ts';
import { decide } from './instruction.routes.ts';
import {
  archiveRequest,
  cancelReopening,
  reopenRequest,
  sendMessage,
  transferRequest,
} from './reopenings.actions.ts';
import { seenRequest } from './request-at.ts';
import { instructs, organisationsAppliedFor, requestsSeenBy } from './request-states.rules.ts';
import type { ReadRequest } from './request-steps.actions.ts';
import { faulty } from './request-steps.actions.ts';
import { requestsPermissions } from './requests.permissions.ts';
import { findActiveAccreditation, listRequests, listScopesOffered } from './requests.repository.ts';
import { requestFilterOf } from './requests.routes.ts';
import {
  claimParams,
  copyBody,
  decisionBody,
  draftBody,
  listedRequestSchema,
  messageBody,
  newRequestBody,
  preparationBody,
  requestParams,
  requestSchema,
  requestsApiQuery,
  stepBody,
  submissionBody,
  transferBody,
} from './requests.schemas.ts';
import type { ListedRequest } from './requests.types.ts';

const path = '/api/v1/exchange/requests';
const tags = ['exchange'];
const { readRequests, writeRequests, applyForAccreditation, instructRequests } = requestsPermissions;

/** `/api/v1/exchange/requests` and what is under it. */
export function requestsApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
  stepsApi(untyped, kernel);
}

function asListed(request: ListedRequest) {
  return {
    id: request.id,
    number: request.number,
    title: request.title,
    template: request.template,
    stage: request.stage,
    state: request.state,
    isReopened: request.reopenedAt !== null,
    organisationId: request.organisationId,
    organisationName: request.organisationName,
    applicantId: request.applicantId,
    applicantName: request.applicantName,
    submittedAt: request.submittedAt?.toISOString() ?? null,
    decidedAt: request.decidedAt?.toISOString() ?? null,
    createdAt: request.createdAt.toISOString(),
    changedAt: request.changedAt.toISOString(),
    apis: [...request.apiNames],
  };
}

async function asJson(kernel: Kernel, actor: Actor, id: string) {
  const { db } = kernel;
  const { request, form, scopes, events } = await seenRequest(db, actor, id);
  const judges = instructs(actor) || organisationsAppliedFor(actor).includes(request.organisationId);
  const [accreditation, checks] = await Promise.all([
    findActiveAccreditation(db, id),
    judges ? checksOfRequest(db, kernel, request, scopes) : [],
  ]);
  return {
    ...asListed(request),
    title: form.title ?? '',
    version: request.version,
    form: { ...form },
    scopes: scopes.map((scope) => ({
      api: scope.apiSlug,
      apiName: scope.apiName,
      scope: scope.name,
      title: scope.title,
      isSensitive: scope.isSensitive,
      producerId: scope.producerId,
      producerName: scope.producerName,
    })),
    accreditationId: accreditation?.id ?? null,
    checks,
    events: events.map(({ kind, at, byName, text }) => ({ kind, at: at.toISOString(), by: byName, text })),
  };
}

function readingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const config = { permission: readRequests };

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the requests for accreditation that you see, those that changed last first',
        tags,
        querystring: requestsApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(listedRequestSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const reach = requestsSeenBy(actorOf(request));
      const page = { after: cursor ?? null, limit: limit + 1 };
      const found = await listRequests(db, reach, requestFilterOf(query, clock.now()), page);
      const items = found.slice(0, limit).map(asListed);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config,
      schema: {
        summary: 'Read one request with its form, scopes, checks and history',
        tags,
        params: requestParams,
        response: { 200: requestSchema },
      },
    },
    (request) => asJson(kernel, actorOf(request), request.params.id),
  );
}

/** The ids of scopes named by API and name. Throws `invalid-input` when one is not on offer. */
async function scopeIdsOf(
  db: Db,
  named: readonly { readonly api: string; readonly scope: string }[],
): Promise<string[]> {
  const offered = await listScopesOffered(db);
  return named.map(({ api, scope }) => {
    const found = offered.find(({ apiSlug, name }) => apiSlug === api && name === scope);
    if (!found)
      throw faulty(
        'scopes',
        `Le périmètre ${scope} de ${api} n’est pas proposé.`,
        `The scope ${scope} of ${api} is not offered.`,
      );
    return found.scopeId;
  });
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const answered = { 201: requestSchema };

  app.post(
    path,
    {
      config: { permission: applyForAccreditation },
      schema: { summary: 'Begin a request from a use case', tags, body: newRequestBody, response: answered },
    },
    async (request, reply) => {
      const id = await createRequest(kernel, actorOf(request), request.body);
      reply.code(201).header('location', `${path}/${id}`);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    '/api/v1/exchange/prepared-requests',
    {
      config: { permission: instructRequests },
      schema: {
        summary: 'Begin a request for somebody, who claims it by a link',
        tags,
        body: preparationBody,
        response: answered,
      },
    },
    async (request, reply) => {
      const id = await prepareDraftFor(kernel, actorOf(request), request.body);
      reply.code(201).header('location', `${path}/${id}`);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    '/api/v1/exchange/request-claims/:token',
    {
      config: { permission: applyForAccreditation },
      schema: {
        summary: 'Claim a draft by its link',
        tags,
        params: claimParams,
        response: { 200: requestSchema },
      },
    },
    async (request) => {
      const id = await claimRequest(kernel, actorOf(request), request.params.token);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/copy`,
    {
      config: { permission: writeRequests },
      schema: { summary: 'Copy a request', tags, params: requestParams, body: copyBody, response: answered },
    },
    async (request, reply) => {
      const id = await copyRequest(kernel, actorOf(request), request.params.id, request.body.stage ?? '');
      reply.code(201).header('location', `${path}/${id}`);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.put(
    `${path}/:id`,
    {
      config: { permission: writeRequests },
      schema: {
        summary: 'Save part of a draft: the fields given, and the scopes where they are',
        tags,
        params: requestParams,
        body: draftBody,
        response: { 200: requestSchema },
      },
    },
    async (request) => {
      const { version, form = {}, scopes } = request.body;
      const { id } = request.params;
      const input = { form, ...(scopes ? { scopeIds: await scopeIdsOf(db, scopes) } : {}) };
      await saveDraft(kernel, actorOf(request), { id, version }, input);
      return asJson(kernel, actorOf(request), id);
    },
  );
}

function stepsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const response = { 200: requestSchema };
  const params = requestParams;

  app.post(
    `${path}/:id/submit`,
    {
      config: { permission: applyForAccreditation },
      schema: {
        summary: 'Submit a request, or submit it again',
        tags,
        params,
        body: submissionBody,
        response,
      },
    },
    async (request) => {
      const { version, acceptsTerms, dpoIsInformed = false } = request.body;
      const { id } = request.params;
      await submitRequest(kernel, actorOf(request), { id, version }, { acceptsTerms, dpoIsInformed });
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/decision`,
    {
      config: { permission: instructRequests },
      schema: {
        summary: 'Decide on a submitted request, once for all the producers concerned',
        tags,
        params,
        body: decisionBody,
        response,
      },
    },
    async (request) => {
      const { version, decision, text = '', quotaPerMinute, validUntil = '' } = request.body;
      const { id } = request.params;
      const typed = { decision, text, quotaPerMinute: String(quotaPerMinute ?? ''), validUntil };
      await decide(kernel, actorOf(request), { id, version }, typed);
      return asJson(kernel, actorOf(request), id);
    },
  );

  const steps: Record<
    string,
    {
      summary: string;
      instructs?: true;
      take: (actor: Actor, read: ReadRequest, text: string) => Promise<void>;
    }
  > = {
    reopen: {
      summary: 'Reopen a validated request',
      take: (actor, read, text) => reopenRequest(kernel, actor, read, text),
    },
    'cancel-reopening': {
      summary: 'Cancel the reopening of a request',
      take: (actor, read) => cancelReopening(kernel, actor, read),
    },
    archive: {
      summary: 'Archive a request',
      take: (actor, read, text) => archiveRequest(kernel, actor, read, text),
    },
    revoke: {
      summary: 'Revoke what a request was granted',
      instructs: true,
      take: (actor, read, text) => revokeRequest(kernel, actor, read, text),
    },
    'hand-over': {
      summary: 'Send the link that claims a prepared draft',
      instructs: true,
      take: (actor, read) => handOverDraft(kernel, actor, read),
    },
  };
  for (const [step, { summary, instructs: decides, take }] of Object.entries(steps)) {
    app.post(
      `${path}/:id/${step}`,
      {
        config: { permission: decides ? instructRequests : writeRequests },
        schema: { summary, tags, params, body: stepBody, response },
      },
      async (request) => {
        const { version, text = '' } = request.body;
        const { id } = request.params;
        await take(actorOf(request), { id, version }, text);
        return asJson(kernel, actorOf(request), id);
      },
    );
  }

  app.post(
    `${path}/:id/transfer`,
    {
      config: { permission: writeRequests },
      schema: {
        summary: 'Transfer a request; to another organisation, an instructor accepts it',
        tags,
        params,
        body: transferBody,
        response: { 200: Type.Object({ waits: Type.Boolean() }) },
      },
    },
    async (request) => {
      const { version, organisationId = '', email } = request.body;
      const read = { id: request.params.id, version };
      return transferRequest(kernel, actorOf(request), read, { organisationId, email });
    },
  );

  app.post(
    `${path}/:id/messages`,
    {
      config: { permission: writeRequests },
      schema: { summary: 'Write a message on a request', tags, params, body: messageBody, response },
    },
    async (request) => {
      const { id } = request.params;
      await sendMessage(kernel, actorOf(request), id, request.body.text);
      return asJson(kernel, actorOf(request), id);
    },
  );
}
