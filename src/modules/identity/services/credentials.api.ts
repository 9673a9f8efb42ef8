// The keys and secrets of a service over the API. A secret is in one answer only: that of its making.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { addKey, addSecret, revokeKey, revokeSecret } from './credentials.actions.ts';
import { listKeys, listSecrets } from './credentials.repository.ts';
import { serviceAt } from './service-at.ts';
import { servicesPermissions } from './services.permissions.ts';
import { credentialParams, keySchema, secretSchema, serviceParams } from './services.schemas.ts';
import type { ServiceKey, ServiceSecret } from './services.types.ts';

function keyAsJson({ id, kid, publicJwk, createdAt, revokedAt }: ServiceKey) {
  return {
    id,
    kid,
    publicJwk: publicJwk as Record<string, unknown>,
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

function secretAsJson({ id, ending, createdAt, revokedAt }: ServiceSecret) {
  return {
    id,
    ending,
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

const keyBody = Type.Object(
  {
    key: Type.Union(
      [Type.String({ maxLength: 100_000 }), Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())],
      { description: 'A public key: PEM or JWK as text, or a JWK as an object.' },
    ),
  },
  { additionalProperties: false },
);

/** `/api/v1/identity/services/:id/keys` and `/secrets`. */
export function credentialsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const read = { permission: servicesPermissions.readServices };
  const manage = { permission: servicesPermissions.manageServices };
  const tags = ['identity'];
  const path = '/api/v1/identity/services/:id';

  app.get(
    `${path}/keys`,
    {
      config: read,
      schema: {
        summary: 'List the public keys of a service, live ones first (the last hundred)',
        tags,
        params: serviceParams,
        response: { 200: Type.Object({ items: Type.Array(keySchema) }) },
      },
    },
    async (request) => {
      const { id } = await serviceAt(db, actorOf(request), request.params.id);
      return { items: (await listKeys(db, id)).map(keyAsJson) };
    },
  );

  app.post(
    `${path}/keys`,
    {
      config: manage,
      schema: {
        summary: 'Add a public key to a service',
        tags,
        params: serviceParams,
        body: keyBody,
        response: { 201: keySchema },
      },
    },
    async (request, reply) => {
      const { key } = request.body;
      const text = typeof key === 'string' ? key : JSON.stringify(key);
      const added = await addKey(kernel, actorOf(request), request.params.id, text);
      return reply.code(201).send(keyAsJson(added));
    },
  );

  app.delete(
    `${path}/keys/:credentialId`,
    {
      config: manage,
      schema: {
        summary: 'Revoke a public key at once',
        tags,
        params: credentialParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, credentialId } = request.params;
      await revokeKey(kernel, actorOf(request), { serviceId: id, keyId: credentialId });
      return reply.code(204).send(null);
    },
  );

  app.get(
    `${path}/secrets`,
    {
      config: read,
      schema: {
        summary: 'List the secrets of a service, without what they are (the last hundred)',
        tags,
        params: serviceParams,
        response: { 200: Type.Object({ items: Type.Array(secretSchema) }) },
      },
    },
    async (request) => {
      const { id } = await serviceAt(db, actorOf(request), request.params.id);
      return { items: (await listSecrets(db, id)).map(secretAsJson) };
    },
  );

  app.post(
    `${path}/secrets`,
    {
      config: manage,
      schema: {
        summary: 'Make a secret; this answer is the only one that holds it',
        tags,
        params: serviceParams,
        response: {
          201: Type.Object({ secret: Type.String(), ...secretSchema.properties }),
        },
      },
    },
    async (request, reply) => {
      const { plain, secret } = await addSecret(kernel, actorOf(request), request.params.id);
      reply.code(201).header('cache-control', 'no-store');
      return reply.send({ secret: plain, ...secretAsJson(secret) });
    },
  );

  app.delete(
    `${path}/secrets/:credentialId`,
    {
      config: manage,
      schema: {
        summary: 'Revoke a secret at once',
        tags,
        params: credentialParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, credentialId } = request.params;
      await revokeSecret(kernel, actorOf(request), { serviceId: id, secretId: credentialId });
      return reply.code(204).send(null);
    },
  );
}
