// The catalogue over the REST interface: everyone reads what is public, producers write their APIs.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Db } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { addApi, changeApi, closeApi, openApi } from './apis.actions.ts';
import { findApi, findApiBySlug, listApisAfter, listScopesOf } from './apis.repository.ts';
import { apiFilterOf } from './apis.routes.ts';
import { resourceIdentifierOf } from './apis.rules.ts';
import { cataloguePermissions } from './catalogue.permissions.ts';
import {
  apiBody,
  apiSchema,
  apisApiQuery,
  listedApiSchema,
  newApiBody,
  scopesBody,
  slugParams,
  versionParams,
} from './catalogue.schemas.ts';
import type { Api, ListedApi } from './catalogue.types.ts';
import { ownApiAt } from './own-api-at.ts';
import { inputOf } from './producer-forms.rules.ts';
import { writeScopes } from './scopes.actions.ts';
import { versionsApi } from './versions.api.ts';
import { findPublicContent, listVersions } from './versions.repository.ts';

const path = '/api/v1/apis';
const tags = ['exchange'];

/** `/api/v1/apis` and what is under it. */
export function catalogueApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
  versionsApi(untyped, kernel);
}

function ownFields({ resourceId: _, createdAt, changedAt, subject, ...api }: Api) {
  return {
    ...api,
    subject: subject && { ...subject, names: [...subject.names] },
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}

function asListed({ versionNames, uptime, ...api }: ListedApi) {
  return {
    ...ownFields(api),
    versions: [...versionNames],
    doctrineScore: api.doctrineScore,
    uptime30Days: uptime,
  };
}

async function apiAsJson(db: Db, api: Api) {
  const [versions, scopes] = await Promise.all([listVersions(db, api.id), listScopesOf(db, [api.id])]);
  return {
    ...ownFields(api),
    versions: versions.map(({ name, state, endsOn, doctrineScore, doctrineCheckedAt, doctrineFindings }) => ({
      name,
      state,
      endsOn,
      openapi: `${path}/${api.slug}/versions/${name}/openapi`,
      doctrineScore,
      doctrineCheckedAt: doctrineCheckedAt?.toISOString() ?? null,
      doctrineFindings: [...doctrineFindings],
    })),
    scopes: scopes.map(({ name, title, fields, isSensitive }) => ({
      name,
      title,
      fields: [...fields],
      isSensitive,
    })),
  };
}

function readingApi(untyped: FastifyInstance, { db }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: cataloguePermissions.browseApis };

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the APIs of the catalogue, by name',
        tags,
        querystring: apisApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(listedApiSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const page = { after: cursor ?? null, limit: limit + 1 };
      const found = await listApisAfter(db, 'public', apiFilterOf(query), page);
      const items = found.slice(0, limit).map(asListed);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:slug`,
    {
      config,
      schema: {
        summary: 'Read one API with its versions, scopes and doctrine findings',
        tags,
        params: slugParams,
        response: { 200: apiSchema },
      },
    },
    async (request) => {
      const api = await findApiBySlug(db, request.params.slug);
      if (!api) throw notFound();
      return apiAsJson(db, api);
    },
  );

  app.get(
    `${path}/:slug/versions/:version/openapi`,
    { config, schema: { summary: 'Read the OpenAPI document of a version', tags, params: versionParams } },
    async (request, reply) => {
      const { slug, version } = request.params;
      const content = await findPublicContent(db, slug, version, { retired: true });
      if (!content) throw notFound();
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(content.openapi));
    },
  );
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: cataloguePermissions.manageApis };
  const written = async (id: string) => {
    const api = await findApi(db, id, 'all');
    if (!api) throw notFound();
    return apiAsJson(db, api);
  };

  app.post(
    path,
    {
      config,
      schema: { summary: 'Add an API as a draft', tags, body: newApiBody, response: { 201: apiSchema } },
    },
    async (request, reply) => {
      const { slug, producerId, ...fields } = request.body;
      const input = { slug, producerId, ...inputOf(fields) };
      const id = await addApi(kernel, actorOf(request), input);
      const api = await written(id);
      return reply.code(201).header('location', `${path}/${api.slug}`).send(api);
    },
  );

  app.put(
    `${path}/:slug`,
    {
      config,
      schema: {
        summary: 'Change an API',
        tags,
        params: slugParams,
        body: apiBody,
        response: { 200: apiSchema },
      },
    },
    async (request) => {
      const { id } = await ownApiAt(kernel, request, request.params.slug);
      await changeApi(kernel, actorOf(request), id, inputOf(request.body));
      return written(id);
    },
  );

  app.put(
    `${path}/:slug/scopes`,
    {
      config,
      schema: {
        summary: 'Write the scopes of an API, with the fields that each lets out',
        tags,
        params: slugParams,
        body: scopesBody,
        response: { 200: apiSchema },
      },
    },
    async (request) => {
      const { id } = await ownApiAt(kernel, request, request.params.slug);
      const scopes = request.body.scopes.map(({ fields, isSensitive = false, ...scope }) => ({
        ...scope,
        isSensitive,
        fields: fields.join('\n'),
      }));
      await writeScopes(kernel, actorOf(request), id, scopes);
      return written(id);
    },
  );

  const identifierOf = resourceIdentifierOf(kernel.config.publicUrl);
  const changes = {
    open: { summary: 'Open an API: gateways serve it', change: openApi },
    close: { summary: 'Close an API: gateways refuse its calls at once', change: closeApi },
  };
  for (const [name, { summary, change }] of Object.entries(changes)) {
    app.post(
      `${path}/:slug/${name}`,
      { config, schema: { summary, tags, params: slugParams, response: { 200: apiSchema } } },
      async (request) => {
        const { id } = await ownApiAt(kernel, request, request.params.slug);
        await change(kernel, actorOf(request), id, identifierOf);
        return written(id);
      },
    );
  }
}
