// Services over the API: read, register, change, suspend, resume, close. Keys, secrets and reviews are mounted from here.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { connectionsByDay, refusalsByCode } from './connections.repository.ts';
import { everyDay, fromWhen } from './connections.rules.ts';
import { credentialsApi } from './credentials.api.ts';
import { reviewsApi } from './reviews.api.ts';
import { servicesSeenBy } from './service-access.rules.ts';
import { serviceAt } from './service-at.ts';
import {
  changeService,
  closeService,
  registerService,
  resumeService,
  suspendService,
} from './services.actions.ts';
import { servicesPermissions } from './services.permissions.ts';
import { servicesAfter } from './services.repository.ts';
import { serviceFilterOf } from './services.routes.ts';
import {
  newServiceBody,
  reasonForm,
  serviceBody,
  serviceParams,
  serviceSchema,
  servicesApiQuery,
} from './services.schemas.ts';
import type { NamedService } from './services.types.ts';

function asJson(service: NamedService) {
  const { createdAt, changedAt, claims, redirectUris, postLogoutRedirectUris, ...rest } = service;
  return {
    ...rest,
    redirectUris: [...redirectUris],
    postLogoutRedirectUris: [...postLogoutRedirectUris],
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    claims: claims.map(({ grantedAt, ...claim }) => ({
      ...claim,
      grantedAt: grantedAt?.toISOString() ?? null,
    })),
  };
}

const path = '/api/v1/identity/services';
const tags = ['identity'];

/** `/api/v1/identity/services` and what is under it, and `/api/v1/identity/service-reviews`. */
export function servicesApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
  stateApi(untyped, kernel);
  credentialsApi(untyped, kernel);
  reviewsApi(untyped, kernel);
}

function readingApi(untyped: FastifyInstance, { db, clock, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const read = { permission: servicesPermissions.readServices };

  app.get(
    path,
    {
      config: read,
      schema: {
        summary: 'List the services that you see, by name',
        tags,
        querystring: servicesApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(serviceSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      const scope = servicesSeenBy(actorOf(request));
      const page = { after: cursor ?? null, limit: limit + 1 };
      const found = await servicesAfter(db, scope, serviceFilterOf(query), page);
      const items = found.slice(0, limit).map(asJson);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: read,
      schema: { summary: 'Read one service', tags, params: serviceParams, response: { 200: serviceSchema } },
    },
    async (request) => asJson(await serviceAt(db, actorOf(request), request.params.id)),
  );

  app.get(
    `${path}/:id/connections`,
    {
      config: read,
      schema: {
        summary: 'Count the sign-ins to a service over thirty days, and its refusals by code',
        tags,
        params: serviceParams,
        response: {
          200: Type.Object({
            days: Type.Array(
              Type.Object({
                day: Type.String({ format: 'date' }),
                signedIn: Type.Integer(),
                refused: Type.Integer(),
              }),
            ),
            refusals: Type.Array(
              Type.Object({
                code: Type.String(),
                count: Type.Integer(),
                lastAt: Type.String({ format: 'date-time' }),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { clientId } = await serviceAt(db, actorOf(request), request.params.id);
      const { timeZone } = config;
      const now = clock.now();
      const from = fromWhen(now);
      const [counted, refusals] = await Promise.all([
        connectionsByDay(db, clientId, { from, timeZone }),
        refusalsByCode(db, clientId, from),
      ]);
      return {
        days: everyDay(counted, now, timeZone),
        refusals: refusals.map(({ lastAt, ...rest }) => ({ ...rest, lastAt: lastAt.toISOString() })),
      };
    },
  );
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const manage = { permission: servicesPermissions.manageServices };

  app.post(
    path,
    {
      config: manage,
      schema: {
        summary: 'Register a service, which works at once in test',
        tags,
        body: newServiceBody,
        response: { 201: serviceSchema },
      },
    },
    async (request, reply) => {
      const service = await registerService(kernel, actorOf(request), request.body);
      return reply.code(201).header('location', `${path}/${service.id}`).send(asJson(service));
    },
  );

  app.put(
    `${path}/:id`,
    {
      config: manage,
      schema: {
        summary: 'Change a service; in production a new claim waits for a review',
        tags,
        params: serviceParams,
        body: serviceBody,
        response: { 200: serviceSchema },
      },
    },
    async (request) => asJson(await changeService(kernel, actorOf(request), request.params.id, request.body)),
  );

  app.delete(
    `${path}/:id`,
    {
      config: manage,
      schema: {
        summary: 'Close a service for good',
        tags,
        params: serviceParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await closeService(kernel, actorOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function stateApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: servicesPermissions.suspendServices };
  const changes = {
    suspend: { summary: 'Suspend a service at once', change: suspendService },
    resume: { summary: 'Resume a suspended service', change: resumeService },
  };
  for (const [name, { summary, change }] of Object.entries(changes)) {
    app.post(
      `${path}/:id/${name}`,
      {
        config,
        schema: {
          summary,
          tags,
          params: serviceParams,
          body: reasonForm,
          response: { 200: serviceSchema },
        },
      },
      async (request) => {
        const { id } = request.params;
        await change(kernel, actorOf(request), id, request.body.reason);
        return asJson(await serviceAt(kernel.db, actorOf(request), id));
      },
    );
  }
}
