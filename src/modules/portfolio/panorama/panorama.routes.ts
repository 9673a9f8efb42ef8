// Pages and files of the panorama and of its evolution.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { writePdf } from '#platform/pdf/pdf-document.ts';
import { publicSlippage } from '../baselines/public-slippage.ts';
import { findAskedEdition, findAskedOrigin, getAskedEdition, shelfOf } from './asked-edition.ts';
import { DOCUMENT_ROWS, type EditionFacts, editionText } from './edition.document.ts';
import type { Edition } from './editions.types.ts';
import { evolutionPage } from './evolution.pages.ts';
import {
  EVOLUTION_COLUMNS,
  evolutionRows,
  FIGURE_COLUMNS,
  figureRows,
  PANEL_COLUMNS,
  panelRows,
} from './figures.files.ts';
import { countWaitingMatches } from './matches.repository.ts';
import { emptyPanoramaPage, type PanoramaView, panoramaPage } from './panorama.pages.ts';
import { panoramaPermissions } from './panorama.permissions.ts';
import { findDefaultEdition, readEvolution, readPanorama } from './panorama.repository.ts';
import { eachProject, eachState } from './projects.repository.ts';
import { EditionMonth, OriginName } from './projects.schemas.ts';
import type { ProjectInEdition } from './projects.types.ts';

/** Mounts `/panorama…`. */
export function panoramaRoutes(app: FastifyInstance, kernel: Kernel): void {
  const { db } = kernel;
  const site = app.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: panoramaPermissions.read, cache: 'public' as const };
  const querystring = Type.Object({ origin: Type.Optional(OriginName) });
  const params = Type.Object({ month: EditionMonth });

  async function viewOf(edition: Edition): Promise<PanoramaView> {
    const [panorama, shelf, waitingMatches] = await Promise.all([
      readPanorama(db, edition),
      shelfOf(db, edition),
      countWaitingMatches(db, edition.origin),
    ]);
    return { panorama, shelf, waitingMatches };
  }

  site.get('/panorama', { config, schema: { querystring } }, async (request, reply) => {
    const edition = await findAskedEdition(db, request.query);
    if (!edition) return sendPage(reply, emptyPanoramaPage(request.locale));
    return sendPage(reply, panoramaPage(request.locale, await viewOf(edition)));
  });

  site.get('/panorama/:month', { config, schema: { params, querystring } }, async (request, reply) => {
    const edition = await getAskedEdition(db, { edition: request.params.month, ...request.query });
    return sendPage(reply, panoramaPage(request.locale, await viewOf(edition)));
  });

  site.get(
    '/panorama/:month/figures.csv',
    { config: { permission: panoramaPermissions.read }, schema: { params, querystring } },
    async (request, reply) => {
      const edition = await getAskedEdition(db, { edition: request.params.month, ...request.query });
      const panorama = await readPanorama(db, edition);
      return sendCsv(reply, `panorama-${edition.month}.csv`, FIGURE_COLUMNS, figureRows(panorama));
    },
  );

  site.get(
    '/panorama/:month/edition.pdf',
    { config: { ...config, rateLimit: { max: 60, timeWindow: 60_000 } }, schema: { params, querystring } },
    async (request, reply) => {
      const edition = await getAskedEdition(db, { edition: request.params.month, ...request.query });
      const document = await writePdf(editionText(request.locale, await documentFacts(kernel, edition)));
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="panorama-${edition.month}-${request.locale}.pdf"`)
        .send(document);
    },
  );

  site.get('/panorama/evolution', { config, schema: { querystring } }, async (request, reply) => {
    const origin = await findAskedOrigin(db, request.query);
    const points = await readEvolution(db, origin);
    return sendPage(reply, evolutionPage(request.locale, { origin, points }));
  });

  site.get(
    '/panorama/panel.csv',
    { config: { permission: panoramaPermissions.read }, schema: { querystring } },
    async (request, reply) => {
      const origin = await findAskedOrigin(db, request.query);
      return sendCsv(reply, `panorama-panel-${origin}.csv`, PANEL_COLUMNS, panelRows(eachState(db, origin)));
    },
  );

  site.get(
    '/panorama/evolution.csv',
    { config: { permission: panoramaPermissions.read }, schema: { querystring } },
    async (request, reply) => {
      const origin = await findAskedOrigin(db, request.query);
      const points = await readEvolution(db, origin);
      return sendCsv(reply, `panorama-evolution-${origin}.csv`, EVOLUTION_COLUMNS, evolutionRows(points));
    },
  );
}

/** What the document of an edition says, read today. */
async function documentFacts({ db, clock, config }: Kernel, edition: Edition): Promise<EditionFacts> {
  const [panorama, projects, latest, slippage, isDemonstration] = await Promise.all([
    readPanorama(db, edition),
    firstProjects(db, edition),
    findDefaultEdition(db, edition.origin),
    publicSlippage(db),
    demonstrationIsLoaded(db),
  ]);
  const isLatest = latest?.id === edition.id;
  // Files are all of one origin. They tell how projects stand today, so an earlier edition does not go with them.
  const tells = isLatest && (edition.origin === 'demonstration') === isDemonstration;
  return {
    panorama,
    projects,
    slippage:
      tells && slippage.projects.length > 0
        ? { projects: slippage.projects, all: slippage.summary.all }
        : null,
    isLatest,
    today: dayIn(clock.now(), config.timeZone),
  };
}

async function firstProjects(db: Kernel['db'], edition: Edition): Promise<ProjectInEdition[]> {
  const first: ProjectInEdition[] = [];
  for await (const project of eachProject(db, edition)) {
    first.push(project);
    if (first.length === DOCUMENT_ROWS) break;
  }
  return first;
}
