// The gateways' logs for whoever verifies them: public pages, and the reading side of C2SP tlog-tiles without its entries.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { isAllowed } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { originAsked } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { logOriginOf } from '../gateway/log/log-origin.rules.ts';
import { firstHashes, parseTilePath, TILE_WIDTH } from '../gateway/log/tiles.rules.ts';
import { findTile } from './log-tiles.repository.ts';
import { logPage, logsPage } from './logs.pages.ts';
import { logsPermissions } from './logs.permissions.ts';
import { listLogs } from './logs.repository.ts';
import type { ListedLog } from './logs.types.ts';
import { slicesRoutes } from './slices.routes.ts';

const COLUMNS = ['log', 'signed', 'taken_over', 'signed_at', 'root', 'verifier'];
const TEXT = 'text/plain; charset=utf-8';
const name = Type.String({ maxLength: 120 });
const logParams = Type.Object({ log: name });

/** What everyone may know of a log. */
function viewOf({ log, verifier, entries, checkpoint }: ListedLog) {
  return {
    log,
    verifier,
    signed: checkpoint?.size ?? 0,
    takenOver: entries,
    signedAt: checkpoint?.at.toISOString() ?? null,
    root: checkpoint?.root.toString('base64') ?? null,
    checkpoint: checkpoint?.note ?? null,
  };
}

function* rowsOf(logs: readonly ListedLog[]): Generator<Cell[]> {
  for (const log of logs) {
    const { signed, takenOver, signedAt, root, verifier } = viewOf(log);
    yield [log.log, signed, takenOver, signedAt, root, verifier];
  }
}

/** `/exchange/logs` and `/exchange/producer/slice`. */
export function logsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  tilesRoutes(untyped, kernel);
  slicesRoutes(untyped, kernel);
}

async function logNamed({ db, config }: Kernel, gateway: string): Promise<ListedLog> {
  const [log] = await listLogs(db, logOriginOf(config.ledgerOrigin, gateway));
  if (!log) throw notFound();
  return log;
}

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: logsPermissions.readLogs };
  const { db } = kernel;
  const { timeZone, port } = kernel.config;

  app.get('/exchange/logs', { config }, async (request, reply) => {
    const mayExport = isAllowed(logsPermissions.exportSlice, request.actor);
    return sendPage(reply, logsPage(request.locale, { logs: await listLogs(db), timeZone, mayExport }));
  });

  app.get('/exchange/logs.csv', { config }, async (_request, reply) =>
    sendCsv(reply, 'logs.csv', COLUMNS, rowsOf(await listLogs(db))),
  );

  app.get(
    '/api/v1/exchange/logs',
    {
      config,
      schema: { tags: ['exchange'], summary: 'The logs of the gateways: keys, sizes, signed checkpoints' },
    },
    async () => ({ items: (await listLogs(db)).map(viewOf) }),
  );

  app.get('/exchange/logs/:log', { config, schema: { params: logParams } }, async (request, reply) => {
    const log = await logNamed(kernel, request.params.log);
    const siteUrl = originAsked(request, kernel.config) ?? `http://localhost:${port}`;
    return sendPage(reply, logPage(request.locale, { log, timeZone, siteUrl }));
  });
}

function tilesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: logsPermissions.readLogs };

  app.get(
    '/exchange/logs/:log/checkpoint',
    { config, schema: { params: logParams } },
    async (request, reply) => {
      const { checkpoint } = await logNamed(kernel, request.params.log);
      if (!checkpoint) throw notFound();
      return reply.type(TEXT).send(checkpoint.note);
    },
  );

  app.get('/exchange/logs/:log/key', { config, schema: { params: logParams } }, async (request, reply) => {
    const { verifier } = await logNamed(kernel, request.params.log);
    return reply.type(TEXT).send(`${verifier}\n`);
  });

  app.get(
    '/exchange/logs/:log/tile/:level/*',
    {
      config,
      schema: { params: Type.Object({ log: name, level: Type.String({ maxLength: 10 }), '*': name }) },
    },
    async (request, reply) => {
      const { log, level, '*': rest } = request.params;
      const tile = parseTilePath(`tile/${level}/${rest}`);
      // Entries are their producer's: bundles of them are nobody's here.
      if (!tile || tile.level === 'entries') throw notFound();
      const origin = logOriginOf(kernel.config.ledgerOrigin, log);
      const hashes = await findTile(kernel.db, { log: origin, level: tile.level, index: tile.index });
      if (!hashes || firstHashes(hashes, tile.width).length < tile.width * 32) throw notFound();
      // What is whole never changes.
      if (tile.width === TILE_WIDTH) reply.header('cache-control', 'public, max-age=604800, immutable');
      return reply.type('application/octet-stream').send(firstHashes(hashes, tile.width));
    },
  );
}
