// The portfolio over the API, under /api/v1/portfolio. What is public is open data; decisions need a role.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { SlippingProject } from '../baselines/averages.rules.ts';
import { slippageOfProjects } from '../baselines/public-slippage.ts';
import { findPublicFactsOfProject } from '../files/facts.repository.ts';
import { findAskedOrigin, getAskedEdition } from './asked-edition.ts';
import type { Edition } from './editions.types.ts';
import type { Decided, DecidingParts } from './matches.actions.ts';
import { findMatch, listWaitingMatches } from './matches.repository.ts';
import { DECISIONS, decidedBy, MatchId } from './matches.routes.ts';
import { panoramaPermissions } from './panorama.permissions.ts';
import { listEditions, readEvolution, readPanorama } from './panorama.repository.ts';
import { findProject, listProjectsAfter } from './projects.repository.ts';
import { EditionMonth, filterOf, OriginName, orderOf, projectListQuery } from './projects.schemas.ts';

const TAGS = ['portfolio'];
const originQuery = Type.Object({ origin: Type.Optional(OriginName) });

function editionView({ id: _, ...edition }: Edition) {
  return edition;
}

/** How far a project has slipped to this day, and its file; null without a public one that has a baseline. */
function slippageView(file: SlippingProject | undefined) {
  if (!file) return null;
  const { id, costShare, months, scheduleShare, scopeShare, latestCostShare, latestScheduleShare } = file;
  return { file: id, costShare, months, scheduleShare, scopeShare, latestCostShare, latestScheduleShare };
}

/** Mounts `/api/v1/portfolio/…`. */
export function panoramaApi(app: FastifyInstance, kernel: Kernel): void {
  const { db } = kernel;
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: panoramaPermissions.read };

  api.get(
    '/api/v1/portfolio/editions',
    { config, schema: { tags: TAGS, summary: 'Editions held, the latest first', querystring: originQuery } },
    async (request) => ({
      items: (await listEditions(db, request.query.origin)).map(editionView),
      next: null,
    }),
  );

  api.get(
    '/api/v1/portfolio/editions/:month',
    {
      config,
      schema: {
        tags: TAGS,
        summary:
          'All figures of an edition: headline, by ministry and phase, by band, by zone, entries and exits',
        params: Type.Object({ month: EditionMonth }),
        querystring: originQuery,
      },
    },
    async (request) => {
      const edition = await getAskedEdition(db, { edition: request.params.month, ...request.query });
      const panorama = await readPanorama(db, edition);
      return { ...panorama, edition: editionView(edition) };
    },
  );

  api.get(
    '/api/v1/portfolio/evolution',
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'The averages over the editions, computed and declared',
        querystring: originQuery,
      },
    },
    async (request) => {
      const origin = await findAskedOrigin(db, request.query);
      return { items: await readEvolution(db, origin), next: null };
    },
  );

  const { page: _page, ...filters } = projectListQuery.properties;
  api.get(
    '/api/v1/portfolio/projects',
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'Projects of an edition, the latest unless told; amounts in M€, durations in years',
        querystring: Type.Object({
          ...filters,
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
          cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
        }),
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      const edition = await getAskedEdition(db, query);
      const page = await listProjectsAfter(
        db,
        edition,
        filterOf(query),
        { ...orderOf(query), limit },
        cursor,
      );
      const slippage = await slippageOfProjects(
        db,
        page.items.map(({ id }) => id),
      );
      const items = page.items.map((item) => ({ ...item, slippage: slippageView(slippage.get(item.id)) }));
      return { edition: editionView(edition), ...page, items };
    },
  );

  api.get(
    '/api/v1/portfolio/projects/:project',
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'One project by id or slug, with its states through the editions and its names',
        params: Type.Object({ project: Type.String({ minLength: 1, maxLength: 120 }) }),
      },
    },
    async (request) => {
      const project = await findProject(db, request.params.project);
      if (!project) throw notFound();
      // Who decided a match is the ledger's business; the public sees that it was decided, and when.
      const matches = project.matches.map(({ decisions, ...match }) => ({
        ...match,
        decisions: decisions.map(({ decision, decidedAt, ledgerEntry }) => ({
          decision,
          decidedAt,
          ledgerEntry,
        })),
      }));
      const file = await findPublicFactsOfProject(db, project.id);
      return { ...project, matches, slippage: file?.slippage ? { file: file.id, ...file.slippage } : null };
    },
  );

  api.get(
    '/api/v1/portfolio/matches',
    {
      config: { permission: panoramaPermissions.decideMatch },
      schema: {
        tags: TAGS,
        summary: 'Proposed matches that wait for a decision, the surest first',
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
          cursor: Type.Optional(MatchId),
        }),
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const after = cursor === undefined ? undefined : await findMatch(db, cursor);
      const items = await listWaitingMatches(db, { limit, ...(after && { after }) });
      return { items, next: items.length === limit ? String(items.at(-1)?.id) : null };
    },
  );

  for (const [name, decide] of Object.entries<
    (p: DecidingParts, id: number, by: LedgerActor) => Promise<Decided>
  >(DECISIONS)) {
    api.post(
      `/api/v1/portfolio/matches/:id/${name}`,
      {
        config: { permission: panoramaPermissions.decideMatch },
        schema: {
          tags: TAGS,
          summary: `Decide a proposed match: ${name}`,
          params: Type.Object({ id: MatchId }),
          response: {
            200: Type.Object({
              id: MatchId,
              decision: Type.Enum(['accepted', 'rejected', 'undone']),
              projectId: Type.String(),
              ledgerEntry: Type.String(),
            }),
          },
        },
      },
      (request) => decide(kernel, request.params.id, decidedBy(request)),
    );
  }
}
