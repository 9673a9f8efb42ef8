// Sign-in providers over the API: how each fares for everyone, their settings for administrators.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { originOf } from '#platform/http/origin.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import type { UpstreamStatus } from './upstream-status.rules.ts';
import { changeUpstream, recordUpstream } from './upstreams.actions.ts';
import { upstreamsPermissions } from './upstreams.permissions.ts';
import { findUpstream, upstreamsAfter } from './upstreams.repository.ts';
import { administratorOf, statusesOf } from './upstreams.routes.ts';
import {
  idParams,
  statusSchema,
  upstreamBody,
  upstreamSchema,
  upstreamsApiQuery,
} from './upstreams.schemas.ts';
import type { Upstream, UpstreamInput } from './upstreams.types.ts';

const LIST = '/api/v1/identity/upstreams';

function pageOf<T extends { id: string }>(found: readonly T[], limit: number) {
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const listOf = <T extends Parameters<typeof Type.Array>[0]>(items: T) =>
  Type.Object({ items: Type.Array(items), next: Type.Union([Type.String(), Type.Null()]) });

function asJson<T extends Upstream | UpstreamStatus>(record: T) {
  return {
    ...record,
    stateSince: record.stateSince?.toISOString() ?? null,
    checkedAt: record.checkedAt?.toISOString() ?? null,
  };
}

function upstreamAsJson(upstream: Upstream) {
  return asJson({
    ...upstream,
    domains: [...upstream.domains],
    organisationIds: [...upstream.organisationIds],
  });
}

function inputOf(body: Static<typeof upstreamBody>): UpstreamInput {
  return {
    ...body,
    clientSecret: body.clientSecret ?? '',
    domains: body.domains.join('\n'),
    organisations: body.organisations.join('\n'),
  };
}

/** `/api/v1/identity/upstreams`, one of them, and how all fare. */
export function upstreamsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config } = kernel;
  const manage = { permission: upstreamsPermissions.manageSignInProviders };

  app.get(
    `${LIST}/status`,
    {
      config: { permission: upstreamsPermissions.readSignInProviders },
      schema: {
        summary: 'How each identity provider fares, as measured',
        tags: ['identity'],
        querystring: upstreamsApiQuery,
        response: { 200: listOf(statusSchema) },
      },
    },
    async ({ query: { realm, limit, cursor } }) => {
      const filter = { ...(realm && { realm }), enabledOnly: true };
      const found = await upstreamsAfter(db, filter, { after: cursor ?? null, limit: limit + 1 });
      const { items, next } = pageOf(found, limit);
      return { items: (await statusesOf(kernel, items)).map(statusAsJson), next };
    },
  );

  app.get(
    LIST,
    {
      config: manage,
      schema: {
        summary: 'List identity providers with their settings',
        tags: ['identity'],
        querystring: upstreamsApiQuery,
        response: { 200: listOf(upstreamSchema) },
      },
    },
    async ({ query: { realm, limit, cursor } }) => {
      const filter = realm ? { realm } : {};
      const found = await upstreamsAfter(db, filter, { after: cursor ?? null, limit: limit + 1 });
      const { items, next } = pageOf(found, limit);
      return { items: items.map(upstreamAsJson), next };
    },
  );

  app.get(
    `${LIST}/:id`,
    {
      config: manage,
      schema: {
        summary: 'Read one identity provider with its settings',
        tags: ['identity'],
        params: idParams,
        response: { 200: upstreamSchema },
      },
    },
    async ({ params: { id } }) => {
      const upstream = isUuid(id) ? await findUpstream(db, id) : undefined;
      if (!upstream) throw notFound();
      return upstreamAsJson(upstream);
    },
  );

  app.post(
    LIST,
    {
      config: manage,
      schema: {
        summary: 'Record an identity provider',
        description: 'One that is enabled is looked at first, and must answer as an OpenID provider does.',
        tags: ['identity'],
        body: upstreamBody,
        response: { 201: upstreamSchema },
      },
    },
    async (request, reply) => {
      const origin = originOf(request, config);
      const upstream = await recordUpstream(kernel, administratorOf(request), inputOf(request.body), {
        origin,
      });
      return reply.code(201).header('location', `${LIST}/${upstream.id}`).send(upstreamAsJson(upstream));
    },
  );

  app.put(
    `${LIST}/:id`,
    {
      config: manage,
      schema: {
        summary: 'Change an identity provider: every setting is written anew',
        tags: ['identity'],
        params: idParams,
        body: upstreamBody,
        response: { 200: upstreamSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const origin = originOf(request, config);
      const by = administratorOf(request);
      return upstreamAsJson(await changeUpstream(kernel, by, id, inputOf(request.body), { origin }));
    },
  );
}

function statusAsJson(status: UpstreamStatus) {
  return asJson({ ...status, uptimes: [...status.uptimes], days: [...status.days] });
}
