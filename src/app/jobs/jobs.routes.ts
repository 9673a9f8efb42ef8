// The pages on jobs: one's runs, and one run that moves. Nothing is written here.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { findRun, listRuns } from '#platform/jobs/runs.repository.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { jobApi } from './jobs.api.ts';
import { jobPage, jobsPage } from './jobs.pages.ts';
import { jobPermissions } from './jobs.permissions.ts';
import { readerOf, viewRun } from './run-view.rules.ts';

const SHOWN = 25;

/** `/jobs`, `/jobs/:id` and their API. A run is its asker's alone: to others but administrators it does not exist. */
export function jobRoutes(app: FastifyInstance, kernel: Kernel): void {
  const site = app.withTypeProvider<TypeBoxTypeProvider>();

  site.get(
    '/jobs',
    {
      config: { permission: jobPermissions.read },
      schema: { querystring: Type.Object({ after: Type.Optional(Type.String({ format: 'uuid' })) }) },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { locale } = request;
      const reader = readerOf(actor);
      const runs = await listRuns(kernel.db, reader, { limit: SHOWN + 1, after: request.query.after });
      const views = runs.slice(0, SHOWN).map((run) => viewRun(run, kernel.jobs.definition(run.name), locale));
      const older = runs.length > SHOWN ? (views.at(-1)?.run.id ?? null) : null;
      return sendPage(reply, jobsPage(locale, { reader, views, older, timeZone: kernel.config.timeZone }));
    },
  );

  site.get(
    '/jobs/:id',
    {
      config: { permission: jobPermissions.read },
      schema: { params: Type.Object({ id: Type.String({ maxLength: 100 }) }) },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { locale } = request;
      const { id } = request.params;
      const run = isUuid(id) ? await findRun(kernel.db, id, readerOf(actor)) : null;
      if (!run) throw notFound();
      reply.header('cache-control', 'no-store');
      const view = viewRun(run, kernel.jobs.definition(run.name), locale);
      return sendPage(reply, jobPage(locale, view, kernel.config.timeZone));
    },
  );

  jobApi(app, kernel);
}
