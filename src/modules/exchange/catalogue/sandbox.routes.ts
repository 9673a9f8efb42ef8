// The sandbox: recorded examples under `/sandbox/:slug/:version/...`. It never forwards a call, and reads nothing of it but
// its method and path.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kernel } from '#platform/kernel.ts';
import { sandboxHasNoApi, sandboxHasNoExample } from './catalogue.errors.ts';
import { cataloguePermissions } from './catalogue.permissions.ts';
import { sandboxAnswer } from './sandbox.rules.ts';
import { findPublicContent } from './versions.repository.ts';
import { isVersionName } from './versions.rules.ts';

/** Calls per minute from one address: the sandbox is for trials. */
const CALLS_PER_MINUTE = 120;

/** Mounts `/sandbox`. */
export function sandboxRoutes(app: FastifyInstance, { db }: Kernel): void {
  async function answer(request: FastifyRequest, reply: FastifyReply) {
    const { slug = '', version = '' } = request.params as { slug?: string; version?: string };
    const content = isVersionName(version)
      ? await findPublicContent(db, slug.slice(0, 80), version, { retired: false })
      : undefined;
    if (!content) throw sandboxHasNoApi();
    // The path as it was sent: the router would give it decoded.
    const [path = ''] = request.url.split('?');
    const rest = `/${path.split('/').slice(4).join('/')}`;
    const found = sandboxAnswer(content.openapi, content.examples, request.method, rest);
    if (!found) throw sandboxHasNoExample();
    reply
      .code(found.status)
      .header('socle-environment', 'sandbox')
      .header('access-control-allow-origin', '*');
    if (found.status === 204 || found.status === 304) return reply.send();
    return reply.type(`${found.contentType}; charset=utf-8`).send(JSON.stringify(found.body));
  }

  const config = {
    permission: cataloguePermissions.browseApis,
    // It changes nothing, whoever calls it.
    csrf: 'protocol',
    rateLimit: { max: CALLS_PER_MINUTE, timeWindow: 60_000 },
  } as const;
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/sandbox/:slug/:version/*',
    config,
    schema: {
      tags: ['exchange'],
      summary: 'Call the sandbox of an API, which answers with its recorded examples',
      params: {
        type: 'object',
        properties: { slug: { type: 'string' }, version: { type: 'string' }, '*': { type: 'string' } },
      },
    },
    handler: answer,
  });
}
