// The ledger over the API: checkpoint, key, entries, proofs, export. Addresses and forms are what verifiers rely on.
import { Readable } from 'node:stream';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { isAllowed } from '#platform/access.ts';
import { defineError, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { exportLedger } from '#platform/ledger/export.ts';
import { exportedEntry } from '#platform/ledger/exported-line.ts';
import {
  findEntry,
  findLatestCheckpoint,
  getConsistencyProof,
  getInclusionProof,
  getRoot,
  listLatestEntries,
  type StoredEntry,
} from '#platform/ledger/ledger.repository.ts';
import type { LedgerSigner } from '#platform/ledger/signer.ts';
import { ledgerPermissions } from './ledger.permissions.ts';

const beyondTheLog = defineError<[size: number]>('ledger-beyond-its-end', 'invalid', {
  fr: (size) => `Le registre compte ${size} entrées : demandez une preuve dans ces limites.`,
  en: (size) => `The ledger has ${size} entries: ask for a proof within them.`,
});

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Size = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const Hash = Type.String({ description: 'base64 of 32 bytes' });
const TAGS = ['ledger'];

/** What everyone may see of an entry; `audit` adds the author and the content. */
function entryView(entry: StoredEntry, audit: boolean) {
  const { type: _type, actor, data, salt, ...open } = exportedEntry(entry);
  return { ...open, ...(audit && { actor, data, salt }) };
}

/** Mounts `/api/v1/ledger/…`. */
export function ledgerApi(
  app: FastifyInstance,
  { kernel, signer }: { kernel: Kernel; signer: LedgerSigner },
): void {
  const { db } = kernel;
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: ledgerPermissions.read };

  api.get(
    '/api/v1/ledger/checkpoint',
    { config, schema: { tags: TAGS, summary: 'The latest signed checkpoint (C2SP tlog-checkpoint, text)' } },
    async (_request, reply) => {
      const checkpoint = await findLatestCheckpoint(db);
      if (!checkpoint) throw notFound();
      return reply.type('text/plain; charset=utf-8').send(checkpoint.note);
    },
  );

  api.get(
    '/api/v1/ledger/key',
    { config, schema: { tags: TAGS, summary: 'The verifier key of the ledger (C2SP signed-note, text)' } },
    async (_request, reply) => reply.type('text/plain; charset=utf-8').send(`${signer.verifierKey}\n`),
  );

  api.get(
    '/api/v1/ledger/entries',
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'Entries, the latest first; author and content for auditors',
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
          cursor: Type.Optional(Count),
        }),
      },
    },
    async (request) => {
      const { limit, cursor = null } = request.query;
      const entries = await listLatestEntries(db, { before: cursor, limit });
      const audit = isAllowed(ledgerPermissions.audit, request.actor);
      const last = entries.at(-1)?.index ?? 0;
      return { items: entries.map((entry) => entryView(entry, audit)), next: last > 0 ? String(last) : null };
    },
  );

  api.get(
    '/api/v1/ledger/entries/:index',
    { config, schema: { tags: TAGS, summary: 'One entry', params: Type.Object({ index: Count }) } },
    async (request) => {
      const entry = await findEntry(db, request.params.index);
      if (!entry) throw notFound();
      return entryView(entry, isAllowed(ledgerPermissions.audit, request.actor));
    },
  );

  api.get(
    '/api/v1/ledger/proofs/inclusion',
    {
      config,
      schema: {
        tags: TAGS,
        summary:
          'Proof that an entry is among the first `size` (RFC 9162, 2.1.3); by default the latest size',
        querystring: Type.Object({ index: Count, size: Type.Optional(Size) }),
        response: {
          200: Type.Object({ index: Count, size: Size, leafHash: Hash, root: Hash, proof: Type.Array(Hash) }),
        },
      },
    },
    async (request) => {
      const end = (await findLatestCheckpoint(db))?.size ?? 0;
      const { index, size = end } = request.query;
      if (size > end || index >= size) throw beyondTheLog({}, end);
      const entry = await findEntry(db, index);
      if (!entry) throw notFound();
      const [proof, root] = await Promise.all([getInclusionProof(db, index, size), getRoot(db, size)]);
      const leafHash = entry.leafHash.toString('base64');
      return {
        index,
        size,
        leafHash,
        root: root.toString('base64'),
        proof: proof.map((hash) => hash.toString('base64')),
      };
    },
  );

  api.get(
    '/api/v1/ledger/proofs/consistency',
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'Proof that the first `from` entries are the start of the first `to` (RFC 9162, 2.1.4)',
        querystring: Type.Object({ from: Size, to: Type.Optional(Size) }),
        response: {
          200: Type.Object({ from: Size, to: Size, oldRoot: Hash, newRoot: Hash, proof: Type.Array(Hash) }),
        },
      },
    },
    async (request) => {
      const end = (await findLatestCheckpoint(db))?.size ?? 0;
      const { from, to = end } = request.query;
      if (to > end || from > to) throw beyondTheLog({}, end);
      const [proof, oldRoot, newRoot] = await Promise.all([
        getConsistencyProof(db, from, to),
        getRoot(db, from),
        getRoot(db, to),
      ]);
      return {
        from,
        to,
        oldRoot: oldRoot.toString('base64'),
        newRoot: newRoot.toString('base64'),
        proof: proof.map((hash) => hash.toString('base64')),
      };
    },
  );

  api.get(
    '/api/v1/ledger/export',
    {
      config: { permission: ledgerPermissions.audit },
      schema: { tags: TAGS, summary: 'The whole ledger as lines of JSON, for `socle log verify FILE`' },
    },
    async (_request, reply) => {
      async function* lines() {
        for await (const line of exportLedger(kernel, signer)) yield `${JSON.stringify(line)}\n`;
      }
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', 'attachment; filename="socle-ledger.ndjson"')
        .send(Readable.from(lines()));
    },
  );
}
