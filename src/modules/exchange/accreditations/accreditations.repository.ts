// Queries on accreditations, what they grant and their history. They decide nothing: rules do. What a reader may see is
// the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { AccreditationForPolicy } from './accreditation-policy.rules.ts';
import type {
  Accreditation,
  AccreditationEvent,
  AccreditationEventKind,
  AccreditationFilter,
  AccreditationReach,
  AccreditationState,
  AccreditedClient,
  Grant,
  ListedAccreditation,
  RecordedAccreditation,
  WholeAccreditation,
} from './accreditations.types.ts';

const COLUMNS = sql`
  a.id, a.number, a.request_id as "requestId", a.organisation_id as "organisationId", o.name as "organisationName",
  a.template, a.stage, a.state, a.purpose, a.legal_basis as "legalBasis",
  a.declared_calls_per_day as "declaredCallsPerDay", a.declared_from_hour as "declaredFromHour",
  a.declared_to_hour as "declaredToHour", a.quota_per_minute as "quotaPerMinute", a.valid_from as "validFrom",
  a.valid_until as "validUntil", a.decided_by as "decidedBy", a.ended_at as "endedAt", a.end_reason as "endReason"`;

const FROM = sql`from exchange.accreditations a join identity.organisations o on o.id = a.organisation_id`;

function within(reach: AccreditationReach): RawBuilder<unknown> {
  if (reach === 'all') return sql`true`;
  return sql`(a.organisation_id = any (${[...reach.consumers]}::uuid[]) or exists (
    select from exchange.grants g join exchange.apis p on p.id = g.api_id
    where g.accreditation_id = a.id and p.producer_id = any (${[...reach.producers]}::uuid[])))`;
}

/** Of an accreditation that it grants data of, a producer sees its own APIs alone. */
function ofApi(reach: AccreditationReach): RawBuilder<unknown> {
  if (reach === 'all') return sql`true`;
  return sql`(a.organisation_id = any (${[...reach.consumers]}::uuid[])
    or p.producer_id = any (${[...reach.producers]}::uuid[]))`;
}

function narrowed({ state, stage, apiId, organisationId }: AccreditationFilter): RawBuilder<unknown> {
  return sql`${state === undefined ? sql`true` : sql`a.state = ${state}`}
    and ${stage === undefined ? sql`true` : sql`a.stage = ${stage}`}
    and ${organisationId === undefined ? sql`true` : sql`a.organisation_id = ${organisationId}`}
    and ${
      apiId === undefined
        ? sql`true`
        : sql`exists (select from exchange.grants g where g.api_id = ${apiId} and g.accreditation_id = a.id)`
    }`;
}

const listed = (reach: AccreditationReach) => sql`
  ${COLUMNS},
  array(select distinct p.name from exchange.grants g join exchange.apis p on p.id = g.api_id
    where g.accreditation_id = a.id and ${ofApi(reach)} order by p.name) as "apiNames",
  (select count(*) from exchange.accreditation_clients c where c.accreditation_id = a.id) as "clientCount"`;

/** One page of the accreditations, the newest first (pages from 1), and how many there are in all. */
export async function listAccreditations(
  db: Db,
  reach: AccreditationReach,
  filter: AccreditationFilter,
  page: { readonly number: number; readonly size: number },
): Promise<{ items: ListedAccreditation[]; total: number }> {
  const wanted = sql`where ${within(reach)} and ${narrowed(filter)}`;
  const [items, counted] = await Promise.all([
    sql<ListedAccreditation>`select ${listed(reach)} ${FROM} ${wanted} order by a.valid_from desc, a.id
      limit ${page.size} offset ${(page.number - 1) * page.size}`.execute(db),
    sql<{ total: number }>`select count(*) as total from exchange.accreditations a ${wanted}`.execute(db),
  ]);
  return { items: items.rows, total: counted.rows[0]?.total ?? 0 };
}

/** At most `limit` accreditations, the newest first, that come after the one with the id `after` (a UUID). */
export async function listAccreditationsAfter(
  db: Db,
  reach: AccreditationReach,
  filter: AccreditationFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ListedAccreditation[]> {
  const later =
    after === null
      ? sql`true`
      : sql`exists (select from exchange.accreditations b where b.id = ${after} and (
          a.valid_from < b.valid_from or (a.valid_from = b.valid_from and a.id > b.id)))`;
  const { rows } = await sql<ListedAccreditation>`
    select ${listed(reach)} ${FROM} where ${within(reach)} and ${narrowed(filter)} and ${later}
    order by a.valid_from desc, a.id limit ${limit}`.execute(db);
  return rows;
}

/** The accreditation with this id (a UUID) or number, with all that it holds, as far as `reach` sees it. */
export async function findAccreditation(
  db: Db,
  reach: AccreditationReach,
  which: string | number,
): Promise<WholeAccreditation | undefined> {
  const named = typeof which === 'number' ? sql`a.number = ${which}` : sql`a.id = ${which}`;
  const { rows } = await sql<Omit<WholeAccreditation, 'grants' | 'clients'>>`
    select ${COLUMNS}, r.number as "requestNumber", a.form
    ${FROM} join exchange.requests r on r.id = a.request_id
    where ${named} and ${within(reach)}`.execute(db);
  const [found] = rows;
  if (!found) return undefined;
  const [grants, clients] = await Promise.all([
    listGrantsOf(db, reach, [found.id]),
    listClientsOf(db, [found.id]),
  ]);
  return { ...found, grants, clients };
}

/** The form of an accreditation, as it was validated. */
export async function findForm(db: Db | Trx, id: string): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await sql<{ form: Record<string, unknown> }>`
    select form from exchange.accreditations where id = ${id}`.execute(db);
  return rows[0]?.form ?? {};
}

/** What these accreditations grant, by API and scope, as far as `reach` sees it. */
export async function listGrantsOf(
  db: Db,
  reach: AccreditationReach,
  ids: readonly string[],
): Promise<Grant[]> {
  const { rows } = await sql<Grant>`
    select g.accreditation_id as "accreditationId", p.id as "apiId", p.slug as "apiSlug", p.name as "apiName",
      p.producer_id as "producerId", o.name as "producerName", s.id as "scopeId", s.name as "scopeName",
      s.title as "scopeTitle", s.fields, s.is_sensitive as "isSensitive", g.withdrawn_at as "withdrawnAt",
      g.withdrawal_reason as "withdrawalReason"
    from exchange.grants g join exchange.accreditations a on a.id = g.accreditation_id
    join exchange.apis p on p.id = g.api_id join exchange.api_scopes s on s.id = g.scope_id
    join identity.organisations o on o.id = p.producer_id
    where g.accreditation_id = any (${[...ids]}::uuid[]) and ${ofApi(reach)}
    order by g.accreditation_id, p.search_text, p.id, s.name`.execute(db);
  return rows;
}

/** The clients that call under these accreditations, by name. */
export async function listClientsOf(db: Db, ids: readonly string[]): Promise<AccreditedClient[]> {
  const { rows } = await sql<AccreditedClient>`
    select c.accreditation_id as "accreditationId", c.client_id as "clientId", s.id as "serviceId", s.name,
      s.state as "serviceState", c.added_at as "addedAt", v.revoked_at as "revokedAt", v.reason as "revocationReason",
      v.revoked_as as "revokedAs"
    from exchange.accreditation_clients c join identity.services s on s.client_id = c.client_id
    left join exchange.revoked_clients v on v.client_id = c.client_id
    where c.accreditation_id = any (${[...ids]}::uuid[]) order by c.accreditation_id, s.search_text, s.id`.execute(
    db,
  );
  return rows;
}

/** The last 200 lines of an accreditation's history, the newest first. */
export async function listEventsOf(db: Db, id: string): Promise<AccreditationEvent[]> {
  const { rows } = await sql<AccreditationEvent>`
    select kind, at, by_person as "byPerson", data from exchange.accreditation_events
    where accreditation_id = ${id} order by id desc limit 200`.execute(db);
  return rows;
}

/** Holds a request's accreditations still until `trx` ends, and tells which is active; undefined when none is. */
export async function lockActiveOf(trx: Trx, requestId: string): Promise<Accreditation | undefined> {
  await sql`select from exchange.requests where id = ${requestId} for update`.execute(trx);
  const { rows } = await sql<Accreditation>`
    select ${COLUMNS} ${FROM} where a.request_id = ${requestId} and a.state = 'active' for update of a`.execute(
    trx,
  );
  return rows[0];
}

/** The accreditation with this id (a UUID), which nobody else changes until `trx` ends. */
export async function lockAccreditation(
  trx: Trx,
  reach: AccreditationReach,
  id: string,
): Promise<Accreditation | undefined> {
  // The request first, as every decision on it does, so that two of them never wait for each other.
  await sql`
    select from exchange.requests
    where id = (select b.request_id from exchange.accreditations b where b.id = ${id}) for update`.execute(
    trx,
  );
  const { rows } = await sql<Accreditation>`
    select ${COLUMNS} ${FROM} where a.id = ${id} and ${within(reach)} for update of a`.execute(trx);
  return rows[0];
}

/** What the policy's entries of these accreditations are made from. */
export async function listForPolicy(trx: Trx, ids: readonly string[]): Promise<AccreditationForPolicy[]> {
  const { rows } = await sql<AccreditationForPolicy>`
    select ${COLUMNS},
      coalesce((select jsonb_agg(jsonb_build_object('apiId', g.api_id, 'scopeName', s.name, 'isWithdrawn',
          g.withdrawn_at is not null) order by g.api_id, s.name)
        from exchange.grants g join exchange.api_scopes s on s.id = g.scope_id
        where g.accreditation_id = a.id), '[]') as grants,
      array(select c.client_id from exchange.accreditation_clients c where c.accreditation_id = a.id
        order by c.client_id) as "clientIds"
    ${FROM} where a.id = any (${[...ids]}::uuid[]) order by a.number`.execute(trx);
  return rows;
}

/** An accreditation as it is written. */
type Written = RecordedAccreditation & { readonly id: string };

/** Records accreditations with their grants and clients. @returns their numbers, in the order given. */
export async function insertAccreditations(trx: Trx, all: readonly Written[]): Promise<number[]> {
  const { rows } = await sql<{ id: string; number: number }>`
    insert into exchange.accreditations (id, request_id, organisation_id, template, stage, state, purpose, legal_basis,
      form, declared_calls_per_day, declared_from_hour, declared_to_hour, quota_per_minute, valid_from, valid_until,
      decided_by, ended_at, end_reason)
    select id, "requestId", "organisationId", template, stage, state, purpose, "legalBasis", form,
      "declaredCallsPerDay", "declaredFromHour", "declaredToHour", "quotaPerMinute", "validFrom", "validUntil",
      "decidedBy", "endedAt", "endReason"
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as e (id uuid, "requestId" uuid, "organisationId" uuid,
      template text, stage text, state text, purpose text, "legalBasis" text, form jsonb, "declaredCallsPerDay" integer,
      "declaredFromHour" smallint, "declaredToHour" smallint, "quotaPerMinute" integer, "validFrom" timestamptz,
      "validUntil" timestamptz, "decidedBy" uuid, "endedAt" timestamptz, "endReason" text)
    returning id, number`.execute(trx);
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  return all.map(({ id }) => numbers.get(id) ?? 0);
}

/** Grants scopes (ids) to accreditations. @returns how many: scopes that are not there are left out. */
export async function insertGrants(
  trx: Trx,
  grants: readonly { readonly id: string; readonly scopeIds: readonly string[] }[],
): Promise<number> {
  const { rows } = await sql`
    insert into exchange.grants (accreditation_id, api_id, scope_id)
    select e.id, s.api_id, s.id
    from jsonb_to_recordset(${JSON.stringify(grants)}::jsonb) as e (id uuid, "scopeIds" uuid[])
    join exchange.api_scopes s on s.id = any (e."scopeIds")
    returning 1`.execute(trx);
  return rows.length;
}

/** Ends an accreditation. */
export async function endAccreditation(
  trx: Trx,
  id: string,
  {
    state,
    endedAt,
    reason,
  }: { readonly state: AccreditationState; readonly endedAt: Date; readonly reason: string | null },
): Promise<void> {
  await sql`
    update exchange.accreditations set state = ${state}, ended_at = ${endedAt}, end_reason = ${reason}
    where id = ${id}`.execute(trx);
}

/** One line of history to write. */
export interface NewAccreditationEvent {
  readonly accreditationId: string;
  readonly kind: AccreditationEventKind;
  readonly at: Date;
  readonly byPerson: string | null;
  readonly data: Readonly<Record<string, string>>;
}

/** Writes lines of history. */
export async function insertEvents(trx: Trx, events: readonly NewAccreditationEvent[]): Promise<void> {
  await sql`
    insert into exchange.accreditation_events (accreditation_id, kind, at, by_person, data)
    select "accreditationId", kind, at, "byPerson", data
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as e ("accreditationId" uuid, kind text, at timestamptz, "byPerson" uuid, data jsonb)`.execute(trx);
}

/**
 * Withdraws a scope from an accreditation, or restores it (null). @returns which, and whether anything changed; undefined
 * when it was never granted.
 */
export async function updateGrantWithdrawal(
  trx: Trx,
  { id, scopeId }: { readonly id: string; readonly scopeId: string },
  withdrawal: { readonly at: Date; readonly reason: string } | null,
): Promise<
  | { readonly apiId: string; readonly apiSlug: string; readonly scope: string; readonly isChanged: boolean }
  | undefined
> {
  const changed = await sql`
    update exchange.grants set withdrawn_at = ${withdrawal?.at ?? null}, withdrawal_reason = ${withdrawal?.reason ?? null}
    where accreditation_id = ${id} and scope_id = ${scopeId} and (withdrawn_at is null) = ${withdrawal !== null}
    returning 1`.execute(trx);
  const { rows } = await sql<{ apiId: string; apiSlug: string; scope: string }>`
    select p.id as "apiId", p.slug as "apiSlug", s.name as scope
    from exchange.grants g join exchange.apis p on p.id = g.api_id join exchange.api_scopes s on s.id = g.scope_id
    where g.accreditation_id = ${id} and g.scope_id = ${scopeId}`.execute(trx);
  return rows[0] && { ...rows[0], isChanged: changed.rows.length > 0 };
}

/** Gives an accreditation to another organisation. */
export async function updateOrganisation(trx: Trx, id: string, organisationId: string): Promise<void> {
  await sql`update exchange.accreditations set organisation_id = ${organisationId} where id = ${id}`.execute(
    trx,
  );
}

/** The APIs that accreditations of `reach` grant, and the organisations that hold one, by name, for choices. */
export async function listFilterChoices(
  db: Db,
  reach: AccreditationReach,
): Promise<{
  readonly apis: readonly { readonly id: string; readonly name: string }[];
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
}> {
  const [apis, organisations] = await Promise.all([
    sql<{ id: string; name: string }>`
      select p.id, p.name from exchange.apis p where exists (
        select from exchange.grants g join exchange.accreditations a on a.id = g.accreditation_id
        where g.api_id = p.id and ${ofApi(reach)}) order by p.search_text, p.id`.execute(db),
    sql<{ id: string; name: string }>`
      select o.id, o.name from identity.organisations o where exists (
        select from exchange.accreditations a where a.organisation_id = o.id and ${within(reach)})
      order by o.search_text, o.id`.execute(db),
  ]);
  return { apis: apis.rows, organisations: organisations.rows };
}

/** Every accreditation of the list, read by the hundred. */
export async function* eachAccreditation(
  db: Db,
  reach: AccreditationReach,
  filter: AccreditationFilter,
): AsyncGenerator<ListedAccreditation> {
  for (let after: string | null = null; ; ) {
    const some: ListedAccreditation[] = await listAccreditationsAfter(db, reach, filter, {
      after,
      limit: 100,
    });
    yield* some;
    if (some.length < 100) return;
    after = some.at(-1)?.id ?? null;
  }
}

/** What a desk shows. */
export interface AccreditationsForDesk {
  /** Those of the reader's own organisations that end soon, the first to end first. */
  readonly ending: readonly (Pick<Accreditation, 'number' | 'organisationName'> & {
    readonly validUntil: Date;
  })[];
  /** What others did lately to those that the reader sees, the newest first. */
  readonly happened: readonly (Pick<Accreditation, 'number' | 'organisationName'> & {
    readonly kind: AccreditationEventKind;
    readonly at: Date;
  })[];
}

/** The accreditations in force that end until `endingUntil`, and what happened since `since`: `limit` of each. */
export async function listForDesk(
  db: Db,
  reach: Exclude<AccreditationReach, 'all'>,
  {
    now,
    endingUntil,
    since,
    limit,
  }: { readonly now: Date; readonly endingUntil: Date; readonly since: Date; readonly limit: number },
): Promise<AccreditationsForDesk> {
  const [ending, happened] = await Promise.all([
    sql<AccreditationsForDesk['ending'][number]>`
      select a.number, o.name as "organisationName", a.valid_until as "validUntil" ${FROM}
      where a.state = 'active' and a.valid_until > ${now} and a.valid_until <= ${endingUntil}
        and a.organisation_id = any (${[...reach.consumers]}::uuid[])
      order by a.valid_until, a.id limit ${limit}`.execute(db),
    sql<AccreditationsForDesk['happened'][number]>`
      select a.number, o.name as "organisationName", e.kind, e.at
      from exchange.accreditation_events e join exchange.accreditations a on a.id = e.accreditation_id
      join identity.organisations o on o.id = a.organisation_id
      where e.at > ${since} and ${within(reach)}
        and e.kind in ('issued', 'revoked', 'expired', 'scope-withdrawn', 'scope-restored', 'client-revoked')
      order by e.at desc, e.id desc limit ${limit}`.execute(db),
  ]);
  return { ending: ending.rows, happened: happened.rows };
}
