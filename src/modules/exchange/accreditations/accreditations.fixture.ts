// What tests of accreditations start from: an API of two scopes, a request, and what its validation grants.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { listScopesOf } from '../catalogue/apis.repository.ts';
import { sampleDocument } from '../catalogue/catalogue.fixture.ts';
import { recordApi } from '../catalogue/recorded-apis.actions.ts';
import { issueAccreditation } from './accreditations.actions.ts';
import type { NewAccreditation } from './accreditations.types.ts';

/** By whom the fixture acts. */
export const FIXTURE_ACTOR = { kind: 'system', name: 'test' } as const;

/** Opens an API with the scopes `quotient` and `enfants`. @returns its id, and the ids of its scopes by name. */
export async function openSampleApi(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  slug: string,
  producerId: string,
): Promise<{ readonly id: string; readonly scopes: Readonly<Record<string, string>> }> {
  const upstream = {
    url: 'https://api.producer.example/v1',
    timeoutMs: 1000,
    pipelining: false,
    proof: 'none',
  } as const;
  const { apiId } = await db.transaction().execute((trx) =>
    recordApi(trx, clock.now(), {
      api: {
        slug,
        producerId,
        name: `API ${slug}`,
        summary: 'Le quotient familial d’un foyer, pour essayer.',
        description: 'Donne le quotient familial d’un foyer, pour essayer.',
        sensitivity: 'internal',
        legalBasisRequired: null,
        contactEmail: 'api@producer.example',
        subject: null,
        defaultQuotaPerMinute: 600,
      },
      versions: [{ name: 'v1', openapi: sampleDocument(), upstream }],
      scopes: [
        { name: 'quotient', title: 'Le quotient', fields: ['/quotient'], isSensitive: false },
        { name: 'enfants', title: 'Les enfants', fields: ['/enfants/*/prenom'], isSensitive: true },
      ],
      by: FIXTURE_ACTOR,
    }),
  );
  const scopes = await listScopesOf(db, [apiId]);
  return { id: apiId, scopes: Object.fromEntries(scopes.map(({ name, id }) => [name, id])) };
}

/** Writes a validated request of an organisation. @returns its id. */
export async function insertSampleRequest(db: Db, now: Date, organisationId: string): Promise<string> {
  const id = randomUUID();
  await sql`
    insert into exchange.requests (id, template, organisation_id, state, created_at, changed_at, search_text)
    values (${id}, 'sample', ${organisationId}, 'validated', ${now}, ${now}, '')`.execute(db);
  return id;
}

/** Issues an accreditation of a request. */
export async function issueSample(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  wanted: Pick<NewAccreditation, 'requestId' | 'organisationId' | 'scopeIds'> & Partial<NewAccreditation>,
): Promise<{ readonly id: string; readonly number: number }> {
  return db.transaction().execute((trx) =>
    issueAccreditation(
      trx,
      clock.now(),
      {
        template: 'sample',
        stage: 'production',
        purpose: 'Calculer le tarif social',
        legalBasis: 'Code des transports, art. L1113-1',
        form: { technicalEmail: 'technique@met-sta.example', businessEmail: 'metier@met-sta.example' },
        declaredCallsPerDay: 5000,
        declaredFromHour: 8,
        declaredToHour: 19,
        quotaPerMinute: null,
        validUntil: null,
        decidedBy: null,
        ...wanted,
      },
      { by: FIXTURE_ACTOR },
    ),
  );
}
