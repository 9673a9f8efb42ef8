// Resources for machines over the API: read, register, change, grant, withdraw.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import {
  changeResource,
  grantOwnResource,
  registerOwnResource,
  withdrawOwnResource,
} from './resources.actions.ts';
import { findResourceById, resourcesAfter } from './resources.repository.ts';
import {
  grantBody,
  grantParams,
  newResourceBody,
  resourceBody,
  resourceParams,
  resourceSchema,
  resourcesApiQuery,
} from './resources.schemas.ts';
import type { NamedResource } from './resources.types.ts';
import { servicesPermissions } from './services.permissions.ts';

function asJson({ createdAt: _, scopes, servers, ...rest }: NamedResource) {
  return { ...rest, scopes: [...scopes], servers: servers.map(({ clientId, name }) => ({ clientId, name })) };
}

/** `/api/v1/identity/resources`. */
export function resourcesApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const read = { permission: servicesPermissions.readServices };
  const manage = { permission: servicesPermissions.manageResources };
  const grant = { permission: servicesPermissions.grantResources };
  const tags = ['identity'];
  const path = '/api/v1/identity/resources';

  async function resourceAt(id: string): Promise<NamedResource> {
    const resource = isUuid(id) ? await findResourceById(db, id) : undefined;
    if (!resource) throw notFound();
    return resource;
  }

  app.get(
    path,
    {
      config: read,
      schema: {
        summary: 'List the resources that machines may be granted, by name',
        tags,
        querystring: resourcesApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(resourceSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async ({ query: { search, limit, cursor } }) => {
      const filter = search ? { search } : {};
      const found = await resourcesAfter(db, filter, { after: cursor ?? null, limit: limit + 1 });
      const items = found.slice(0, limit).map(asJson);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.post(
    path,
    {
      config: manage,
      schema: {
        summary: 'Register a resource',
        tags,
        body: newResourceBody,
        response: { 201: resourceSchema },
      },
    },
    async (request, reply) => {
      const { tokenSeconds, ...body } = request.body;
      const input = { ...body, tokenSeconds: String(tokenSeconds) };
      const { id } = await registerOwnResource(kernel, actorOf(request), input);
      return reply
        .code(201)
        .header('location', `${path}/${id}`)
        .send(asJson(await resourceAt(id)));
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: read,
      schema: {
        summary: 'Read one resource',
        tags,
        params: resourceParams,
        response: { 200: resourceSchema },
      },
    },
    async ({ params: { id } }) => asJson(await resourceAt(id)),
  );

  app.put(
    `${path}/:id`,
    {
      config: manage,
      schema: {
        summary: 'Change a resource',
        tags,
        params: resourceParams,
        body: resourceBody,
        response: { 200: resourceSchema },
      },
    },
    async (request) => {
      const { tokenSeconds, ...body } = request.body;
      const { id } = request.params;
      await changeResource(kernel, actorOf(request), id, { ...body, tokenSeconds: String(tokenSeconds) });
      return asJson(await resourceAt(id));
    },
  );

  app.put(
    `${path}/:id/grants/:clientId`,
    {
      config: grant,
      schema: {
        summary: 'Grant a resource to a machine service, with these scopes',
        tags,
        params: grantParams,
        body: grantBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, clientId } = request.params;
      await grantOwnResource(kernel, actorOf(request), id, { clientId, scopes: request.body.scopes });
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${path}/:id/grants/:clientId`,
    {
      config: grant,
      schema: {
        summary: 'Withdraw a resource from a machine service',
        tags,
        params: grantParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, clientId } = request.params;
      await withdrawOwnResource(kernel, actorOf(request), id, clientId);
      return reply.code(204).send(null);
    },
  );
}
