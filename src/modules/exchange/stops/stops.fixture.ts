// For the tests of stops and of the producer's room: an API with two accreditations, and records of their calls.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { listDemonstrationPeople, listOrganisations } from '#modules/identity/public.ts';
import type { Role } from '#platform/access.ts';
import type { Kernel } from '#platform/kernel.ts';
import { recordAccreditations } from '../accreditations/accreditations.actions.ts';
import { listScopesOf } from '../catalogue/apis.repository.ts';
import { sampleDocument } from '../catalogue/catalogue.fixture.ts';
import { recordApi } from '../catalogue/recorded-apis.actions.ts';
import type { CallRecord } from '../gateway/call-record.types.ts';
import { entryText } from '../gateway/log/entry.rules.ts';
import { takeOver } from '../records/records.actions.ts';
import { ensureMonth } from '../records/records.repository.ts';

const BY = { kind: 'system', name: 'test' } as const;

/** An API and who calls it. */
export interface TestFlow {
  readonly apiId: string;
  readonly slug: string;
  readonly producerId: string;
  readonly consumers: readonly { readonly organisationId: string; readonly accreditationId: string }[];
}

/** The organisation of the demonstration person with a role. */
export async function organisationWith({ db, clock }: Kernel, role: Role): Promise<string> {
  const people = await listDemonstrationPeople(db, clock.now());
  for (const { roles } of people) {
    const held = roles.find((one) => one.role === role);
    if (held?.organisationId) return held.organisationId;
  }
  throw new Error(`nobody is ${role}`);
}

/** Makes an API with the scopes `read` and `secret`, and two accreditations of two consumers, 100 calls a day declared. */
export async function makeFlow(
  { db, clock }: Kernel,
  { slug, producerId, apiName = 'Quotients d’essai' }: { slug: string; producerId: string; apiName?: string },
): Promise<TestFlow> {
  const now = clock.now();
  const others = (await listOrganisations(db, {})).filter(({ id }) => id !== producerId).slice(0, 2);
  return db.transaction().execute(async (trx) => {
    const { apiId } = await recordApi(trx, now, {
      api: {
        slug,
        producerId,
        name: apiName,
        summary: 'Une API pour essayer les arrêts.',
        description: 'Une API pour essayer les arrêts et l’espace du fournisseur.',
        sensitivity: 'internal',
        legalBasisRequired: null,
        contactEmail: 'api@cnf.valmarie.example',
        subject: null,
        defaultQuotaPerMinute: 600,
      },
      versions: [
        {
          name: 'v1',
          openapi: sampleDocument(),
          upstream: { url: 'https://essai.example/', timeoutMs: 1000, pipelining: false, proof: 'none' },
        },
      ],
      scopes: [
        { name: 'read', title: 'Quotient', fields: ['/quotient'], isSensitive: false },
        { name: 'secret', title: 'Secret', fields: ['/secret'], isSensitive: true },
      ],
      by: BY,
    });
    const scopeIds = (await listScopesOf(trx, [apiId])).map(({ id }) => id);
    const consumers = others.map(({ id }) => ({ organisationId: id, accreditationId: randomUUID() }));
    for (const [at, { organisationId, accreditationId }] of consumers.entries()) {
      const { rows } = await sql<{ id: string }>`
        insert into exchange.requests (template, organisation_id, state, created_at, changed_at, search_text)
        values ('libre', ${organisationId}, 'validated', ${now}, ${now}, '') returning id`.execute(trx);
      await recordAccreditations(
        trx,
        now,
        [
          {
            id: accreditationId,
            requestId: rows[0]?.id ?? '',
            organisationId,
            template: 'libre',
            stage: 'production',
            purpose: `Tarifs de la cantine ${at}`,
            legalBasis: null,
            form: { technicalEmail: `technique${at}@consommateur.example` },
            declaredCallsPerDay: 100,
            declaredFromHour: 6,
            declaredToHour: 20,
            quotaPerMinute: null,
            validUntil: null,
            decidedBy: null,
            scopeIds,
            validFrom: new Date(now.getTime() - 86_400_000),
            state: 'active',
            endedAt: null,
            endReason: null,
            clientIds: [],
          },
        ],
        { by: BY },
      );
    }
    return { apiId, slug, producerId, consumers };
  });
}

/** A call of a flow's consumer (the first unless told), allowed unless told, by the scope `read`. */
export function callOf(
  flow: TestFlow,
  { at, consumer = 0, ...more }: Partial<Omit<CallRecord, 'at'>> & { at: Date; consumer?: number },
): CallRecord {
  const who = flow.consumers[consumer];
  return {
    at: at.getTime(),
    producerId: flow.producerId,
    apiId: flow.apiId,
    apiVersion: 'v1',
    clientId: 'essai',
    accreditationId: who?.accreditationId ?? null,
    organisationId: who?.organisationId ?? null,
    purpose: `Tarifs de la cantine ${consumer}`,
    environment: 'production',
    scopes: ['read'],
    fields: ['/quotient'],
    fieldsHash: null,
    subjectHash: null,
    verdict: 'allowed',
    status: 200,
    policyVersion: 1,
    latencyUs: 900,
    traceId: '0'.repeat(32),
    ...more,
  };
}

const sizes = new Map<string, number>();

/** Takes calls over as the log of a gateway would bring them. */
export async function takeCalls(
  { db, clock }: Kernel,
  calls: readonly CallRecord[],
  log = 'socle.local/gateway/test',
): Promise<void> {
  for (const { at } of calls) await ensureMonth(db, new Date(at));
  const from = sizes.get(log) ?? 0;
  sizes.set(log, from + calls.length);
  await db.transaction().execute((trx) =>
    takeOver(trx, clock.now(), {
      log,
      verifier: `${log}+key`,
      from,
      entries: calls.map((record, at) => Buffer.from(entryText(record, { seq: from + at, prev: '' }))),
      tiles: [],
      checkpoint: null,
      heads: [],
    }),
  );
}
