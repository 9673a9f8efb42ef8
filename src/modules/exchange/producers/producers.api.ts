// The producer's room over the REST interface: accesses, volumes, anomalies.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { stopsPermissions } from '../stops/stops.permissions.ts';
import { producersOverseenBy } from '../stops/stops.rules.ts';
import { stopParams } from '../stops/stops.schemas.ts';
import { accessName } from './access-key.rules.ts';
import { listAccesses } from './accesses.repository.ts';
import { accessAt, accessFilterOf, placeOf, volumesOf } from './accesses.routes.ts';
import {
  accessesApiQuery,
  accessParams,
  accessSchema,
  anomaliesApiQuery,
  anomalySchema,
  noteForm,
  volumeSchema,
  volumesQuery,
} from './accesses.schemas.ts';
import type { Access } from './accesses.types.ts';
import { acknowledgeAnomaly } from './anomalies.actions.ts';
import { findAnomaly } from './anomalies.repository.ts';
import { anomaliesAsked } from './anomalies.routes.ts';
import type { Anomaly } from './anomalies.types.ts';

const path = '/api/v1/exchange';
const tags = ['exchange'];
const config = { permission: stopsPermissions.seeAccesses };
const listOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });

function accessAsJson(access: Access) {
  const { at, latencyUs, hasSubject, apiSlug, organisationName, scopes, fields, ...rest } = access;
  return {
    ...rest,
    record: accessName(access),
    at: at.toISOString(),
    api: apiSlug,
    organisation: organisationName,
    scopes: [...scopes],
    fields: [...fields],
    concernsSomebody: hasSubject,
    latencyMs: latencyUs / 1000,
  };
}

function anomalyAsJson(anomaly: Anomaly) {
  const { apiSlug, organisationName, foundAt, acknowledgedAt, ...rest } = anomaly;
  return {
    ...rest,
    api: apiSlug,
    organisation: organisationName,
    foundAt: foundAt.toISOString(),
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
  };
}

/** `/api/v1/exchange/accesses`, `/volumes` and `/anomalies`. */
export function producersApi(untyped: FastifyInstance, kernel: Kernel): void {
  accessesApi(untyped, kernel);
  anomaliesApi(untyped, kernel);
}

function accessesApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    `${path}/accesses`,
    {
      config,
      schema: {
        summary: 'List the accesses to the data that you provide, allowed and denied, the newest first',
        tags,
        querystring: accessesApiQuery,
        response: { 200: listOf(accessSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      const after = placeOf(cursor);
      const reach = producersOverseenBy(actorOf(request));
      const filter = await accessFilterOf(kernel, request, query);
      const found = await listAccesses(kernel.db, reach, filter, { after, limit: limit + 1 });
      const items = found.slice(0, limit).map(accessAsJson);
      return { items, next: found.length > limit ? (items.at(-1)?.record ?? null) : null };
    },
  );

  app.get(
    `${path}/accesses/:record`,
    {
      config,
      schema: {
        summary: 'Read one access with the entry of the log, as it was recorded',
        tags,
        params: accessParams,
        response: {
          200: Type.Object({
            ...accessSchema.properties,
            entry: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const access = await accessAt(kernel, request, request.params.record);
      return { ...accessAsJson(access), entry: access.entry };
    },
  );

  app.get(
    `${path}/volumes`,
    {
      config,
      schema: {
        summary: 'Count the calls by hour (48 hours) or by day (30 days)',
        tags,
        querystring: volumesQuery,
        response: { 200: Type.Object({ items: Type.Array(volumeSchema) }) },
      },
    },
    async (request) => {
      const { volumes } = await volumesOf(kernel, request, request.query);
      return { items: volumes.map((volume) => ({ ...volume, at: volume.at.toISOString() })) };
    },
  );
}

function anomaliesApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    `${path}/anomalies`,
    {
      config,
      schema: {
        summary: 'List consumers that departed from what they declared or from their habit',
        tags,
        querystring: anomaliesApiQuery,
        response: { 200: listOf(anomalySchema) },
      },
    },
    async (request) => {
      const { items, next } = await anomaliesAsked(kernel, request, request.query);
      return { items: items.map(anomalyAsJson), next };
    },
  );

  app.post(
    `${path}/anomalies/:id/acknowledge`,
    {
      config,
      schema: {
        summary: 'Acknowledge an anomaly with a note',
        tags,
        params: stopParams,
        body: noteForm,
        response: { 200: anomalySchema },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      await acknowledgeAnomaly(kernel, actor, id, request.body.note);
      const anomaly = await findAnomaly(kernel.db, producersOverseenBy(actor), id);
      if (!anomaly) throw notFound();
      return anomalyAsJson(anomaly);
    },
  );
}
