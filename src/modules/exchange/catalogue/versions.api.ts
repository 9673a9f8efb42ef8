// Versions over the REST interface, for producers: add with a document, say where it is forwarded to, deprecate, retire.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { cataloguePermissions } from './catalogue.permissions.ts';
import { endBody, slugParams, upstreamBody, versionBody, versionParams } from './catalogue.schemas.ts';
import type { OpenApiDocument } from './catalogue.types.ts';
import { ownApiAt } from './own-api-at.ts';
import { addVersion, deprecateVersion, retireVersion, setUpstream } from './versions.actions.ts';

const path = '/api/v1/apis/:slug/versions';
const tags = ['exchange'];
const config = { permission: cataloguePermissions.manageApis };

/** A document of 2 MB in JSON, with what stands round it. */
const LARGEST_BODY = 3 * 1024 * 1024;

/** `/api/v1/apis/:slug/versions` and what is under it. */
export function versionsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.post(
    path,
    {
      config,
      bodyLimit: LARGEST_BODY,
      schema: {
        summary:
          'Add a version with its OpenAPI document, or the address where it is fetched; its check is queued',
        tags,
        params: slugParams,
        body: versionBody,
        response: { 202: Type.Object({ name: Type.String(), check: Type.String() }) },
      },
    },
    async (request, reply) => {
      const { id } = await ownApiAt(kernel, request, request.params.slug);
      const { name, openapi, openapiUrl = '', sandboxExamples = [] } = request.body;
      const document = openapi === undefined || openapi === null ? '' : (openapi as string | OpenApiDocument);
      const input = { name, document, documentUrl: openapiUrl, sandboxExamples };
      const { run } = await addVersion(kernel, actorOf(request), id, input);
      return reply.code(202).send({ name: name.trim(), check: `/jobs/${run}` });
    },
  );

  app.put(
    `${path}/:version/upstream`,
    {
      config,
      schema: {
        summary: 'Say where a version is forwarded to, and what proves the gateway there',
        tags,
        params: versionParams,
        body: upstreamBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id } = await ownApiAt(kernel, request, request.params.slug);
      const { url, timeoutMs, pipelining = false, proof = 'none', ...secret } = request.body;
      await setUpstream(kernel, actorOf(request), id, request.params.version, {
        url,
        timeoutMs: timeoutMs === undefined ? '' : String(timeoutMs),
        pipelining,
        proof,
        privateKeyPem: secret.privateKeyPem ?? '',
        certificatePem: secret.certificatePem ?? '',
        keyId: secret.keyId ?? '',
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${path}/:version/deprecate`,
    {
      config,
      schema: {
        summary: 'Deprecate a version, with the last day on which it is served',
        tags,
        params: versionParams,
        body: endBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id } = await ownApiAt(kernel, request, request.params.slug);
      await deprecateVersion(kernel, actorOf(request), id, request.params.version, request.body.endsOn ?? '');
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${path}/:version/retire`,
    {
      config,
      schema: {
        summary: 'Retire a version: gateways refuse its calls at once',
        tags,
        params: versionParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id } = await ownApiAt(kernel, request, request.params.slug);
      await retireVersion(kernel, actorOf(request), id, request.params.version);
      return reply.code(204).send(null);
    },
  );
}
