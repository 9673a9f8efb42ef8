// The ledger's pages: what it holds and how to verify it. Author and content are shown to auditors alone.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { findPeopleNames } from '#modules/identity/public.ts';
import { isAllowed } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import {
  findEntry,
  findLatestCheckpoint,
  listLatestEntries,
  type StoredEntry,
} from '#platform/ledger/ledger.repository.ts';
import type { LedgerSigner } from '#platform/ledger/signer.ts';
import { ledgerApi } from './ledger.api.ts';
import { entryPage, ledgerPage } from './ledger.pages.ts';
import { ledgerPermissions } from './ledger.permissions.ts';

const SHOWN = 50;
const Index = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** Mounts `/ledger`, `/ledger/entries/:index` and the API. */
export function ledgerRoutes(app: FastifyInstance, parts: { kernel: Kernel; signer: LedgerSigner }): void {
  ledgerApi(app, parts);
  const { kernel, signer } = parts;
  const { db } = kernel;
  const site = app.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: ledgerPermissions.read };

  /** Names of the people who acted, in one query; nobody's where the reader may not see them. */
  async function authorsOf(
    entries: readonly StoredEntry[],
    audit: boolean,
  ): Promise<ReadonlyMap<string, string> | null> {
    if (!audit) return null;
    const ids = entries.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.personId] : []));
    return findPeopleNames(db, [...new Set(ids)]);
  }

  site.get(
    '/ledger',
    { config, schema: { querystring: Type.Object({ before: Type.Optional(Index) }) } },
    async (request, reply) => {
      const [checkpoint, entries] = await Promise.all([
        findLatestCheckpoint(db),
        listLatestEntries(db, { before: request.query.before ?? null, limit: SHOWN }),
      ]);
      const authors = await authorsOf(entries, isAllowed(ledgerPermissions.audit, request.actor));
      const { timeZone } = kernel.config;
      return sendPage(
        reply,
        ledgerPage(request.locale, {
          checkpoint,
          entries,
          authors,
          verifierKey: signer.verifierKey,
          timeZone,
        }),
      );
    },
  );

  site.get(
    '/ledger/entries/:index',
    { config, schema: { params: Type.Object({ index: Index }) } },
    async (request, reply) => {
      const entry = await findEntry(db, request.params.index);
      if (!entry) throw notFound();
      const authors = await authorsOf([entry], isAllowed(ledgerPermissions.audit, request.actor));
      return sendPage(reply, entryPage(request.locale, { entry, authors, timeZone: kernel.config.timeZone }));
    },
  );
}
