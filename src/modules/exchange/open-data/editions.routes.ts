// The open data of accreditations: its page, its files at addresses that stay, its description.
import { Readable } from 'node:stream';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { originAsked } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { accreditationsPermissions } from '../accreditations/accreditations.permissions.ts';
import { dcatOf } from './dcat.rules.ts';
import { textOf } from './edition-text.ts';
import { OPEN_DATA, openDataPage } from './editions.pages.ts';
import { eachPiece, eachPublished, findFile, listEditions } from './editions.repository.ts';
import { fileNameOf, MEDIA_TYPES, type NamedFile, namedFile } from './editions.rules.ts';

const config = { permission: accreditationsPermissions.readOpenData };
const A_YEAR = 31_536_000;

/** `/exchange/open-data` and what is under it. */
export function openDataRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config: settings } = kernel;

  app.get(OPEN_DATA, { config: { ...config, cache: 'public' } }, async (request, reply) => {
    const editions = await listEditions(db);
    return sendPage(reply, openDataPage(request.locale, { editions, timeZone: settings.timeZone }));
  });

  app.get(`${OPEN_DATA}/catalogue.jsonld`, { config }, async (request, reply) => {
    const origin = originAsked(request, settings) ?? `http://localhost:${settings.port}`;
    const described = dcatOf(`${origin}${OPEN_DATA}`, await listEditions(db));
    return reply.type('application/ld+json; charset=utf-8').send(JSON.stringify(described, null, 2));
  });

  app.get(
    `${OPEN_DATA}/:file`,
    { config, schema: { params: Type.Object({ file: Type.String({ maxLength: 60 }) }) } },
    async (request, reply) => {
      const named = namedFile(request.params.file);
      if (!named) throw notFound();
      return named.edition === 'current'
        ? sendCurrent(reply, kernel, named)
        : sendFrozen(reply, kernel, named, request.headers['if-none-match']);
    },
  );
}

function asFile(reply: FastifyReply, named: NamedFile): FastifyReply {
  return reply
    .type(MEDIA_TYPES[named.format])
    .header('content-disposition', `attachment; filename="${fileNameOf(named)}"`);
}

function sendCurrent(reply: FastifyReply, { db, clock }: Kernel, named: NamedFile): FastifyReply {
  const now = clock.now();
  const text = textOf(named.format, now, eachPublished(db, now));
  return asFile(reply, named)
    .header('cache-control', 'no-cache')
    .send(Readable.from(text, { objectMode: false }));
}

async function sendFrozen(
  reply: FastifyReply,
  { db }: Kernel,
  named: NamedFile,
  known: string | undefined,
): Promise<FastifyReply> {
  const { edition, format } = named;
  const file = await findFile(db, edition, format);
  if (!file) throw notFound();
  const etag = `"${file.sha256}"`;
  reply.header('etag', etag).header('cache-control', `public, max-age=${A_YEAR}, immutable`);
  if (known === etag) return reply.code(304).send();
  return asFile(reply, named).send(Readable.from(eachPiece(db, edition, format), { objectMode: false }));
}
