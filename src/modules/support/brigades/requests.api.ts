// Requests for help and missions over the REST interface: the same actions as the pages.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { brigadeReachOf } from './brigade-access.rules.ts';
import { brigadesPermissions } from './brigades.permissions.ts';
import {
  contractForm,
  helpBody,
  helpSchema,
  listedHelpSchema,
  listQuery,
  madeSchema,
  newHelpBody,
  oneParams,
  proposalForm,
  stepBody,
  teamSchema,
  versionForm,
  withoutQuery,
} from './brigades.schemas.ts';
import {
  attachHelpContract,
  changeHelpRequest,
  helpRequestAt,
  proposeHelpTeam,
  startMission,
  submitHelpRequest,
  takePlainStep,
  teamFor,
} from './requests.actions.ts';
import { listHelpEvents, listHelpRequests, listProposedMembers } from './requests.repository.ts';
import type { HelpRequest } from './requests.types.ts';

const path = '/api/v1/support/requests';
const tags = ['support'];
const { readHelpRequests, askForHelp, runBrigade } = brigadesPermissions;

/** `/api/v1/support/requests` and what is under it. */
export function helpRequestsApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
  teamApi(untyped, kernel);
}

function asListed({ requesterId: _, requesterName: __, ...request }: HelpRequest) {
  return {
    ...request,
    needs: request.needs.map((need) => ({ ...need })),
    submittedAt: request.submittedAt.toISOString(),
    changedAt: request.changedAt.toISOString(),
  };
}

async function asJson({ db }: Kernel, actor: Actor, id: string) {
  const request = await helpRequestAt(db, actor, id);
  const [team, events] = await Promise.all([listProposedMembers(db, id), listHelpEvents(db, id)]);
  return {
    ...asListed(request),
    team: team.map(({ personId, name, expertise, days }) => ({ personId, name, expertise, days })),
    events: events.map(({ step, at, byName, text }) => ({ step, at: at.toISOString(), by: byName, text })),
  };
}

function readingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readHelpRequests };

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the requests for help that you see, those that changed last first',
        tags,
        querystring: listQuery,
        response: {
          200: Type.Object({
            items: Type.Array(listedHelpSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const page = { after: cursor ?? null, limit: limit + 1 };
      const found = await listHelpRequests(kernel.db, brigadeReachOf(actorOf(request)), {}, page);
      const items = found.slice(0, limit).map(asListed);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config,
      schema: {
        summary: 'Read one request for help with its team and history',
        tags,
        params: oneParams,
        response: { 200: helpSchema },
      },
    },
    (request) => asJson(kernel, actorOf(request), request.params.id),
  );
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const response = { 200: helpSchema };

  app.post(
    path,
    {
      config: { permission: askForHelp },
      schema: { summary: 'Ask for help', tags, body: newHelpBody, response: { 201: helpSchema } },
    },
    async (request, reply) => {
      const { contractId = null, ...rest } = request.body;
      const id = await submitHelpRequest(kernel, actorOf(request), { ...rest, contractId });
      reply.code(201).header('location', `${path}/${id}`);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.put(
    `${path}/:id`,
    {
      config: { permission: askForHelp },
      schema: { summary: 'Change what a request asks', tags, params: oneParams, body: helpBody, response },
    },
    async (request) => {
      const { version, ...rest } = request.body;
      const { id } = request.params;
      const input = { ...rest, organisationId: '', contractId: null };
      await changeHelpRequest(kernel, actorOf(request), { id, version }, input);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/steps`,
    {
      config: { permission: readHelpRequests },
      schema: {
        summary: 'Examine, accept, decline, refuse or withdraw; say why where it is asked',
        tags,
        params: oneParams,
        body: stepBody,
        response,
      },
    },
    async (request) => {
      const { version, step, text = '' } = request.body;
      const { id } = request.params;
      await takePlainStep(kernel, actorOf(request), { id, version }, { step, text });
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/contract`,
    {
      config: { permission: readHelpRequests },
      schema: {
        summary: 'Attach a success contract of the organisation',
        tags,
        params: oneParams,
        body: contractForm,
        response,
      },
    },
    async (request) => {
      const { version, contractId } = request.body;
      const { id } = request.params;
      await attachHelpContract(kernel, actorOf(request), { id, version }, contractId);
      return asJson(kernel, actorOf(request), id);
    },
  );
}

function teamApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const config = { permission: runBrigade };

  app.get(
    `${path}/:id/proposal`,
    {
      config,
      schema: {
        summary: 'Work out the team that fits a request, why, and what it does not cover',
        tags,
        params: oneParams,
        querystring: withoutQuery,
        response: { 200: teamSchema },
      },
    },
    async (request) => {
      const found = await helpRequestAt(db, actorOf(request), request.params.id);
      const today = dayIn(clock.now(), settings.timeZone);
      const { members, uncovered, period, names } = await teamFor(db, found, {
        today,
        without: request.query.without,
      });
      return {
        ...period,
        members: members.map((one) => ({ ...one, name: names.get(one.personId) ?? '' })),
        uncovered: [...uncovered],
      };
    },
  );

  app.post(
    `${path}/:id/proposal`,
    {
      config,
      schema: {
        summary: 'Propose to the requester the team that fits',
        tags,
        params: oneParams,
        body: proposalForm,
        response: { 200: helpSchema },
      },
    },
    async (request) => {
      const { version, without } = request.body;
      const { id } = request.params;
      await proposeHelpTeam(kernel, actorOf(request), { id, version }, without);
      return asJson(kernel, actorOf(request), id);
    },
  );

  app.post(
    `${path}/:id/mission`,
    {
      config,
      schema: {
        summary: 'Start the mission with the team accepted, against a signed contract',
        tags,
        params: oneParams,
        body: versionForm,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { version } = request.body;
      const made = await startMission(kernel, actorOf(request), { id, version });
      return reply.code(201).send({ id: made });
    },
  );
}
