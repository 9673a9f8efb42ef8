// The public catalogue: its list, the page of each API, documents and the sandbox.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import { notFound } from '#platform/errors.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { originAsked } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { apiPage, type TryOut } from './api.pages.ts';
import { listApiDays } from './api-days.repository.ts';
import { apisPage } from './api-list.pages.ts';
import { eachApi, findApiBySlug, listApis, listProducers, listScopesOf } from './apis.repository.ts';
import { firstShownDay, SHOWN_DAYS } from './availability.rules.ts';
import { cataloguePermissions } from './catalogue.permissions.ts';
import { apiQuery, apisQuery, slugParams, versionParams } from './catalogue.schemas.ts';
import type { ApiFilter, ListedApi, Sensitivity } from './catalogue.types.ts';
import { DOCTRINE_PATH, doctrinePage } from './doctrine.pages.ts';
import { producerApisRoutes } from './producer-apis.routes.ts';
import { sandboxRoutes } from './sandbox.routes.ts';
import { curlLine, type Trial, trialOf } from './try-out.rules.ts';
import { findContent, findPublicContent, listVersions } from './versions.repository.ts';

const PAGE_SIZE = 30;

const COLUMNS = [
  'slug',
  'name',
  'summary',
  'producer',
  'state',
  'sensitivity',
  'legal_basis_required',
  'versions',
  'doctrine_score',
  'uptime_30_days',
  'quota_per_minute',
  'contact',
];

/** What a query narrows the list by; empty values narrow nothing, and a producer that is no id finds nothing. */
export function apiFilterOf(query: {
  search?: string;
  producer?: string;
  sensitivity?: '' | Sensitivity;
  state?: '' | 'open' | 'closed';
}): ApiFilter {
  const nobody = '00000000-0000-0000-0000-000000000000';
  return {
    ...(query.search ? { search: query.search } : {}),
    ...(query.producer ? { producerId: isUuid(query.producer) ? query.producer : nobody } : {}),
    ...(query.sensitivity ? { sensitivity: query.sensitivity } : {}),
    ...(query.state ? { state: query.state } : {}),
  };
}

async function* rowsOf(apis: AsyncIterable<ListedApi>): AsyncGenerator<Cell[]> {
  for await (const api of apis) {
    yield [
      api.slug,
      api.name,
      api.summary,
      api.producerName,
      api.state,
      api.sensitivity,
      api.legalBasisRequired,
      api.versionNames.join(' '),
      api.doctrineScore,
      api.uptime,
      api.defaultQuotaPerMinute,
      api.contactEmail,
    ];
  }
}

/** `/apis`, `/exchange/doctrine`, `/sandbox` and `/exchange/producer/apis`. */
export function catalogueRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
  sandboxRoutes(untyped, kernel);
  producerApisRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, { db }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: cataloguePermissions.browseApis };

  app.get(
    '/apis',
    { config: { ...config, cache: 'public' }, schema: { querystring: apisQuery } },
    async (request, reply) => {
      const filter = apiFilterOf(request.query);
      const page = { number: request.query.page ?? 1, size: PAGE_SIZE };
      const [{ items, total }, producers] = await Promise.all([
        listApis(db, 'public', filter, page),
        listProducers(db, 'public'),
      ]);
      return sendPage(reply, apisPage(request.locale, { filter, items, total, page, producers }));
    },
  );

  app.get(DOCTRINE_PATH, { config: { ...config, cache: 'public' } }, (request, reply) =>
    sendPage(reply, doctrinePage(request.locale)),
  );

  app.get('/apis.csv', { config, schema: { querystring: apisQuery } }, (request, reply) =>
    sendCsv(reply, 'apis.csv', COLUMNS, rowsOf(eachApi(db, 'public', apiFilterOf(request.query)))),
  );
}

function oneRoutes(untyped: FastifyInstance, { db, clock, config: settings }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: cataloguePermissions.browseApis };

  app.get(
    '/apis/:slug',
    { config: { ...config, cache: 'public' }, schema: { params: slugParams, querystring: apiQuery } },
    async (request, reply) => {
      const api = await findApiBySlug(db, request.params.slug);
      if (!api) throw notFound();
      const now = clock.now();
      const [versions, scopes, days, isDemonstration] = await Promise.all([
        listVersions(db, api.id),
        listScopesOf(db, [api.id]),
        listApiDays(db, api.id, firstShownDay(now, SHOWN_DAYS)),
        demonstrationIsLoaded(db),
      ]);
      const newest = versions.find(({ state }) => state !== 'retired');
      const content = newest && (await findContent(db, newest.id));
      const trial = content ? trialOf(content.openapi, content.examples, request.query) : null;
      const own = originAsked(request, settings) ?? `http://localhost:${settings.port}`;
      const place = `${api.slug}/${newest?.name}`;
      const gateway = settings.gateway.publicUrl ?? `http://localhost:${settings.gateway.port}`;
      const tryOut = trial && newest ? tryOutOf(trial, newest.name, `${own}/sandbox/${place}`) : null;
      const curl =
        trial?.line && api.state === 'open'
          ? curlLine(`${gateway}/${place}`, trial.line, { bearer: true })
          : null;
      const { timeZone } = settings;
      return sendPage(
        reply,
        apiPage(request.locale, {
          api,
          versions,
          scopes,
          days,
          origin: isDemonstration ? 'demonstration' : 'measured',
          tryOut,
          curl,
          timeZone,
          now,
        }),
      );
    },
  );

  app.get(
    '/apis/:slug/:version/openapi.json',
    { config, schema: { params: versionParams } },
    async (request, reply) => {
      const content = await findPublicContent(db, request.params.slug, request.params.version, {
        retired: true,
      });
      if (!content) throw notFound();
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(content.openapi, null, 2));
    },
  );
}

function tryOutOf({ calls, made, line }: Trial, version: string, base: string): TryOut {
  return { version, calls, made, curl: line && curlLine(base, line, { bearer: false }) };
}
