// Runs of jobs as JSON: one's own, by id or as a list. Nothing is written here.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { findRun, listRuns } from '#platform/jobs/runs.repository.ts';
import { type JobRunRecord, RUN_STATES } from '#platform/jobs/runs.types.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { jobPermissions } from './jobs.permissions.ts';
import { readerOf, viewRun } from './run-view.rules.ts';

const Moment = Type.String({ format: 'date-time' });
const Nullable = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);

const Run = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String({ description: 'Stable name of the job.' }),
  title: Type.String({ description: 'Name in the language of the request.' }),
  state: Type.Enum([...RUN_STATES]),
  done: Type.Integer({ description: 'Steps done.' }),
  total: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Steps in all; null while it is not known.',
  }),
  steps: Nullable(Type.String({ description: 'Both in words.' })),
  result: Type.Any({ description: 'What the job returned; null until it succeeded.' }),
  error: Type.Union([Type.Object({ code: Type.String(), text: Type.String() }), Type.Null()]),
  requestedAt: Moment,
  startedAt: Nullable(Moment),
  finishedAt: Nullable(Moment),
});

/** `/api/v1/jobs` and `/api/v1/jobs/:id`. */
export function jobApi(app: FastifyInstance, kernel: Kernel): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const asJson = (run: JobRunRecord, locale: Locale) => {
    const { title, steps, error } = viewRun(run, kernel.jobs.definition(run.name), locale);
    return {
      id: run.id,
      name: run.name,
      title,
      state: run.state,
      done: run.done,
      total: run.total,
      steps,
      result: run.result,
      error: run.error && { code: run.error.code, text: error ?? '' },
      requestedAt: run.requestedAt.toISOString(),
      startedAt: run.startedAt?.toISOString() ?? null,
      finishedAt: run.finishedAt?.toISOString() ?? null,
    };
  };

  api.get(
    '/api/v1/jobs',
    {
      config: { permission: jobPermissions.read },
      schema: {
        summary: 'Your jobs, newest first',
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, maximum: 100, default: 25 }),
          cursor: Type.Optional(Type.String({ format: 'uuid' })),
        }),
        response: { 200: Type.Object({ items: Type.Array(Run), next: Nullable(Type.String()) }) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const reader = readerOf(actorOf(request));
      const runs = await listRuns(kernel.db, reader, { limit: limit + 1, after: cursor });
      const items = runs.slice(0, limit);
      return {
        items: items.map((run) => asJson(run, request.locale)),
        next: runs.length > limit ? (items.at(-1)?.id ?? null) : null,
      };
    },
  );

  api.get(
    '/api/v1/jobs/:id',
    {
      config: { permission: jobPermissions.read },
      schema: {
        summary: 'One of your jobs: how far it is, what came of it',
        params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
        response: { 200: Run },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const run = isUuid(id) ? await findRun(kernel.db, id, readerOf(actorOf(request))) : null;
      if (!run) throw notFound();
      reply.header('cache-control', 'no-store');
      return asJson(run, request.locale);
    },
  );
}
