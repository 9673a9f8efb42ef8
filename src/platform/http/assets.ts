// Static files: answered from memory, compressed once, kept by browsers for ever since a change has another address.

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { type Asset, allAssets } from '#ui/assets.ts';
import type { Permission } from '../access.ts';
import { notFound } from '../errors.ts';
import { acceptedEncoding, type Encoding } from './encoding.ts';

const PUBLIC: Permission = { name: 'assets.read', allows: 'everyone' };
const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Serves every file of the interface under `/assets/`. */
export function registerAssets(app: FastifyInstance): void {
  const compressed = new Map<string, Promise<Buffer>>();

  function bodyFor(path: string, asset: Asset, encoding: Encoding): Promise<Buffer> {
    const key = `${encoding} ${path}`;
    let body = compressed.get(key);
    if (!body) {
      body =
        encoding === 'br'
          ? compressBrotli(asset.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
          : encoding === 'gzip'
            ? compressGzip(asset.body)
            : Promise.resolve(asset.body);
      compressed.set(key, body);
    }
    return body;
  }

  app.get('/assets/*', { config: { permission: PUBLIC }, schema: { hide: true } }, async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const asset = allAssets().get(path);
    if (!asset) throw notFound();
    // A font is compressed already.
    const encoding = asset.contentType === 'font/woff2' ? 'identity' : acceptedEncoding(request.headers);
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.contentType)
      .send(await bodyFor(path, asset, encoding));
  });
}
