// Missions over the REST interface: read them, and write what their members, requester and the brigade write.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { brigadeReachOf } from './brigade-access.rules.ts';
import { brigadesPermissions } from './brigades.permissions.ts';
import {
  deliverableForm,
  deliverableParams,
  effectForm,
  feedbackBody,
  listedMissionSchema,
  listQuery,
  missionFiguresSchema,
  missionSchema,
  oneParams,
  weekBody,
} from './brigades.schemas.ts';
import {
  acceptDeliverable,
  endMission,
  enterWeek,
  giveFeedback,
  handInDeliverable,
  missionAt,
  tellEffect,
} from './missions.actions.ts';
import { listMissionFigures, listMissions } from './missions.repository.ts';

const path = '/api/v1/support/missions';
const tags = ['support'];
const { readMissions, readMissionFigures, readHelpRequests, runBrigade } = brigadesPermissions;

/** `/api/v1/support/missions` and what is under it, and `/api/v1/support/mission-figures`. */
export function missionsApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
  closingApi(untyped, kernel);
}

async function asJson({ db }: Kernel, actor: Actor, id: string) {
  const mission = await missionAt(db, actor, id);
  return {
    ...mission,
    members: [...mission.members],
    weeks: [...mission.weeks],
    deliverables: mission.deliverables.map(({ handedInAt, ...one }) => ({
      ...one,
      handedInAt: handedInAt.toISOString(),
    })),
  };
}

function readingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  app.get(
    path,
    {
      config: { permission: readMissions },
      schema: {
        summary: 'List the missions that you see, those that started last first',
        tags,
        querystring: listQuery,
        response: {
          200: Type.Object({
            items: Type.Array(listedMissionSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const reach = brigadeReachOf(actorOf(request));
      const found = await listMissions(db, reach, { after: cursor ?? null, limit: limit + 1 });
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { permission: readMissions },
      schema: {
        summary: 'Read one mission with its days, deliverables, effect and feedback',
        tags,
        params: oneParams,
        response: { 200: missionSchema },
      },
    },
    (request) => asJson(kernel, actorOf(request), request.params.id),
  );

  app.get(
    '/api/v1/support/mission-figures',
    {
      config: { permission: readMissionFigures, cache: 'public' },
      schema: {
        summary: 'Read what missions amount to by expertise',
        tags,
        response: { 200: missionFiguresSchema },
      },
    },
    async () => ({ items: await listMissionFigures(db) }),
  );
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readMissions };
  const response = { 200: missionSchema };

  app.post(
    `${path}/:id/weeks`,
    {
      config,
      schema: {
        summary: 'Enter the days that you spent in the week of a Monday',
        tags,
        params: oneParams,
        body: weekBody,
        response,
      },
    },
    async (request) => {
      const { id } = request.params;
      await enterWeek(kernel, actorOf(request), id, request.body);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/deliverables`,
    {
      config,
      schema: { summary: 'Hand in a deliverable', tags, params: oneParams, body: deliverableForm, response },
    },
    async (request) => {
      const { id } = request.params;
      await handInDeliverable(kernel, actorOf(request), id, request.body);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/effect`,
    {
      config,
      schema: {
        summary: 'Tell what the mission changed in what its contract measures',
        tags,
        params: oneParams,
        body: effectForm,
        response,
      },
    },
    async (request) => {
      const { id } = request.params;
      await tellEffect(kernel, actorOf(request), id, request.body);
      return asJson(kernel, actorOf(request), id);
    },
  );
}

function closingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const response = { 200: missionSchema };

  app.post(
    `${path}/:id/deliverables/:deliverable/accept`,
    {
      config: { permission: readHelpRequests },
      schema: { summary: 'Accept a deliverable', tags, params: deliverableParams, response },
    },
    async (request) => {
      const { id, deliverable } = request.params;
      await acceptDeliverable(kernel, actorOf(request), id, deliverable);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/end`,
    {
      config: { permission: runBrigade },
      schema: { summary: 'End a mission whose effect was told', tags, params: oneParams, response },
    },
    async (request) => {
      const { id } = request.params;
      await endMission(kernel, actorOf(request), id);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/feedback`,
    {
      config: { permission: readHelpRequests },
      schema: {
        summary: 'Give the requester’s feedback on a mission that has ended',
        tags,
        params: oneParams,
        body: feedbackBody,
        response,
      },
    },
    async (request) => {
      const { id } = request.params;
      const { mark, feedback } = request.body;
      await giveFeedback(kernel, actorOf(request), id, { mark: String(mark), feedback });
      return asJson(kernel, actorOf(request), id);
    },
  );
}
