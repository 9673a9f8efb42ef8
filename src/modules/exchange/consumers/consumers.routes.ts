// The consumer's room: the use of one's organisations, and how to call an API under an accreditation.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { originAsked } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import {
  findAccreditation,
  listAccreditationsAfter,
  listClientsOf,
  listGrantsOf,
} from '../accreditations/accreditations.repository.ts';
import type { AccreditedClient, Grant, WholeAccreditation } from '../accreditations/accreditations.types.ts';
import { curlLine, trialOf } from '../catalogue/try-out.rules.ts';
import { findContent } from '../catalogue/versions.repository.ts';
import { type KitView, kitPage } from './call-kit.pages.ts';
import { provesBySecret, tokenLine } from './call-kit.rules.ts';
import { CONSUMER_ROOM, consumerPage, kitAddress } from './consumer.pages.ts';
import { CONSUMER_ROLES, organisationsWhere } from './consumer-access.rules.ts';
import { consumersPermissions } from './consumers.permissions.ts';
import {
  findAuthentications,
  listCallableApis,
  listPeakMinutes,
  listRecentRefusals,
  listStopsOn,
  listUsageDays,
} from './consumers.repository.ts';
import type { CallableApi } from './consumers.types.ts';
import { type ClientSource, clientClassName, firstMethod, typedClient } from './typed-client.rules.ts';
import { everyUsageDay, usageSince } from './usage.rules.ts';

const MOST_ACCREDITATIONS = 100;
const A_DAY = 86_400_000;

const kitParams = Type.Object({
  number: Type.String({ pattern: '^[1-9][0-9]{0,14}$' }),
  slug: Type.String({ maxLength: 70 }),
});

const usageSchema = Type.Object({
  items: Type.Array(Type.Object({ day: Type.String(), allowed: Type.Integer(), denied: Type.Integer() })),
});

/** `/exchange/consumer` and what is under it. */
export function consumersRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const { timeZone } = settings;
  const config = { permission: consumersPermissions.readConsumerRoom };
  const consumersOf = (request: FastifyRequest) => organisationsWhere(actorOf(request), CONSUMER_ROLES);

  async function usageOf(organisations: readonly string[]) {
    const now = clock.now();
    const counted = await listUsageDays(db, organisations, { since: usageSince(now), timeZone });
    return everyUsageDay(counted, dayIn(now, timeZone));
  }

  app.get(CONSUMER_ROOM, { config }, async (request, reply) => {
    const consumers = consumersOf(request);
    const now = clock.now();
    const reach = { consumers, producers: [] };
    const page = { after: null, limit: MOST_ACCREDITATIONS };
    const accreditations = await listAccreditationsAfter(db, reach, { state: 'active' }, page);
    const own = accreditations.filter(({ organisationId }) => consumers.includes(organisationId));
    const ids = own.map(({ id }) => id);
    const [grants, clients, stops, days, refusals, peaks] = await Promise.all([
      listGrantsOf(db, reach, ids),
      listClientsOf(db, ids),
      listStopsOn(db, consumers, now),
      usageOf(consumers),
      listRecentRefusals(db, consumers, new Date(now.getTime() - 7 * A_DAY)),
      listPeakMinutes(db, consumers, new Date(now.getTime() - A_DAY)),
    ]);
    const apis = await listCallableApis(db, [...new Set(grants.map(({ apiId }) => apiId))]);
    const view = { accreditations: own, grants, clients, apis, peaks, stops, days, refusals, timeZone };
    return sendPage(reply, consumerPage(request.locale, view));
  });

  app.get(`${CONSUMER_ROOM}/usage.csv`, { config, schema: { hide: true } }, async (request, reply) => {
    const days = await usageOf(consumersOf(request));
    const rows = days.map(({ day, allowed, denied }) => [day, allowed, denied]);
    return sendCsv(reply, 'usage.csv', ['day', 'allowed', 'denied'], rows);
  });

  app.get(
    '/api/v1/exchange/consumer/usage',
    {
      config,
      schema: {
        summary: 'Count the calls of one’s organisations per day, over 30 days',
        tags: ['exchange'],
        response: { 200: usageSchema },
      },
    },
    async (request) => ({ items: await usageOf(consumersOf(request)) }),
  );

  kitRoutes(untyped, kernel);
}

/** What an address of the kit names: an accreditation in force of the reader's, with its grants of one API. */
interface OwnGrant {
  readonly accreditation: WholeAccreditation;
  readonly grants: readonly Grant[];
  readonly api: CallableApi;
  readonly first: Grant;
  /** The first service that may call. */
  readonly client: AccreditedClient | undefined;
}

function kitRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config: settings } = kernel;
  const config = { permission: consumersPermissions.readConsumerRoom };
  const gatewayUrl = settings.gateway.publicUrl ?? `http://localhost:${settings.gateway.port}`;

  async function grantAt(request: FastifyRequest, number: string, slug: string): Promise<OwnGrant> {
    const consumers = organisationsWhere(actorOf(request), CONSUMER_ROLES);
    const accreditation = await findAccreditation(db, { consumers, producers: [] }, Number(number));
    const grants = (accreditation?.grants ?? []).filter(
      ({ apiSlug, withdrawnAt }) => apiSlug === slug && withdrawnAt === null,
    );
    const [first] = grants;
    if (accreditation?.state !== 'active' || !first) throw notFound();
    const [api] = await listCallableApis(db, [first.apiId]);
    if (!api) throw notFound();
    const client = accreditation.clients.find(
      ({ serviceState, revokedAt }) => serviceState !== 'closed' && revokedAt === null,
    );
    return { accreditation, grants, api, first, client };
  }

  /** What a client is made from; null where the API cannot be called, or by nobody. */
  async function sourceOf(request: FastifyRequest, own: OwnGrant) {
    const { accreditation, grants, api, first, client } = own;
    if (!client || api.versionId === null || api.version === null || api.resource === null) return null;
    const content = await findContent(db, api.versionId);
    if (!content) return null;
    const site = originAsked(request, settings) ?? `http://localhost:${settings.port}`;
    const source: ClientSource = {
      apiName: first.apiName,
      slug: first.apiSlug,
      version: api.version,
      document: content.openapi,
      resource: api.resource,
      scopes: grants.map(({ scopeName }) => scopeName),
      fields: [...new Set(grants.flatMap(({ fields }) => fields))],
      accreditation: accreditation.number,
      clientId: client.clientId,
      tokenUrl: `${site}/connect/machines/token`,
      gatewayUrl,
    };
    return { source, content, client };
  }

  app.get(kitAddressPattern, { config, schema: { params: kitParams } }, async (request, reply) => {
    const own = await grantAt(request, request.params.number, request.params.slug);
    const { accreditation, grants, first } = own;
    const ready = await sourceOf(request, own);
    const page = kitPage(request.locale, {
      number: accreditation.number,
      stage: accreditation.stage,
      purpose: accreditation.purpose,
      slug: first.apiSlug,
      apiName: first.apiName,
      scopeTitles: grants.map(({ scopeTitle }) => scopeTitle),
      texts: ready ? await textsOf(ready) : own.client ? 'no-version' : 'no-service',
    });
    return sendPage(reply, page);
  });

  app.get(
    `${kitAddressPattern}/client.ts`,
    { config, schema: { params: kitParams, hide: true } },
    async (request, reply) => {
      const ready = await sourceOf(
        request,
        await grantAt(request, request.params.number, request.params.slug),
      );
      if (!ready) throw notFound();
      return reply
        .type('text/plain; charset=utf-8')
        .header('content-disposition', `attachment; filename="${ready.source.slug}.ts"`)
        .send(typedClient(ready.source));
    },
  );

  async function textsOf({
    source,
    content,
    client,
  }: NonNullable<Awaited<ReturnType<typeof sourceOf>>>): Promise<Exclude<KitView['texts'], string>> {
    const authentication = (await findAuthentications(db, [client.clientId])).get(client.clientId) ?? '';
    const { line } = trialOf(content.openapi, content.examples, {});
    const base = `${gatewayUrl}/${source.slug}/${source.version}`;
    const headers = [`accreditation: ${source.accreditation}`];
    const bySecret = provesBySecret(authentication);
    return {
      version: source.version,
      clientId: client.clientId,
      serviceId: client.serviceId,
      serviceName: client.name,
      bySecret,
      token: tokenLine({ ...source, authentication }),
      call: line && curlLine(base, line, { bearer: true, headers }),
      use: useOf(source, bySecret),
    };
  }
}

const kitAddressPattern = kitAddress(0, ':slug').replace('/0/', '/:number/');

/** A few lines that use a client. */
function useOf({ slug, document }: ClientSource, bySecret: boolean): string {
  const name = clientClassName(slug);
  const method = firstMethod(document);
  const proof = bySecret ? 'secret: process.env.CLIENT_SECRET' : 'token: getToken';
  const args = method?.arguments ?? [];
  return [
    `import { ExchangeError, ${name} } from './${slug}.ts';`,
    '',
    `const client = new ${name}({ ${proof} });`,
    ...(method
      ? [
          'try {',
          `  console.log(await client.${method.name}(${args.length === 0 ? '' : `{ ${args.join(', ')} }`}));`,
          '} catch (error) {',
          '  if (error instanceof ExchangeError) console.error(error.code, error.message);',
          '  else throw error;',
          '}',
        ]
      : []),
  ].join('\n');
}
