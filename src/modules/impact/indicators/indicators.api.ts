// Indicators over the API: list, read, read a series, create, define anew, declare a measure, close, delete.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isDay, isUuid } from '#platform/typed-text.ts';
import {
  closeIndicator,
  createIndicator,
  declareMeasure,
  defineAnew,
  deleteIndicator,
} from './indicators.actions.ts';
import { indicatorsPermissions } from './indicators.permissions.ts';
import { findIndicator, listIndicators } from './indicators.repository.ts';
import { indicatorAt, indicatorFilterOf } from './indicators.routes.ts';
import {
  declarationForm,
  definitionForm,
  indicatorForm,
  indicatorParams,
  indicatorSchema,
  indicatorsQuery,
  seriesQuery,
} from './indicators.schemas.ts';
import type { Indicator } from './indicators.types.ts';
import { readSeries } from './measures.repository.ts';
import { shownFrom } from './series.rules.ts';

const LIMIT = 100;
const path = '/api/v1/indicators';
const tags = ['impact'];
const read = { permission: indicatorsPermissions.readIndicators };
const write = { permission: indicatorsPermissions.writeIndicators };

function asJson(indicator: Indicator) {
  const { createdAt, closedAt, ...rest } = indicator;
  return { ...rest, createdAt: createdAt.toISOString(), closedAt: closedAt?.toISOString() ?? null };
}

/** `/api/v1/indicators` and what is under it. */
export function indicatorsApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
}

function readingApi(untyped: FastifyInstance, { db, clock, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    path,
    {
      config: read,
      schema: {
        summary: 'List the indicators that you see, by title',
        tags,
        querystring: indicatorsQuery,
        response: {
          200: Type.Object({
            items: Type.Array(indicatorSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async ({ actor, query: { cursor, ...query } }) => {
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const filter = indicatorFilterOf(actor, query);
      const found = await listIndicators(db, { ...filter, after: cursor ?? null, limit: LIMIT + 1 });
      const items = found.slice(0, LIMIT).map(asJson);
      return { items, next: found.length > LIMIT ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: read,
      schema: {
        summary: 'Read an indicator',
        tags,
        params: indicatorParams,
        response: { 200: indicatorSchema },
      },
    },
    async ({ actor, params }) => asJson(await indicatorAt(db, actor, params.id)),
  );

  app.get(
    `${path}/:id/series`,
    {
      config: read,
      schema: {
        summary: 'Read the series of one origin, by day, week or month',
        description:
          'Declared and measured values are never mixed: `origin` says which are read. Without `from` and `until`, the last six months by day, three years by week, ten years by month.',
        tags,
        params: indicatorParams,
        querystring: seriesQuery,
        response: {
          200: Type.Object({
            indicatorId: Type.String(),
            unit: Type.String(),
            origin: Type.String(),
            by: Type.String(),
            points: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), value: Type.Number() })),
          }),
        },
      },
    },
    async ({ actor, params, query: { origin, by, from, until } }) => {
      const { id, unit } = await indicatorAt(db, actor, params.id);
      const today = dayIn(clock.now(), config.timeZone);
      const last = until !== undefined && isDay(until) && until < today ? until : today;
      const first = from !== undefined && isDay(from) ? from : shownFrom(by, last);
      const points =
        first > last ? [] : await readSeries(db, { indicatorId: id, origin, from: first, until: last, by });
      return { indicatorId: id, unit, origin, by, points };
    },
  );
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  app.post(
    path,
    {
      config: write,
      schema: {
        summary: 'Create an indicator',
        tags,
        body: indicatorForm,
        response: { 201: indicatorSchema },
      },
    },
    async (request, reply) => {
      const id = await createIndicator(kernel, actorOf(request), request.body);
      const indicator = await findIndicator(db, id);
      if (!indicator) throw notFound();
      return reply.code(201).header('location', `${path}/${id}`).send(asJson(indicator));
    },
  );

  app.post(
    `${path}/:id/definitions`,
    {
      config: write,
      schema: {
        summary: 'Add a version to the definition of an indicator',
        tags,
        params: indicatorParams,
        body: definitionForm,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await defineAnew(kernel, actorOf(request), request.params.id, request.body);
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${path}/:id/measures`,
    {
      config: write,
      schema: {
        summary: 'Declare a measure, with its evidence',
        tags,
        params: indicatorParams,
        body: declarationForm,
        response: {
          200: Type.Object({ taken: Type.Integer(), unchanged: Type.Integer(), corrected: Type.Integer() }),
        },
      },
    },
    async (request) => declareMeasure(kernel, actorOf(request), request.params.id, request.body),
  );

  app.post(
    `${path}/:id/close`,
    {
      config: write,
      schema: {
        summary: 'Close an indicator',
        tags,
        params: indicatorParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await closeIndicator(kernel, actorOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: write,
      schema: {
        summary: 'Delete an indicator that nothing was measured of and nothing uses',
        tags,
        params: indicatorParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await deleteIndicator(kernel, actorOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
