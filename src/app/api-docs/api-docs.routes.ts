// The description of the API: OpenAPI 3.1 made from the routes' own schemas, and a page that reads it.
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { Permission } from '#platform/access.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { version } from '../version.ts';
import { apiDocsPage } from './api-docs.pages.ts';
import { endpointsOf, type OpenApiDocument } from './endpoints.rules.ts';

const READ: Permission = { name: 'api.describe', allows: 'everyone' };

/** Collects the schemas of the routes under `/api/v1/`; call it before any of them is added. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Socle',
        version,
        description:
          'Open data and services of the State’s digital platform. Errors are application/problem+json (RFC 9457).',
        license: { name: 'MIT', identifier: 'MIT' },
      },
    },
    transform: ({ schema, url }) =>
      url.startsWith('/api/v1/') && schema ? { schema, url } : { schema: { ...schema, hide: true }, url },
  });
}

/** `/api/v1/openapi.json` and `/api`. */
export function apiDocsRoutes(app: FastifyInstance): void {
  const config = { permission: READ, cache: 'public' as const };
  app.get('/api/v1/openapi.json', { config, schema: { hide: true } }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  );
  app.get('/api', { config }, (request, reply) =>
    sendPage(reply, apiDocsPage(request.locale, endpointsOf(app.swagger() as OpenApiDocument))),
  );
}
