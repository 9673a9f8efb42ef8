// Sources over the REST interface: the same actions as the pages; and the door of pushed measures.
import { Readable } from 'node:stream';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import { whileSpooled } from '#platform/http/spooled-body.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { IntakeResult } from '../indicators/indicators.types.ts';
import { readPushed } from './pushed-lines.reader.ts';
import { pageOfSources, sourceAt } from './source-at.ts';
import {
  addSource,
  assertMayPush,
  handInFile,
  pushMeasures,
  renewToken,
  setSourceState,
  trySource,
} from './sources.actions.ts';
import { measuresUnreadable } from './sources.errors.ts';
import { sourcesPermissions } from './sources.permissions.ts';
import { listRuns } from './sources.repository.ts';
import { MOST_BYTES } from './sources.rules.ts';
import {
  fileQuery,
  intakeSchema,
  linesSchema,
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

const intakeAsJson = ({ refused, ...counts }: IntakeResult) => ({ ...counts, refused: [...refused] });

const runAsJson = (run: Omit<SourceRun, 'id'>) => ({ ...run, at: run.at.toISOString() });

/** `/api/v1/impact/sources` with what is under it, and `/api/v1/measures`. */
export function sourcesApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  keepingApi(untyped, kernel);
  untyped.register(async (scope) => {
    takeLines(scope, ['text/csv']);
    fileApi(scope, kernel);
  });
  untyped.register(async (scope) => {
    takeLines(scope, ['text/csv', 'application/x-ndjson']);
    const asJson = scope.getDefaultJsonParser('error', 'error');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, asJson);
    pushApi(scope, kernel);
  });
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

/** In this scope bodies of these types alone are taken, as streams: they are kept on disk before anything is done with them. */
function takeLines(scope: FastifyInstance, types: string[]): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(types, (_request, payload, done) => done(null, payload));
}

function fileApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    `${path}/:id/file`,
    {
      config: { ...manage, rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: {
        summary: 'Hand in a CSV file as declared measures, with its evidence',
        description:
          'The body is the file, with a header line and the columns that the source names; at most 60 MB and a million lines. With `preview` nothing is written. A refused `line` is the number of the measure, the first after the header being 1.',
        tags,
        params: sourceParams,
        querystring: fileQuery,
        body: { content: { 'text/csv': { schema: linesSchema } } },
        response: { 200: intakeSchema },
      },
    },
    async (request) => {
      const { id } = await sourceAt(kernel, request, request.params.id);
      if (!(request.body instanceof Readable)) throw measuresUnreadable();
      const intake = await whileSpooled(request.body, MOST_BYTES, (file) =>
        handInFile(kernel, actorOf(request), id, { file, ...request.query }),
      );
      return intakeAsJson(intake);
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
        description:
          'As JSON, at most 5,000 measures. As `application/x-ndjson` (an object with `day`, `value` and perhaps `segment` on each line) or `text/csv` (a header line with the columns `day`, `value` and perhaps `segment`), at most 60 MB and a million lines. All is taken in one transaction. A measure that cannot be taken is told in `refused` (the first thousand) by its number, from 1, and hinders no other; a body that cannot be read as measures is refused as a whole (422), with the line at fault.',
        tags,
        body: {
          content: {
            'application/json': { schema: pushBody },
            'application/x-ndjson': { schema: linesSchema },
            'text/csv': { schema: linesSchema },
          },
        },
        response: { 200: intakeSchema },
      },
    },
    async (request) => {
      const token = /^Bearer ([\w.~+/-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const { body } = request;
      if (!body) throw measuresUnreadable();
      if (!(body instanceof Readable)) {
        return intakeAsJson(await pushMeasures(kernel, token, (body as Static<typeof pushBody>).measures));
      }
      await assertMayPush(kernel, token);
      const isCsv = /^text\/csv\b/i.test(request.headers['content-type'] ?? '');
      const intake = await whileSpooled(body, MOST_BYTES, (lines) =>
        pushMeasures(kernel, token, readPushed(lines, isCsv ? 'csv' : 'ndjson')),
      );
      return intakeAsJson(intake);
    },
  );
}
