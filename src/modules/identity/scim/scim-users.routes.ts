// The users of one organisation's directory over SCIM (RFC 7644, 3.2 to 3.6). The token has been checked before.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import type { ScimOptions } from './hub-access.ts';
import { scimTokenRefused } from './scim.errors.ts';
import { scimIdParams, scimListQuery, scimOneQuery } from './scim.schemas.ts';
import { sendScim } from './scim-answers.ts';
import { filterInQuery, patchInBody, userInBody } from './scim-messages.ts';
import { asResource, attributeNames } from './scim-resource.rules.ts';
import type { ScimToken } from './scim-tokens.types.ts';
import {
  changeScimUser,
  type DirectoryCall,
  provisionScimUser,
  removeScimUser,
} from './scim-users.actions.ts';
import { findScimUser, pageOfScimUsers } from './scim-users.repository.ts';
import { namesVersion, versionTag } from './scim-users.rules.ts';
import type { ScimUser } from './scim-users.types.ts';

/** How many users one answer holds at most. */
export const MOST_RESULTS = 1_000;

const RESULTS = 100;

interface Wanted {
  readonly attributes?: string;
  readonly excludedAttributes?: string;
}

/** The token that calls: the hook of `/scim/v2` has set it. */
function tokenOf({ scimToken }: FastifyRequest): ScimToken {
  if (scimToken === null) throw scimTokenRefused();
  return scimToken;
}

function attributesOf({ attributes, excludedAttributes }: Wanted) {
  return { only: attributeNames(attributes), without: attributeNames(excludedAttributes) };
}

/** `/Users` and one of them, under the prefix of `untyped`. */
export function scimUsersRoutes(
  untyped: FastifyInstance,
  {
    config,
    kernel,
    options,
    baseOf,
  }: {
    config: FastifyContextConfig;
    kernel: Kernel;
    options: ScimOptions;
    baseOf: (request: FastifyRequest) => string;
  },
): void {
  const scope = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const callOf = (request: FastifyRequest): DirectoryCall => ({
    ...options,
    kernel,
    token: tokenOf(request),
  });
  const targetOf = (request: FastifyRequest, id: string) => ({ id, ifMatch: request.headers['if-match'] });
  const one = { config, schema: { hide: true, params: scimIdParams, querystring: scimOneQuery } };

  function answer(reply: FastifyReply, status: number, user: ScimUser, wanted: Wanted): FastifyReply {
    const resource = asResource(user, baseOf(reply.request), attributesOf(wanted));
    return sendScim(reply.header('etag', versionTag(user)), status, resource);
  }

  scope.get(
    '/Users',
    { config, schema: { hide: true, querystring: scimListQuery } },
    async (request, reply) => {
      const { filter, startIndex, count = RESULTS } = request.query;
      // Below their least value they mean it (RFC 7644, 3.4.2.4).
      const start = Math.max(1, startIndex ?? 1);
      const { items, total } = await pageOfScimUsers(
        db,
        tokenOf(request).organisationId,
        await filterInQuery(filter),
        {
          offset: start - 1,
          limit: Math.min(Math.max(0, count), MOST_RESULTS),
        },
      );
      const base = baseOf(request);
      const wanted = attributesOf(request.query);
      return sendScim(reply, 200, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: total,
        startIndex: start,
        itemsPerPage: items.length,
        Resources: items.map((user) => asResource(user, base, wanted)),
      });
    },
  );

  scope.post(
    '/Users',
    { config, schema: { hide: true, querystring: scimOneQuery } },
    async (request, reply) => {
      const user = await provisionScimUser(callOf(request), await userInBody(request.body));
      reply.header('location', `${baseOf(request)}/Users/${user.id}`);
      return answer(reply, 201, user, request.query);
    },
  );

  scope.get('/Users/:id', one, async (request, reply) => {
    const { id } = request.params;
    const user = isUuid(id) ? await findScimUser(db, tokenOf(request).organisationId, id) : undefined;
    if (!user) throw notFound();
    const known = request.headers['if-none-match'];
    if (known !== undefined && namesVersion(known, user)) {
      return reply.code(304).header('etag', versionTag(user)).send();
    }
    return answer(reply, 200, user, request.query);
  });

  scope.put('/Users/:id', one, async (request, reply) => {
    const sent = await userInBody(request.body);
    const user = await changeScimUser(
      callOf(request),
      targetOf(request, request.params.id),
      async () => sent,
    );
    return answer(reply, 200, user, request.query);
  });

  scope.patch('/Users/:id', one, async (request, reply) => {
    const change = await patchInBody(request.body);
    const user = await changeScimUser(callOf(request), targetOf(request, request.params.id), change);
    return answer(reply, 200, user, request.query);
  });

  scope.delete('/Users/:id', one, async (request, reply) => {
    await removeScimUser(callOf(request), targetOf(request, request.params.id));
    return reply.code(204).send();
  });
}
