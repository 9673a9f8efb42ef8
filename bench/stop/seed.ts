// What the stop benchmark calls: an API of the demonstration State whose calls go to the benchmark's producer, a request, and
// accreditations of it as often as they are revoked.
import { sql } from 'kysely';
import { recordAccreditations } from '#modules/exchange/accreditations/accreditations.actions.ts';
import { publishPolicy } from '#modules/exchange/policy/policy.actions.ts';
import { findPolicyEntry } from '#modules/exchange/policy/policy.repository.ts';
import type { ApiPolicy } from '#modules/exchange/policy/policy.types.ts';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import type { Role } from '#platform/access.ts';
import type { Kernel } from '#platform/kernel.ts';

const SLUG = 'quotient-familial';
const CLIENT = 'demonstration-machine';
/** Whom each call concerns, in the order of the pivot identity. */
const PERSON = ['GARANCE', 'Théo', '1994-06-18', '44109'];
/** Scopes of the API, with fields of what the benchmark's producer answers. */
const SCOPES = { quotient: ['/quotient', '/annee'], adresse: ['/foyer/adresse'] };

/** The API and who may call it. */
export interface StoppedApi {
  readonly apiId: string;
  readonly producerId: string;
  readonly resource: string;
  /** Path of a call at a gateway. */
  readonly path: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly scopeIds: Readonly<Record<string, string>>;
  readonly organisationId: string;
  readonly requestId: string;
}

/** The demonstration's first person with a role; at the organisation, where one is named. */
export async function personWith(kernel: Kernel, role: Role, organisationId?: string): Promise<string> {
  const people = await listDemonstrationPeople(kernel.db, kernel.clock.now());
  const person = people.find(({ roles }) =>
    roles.some(
      (held) =>
        held.role === role && (organisationId === undefined || held.organisationId === organisationId),
    ),
  );
  if (!person) throw new Error(`The demonstration State has nobody with the role ${role} there.`);
  return person.personId;
}

/** Sends the API's calls to `upstream`, and makes a request that accreditations can be taken of. */
export async function seedStoppedApi({ db, clock }: Kernel, upstream: string): Promise<StoppedApi> {
  const { rows: apis } = await sql<{ id: string }>`
    select id from exchange.apis where slug = ${SLUG}`.execute(db);
  const apiId = apis[0]?.id ?? '';
  const policy = (await findPolicyEntry(db, 'api', apiId)) as ApiPolicy | null;
  const [version] = policy?.versions ?? [];
  if (!policy || !version) throw new Error(`The demonstration State has no API ${SLUG}.`);
  const way = { ...version.upstream, origin: upstream, basePath: '', pipelining: true };
  const body = {
    ...policy,
    scopes: SCOPES,
    quotaPerMinute: 10_000_000,
    versions: [{ ...version, upstream: way }],
  };
  await db.transaction().execute((trx) => publishPolicy(trx, [{ kind: 'api', id: apiId, body }]));
  const { rows: scopes } = await sql<{ id: string; name: string }>`
    select id, name from exchange.api_scopes where api_id = ${apiId}`.execute(db);
  const { rows: services } = await sql<{ organisationId: string }>`
    select organisation_id as "organisationId" from identity.services where client_id = ${CLIENT}`.execute(
    db,
  );
  const organisationId = services[0]?.organisationId ?? '';
  const { rows: requests } = await sql<{ id: string }>`
    insert into exchange.requests (template, organisation_id, state, created_at, changed_at, search_text)
    values ('bench', ${organisationId}, 'validated', ${clock.now()}, ${clock.now()}, 'bench') returning id`.execute(
    db,
  );
  const subject = new URLSearchParams(
    (policy.subject?.names ?? []).map((name, at): [string, string] => [name, PERSON[at] ?? '']),
  );
  return {
    apiId,
    producerId: policy.producerId,
    resource: policy.resource,
    path: `/${SLUG}/${version.name}${version.paths[0] ?? ''}?${subject}`,
    clientId: CLIENT,
    scopes: Object.keys(SCOPES),
    scopeIds: Object.fromEntries(scopes.map(({ id, name }) => [name, id])),
    organisationId,
    requestId: requests[0]?.id ?? '',
  };
}

/** Takes an accreditation of the request, in force at once. @returns the number that people quote. */
export async function accredit({ db, clock }: Kernel, api: StoppedApi): Promise<number> {
  const now = clock.now();
  const [issued] = await db.transaction().execute((trx) =>
    recordAccreditations(
      trx,
      now,
      [
        {
          requestId: api.requestId,
          organisationId: api.organisationId,
          template: 'bench',
          stage: 'production',
          purpose: 'Tarification de la cantine',
          legalBasis: null,
          form: {},
          declaredCallsPerDay: null,
          declaredFromHour: 0,
          declaredToHour: 23,
          quotaPerMinute: 10_000_000,
          validUntil: null,
          decidedBy: null,
          scopeIds: api.scopes.map((name) => api.scopeIds[name] ?? ''),
          validFrom: now,
          state: 'active',
          endedAt: null,
          endReason: null,
          clientIds: [api.clientId],
        },
      ],
      { by: { kind: 'system', name: 'bench' } },
    ),
  );
  if (!issued) throw new Error('No accreditation was recorded.');
  return issued.number;
}
