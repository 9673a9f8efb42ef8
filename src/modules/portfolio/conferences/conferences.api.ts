// Conferences over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { listRecommendationsFrom } from '../recommendations/recommendations.repository.ts';
import { conferenceReachOf } from './conference-access.rules.ts';
import {
  arrangeAgenda,
  commentSheet,
  conferenceAt,
  giveBackSheets,
  handInSheets,
  openConference,
} from './conferences.actions.ts';
import { conferencesPermissions } from './conferences.permissions.ts';
import { listConferenceItems, listConferences } from './conferences.repository.ts';
import {
  agendaBody,
  commentForm,
  conclusionsForm,
  conferenceForm,
  conferenceParams,
  conferenceSchema,
  conferencesApiQuery,
  itemDecisionBody,
  itemParams,
  itemRecommendationForm,
  listedConferenceSchema,
  readForm,
  sessionForm,
} from './conferences.schemas.ts';
import type { Conference } from './conferences.types.ts';
import {
  closeConference,
  concludeItem,
  decideItem,
  recommendOnItem,
  recordSession,
} from './session.actions.ts';

const path = '/api/v1/conferences';
const tags = ['portfolio'];
const { readConferences, holdConferences, prepareConferences } = conferencesPermissions;

function asListed(one: Conference) {
  return {
    ...one,
    preparedAt: one.preparedAt?.toISOString() ?? null,
    closedAt: one.closedAt?.toISOString() ?? null,
  };
}

async function asJson({ db }: Kernel, actor: Actor, id: string) {
  const conference = await conferenceAt(db, actor, id);
  const [items, recommendations] = await Promise.all([
    listConferenceItems(db, conference.id),
    listRecommendationsFrom(db, conference.id),
  ]);
  return {
    ...asListed(conference),
    agenda: items.map(({ conferenceId: _, ...item }) => ({
      ...item,
      why: item.why.kind === 'difficulty' ? { ...item.why, rules: [...item.why.rules] } : item.why,
    })),
    recommendationIds: recommendations.map((one) => one.id),
  };
}

/** `/api/v1/conferences` and what is under it. */
export function conferencesApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  preparingApi(untyped, kernel);
  sessionApi(untyped, kernel);
}

function readingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readConferences };

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the conferences that you see, the latest first',
        tags,
        querystring: conferencesApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(listedConferenceSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const page = { after: cursor ?? null, limit: limit + 1 };
      const found = await listConferences(kernel.db, conferenceReachOf(actorOf(request)), page);
      const items = found.slice(0, limit).map(asListed);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config,
      schema: {
        summary: 'Read one conference with its agenda and sheets',
        tags,
        params: conferenceParams,
        response: { 200: conferenceSchema },
      },
    },
    (request) => asJson(kernel, actorOf(request), request.params.id),
  );
}

const answer = (summary: string, params: TSchema = conferenceParams) => ({
  summary,
  tags,
  params,
  response: { 200: conferenceSchema },
});

function preparingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const holds = { permission: holdConferences };
  const prepares = { permission: prepareConferences };

  app.post(
    path,
    {
      config: holds,
      schema: {
        summary: 'Open a conference for a ministry and a day, with the agenda that the watch proposes',
        tags,
        body: conferenceForm,
        response: { 201: conferenceSchema },
      },
    },
    async (request, reply) => {
      const id = await openConference(kernel, actorOf(request), request.body);
      reply.code(201).header('location', `${path}/${id}`);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.put(
    `${path}/:id/agenda`,
    {
      config: holds,
      schema: { ...answer('Write the agenda in its order'), params: conferenceParams, body: agendaBody },
    },
    async (request) => {
      const { version, fileIds } = request.body;
      const { id } = request.params;
      await arrangeAgenda(kernel, actorOf(request), { id, version }, () => fileIds);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.put(
    `${path}/:id/items/:item/comment`,
    {
      config: prepares,
      schema: { ...answer('Write what the ministry adds to a sheet'), params: itemParams, body: commentForm },
    },
    async (request) => {
      const { version, comment } = request.body;
      const { id, item: itemId } = request.params;
      await commentSheet(kernel, actorOf(request), { id, version }, { itemId, comment });
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/sheets`,
    {
      config: prepares,
      schema: { ...answer('Hand the sheets in'), params: conferenceParams, body: readForm },
    },
    async (request) => {
      const { id } = request.params;
      await handInSheets(kernel, actorOf(request), { id, version: request.body.version });
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/giving-back`,
    {
      config: holds,
      schema: { ...answer('Give the sheets back to the ministry'), params: conferenceParams, body: readForm },
    },
    async (request) => {
      const { id } = request.params;
      await giveBackSheets(kernel, actorOf(request), { id, version: request.body.version });
      return asJson(kernel, actorOf(request), id);
    },
  );
}

function sessionApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: holdConferences };

  app.put(
    `${path}/:id/session`,
    {
      config,
      schema: {
        ...answer('Write who took part and the summary'),
        params: conferenceParams,
        body: sessionForm,
      },
    },
    async (request) => {
      const { version, ...typed } = request.body;
      const { id } = request.params;
      await recordSession(kernel, actorOf(request), { id, version }, typed);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.put(
    `${path}/:id/items/:item/conclusions`,
    {
      config,
      schema: {
        ...answer('Write what the session concludes on a project'),
        params: itemParams,
        body: conclusionsForm,
      },
    },
    async (request) => {
      const { version, conclusions } = request.body;
      const { id, item: itemId } = request.params;
      await concludeItem(kernel, actorOf(request), { id, version }, { itemId, conclusions });
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/items/:item/decision`,
    {
      config,
      schema: {
        ...answer('Decide on a project and all its open alerts, once'),
        params: itemParams,
        body: itemDecisionBody,
      },
    },
    async (request) => {
      const { version, until = '', ...typed } = request.body;
      const { id, item: itemId } = request.params;
      await decideItem(kernel, actorOf(request), { id, version }, { ...typed, until, itemId });
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/items/:item/recommendations`,
    {
      config,
      schema: {
        ...answer('Issue a recommendation of the session into the register'),
        params: itemParams,
        body: itemRecommendationForm,
      },
    },
    async (request) => {
      const { version, ...typed } = request.body;
      const { id, item: itemId } = request.params;
      await recommendOnItem(kernel, actorOf(request), { id, version }, { itemId, ...typed });
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/closure`,
    {
      config,
      schema: {
        ...answer('Close the conference: the minutes are written and frozen'),
        params: conferenceParams,
        body: readForm,
      },
    },
    async (request) => {
      const { id } = request.params;
      await closeConference(kernel, actorOf(request), { id, version: request.body.version });
      return asJson(kernel, actorOf(request), id);
    },
  );
}
