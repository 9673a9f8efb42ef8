// SCIM 2.0 over HTTP (RFC 7644): whose token calls, what is offered, and the frame in which everything is answered.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { originAsked } from '#platform/http/origin.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { ScimOptions } from './hub-access.ts';
import { scimPermissions } from './scim.permissions.ts';
import { scimIdParams } from './scim.schemas.ts';
import { sendScim, sendScimError, sendScimNotFound } from './scim-answers.ts';
import { ENTERPRISE_SCHEMA, USER_SCHEMA } from './scim-attributes.rules.ts';
import { scimLibrary } from './scim-library.ts';
import { recogniseScimToken } from './scim-tokens.actions.ts';
import type { ScimToken } from './scim-tokens.types.ts';
import { MOST_RESULTS, scimUsersRoutes } from './scim-users.routes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The token of provisioning that calls; null outside `/scim/v2`. */
    scimToken: ScimToken | null;
  }
}

const PREFIX = '/scim/v2';
const LARGEST_BODY = 100 * 1024;

/** What every route of SCIM says of itself: the token is the permission, and no form of ours is sent. */
const config = { permission: scimPermissions.provision, csrf: 'protocol' } as const;

/** `/scim/v2` and what is under it. */
export function scimRoutes(app: FastifyInstance, kernel: Kernel, options: ScimOptions): void {
  app.register(
    async (scope) => {
      scope.decorateRequest('scimToken', null);
      scope.setErrorHandler((error, request, reply) => sendScimError(error, request, reply));
      scope.setNotFoundHandler({ preHandler: scope.rateLimit() }, sendScimNotFound);
      readBodiesOfScim(scope);
      // Before the body is read, so that who has no token sends nothing; and after the caller's requests are counted.
      scope.addHook('preParsing', async (request) => {
        if (request.is404) return;
        request.scimToken = await recogniseScimToken(kernel, request.headers.authorization);
      });
      const baseOf = (request: FastifyRequest) => `${originAsked(request, kernel.config) ?? ''}${PREFIX}`;
      discoveryRoutes(scope, baseOf);
      scimUsersRoutes(scope, { config, kernel, options, baseOf });
    },
    { prefix: PREFIX },
  );
}

/** SCIM's own type and plain JSON, within the bound. A body that is empty is none: some send a type with DELETE. */
function readBodiesOfScim(scope: FastifyInstance): void {
  const parseJson = scope.getDefaultJsonParser('error', 'error');
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    ['application/scim+json', 'application/json'],
    { parseAs: 'string', bodyLimit: LARGEST_BODY },
    (request, body, done) => {
      if (body.length === 0) done(null, undefined);
      else parseJson(request, body as string, done);
    },
  );
}

/** What is offered (RFC 7644, 4): users, no groups, no bulk, no sorting. */
function discoveryRoutes(untyped: FastifyInstance, baseOf: (request: FastifyRequest) => string): void {
  const scope = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const hide = { hide: true };

  scope.get('/ServiceProviderConfig', { config, schema: hide }, async (request, reply) => {
    const { Schemas } = await scimLibrary();
    const offered = {
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: MOST_RESULTS },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: true },
      authenticationSchemes: [
        {
          type: 'oauthbearertoken',
          name: 'Bearer token',
          description: 'A token of one organisation, made by its people on the page /provisioning.',
          specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
          primary: true,
        },
      ],
    };
    const body = new Schemas.ServiceProviderConfig(offered, `${baseOf(request)}/ServiceProviderConfig`);
    return sendScim(reply, 200, body);
  });

  async function resourceTypes(request: FastifyRequest): Promise<object[]> {
    const { Schemas } = await scimLibrary();
    const users = {
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      description: 'A person of the organisation’s staff.',
      schema: USER_SCHEMA,
      schemaExtensions: [{ schema: ENTERPRISE_SCHEMA, required: false }],
    };
    return [new Schemas.ResourceType(users, `${baseOf(request)}/ResourceTypes`)];
  }

  scope.get('/ResourceTypes', { config, schema: hide }, async (request, reply) =>
    sendScim(reply, 200, listOf(await resourceTypes(request))),
  );

  scope.get(
    '/ResourceTypes/:id',
    { config, schema: { ...hide, params: scimIdParams } },
    async (request, reply) => {
      if (request.params.id !== 'User') throw notFound();
      return sendScim(reply, 200, (await resourceTypes(request))[0] as object);
    },
  );

  async function schemas(request: FastifyRequest): Promise<{ id: string }[]> {
    const { Schemas } = await scimLibrary();
    const base = `${baseOf(request)}/Schemas`;
    return [Schemas.User.definition.describe(base), Schemas.EnterpriseUser.definition.describe(base)];
  }

  scope.get('/Schemas', { config, schema: hide }, async (request, reply) =>
    sendScim(reply, 200, listOf(await schemas(request))),
  );

  scope.get('/Schemas/:id', { config, schema: { ...hide, params: scimIdParams } }, async (request, reply) => {
    const schema = (await schemas(request)).find(({ id }) => id === request.params.id);
    if (!schema) throw notFound();
    return sendScim(reply, 200, schema);
  });
}

function listOf(items: readonly object[]): object {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: items.length,
    startIndex: 1,
    itemsPerPage: items.length,
    Resources: items,
  };
}
