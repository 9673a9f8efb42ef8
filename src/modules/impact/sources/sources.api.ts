// Sources over the REST interface: the same actions as the pages; and the door of pushed measures.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { pageOfSources, sourceAt } from './source-at.ts';
import { addSource, pushMeasures, renewToken, setSourceState, trySource } from './sources.actions.ts';
import { sourcesPermissions } from './sources.permissions.ts';
import { listRuns } from './sources.repository.ts';
import {
  intakeSchema,
  pushBody,
  runSchema,
  sourceBody,
  sourceChange,
  sourceParams,
  sourceSchema,
  sourcesQuery,
} from './sources.schemas.ts';
import type { Source, SourceRun } from './sources.types.ts';

const path = '/api/v1/impact/sources';
const tags = ['impact'];
const read = { permission: sourcesPermissions.readSources };
const manage = { permission: sourcesPermissions.manageSources };
const orNull = Type.Union([Type.String(), Type.Null()]);

const asJson = ({ etag: _, ...source }: Source) => ({
  ...source,
  lastRunAt: source.lastRunAt?.toISOString() ?? null,
  nextRunAt: source.nextRunAt?.toISOString() ?? null,
  createdAt: source.createdAt.toISOString(),
});

const runAsJson = (run: Omit<SourceRun, 'id'>) => ({ ...run, at: run.at.toISOString() });

/** `/api/v1/impact/sources` with what is under it, and `/api/v1/measures`. */
export function sourcesApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  keepingApi(untyped, kernel);
  pushApi(untyped, kernel);
}

function readingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    path,
    {
      config: read,
      schema: {
        summary: 'List the sources of measures of the caller’s organisations',
        tags,
        querystring: sourcesQuery,
        response: { 200: Type.Object({ items: Type.Array(sourceSchema), next: orNull }) },
      },
    },
    async (request) => {
      const { items, next } = await pageOfSources(kernel, request, request.query.cursor);
      return { items: items.map(asJson), next };
    },
  );
  app.get(
    `${path}/:id`,
    {
      config: read,
      schema: { summary: 'A source', tags, params: sourceParams, response: { 200: sourceSchema } },
    },
    async (request) => asJson(await sourceAt(kernel, request, request.params.id)),
  );
  app.get(
    `${path}/:id/runs`,
    {
      config: read,
      schema: {
        summary: 'The last hundred runs of a source, the newest first',
        tags,
        params: sourceParams,
        response: { 200: Type.Object({ items: Type.Array(runSchema) }) },
      },
    },
    async (request) => {
      const { id } = await sourceAt(kernel, request, request.params.id);
      return { items: (await listRuns(kernel.db, id)).map(runAsJson) };
    },
  );
}

function keepingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    path,
    {
      config: manage,
      schema: {
        summary: 'Add a source; the token of a push is in this answer alone',
        tags,
        body: sourceBody,
        response: { 201: Type.Object({ id: Type.String({ format: 'uuid' }), token: orNull }) },
      },
    },
    async (request, reply) => {
      const { indicatorId, kind, ...settings } = request.body;
      const added = await addSource(kernel, actorOf(request), { indicatorId, kind, settings });
      return reply.code(201).header('cache-control', 'no-store').send(added);
    },
  );
  app.patch(
    `${path}/:id`,
    {
      config: manage,
      schema: {
        summary: 'Pause or resume a source',
        tags,
        params: sourceParams,
        body: sourceChange,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await setSourceState(kernel, actorOf(request), request.params.id, request.body.state);
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${path}/:id/runs`,
    {
      config: { ...manage, rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: { summary: 'Read a source now', tags, params: sourceParams, response: { 200: runSchema } },
    },
    async (request) => runAsJson(await trySource(kernel, actorOf(request), request.params.id)),
  );
  app.post(
    `${path}/:id/token`,
    {
      config: manage,
      schema: {
        summary: 'Replace the token of a push; the old one ends at once',
        tags,
        params: sourceParams,
        response: { 200: Type.Object({ token: Type.String() }) },
      },
    },
    async (request, reply) => {
      const token = await renewToken(kernel, actorOf(request), request.params.id);
      return reply.header('cache-control', 'no-store').send({ token });
    },
  );
  app.delete(
    `${path}/:id/token`,
    {
      config: manage,
      schema: {
        summary: 'Revoke the token of a push',
        tags,
        params: sourceParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await renewToken(kernel, actorOf(request), request.params.id, { revoke: true });
      return reply.code(204).send(null);
    },
  );
}

function pushApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    '/api/v1/measures',
    {
      config: { permission: sourcesPermissions.pushMeasures, csrf: 'protocol' },
      schema: {
        summary: 'Push measures with the bearer token of a source (RFC 6750); sent again they change nothing',
        tags,
        body: pushBody,
        response: { 200: intakeSchema },
      },
    },
    async (request) => {
      const token = /^Bearer ([\w.~+/-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const { refused, ...intake } = await pushMeasures(kernel, token, request.body.measures);
      return { ...intake, refused: [...refused] };
    },
  );
}
