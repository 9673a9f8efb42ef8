// Queries on stops. They decide nothing: rules do. What a reader may see is the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Stop, StopFilter, StopInput, StopReach, StopSide } from './stops.types.ts';

/** The columns of a stop, with the words that name what it closes. */
export const STOP_COLUMNS = sql`
  s.id, s.api_id as "apiId", s.producer_id as "producerId", p.name as "producerName", a.slug as "apiSlug",
  a.name as "apiName", s.organisation_id as "organisationId", o.name as "organisationName",
  s.accreditation_id as "accreditationId", c.number as "accreditationNumber", h.name as "holderName",
  s.scope_id as "scopeId", k.name as "scopeName", k.title as "scopeTitle", s.reason, s.ordered_as as "orderedAs",
  s.ordered_by as "orderedBy", s.ordered_at as "orderedAt", s.ends_at as "endsAt", s.resumed_at as "resumedAt",
  s.resumed_by as "resumedBy", s.resume_reason as "resumeReason", s.policy_version as "policyVersion",
  s.resume_policy_version as "resumePolicyVersion", s.ledger_id as "ledgerId"`;

/** Where they are from: `s` is the stop. */
export const FROM_STOPS = sql`
  from exchange.stops s
  join exchange.apis a on a.id = s.api_id
  join identity.organisations p on p.id = s.producer_id
  left join identity.organisations o on o.id = s.organisation_id
  left join exchange.accreditations c on c.id = s.accreditation_id
  left join identity.organisations h on h.id = c.organisation_id
  left join exchange.api_scopes k on k.id = s.scope_id`;

function within(reach: StopReach): RawBuilder<unknown> {
  return reach === 'all' ? sql`true` : sql`s.producer_id = any (${[...reach]}::uuid[])`;
}

/** What an order names, as it is: the API, and whether each of the others belongs to it. */
export interface StopTarget {
  readonly producerId: string;
  readonly apiSlug: string;
  readonly isOpen: boolean;
  readonly hasConsumer: boolean;
  readonly hasAccreditation: boolean;
  readonly scopeId: string | null;
}

/** Looks at what an order names, in one query; undefined when `reach` has no such API. */
export async function findStopTarget(
  trx: Trx,
  { apiId, organisationId, accreditationId, scope }: StopInput,
  reach: StopReach,
): Promise<StopTarget | undefined> {
  const { rows } = await sql<StopTarget>`
    select a.producer_id as "producerId", a.slug as "apiSlug", a.state = 'open' as "isOpen",
      exists (select from identity.organisations o where o.id = ${organisationId}::uuid) as "hasConsumer",
      exists (select from exchange.grants g where g.api_id = a.id and g.accreditation_id = ${accreditationId}::uuid)
        as "hasAccreditation",
      (select k.id from exchange.api_scopes k where k.api_id = a.id and k.name = ${scope}) as "scopeId"
    from exchange.apis a
    where a.id = ${apiId} and ${reach === 'all' ? sql`true` : sql`a.producer_id = any (${[...reach]}::uuid[])`}
  `.execute(trx);
  return rows[0];
}

/** Records an order without its version. @returns false when the same flow is stopped. */
export async function insertStop(
  trx: Trx,
  now: Date,
  stop: StopInput & {
    readonly id: string;
    readonly producerId: string;
    readonly scopeId: string | null;
    readonly orderedAs: StopSide;
    readonly orderedBy: string;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into exchange.stops (id, api_id, producer_id, organisation_id, accreditation_id, scope_id, reason, ordered_as,
      ordered_by, ordered_at, ends_at)
    values (${stop.id}, ${stop.apiId}, ${stop.producerId}, ${stop.organisationId}, ${stop.accreditationId},
      ${stop.scopeId}, ${stop.reason}, ${stop.orderedAs}, ${stop.orderedBy}, ${now}, ${stop.endsAt})
    on conflict do nothing returning id`.execute(trx);
  return rows.length === 1;
}

/** Writes under which version gateways enforce a stop, and its entry of the ledger. */
export async function updateStopPublished(
  trx: Trx,
  id: string,
  { policyVersion, ledgerId }: { readonly policyVersion: number; readonly ledgerId: string },
): Promise<void> {
  await sql`
    update exchange.stops set policy_version = ${policyVersion}, ledger_id = ${ledgerId} where id = ${id}`.execute(
    trx,
  );
}

/** A stop that nobody else changes until `trx` ends; undefined when `reach` has none. */
export async function lockStop(trx: Trx, id: string, reach: StopReach): Promise<Stop | undefined> {
  const { rows } = await sql<Stop>`
    select ${STOP_COLUMNS} ${FROM_STOPS} where s.id = ${id} and ${within(reach)} for update of s`.execute(
    trx,
  );
  return rows[0];
}

/** Writes that stops are over: by whom and why, or because their end came (nulls). */
export async function updateStopsOver(
  trx: Trx,
  now: Date,
  ids: readonly string[],
  by: { readonly personId: string; readonly reason: string } | null,
): Promise<void> {
  await sql`
    update exchange.stops set resumed_at = ${now}, resumed_by = ${by?.personId ?? null},
      resume_reason = ${by?.reason ?? null}
    where id = any (${[...ids]}::uuid[])`.execute(trx);
}

/** Writes under which version gateways let go of stops. */
export async function updateStopsLifted(
  trx: Trx,
  ids: readonly string[],
  policyVersion: number,
): Promise<void> {
  await sql`
    update exchange.stops set resume_policy_version = ${policyVersion} where id = any (${[...ids]}::uuid[])
  `.execute(trx);
}

/** Ids of stops whose end has come and that nobody resumed, locked; those that another process has at hand are left to it. */
export async function lockEndedStops(trx: Trx, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from exchange.stops where resumed_at is null and ends_at <= ${now}
    order by ends_at limit ${limit} for update skip locked`.execute(trx);
  return rows.map(({ id }) => id);
}

/** A stop (`id` is a UUID), when `reach` has it. */
export async function findStop(db: Db, id: string, reach: StopReach): Promise<Stop | undefined> {
  const { rows } =
    await sql<Stop>`select ${STOP_COLUMNS} ${FROM_STOPS} where s.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** At most `limit` stops, the newest first, that come after the one with the id `after` (a UUID). */
export async function listStops(
  db: Db,
  reach: StopReach,
  { apiId, producerId, inForce }: StopFilter,
  { after, limit, now }: { readonly after: string | null; readonly limit: number; readonly now: Date },
): Promise<Stop[]> {
  const earlier =
    after === null
      ? sql`true`
      : sql`(s.ordered_at, s.id) < (select b.ordered_at, b.id from exchange.stops b where b.id = ${after})`;
  const { rows } = await sql<Stop>`
    select ${STOP_COLUMNS} ${FROM_STOPS} where ${within(reach)} and ${earlier}
      and ${apiId === undefined ? sql`true` : sql`s.api_id = ${apiId}`}
      and ${producerId === undefined ? sql`true` : sql`s.producer_id = ${producerId}`}
      and ${inForce ? sql`s.resumed_at is null and (s.ends_at is null or s.ends_at > ${now})` : sql`true`}
    order by s.ordered_at desc, s.id desc limit ${limit}`.execute(db);
  return rows;
}

/** An accreditation in force that opens an API, as a choice of what to stop. */
export interface StoppableAccreditation {
  readonly id: string;
  readonly number: number;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly purpose: string;
}

/** The accreditations in force that open an API, by consumer and number, at most 500. */
export async function listStoppable(db: Db, apiId: string): Promise<StoppableAccreditation[]> {
  const { rows } = await sql<StoppableAccreditation>`
    select c.id, c.number, c.organisation_id as "organisationId", o.name as "organisationName", c.purpose
    from exchange.accreditations c join identity.organisations o on o.id = c.organisation_id
    where c.state = 'active' and exists (select from exchange.grants g
      where g.accreditation_id = c.id and g.api_id = ${apiId} and g.withdrawn_at is null)
    order by o.search_text, c.number limit 500`.execute(db);
  return rows;
}
