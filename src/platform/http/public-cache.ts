// Whole answers to public pages, kept in memory for readers who are not signed in, until the data change.
// Only routes that say `cache: 'public'` take part; a page that shows anything of its reader must not.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { DatabaseAddress, Trx } from '../database/connection.ts';
import { type Listener, listen } from '../database/listener.ts';
import type { Logger } from '../log.ts';
import { acceptedEncoding, type Encoding } from './encoding.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `public`: the answer depends on the address, the language and public data alone, and may be kept. */
    cache?: 'public';
  }
}

const CHANNEL = 'socle_public_data';
const MAX_BYTES = 64 * 1024 * 1024;
/** Beyond this age an answer is made again even if no change was told, since pages may show the date. */
const MAX_AGE_MS = 60_000;

/** Tells every process, when `trx` commits, that public data changed and kept answers are void. */
export async function publicDataChanged(trx: Trx): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, '')`.execute(trx);
}

interface KeptAnswer {
  readonly body: Buffer;
  readonly contentType: string;
  /** Of a file: whether it is shown or saved, and under which name. */
  readonly disposition: string | undefined;
  readonly encoding: Encoding;
  readonly etag: string;
}

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

async function encode(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'br') return compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  if (encoding === 'gzip') return compressGzip(body);
  return body;
}

/** The kept answers of one process. */
export class PublicCache {
  readonly #answers = new LRUCache<string, KeptAnswer>({
    maxSize: MAX_BYTES,
    sizeCalculation: (answer, key) => answer.body.length + key.length + 200,
    ttl: MAX_AGE_MS,
  });
  #generation = 0;
  #usable = false;

  /** The answer kept under `key`, if notices of changes are arriving. */
  get(key: string): KeptAnswer | undefined {
    return this.#usable ? this.#answers.get(key) : undefined;
  }

  /** Marks the moment before an answer is computed; `keep` drops the answer if the data changed since. */
  get generation(): number {
    return this.#generation;
  }

  /** Keeps an answer computed since `generation`. */
  keep(key: string, answer: KeptAnswer, generation: number): void {
    if (this.#usable && generation === this.#generation) this.#answers.set(key, answer);
  }

  /** Voids every answer, those being computed included. */
  clear(): void {
    this.#generation += 1;
    this.#answers.clear();
  }

  /** Follows the changes told by the database. While they cannot be heard, nothing is kept. */
  follow(address: DatabaseAddress, log: Logger): Listener {
    return listen(address, CHANNEL, {
      log,
      onNotice: () => this.clear(),
      onConnected: (up) => {
        this.clear();
        this.#usable = up;
      },
    });
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** State of the data when this answer's computing began; null when the answer is not kept. */
    publicGeneration: number | null;
  }
}

function isAnonymous(request: FastifyRequest, sessionCookie: string): boolean {
  return request.headers.cookie === undefined || !request.headers.cookie.includes(`${sessionCookie}=`);
}

function sendKept(request: FastifyRequest, reply: FastifyReply, answer: KeptAnswer): FastifyReply {
  reply.header('etag', answer.etag).header('vary', 'accept-encoding, accept-language, cookie');
  reply.header('cache-control', 'no-cache');
  if (request.headers['if-none-match'] === answer.etag) return reply.code(304).send();
  if (answer.encoding !== 'identity') reply.header('content-encoding', answer.encoding);
  if (answer.disposition !== undefined) reply.header('content-disposition', answer.disposition);
  return reply.type(answer.contentType).send(answer.body);
}

/**
 * Answers from `cache` before a session is looked for, and keeps what the routes answer.
 * Call it before the session is registered, on the same instance as the routes.
 */
export function registerPublicCache(
  app: FastifyInstance,
  cache: PublicCache,
  { sessionCookie }: { sessionCookie: string },
): void {
  const keyOf = (request: FastifyRequest) =>
    `${acceptedEncoding(request.headers)} ${request.locale} ${request.url}`;

  app.decorateRequest('publicGeneration', null);
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || request.routeOptions.config.cache !== 'public') return;
    if (!isAnonymous(request, sessionCookie)) return;
    const answer = cache.get(keyOf(request));
    if (answer) return sendKept(request, reply, answer);
    request.publicGeneration = cache.generation;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const generation = request.publicGeneration;
    if (generation === null || reply.statusCode !== 200) return payload;
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    if (reply.getHeader('set-cookie') !== undefined) return payload;
    // Bytes are a file that is compressed already.
    const encoding = typeof payload === 'string' ? acceptedEncoding(request.headers) : 'identity';
    const body = typeof payload === 'string' ? await encode(Buffer.from(payload), encoding) : payload;
    const disposition = reply.getHeader('content-disposition');
    const answer: KeptAnswer = {
      body,
      contentType: String(reply.getHeader('content-type')),
      disposition: disposition === undefined ? undefined : String(disposition),
      encoding,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    };
    cache.keep(keyOf(request), answer, generation);
    reply.header('etag', answer.etag).header('vary', 'accept-encoding, accept-language, cookie');
    reply.header('cache-control', 'no-cache');
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    reply.header('content-length', body.length);
    return body;
  });
}
