// Pages and files of projects.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { slippageOfProjects } from '../baselines/public-slippage.ts';
import { findPublicFactsOfProject } from '../files/facts.repository.ts';
import { panoramaSlippage } from '../files/slippage-table.pages.ts';
import { projectAddress } from './addresses.ts';
import { findAskedEdition, getAskedEdition, shelfOf } from './asked-edition.ts';
import { HISTORY_COLUMNS, historyRows, PROJECT_COLUMNS, projectRow } from './figures.files.ts';
import { emptyPanoramaPage } from './panorama.pages.ts';
import { panoramaPermissions } from './panorama.permissions.ts';
import { projectPage } from './project.pages.ts';
import { projectsPage } from './project-list.pages.ts';
import { eachProject, findProject, listFilterChoices, listProjects } from './projects.repository.ts';
import { filterOf, orderOf, projectListQuery } from './projects.schemas.ts';
import type { ProjectInEdition } from './projects.types.ts';

/** Mounts `/projects…`. */
export function projectRoutes(app: FastifyInstance, { db }: Kernel): void {
  const site = app.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: panoramaPermissions.read, cache: 'public' as const };
  const params = Type.Object({ project: Type.String({ minLength: 1, maxLength: 120 }) });

  site.get('/projects', { config, schema: { querystring: projectListQuery } }, async (request, reply) => {
    const { query, locale } = request;
    const edition = await findAskedEdition(db, query);
    if (!edition) return sendPage(reply, emptyPanoramaPage(locale));
    const [shelf, choices, projects] = await Promise.all([
      shelfOf(db, edition),
      listFilterChoices(db, edition),
      listProjects(db, edition, filterOf(query), {
        ...orderOf(query),
        ...(query.page && { page: query.page }),
      }),
    ]);
    const slippage = await slippageOfProjects(
      db,
      projects.items.map(({ id }) => id),
    );
    return sendPage(reply, projectsPage(locale, { shelf, choices, projects, query, slippage }));
  });

  site.get(
    '/projects.csv',
    { config: { permission: panoramaPermissions.read }, schema: { querystring: projectListQuery } },
    async (request, reply) => {
      const edition = await getAskedEdition(db, request.query);
      const projects = eachProject(db, edition, filterOf(request.query), orderOf(request.query));
      return sendCsv(reply, `projects-${edition.month}.csv`, PROJECT_COLUMNS, rowsOf(projects));
    },
  );

  site.get('/projects/:project', { config, schema: { params } }, async (request, reply) => {
    const project = await findProject(db, request.params.project);
    if (!project) throw notFound();
    // One address for each project: its id, and names merged into it, lead there.
    if (project.slug !== request.params.project) return reply.redirect(projectAddress(project.slug), 301);
    const { locale } = request;
    const slippage = panoramaSlippage(locale, await findPublicFactsOfProject(db, project.id));
    return sendPage(reply, projectPage(locale, project, slippage));
  });

  site.get(
    '/projects/:project/history.csv',
    { config: { permission: panoramaPermissions.read }, schema: { params } },
    async (request, reply) => {
      const project = await findProject(db, request.params.project);
      if (!project) throw notFound();
      return sendCsv(reply, `project-${project.id}.csv`, HISTORY_COLUMNS, historyRows(project));
    },
  );
}

async function* rowsOf(projects: AsyncIterable<ProjectInEdition>): AsyncGenerator<Cell[]> {
  for await (const project of projects) yield projectRow(project);
}
