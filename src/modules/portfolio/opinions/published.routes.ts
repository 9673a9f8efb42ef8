// The public pages of opinions, the list as a file, and the same over the API.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { isAllowed } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { opinionsPermissions } from './opinions.permissions.ts';
import { eachPublished, findPublished, listPublished } from './opinions.repository.ts';
import { idParams, opinionsApiQuery, opinionsQuery } from './opinions.schemas.ts';
import { AXES, type PublishedOpinion } from './opinions.types.ts';
import { type PublishedKind, publishedListPage, publishedPage } from './published.pages.ts';

const PAGE_SIZE = 50;
const COLUMNS = [
  'number',
  'project',
  'organisation',
  'kind',
  'tacit',
  'conforming',
  'effective_on',
  'cost_cents',
  'end_on',
  'probability',
  'summary',
  'recommendations',
  'ground_of_redaction',
  'edition',
  'published_at',
];
const published = Type.Object({
  id: Type.String(),
  number: Type.Integer(),
  edition: Type.Integer(),
  publishedAt: Type.String(),
  project: Type.String(),
  organisation: Type.String(),
  kind: Type.String(),
  tacit: Type.Boolean(),
  conforming: Type.Boolean(),
  effectiveOn: Type.String(),
  costCents: Type.Number(),
  endOn: Type.String(),
  probability: Type.Union([Type.Number(), Type.Null()]),
  summary: Type.String(),
  axes: Type.Object(
    Object.fromEntries(AXES.map((axis) => [axis, Type.String()])) as Record<
      (typeof AXES)[number],
      ReturnType<typeof Type.String>
    >,
  ),
  recommendations: Type.Array(Type.String()),
  ground: Type.String(),
});

function asJson({ publishedAt, recommendations, ...opinion }: PublishedOpinion) {
  return { ...opinion, recommendations: [...recommendations], publishedAt: publishedAt.toISOString() };
}

async function* rowsOf(all: AsyncIterable<PublishedOpinion>): AsyncGenerator<Cell[]> {
  for await (const one of all)
    yield [
      one.number,
      one.project,
      one.organisation,
      one.kind,
      one.tacit,
      one.conforming,
      one.effectiveOn,
      one.costCents,
      one.endOn,
      one.probability,
      one.summary,
      one.recommendations.join('\n'),
      one.ground,
      one.edition,
      one.publishedAt.toISOString(),
    ];
}

/** `/projects/opinions` and `/api/v1/opinions`. */
export function publishedRoutes(untyped: FastifyInstance, { db, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const open = { permission: opinionsPermissions.browseOpinions };

  app.get(
    '/projects/opinions',
    { config: open, schema: { querystring: opinionsQuery } },
    async (request, reply) => {
      const kind: PublishedKind = request.query.kind || undefined;
      const before = request.query.before ?? null;
      const filter = kind === 'tacit' ? { tacit: true } : kind ? { kind } : {};
      const found = await listPublished(db, filter, { before, limit: PAGE_SIZE + 1 });
      const items = found.slice(0, PAGE_SIZE);
      const page = publishedListPage(request.locale, {
        items,
        kind,
        next: found.length > PAGE_SIZE ? (items.at(-1)?.number ?? null) : null,
        isFirst: before === null,
        seesRequests: isAllowed(opinionsPermissions.followOpinionRequests, request.actor),
      });
      return sendPage(reply, page);
    },
  );

  app.get('/projects/opinions.csv', { config: open }, (_request, reply) =>
    sendCsv(reply, 'opinions.csv', COLUMNS, rowsOf(eachPublished(db))),
  );

  async function publishedAt(id: string): Promise<PublishedOpinion> {
    const found = isUuid(id) ? await findPublished(db, id) : undefined;
    if (!found) throw notFound();
    return found;
  }

  app.get('/projects/opinions/:id', { config: open, schema: { params: idParams } }, async (request, reply) =>
    sendPage(reply, publishedPage(request.locale, await publishedAt(request.params.id), config.timeZone)),
  );

  app.get(
    '/api/v1/opinions',
    {
      config: open,
      schema: {
        summary: 'List the published opinions on major projects, the newest first',
        tags: ['portfolio'],
        querystring: opinionsApiQuery,
        response: {
          200: Type.Object({ items: Type.Array(published), next: Type.Union([Type.Integer(), Type.Null()]) }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const found = await listPublished(db, filter, { before: cursor ?? null, limit: limit + 1 });
      const items = found.slice(0, limit);
      return { items: items.map(asJson), next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
    },
  );

  app.get(
    '/api/v1/opinions/:id',
    {
      config: open,
      schema: {
        summary: 'A published opinion, without the passages that were struck out',
        tags: ['portfolio'],
        params: idParams,
        response: { 200: published },
      },
    },
    async (request) => asJson(await publishedAt(request.params.id)),
  );
}
