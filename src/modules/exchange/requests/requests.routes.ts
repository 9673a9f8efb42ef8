// Pages of requests: lists, the queue, one request, messages. Writing, deciding and steps are mounted from here.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { instructionRoutes } from './instruction.routes.ts';
import { sendMessage } from './reopenings.actions.ts';
import { requestPage } from './request.pages.ts';
import { seenRequest } from './request-at.ts';
import { summariseTimes } from './request-events.repository.ts';
import { requestFormRoutes } from './request-form.routes.ts';
import { requestAddress } from './request-parts.pages.ts';
import {
  instructs,
  mayTake,
  organisationsAppliedFor,
  partsIn,
  type RequestStep,
  requestsSeenBy,
  TRANSITIONS,
} from './request-states.rules.ts';
import { requestTimesRoutes } from './request-times.routes.ts';
import { lateBefore, summarySince } from './request-times.rules.ts';
import { queuePage, type RequestsQuery, requestsPage } from './requests.pages.ts';
import { requestsPermissions } from './requests.permissions.ts';
import {
  countRequests,
  eachRequest,
  findActiveAccreditation,
  findClaimExpiry,
  listApisAskedFor,
  listRequests,
  listWaitingRequests,
} from './requests.repository.ts';
import { messageForm, requestParams, requestsQuery } from './requests.schemas.ts';
import { type ListedRequest, REQUEST_STATES, type RequestFilter } from './requests.types.ts';

const PAGE_SIZE = 50;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const STEPS = [...new Set(TRANSITIONS.map(({ step }) => step))];

const COLUMNS = [
  'number',
  'title',
  'template',
  'stage',
  'state',
  'organisation',
  'apis',
  'submitted_at',
  'decided_at',
  'created_at',
  'changed_at',
];

/** What a query narrows the list by; empty values narrow nothing, and what is no id finds nothing. */
export function requestFilterOf(
  { search, state, api, organisation, overdue }: RequestsQuery,
  now: Date,
): RequestFilter {
  const known = REQUEST_STATES.find((one) => one === state);
  return {
    ...(search ? { search } : {}),
    ...(known ? { state: known } : {}),
    ...(api ? { apiId: isUuid(api) ? api : NOBODY } : {}),
    ...(organisation ? { organisationId: isUuid(organisation) ? organisation : NOBODY } : {}),
    ...(overdue === 'on' ? { submittedBefore: lateBefore(now) } : {}),
  };
}

async function* rowsOf(requests: AsyncIterable<ListedRequest>): AsyncGenerator<Cell[]> {
  for await (const request of requests) {
    yield [
      request.number,
      request.title,
      request.template,
      request.stage,
      request.state,
      request.organisationName,
      request.apiNames.join(', '),
      request.submittedAt?.toISOString() ?? null,
      request.decidedAt?.toISOString() ?? null,
      request.createdAt.toISOString(),
      request.changedAt.toISOString(),
    ];
  }
}

/** `/exchange/requests` and what is under it. */
export function requestsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  requestTimesRoutes(untyped, kernel);
  requestFormRoutes(untyped, kernel);
  instructionRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, { db, clock, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const read = { permission: requestsPermissions.readRequests };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: RequestsQuery & { readonly cursor?: string },
    list: 'queue' | 'all',
  ) {
    const actor = actorOf(request);
    const { cursor, ...query } = typed;
    if (cursor !== undefined && !isUuid(cursor)) throw notFound();
    const now = clock.now();
    const reach = requestsSeenBy(actor);
    const filter = requestFilterOf(query, now);
    const page = { after: cursor ?? null, limit: PAGE_SIZE + 1 };
    const waits = list === 'queue' && filter.state === 'submitted';
    const mayInstruct = instructs(actor);
    const [found, total, apis, organisations, times] = await Promise.all([
      waits ? listWaitingRequests(db, filter, page) : listRequests(db, reach, filter, page),
      countRequests(db, reach, filter),
      listApisAskedFor(db, reach),
      mayInstruct ? listOrganisations(db) : [],
      summariseTimes(db, summarySince(now)),
    ]);
    const items = found.slice(0, PAGE_SIZE);
    const view = {
      query,
      items,
      total,
      next: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null,
      isFirst: cursor === undefined,
      apis,
      organisations,
      may: { apply: organisationsAppliedFor(actor).length > 0, instruct: mayInstruct },
      times,
      now,
      timeZone: config.timeZone,
    };
    return sendPage(reply, (list === 'queue' ? queuePage : requestsPage)(request.locale, view));
  }

  app.get('/exchange/requests', { config: read, schema: { querystring: requestsQuery } }, (request, reply) =>
    show(request, reply, { ...request.query, overdue: '' }, 'all'),
  );

  app.get(
    '/exchange/requests.csv',
    { config: read, schema: { querystring: requestsQuery } },
    (request, reply) => {
      const filter = requestFilterOf({ ...request.query, overdue: '' }, clock.now());
      const source = eachRequest(db, requestsSeenBy(actorOf(request)), filter);
      return sendCsv(reply, 'requests.csv', COLUMNS, rowsOf(source));
    },
  );

  app.get(
    '/exchange/requests/queue',
    { config: { permission: requestsPermissions.instructRequests }, schema: { querystring: requestsQuery } },
    (request, reply) => {
      const { state = '', ...query } = request.query;
      return show(request, reply, { ...query, state: state === '' ? 'submitted' : state }, 'queue');
    },
  );
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config } = kernel;
  const { readRequests, writeRequests } = requestsPermissions;

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typed: { text?: string } = {},
    faults: readonly FieldError[] = [],
  ) {
    const actor = actorOf(request);
    const seen = await seenRequest(db, actor, id);
    const [accreditation, claimUntil] = await Promise.all([
      findActiveAccreditation(db, id),
      seen.request.applicantId === null ? findClaimExpiry(db, id) : null,
    ]);
    const page = requestPage(request.locale, {
      ...seen,
      csrf: csrfField(request),
      parts: partsIn(actor, seen.request),
      may: STEPS.filter((step: RequestStep) => mayTake(actor, step, seen.request)),
      accreditation,
      claimUntil,
      timeZone: config.timeZone,
      typed,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/exchange/requests/:id',
    { config: { permission: readRequests }, schema: { params: requestParams } },
    (request, reply) => show(request, reply, request.params.id),
  );

  app.post(
    '/exchange/requests/:id/messages',
    { config: { permission: writeRequests }, schema: { params: requestParams, body: messageForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { text } = request.body;
      const attempt = await attemptForm(() => sendMessage(kernel, actorOf(request), id, text));
      if (attempt.done) return reply.redirect(`${requestAddress(id)}#thread`, 303);
      return show(request, reply, id, { text }, attempt.faults);
    },
  );
}
