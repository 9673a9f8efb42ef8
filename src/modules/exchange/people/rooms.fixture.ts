// What the tests of the rooms stand on: an API, an accreditation with its client, and a signed log of calls.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { listOrganisations } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { foldRight, leafHash, subtreesOf } from '#platform/ledger/merkle.ts';
import { ledgerSigner, newLedgerKey } from '#platform/ledger/signer.ts';
import { issueAccreditation } from '../accreditations/accreditations.actions.ts';
import { sampleDocument } from '../catalogue/catalogue.fixture.ts';
import { recordApi } from '../catalogue/recorded-apis.actions.ts';
import type { CallRecord } from '../gateway/call-record.types.ts';
import { entryText } from '../gateway/log/entry.rules.ts';
import { insertCheckpoint, insertTiles } from '../records/log-tiles.repository.ts';
import { lockPosition } from '../records/logs.repository.ts';
import { ensureMonth, insertRecords } from '../records/records.repository.ts';

const BY = { kind: 'system', name: 'exchange.test' } as const;

/** The log of the calls. */
export const LOG = 'socle.test/gateway/rooms';

/** The demonstration's client, of the organisation that calls. */
export const CLIENT = 'demonstration-machine';

/** What was recorded. */
export interface Trials {
  readonly apiId: string;
  readonly producerId: string;
  readonly consumerId: string;
  readonly accreditation: { readonly id: string; readonly number: number };
  /** A call as it is recorded; what is given replaces what it has. */
  call(more: Partial<CallRecord>): CallRecord;
  /** Records calls under their indexes, from 0, and signs the log over the first `signed` of them. */
  record(calls: readonly CallRecord[], signed: number): Promise<void>;
}

/** Records an open API of the families' fund and an accreditation of the metropolis for it. */
export async function recordTrials({ db, clock }: Pick<Kernel, 'db' | 'clock'>): Promise<Trials> {
  const now = clock.now();
  const organisations = await listOrganisations(db, {});
  const at = (code: string) => organisations.find((one) => one.code === code)?.id ?? '';
  const [producerId, consumerId] = [at('CNF'), at('MET-STA')];
  const slug = 'quotients-des-salles';
  const { apiId, accreditation } = await db.transaction().execute(async (trx) => {
    const { apiId: id } = await recordApi(trx, now, {
      api: {
        slug,
        producerId,
        name: 'Quotients des salles',
        summary: 'Le quotient familial d’un foyer, pour les salles.',
        description: 'Donne le quotient familial d’un foyer, pour les essais des salles.',
        sensitivity: 'personal',
        legalBasisRequired: 'Code de la sécurité sociale',
        contactEmail: 'api@cnf.valmarie.example',
        subject: {
          in: 'query',
          names: ['nomNaissance', 'prenoms', 'dateNaissance', 'codeInsee'],
          kind: 'person',
        },
        defaultQuotaPerMinute: 4,
      },
      versions: [
        {
          name: 'v1',
          openapi: sampleDocument(),
          upstream: { url: 'https://cnf.example/q', timeoutMs: 1000, pipelining: false, proof: 'none' },
        },
      ],
      scopes: [
        { name: 'quotient.read', title: 'Quotient familial', fields: ['/quotient'], isSensitive: false },
        { name: 'enfants.read', title: 'Enfants', fields: ['/enfants/*/prenom'], isSensitive: false },
      ],
      by: BY,
    });
    const scope = await sql<{ id: string }>`
      select id from exchange.api_scopes where api_id = ${id} and name = 'quotient.read'`.execute(trx);
    const request = await sql<{ id: string }>`
      insert into exchange.requests (template, organisation_id, created_at, changed_at, search_text, state)
      values ('essai', ${consumerId}, ${now}, ${now}, '', 'validated') returning id`.execute(trx);
    const issued = await issueAccreditation(
      trx,
      now,
      {
        requestId: request.rows[0]?.id ?? '',
        organisationId: consumerId,
        template: 'essai',
        stage: 'production',
        purpose: 'Tarif social des transports',
        legalBasis: 'Article L. 123 du code des transports',
        form: {},
        declaredCallsPerDay: null,
        declaredFromHour: 0,
        declaredToHour: 23,
        quotaPerMinute: null,
        validUntil: null,
        decidedBy: null,
        scopeIds: [scope.rows[0]?.id ?? ''],
      },
      { by: BY },
    );
    await sql`insert into exchange.accreditation_clients values (${issued.id}, ${CLIENT}, ${now})`.execute(
      trx,
    );
    return { apiId: id, accreditation: issued };
  });
  return {
    apiId,
    producerId,
    consumerId,
    accreditation,
    call: (more) => ({
      at: now.getTime() - 60_000,
      producerId,
      apiId,
      apiVersion: 'v1',
      clientId: CLIENT,
      accreditationId: accreditation.id,
      organisationId: consumerId,
      purpose: 'Tarif social des transports',
      environment: 'production',
      scopes: ['quotient.read'],
      fields: ['/quotient'],
      fieldsHash: null,
      subjectHash: null,
      verdict: 'allowed',
      status: 200,
      policyVersion: 1,
      latencyUs: 900,
      traceId: randomUUID().replaceAll('-', ''),
      ...more,
    }),
    async record(calls, signed) {
      const entries = calls.map((record, index) => ({ log: LOG, index, seq: index, prev: '', record }));
      const leaves = entries.map(({ record, seq, prev }) =>
        leafHash(Buffer.from(entryText(record, { seq, prev }))),
      );
      const signer = ledgerSigner(newLedgerKey(), LOG);
      const root = foldRight(
        subtreesOf(0, signed).map(({ level, index }) => {
          const width = 2 ** level;
          return perfect(leaves.slice(index * width, (index + 1) * width));
        }),
      );
      await ensureMonth(db, now);
      await db.transaction().execute(async (trx) => {
        const bytes = entries.map(({ record, seq, prev }) => Buffer.from(entryText(record, { seq, prev })));
        await insertRecords(
          trx,
          entries.map((entry, index) => ({ ...entry, bytes: bytes[index] as Buffer })),
        );
        await lockPosition(trx, now, { log: LOG, verifier: signer.verifierKey });
        await insertTiles(trx, LOG, [{ level: 0, index: 0, hashes: Buffer.concat(leaves) }]);
        const note = signer.sign({ size: signed, root });
        await insertCheckpoint(trx, LOG, { size: signed, root, at: now, note });
      });
    },
  };
}

function perfect(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0] as Buffer;
  const half = leaves.length / 2;
  return foldRight([perfect(leaves.slice(0, half)), perfect(leaves.slice(half))]);
}
