// Accreditations over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Db } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { accreditationsSeenBy } from './accreditation-access.rules.ts';
import { accreditationAt, accreditationFilterOf } from './accreditation-at.ts';
import { restoreScope, revokeAccreditation, withdrawScope } from './accreditation-changes.actions.ts';
import { addClient, removeClient } from './accreditation-clients.actions.ts';
import { accreditationsPermissions } from './accreditations.permissions.ts';
import { listAccreditationsAfter, listEventsOf } from './accreditations.repository.ts';
import {
  accreditationSchema,
  accreditationsApiQuery,
  clientBody,
  clientParams,
  listedAccreditationSchema,
  numberParams,
  reasonBody,
  scopeParams,
} from './accreditations.schemas.ts';
import type { Accreditation, WholeAccreditation } from './accreditations.types.ts';
import { restoreClient, revokeClient } from './revoked-clients.actions.ts';

const path = '/api/v1/exchange/accreditations';
const tags = ['exchange'];
const { readAccreditations, decideAccreditations, manageClients, revokeClients } = accreditationsPermissions;

/** `/api/v1/exchange/accreditations` and what is under it. */
export function accreditationsApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  decidingApi(untyped, kernel);
  clientsApi(untyped, kernel);
}

function ownFields<A extends Accreditation>(accreditation: A) {
  const { validFrom, validUntil, endedAt } = accreditation;
  return {
    ...accreditation,
    validFrom: validFrom.toISOString(),
    validUntil: validUntil?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

async function asJson(db: Db, accreditation: WholeAccreditation) {
  const events = await listEventsOf(db, accreditation.id);
  return {
    ...ownFields(accreditation),
    grants: accreditation.grants.map(({ fields, withdrawnAt, ...grant }) => ({
      ...grant,
      fields: [...fields],
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
    clients: accreditation.clients.map(({ addedAt, revokedAt, ...client }) => ({
      ...client,
      addedAt: addedAt.toISOString(),
      revokedAt: revokedAt?.toISOString() ?? null,
    })),
    events: events.map(({ kind, at, data }) => ({ kind, at: at.toISOString(), data: { ...data } })),
  };
}

function readingApi(untyped: FastifyInstance, { db }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readAccreditations };

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the accreditations that the caller sees, the newest first',
        tags,
        querystring: accreditationsApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(listedAccreditationSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const reach = accreditationsSeenBy(actorOf(request));
      const page = { after: cursor ?? null, limit: limit + 1 };
      const found = await listAccreditationsAfter(db, reach, accreditationFilterOf(query), page);
      const items = found
        .slice(0, limit)
        .map(({ apiNames, ...one }) => ({ ...ownFields(one), apiNames: [...apiNames] }));
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:number`,
    {
      config,
      schema: {
        summary: 'An accreditation with what it grants, its clients and its history',
        tags,
        params: numberParams,
        response: { 200: accreditationSchema },
      },
    },
    async (request) => {
      const { accreditation } = await accreditationAt({ db }, request, request.params.number);
      return asJson(db, accreditation);
    },
  );
}

function decidingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: decideAccreditations };
  const none = { 204: Type.Null() };

  app.post(
    `${path}/:number/revocation`,
    {
      config,
      schema: {
        summary: 'Revoke an accreditation in force, on every gateway at once',
        tags,
        params: numberParams,
        body: reasonBody,
        response: none,
      },
    },
    async (request, reply) => {
      const { actor, accreditation } = await accreditationAt(kernel, request, request.params.number);
      await revokeAccreditation(kernel, actor, accreditation.id, request.body.reason);
      return reply.code(204).send(null);
    },
  );

  const changes = [
    ['withdrawal', 'Lower a scope: its fields no longer leave', withdrawScope],
    ['restoration', 'Grant a lowered scope again', restoreScope],
  ] as const;
  for (const [name, summary, change] of changes) {
    app.post(
      `${path}/:number/scopes/:scopeId/${name}`,
      { config, schema: { summary, tags, params: scopeParams, body: reasonBody, response: none } },
      async (request, reply) => {
        const { number, scopeId } = request.params;
        const { actor, accreditation } = await accreditationAt(kernel, request, number);
        await change(kernel, actor, { id: accreditation.id, scopeId, reason: request.body.reason });
        return reply.code(204).send(null);
      },
    );
  }
}

function clientsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const none = { 204: Type.Null() };

  app.post(
    `${path}/:number/clients`,
    {
      config: { permission: manageClients },
      schema: {
        summary: 'Put a machine service of the same organisation under an accreditation',
        tags,
        params: numberParams,
        body: clientBody,
        response: none,
      },
    },
    async (request, reply) => {
      const { actor, accreditation } = await accreditationAt(kernel, request, request.params.number);
      await addClient(kernel, actor, accreditation.id, request.body.clientId);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${path}/:number/clients/:clientId`,
    {
      config: { permission: manageClients },
      schema: {
        summary: 'Take a client from under an accreditation',
        tags,
        params: clientParams,
        response: none,
      },
    },
    async (request, reply) => {
      const { number, clientId } = request.params;
      const { actor, accreditation } = await accreditationAt(kernel, request, number);
      await removeClient(kernel, actor, accreditation.id, clientId);
      return reply.code(204).send(null);
    },
  );

  const changes = [
    ['revocation', 'Refuse every call of a client, under all its accreditations', revokeClient],
    ['restoration', 'Let a revoked client call again', restoreClient],
  ] as const;
  for (const [name, summary, change] of changes) {
    app.post(
      `${path}/:number/clients/:clientId/${name}`,
      {
        config: { permission: revokeClients },
        schema: { summary, tags, params: clientParams, body: reasonBody, response: none },
      },
      async (request, reply) => {
        const { number, clientId } = request.params;
        const { actor, accreditation } = await accreditationAt(kernel, request, number);
        if (!accreditation.clients.some((client) => client.clientId === clientId)) throw notFound();
        await change(kernel, actor, clientId, request.body.reason);
        return reply.code(204).send(null);
      },
    );
  }
}
