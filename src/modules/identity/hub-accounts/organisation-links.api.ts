// Organisation links over the API, for those who decide on them: list, read, decide.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { hubAccountsPermissions } from './hub-accounts.permissions.ts';
import { linksCursorOf, linksPageOf } from './links-cursor.ts';
import { decideLink } from './organisation-links.actions.ts';
import { linksReachOf, openedLink } from './organisation-links.reading.ts';
import { findLink, listLinks } from './organisation-links.repository.ts';
import { decisionBody, linkParams, linkSchema, linksApiQuery } from './organisation-links.schemas.ts';
import type { OrganisationLink } from './organisation-links.types.ts';

const LIST = '/api/v1/identity/organisation-links';

function asJson({ accountId: _account, personId: _person, ...link }: OrganisationLink) {
  return {
    ...link,
    askedAt: link.askedAt.toISOString(),
    decidedAt: link.decidedAt?.toISOString() ?? null,
  };
}

/** `/api/v1/identity/organisation-links`, one of them, and the decision on it. */
export function organisationLinksApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: hubAccountsPermissions.decideOrganisationLinks };

  app.get(
    LIST,
    {
      config,
      schema: {
        summary: 'List links of agents to the organisations that the caller answers for',
        tags: ['identity'],
        querystring: linksApiQuery,
        response: {
          200: Type.Object({ items: Type.Array(linkSchema), next: Type.Union([Type.String(), Type.Null()]) }),
        },
      },
    },
    async (request) => {
      const { list, limit, cursor } = request.query;
      const reach = await linksReachOf(db, actorOf(request));
      const found = await listLinks(db, reach, list, { after: linksCursorOf(cursor), limit: limit + 1 });
      const { items, next } = linksPageOf(found, list, limit);
      return { items: items.map((sealed) => asJson(openedLink(kernel, sealed))), next };
    },
  );

  app.get(
    `${LIST}/:id`,
    {
      config,
      schema: {
        summary: 'Read one link',
        tags: ['identity'],
        params: linkParams,
        response: { 200: linkSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const reach = await linksReachOf(db, actorOf(request));
      const sealed = isUuid(id) ? await findLink(db, reach, id) : undefined;
      if (!sealed) throw notFound();
      return asJson(openedLink(kernel, sealed));
    },
  );

  app.post(
    `${LIST}/:id/decision`,
    {
      config,
      schema: {
        summary: 'Confirm or refuse a link',
        description: 'The agent is told by e-mail. A confirmed agent gets in at their next sign-in.',
        tags: ['identity'],
        params: linkParams,
        body: decisionBody,
        response: { 200: linkSchema },
      },
    },
    async (request) => asJson(await decideLink(kernel, actorOf(request), request.params.id, request.body)),
  );
}
