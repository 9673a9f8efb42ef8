// Queries on the effect of a stop: what gateways report, and the records of its flow. They judge nothing: rules do.
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { GatewayEffect, LogPlace, Stop, StopEffect } from './stops.types.ts';

/** Most records of a flow that one look reads. */
const MOST_RECORDS = 200_000;
const SHOWN_BREACHES = 20;

/** Whose calls a stop closes. */
function ofFlow({ apiId, organisationId, accreditationId }: Stop): RawBuilder<unknown> {
  return sql`r.api_id = ${apiId}
    and ${organisationId === null ? sql`true` : sql`r.organisation_id = ${organisationId}`}
    and ${accreditationId === null ? sql`true` : sql`r.accreditation_id = ${accreditationId}`}`;
}

/** A call that let out what the stop closes. */
function letThrough({ scopeName }: Stop): RawBuilder<unknown> {
  return sql`r.verdict = 'allowed' and ${scopeName === null ? sql`true` : sql`${scopeName} = any (r.scopes)`}`;
}

/** A call that was refused because of the stop, or served without the scope that it closes. */
function heldBack({ scopeName }: Stop): RawBuilder<unknown> {
  const without =
    scopeName === null ? sql`false` : sql`(r.verdict = 'allowed' and not ${scopeName} = any (r.scopes))`;
  return sql`(r.verdict = 'flow-stopped' or ${without})`;
}

/** Clocks of gateways may be apart from the database's by this much, and a call may be under way for as long. */
const SLACK = sql`interval '5 minutes'`;

/** What gateways and records say of a stop at this moment. */
export async function findStopEffect(db: Db, stop: Stop): Promise<StopEffect> {
  const [gateways, read] = await Promise.all([listGateways(db, stop), readRecords(db, stop)]);
  return { gateways, ...read };
}

/** Whether a record was judged under a version that holds the stop, before the end at which gateways let go of it. */
function underStop({ policyVersion, resumePolicyVersion, endsAt }: Stop): RawBuilder<unknown> {
  return sql`r.policy_version >= ${policyVersion}
    and ${resumePolicyVersion === null ? sql`true` : sql`r.policy_version < ${resumePolicyVersion}`}
    and ${endsAt === null ? sql`true` : sql`r.at + r.latency_us * interval '1 microsecond' < ${endsAt}`}`;
}

async function readRecords(
  db: Db,
  stop: Stop,
): Promise<Pick<StopEffect, 'breaches' | 'recordsRead' | 'isWhole'>> {
  const { rows } = await sql<{
    read: number;
    seen: number;
    breaches: (Omit<LogPlace, 'at'> & { at: string })[] | null;
  }>`
    with flow as materialized (
      select r.log, r.index, r.at, r.policy_version, ${underStop(stop)} as under,
        ${underStop(stop)} and ${letThrough(stop)} as breach
      from exchange.access_records r
      where ${ofFlow(stop)} and r.at >= ${stop.orderedAt}::timestamptz - ${SLACK}
        and ${stop.resumedAt === null ? sql`true` : sql`r.at <= ${stop.resumedAt}::timestamptz + ${SLACK}`}
      order by r.at limit ${MOST_RECORDS + 1}
    )
    select count(*) as seen, count(*) filter (where under) as read,
      (select jsonb_agg(to_jsonb(b)) from (
        select log, index, at, policy_version as "policyVersion" from flow where breach
        order by at, log, index limit ${SHOWN_BREACHES}) b) as breaches
    from flow`.execute(db);
  const { read = 0, seen = 0, breaches = null } = rows[0] ?? {};
  return {
    breaches: (breaches ?? []).map((place) => ({ ...place, at: new Date(place.at) })),
    recordsRead: read,
    isWhole: seen <= MOST_RECORDS,
  };
}

type Place = 'lastAllowed' | 'firstDenied';
type Row = Omit<GatewayEffect, Place> & {
  readonly [K in Place]: (Omit<LogPlace, 'at'> & { readonly at: string }) | null;
};

async function listGateways(db: Db, stop: Stop): Promise<GatewayEffect[]> {
  const place = sql`jsonb_build_object('log', r.log, 'index', r.index, 'at', r.at, 'policyVersion', r.policy_version)`;
  const { rows } = await sql<Row>`
    select g.origin as gateway, g.seen_at as "seenAt", g.policy_version as "policyVersion", g.log_size as "logSize",
      coalesce(a.applied_at, case when g.policy_version >= ${stop.policyVersion} then g.policy_applied_at end) as "appliedAt",
      coalesce(a.is_exact, g.policy_version = ${stop.policyVersion}) as "isExact",
      (select ${place} from exchange.access_records r
        where ${ofFlow(stop)} and r.log = g.origin and ${letThrough(stop)} and r.policy_version < ${stop.policyVersion}
          and r.at >= ${stop.orderedAt}::timestamptz - interval '10 minutes'
          and r.at <= ${stop.orderedAt}::timestamptz + ${SLACK}
        order by r.at desc, r.index desc limit 1) as "lastAllowed",
      (select ${place} from exchange.access_records r
        where ${ofFlow(stop)} and r.log = g.origin and ${heldBack(stop)} and ${underStop(stop)}
          and r.at >= ${stop.orderedAt}::timestamptz - ${SLACK}
          and r.at <= ${stop.orderedAt}::timestamptz + interval '1 day'
        order by r.at, r.index limit 1) as "firstDenied"
    from exchange.gateways g
    left join exchange.stop_applications a on a.stop_id = ${stop.id} and a.gateway = g.origin
    order by g.origin limit 100`.execute(db);
  const asPlace = (found: Row[Place]): LogPlace | null => found && { ...found, at: new Date(found.at) };
  return rows.map(({ lastAllowed, firstDenied, ...row }) => ({
    ...row,
    lastAllowed: asPlace(lastAllowed),
    firstDenied: asPlace(firstDenied),
  }));
}

/** Keeps when each gateway first said that its policy holds a stop of the last day: its next report would hide it. */
export async function updateStopApplications(db: Db, now: Date): Promise<void> {
  await sql`
    insert into exchange.stop_applications (stop_id, gateway, applied_at, is_exact)
    select s.id, g.origin, g.policy_applied_at, g.policy_version = s.policy_version
    from exchange.stops s join exchange.gateways g on g.policy_version >= s.policy_version
    where s.ordered_at > ${now}::timestamptz - interval '1 day'
    on conflict do nothing`.execute(db);
}
