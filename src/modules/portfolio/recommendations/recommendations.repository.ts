// Queries on recommendations and their steps. They decide nothing: rules do. What a reader may see is the `reach` of each.
import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { tidiedLines } from '#platform/typed-text.ts';
import { withinReach } from '../files/files.repository.ts';
import {
  type FollowUpReach,
  type NewRecommendation,
  OPEN_STATES,
  type Recommendation,
  type RecommendationEvent,
  type RecommendationFigures,
  type RecommendationFilter,
  type RecommendationState,
  WAITING_STATES,
} from './recommendations.types.ts';

const COLUMNS = sql`
  r.id, r.number, r.file_id as "fileId", f.name as "fileName", f.organisation_id as "organisationId",
  o.name as "organisationName", o.parent_id as "organisationParentId", r.source_kind as "sourceKind",
  r.source_id as "sourceId", r.text, r.owner_id as "ownerId", p.name as "ownerName", r.due_on as "dueOn", r.state,
  r.planned_on as "plannedOn", r.planned_by as "plannedById", pb.name as "plannedByName",
  r.evidenced_by as "evidencedById", r.escalated, r.version, r.issued_at as "issuedAt", r.changed_at as "changedAt",
  r.closed_at as "closedAt", r.forecast_before_id as "forecastBeforeId", r.forecast_after_id as "forecastAfterId"`;

const FROM = sql`
  from portfolio.recommendations r
  join portfolio.project_files f on f.id = r.file_id
  join identity.organisations o on o.id = f.organisation_id
  join identity.people p on p.id = r.owner_id
  left join identity.people pb on pb.id = r.planned_by`;

// Written out, so that the partial indexes on these states serve.
const WAITING = sql.raw(`r.state in (${WAITING_STATES.map((state) => `'${state}'`).join(', ')})`);
const OPEN = sql.raw(`r.state in (${OPEN_STATES.map((state) => `'${state}'`).join(', ')})`);

function within({ files, personId }: FollowUpReach): RawBuilder<unknown> {
  return sql`(${withinReach(files)} or r.owner_id = ${personId})`;
}

function narrowed(filter: RecommendationFilter): RawBuilder<unknown> {
  const { state, source, organisationId, fileId, overdueOn } = filter;
  return sql`${state === undefined ? sql`true` : sql`r.state = ${state}`}
    and ${source === undefined ? sql`true` : sql`r.source_kind = ${source}`}
    and ${organisationId === undefined ? sql`true` : sql`f.organisation_id = ${organisationId}`}
    and ${fileId === undefined ? sql`true` : sql`r.file_id = ${fileId}`}
    and ${overdueOn === undefined ? sql`true` : sql`${WAITING} and r.due_on < ${overdueOn}`}`;
}

/** At most `limit` recommendations in `reach`, the newest first, numbered below `before` (null: from the newest on). */
export async function listRecommendations(
  db: Db,
  reach: FollowUpReach,
  filter: RecommendationFilter,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<Recommendation[]> {
  const { rows } = await sql<Recommendation>`
    select ${COLUMNS} ${FROM} where ${within(reach)} and ${narrowed(filter)}
      and ${before === null ? sql`true` : sql`r.number < ${before}`}
    order by r.number desc limit ${limit}`.execute(db);
  return rows;
}

/** How many recommendations `reach` and `filter` leave. */
export async function countRecommendations(
  db: Db,
  reach: FollowUpReach,
  filter: RecommendationFilter,
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total ${FROM} where ${within(reach)} and ${narrowed(filter)}`.execute(db);
  return rows[0]?.total ?? 0;
}

/** Every such recommendation, the newest first, read in slices so that an export holds little in memory. */
export async function* eachRecommendation(
  db: Db,
  reach: FollowUpReach,
  filter: RecommendationFilter,
): AsyncGenerator<Recommendation> {
  const limit = 500;
  let before: number | null = null;
  while (true) {
    const slice: Recommendation[] = await listRecommendations(db, reach, filter, { before, limit });
    yield* slice;
    if (slice.length < limit) return;
    before = slice.at(-1)?.number ?? null;
  }
}

/** The recommendation with this id (a UUID), as far as `reach` sees it. */
export async function findRecommendation(
  db: Db,
  reach: FollowUpReach,
  id: string,
): Promise<Recommendation | undefined> {
  const { rows } = await sql<Recommendation>`
    select ${COLUMNS} ${FROM} where r.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockRecommendation(
  trx: Trx,
  reach: FollowUpReach,
  id: string,
): Promise<Recommendation | undefined> {
  const { rows } = await sql<Recommendation>`
    select ${COLUMNS} ${FROM} where r.id = ${id} and ${within(reach)} for update of r`.execute(trx);
  return rows[0];
}

/** The history of a recommendation, oldest first; at most 500 lines. */
export async function listRecommendationSteps(
  db: Db,
  recommendationId: string,
): Promise<RecommendationEvent[]> {
  const { rows } = await sql<RecommendationEvent>`
    select s.step, s.at, s.actor, p.name as "byName", s.text, s.details from portfolio.recommendation_steps s
    left join identity.people p on p.id = (s.actor->>'personId')::uuid
    where s.recommendation_id = ${recommendationId} order by s.id limit 500`.execute(db);
  return rows;
}

/**
 * Where what a recommendation comes from can be read, under `/projects/`: an opinion by its request, which is there before
 * the opinion is published. Null where it is not kept here.
 */
export async function findSourcePath(
  db: Db,
  { sourceKind, sourceId }: Pick<Recommendation, 'sourceKind' | 'sourceId'>,
): Promise<string | null> {
  const found = {
    opinion: sql`select 'opinions/requests/' || request_id as path from portfolio.opinions where id = ${sourceId}`,
    audit: sql`select 'audits/' || id as path from portfolio.audits where id = ${sourceId}`,
    conference: sql`select 'conferences/' || id as path from portfolio.conferences where id = ${sourceId}`,
  }[sourceKind];
  const { rows } = await sql<{ path: string }>`${found}`.execute(db);
  return rows[0]?.path ?? null;
}

/** The open recommendations of files, whoever asks, those due first first. One query. */
export async function listOpenRecommendationsOf(
  db: Db,
  fileIds: readonly string[],
): Promise<Recommendation[]> {
  const { rows } = await sql<Recommendation>`
    select ${COLUMNS} ${FROM} where r.file_id = any (${[...fileIds]}::uuid[]) and ${OPEN}
    order by r.due_on, r.number limit 20000`.execute(db);
  return rows;
}

/** The recommendations of an opinion, audit or conference, whoever asks, in the order in which they were issued; at most 500. */
export async function listRecommendationsFrom(db: Db, sourceId: string): Promise<Recommendation[]> {
  const { rows } = await sql<Recommendation>`
    select ${COLUMNS} ${FROM} where r.source_id = ${sourceId} order by r.number limit 500`.execute(db);
  return rows;
}

/** How many recommendations of each file are overdue on `day` (YYYY-MM-DD), and the day that passed first. One query. */
export async function overdueCounts(
  db: Db,
  day: string,
): Promise<Map<string, { readonly count: number; readonly oldestDueOn: string }>> {
  const { rows } = await sql<{ fileId: string; count: number; oldestDueOn: string }>`
    select r.file_id as "fileId", count(*) as count, min(r.due_on) as "oldestDueOn"
    from portfolio.recommendations r where ${WAITING} and r.due_on < ${day} group by r.file_id`.execute(db);
  return new Map(rows.map(({ fileId, ...rest }) => [fileId, rest]));
}

/** Public figures by the organisation of the files, by name; `day` (YYYY-MM-DD) says what is overdue. Classified files are left out. */
export async function recommendationFigures(db: Db, day: string): Promise<RecommendationFigures[]> {
  const { rows } = await sql<RecommendationFigures>`
    select f.organisation_id as "organisationId", o.name as "organisationName", count(*) as issued,
      count(*) filter (where exists (select from portfolio.recommendation_steps s
        where s.recommendation_id = r.id and s.step = 'accept')) as accepted,
      count(*) filter (where r.state = 'refused') as refused,
      count(*) filter (where r.state = 'implemented') as implemented,
      count(*) filter (where r.state = 'not-implemented') as "notImplemented",
      count(*) filter (where ${OPEN}) as open,
      count(*) filter (where ${WAITING} and r.due_on < ${day}) as overdue
    from portfolio.recommendations r
    join portfolio.project_files f on f.id = r.file_id
    join identity.organisations o on o.id = f.organisation_id
    where f.state <> 'draft' and not f.classified
    group by f.organisation_id, o.name order by o.name limit 500`.execute(db);
  return rows;
}

/** What somebody has to do, those due first first; at most `limit`. */
export async function listWaitingRecommendations(
  db: Db,
  whose: { readonly ownerId: string } | { readonly organisationIds: readonly string[] } | 'to-judge',
  limit: number,
): Promise<Recommendation[]> {
  const condition =
    whose === 'to-judge'
      ? sql`r.state = 'evidenced'`
      : 'ownerId' in whose
        ? sql`r.owner_id = ${whose.ownerId} and ${WAITING}`
        : sql`${WAITING} and (r.state = 'issued' or r.escalated >= 2) and
            (f.organisation_id = any (${[...whose.organisationIds]}::uuid[])
              or o.parent_id = any (${[...whose.organisationIds]}::uuid[]))`;
  const { rows } = await sql<Recommendation>`
    select ${COLUMNS} ${FROM} where ${condition} order by r.due_on, r.number limit ${limit}`.execute(db);
  return rows;
}

/** Overdue recommendations whose next level may be due, locked, those due first first; at most `limit`. */
export async function lockOverdue(
  trx: Trx,
  {
    today,
    days,
    limit,
  }: { readonly today: string; readonly days: readonly number[]; readonly limit: number },
): Promise<Recommendation[]> {
  // Level n + 1 is told days[n] after the due day: arrays of PostgreSQL begin at 1.
  const { rows } = await sql<Recommendation>`
    select ${COLUMNS} ${FROM} where ${WAITING} and r.due_on < ${today} and r.escalated < ${days.length}
      and ${today}::date - r.due_on >= (${[...days]}::int[])[r.escalated + 1]
    order by r.due_on, r.id limit ${limit} for update of r skip locked`.execute(trx);
  return rows;
}

/** Writes new recommendations with their first step. @returns their ids, in the order given. */
export async function insertRecommendations(
  trx: Trx,
  {
    now,
    actor,
    items,
    forecasts,
  }: {
    readonly now: Date;
    readonly actor: LedgerActor;
    readonly items: readonly NewRecommendation[];
    /** The latest forecast of each file, by its id. */
    readonly forecasts: ReadonlyMap<string, string>;
  },
): Promise<string[]> {
  const rows = items.map((item) => ({
    ...item,
    id: item.id ?? randomUUID(),
    text: tidiedLines(item.text),
    forecast: forecasts.get(item.fileId) ?? null,
  }));
  await sql`
    insert into portfolio.recommendations (id, file_id, source_kind, source_id, text, owner_id, due_on, issued_at,
      changed_at, forecast_before_id)
    select n.id, n."fileId", n."sourceKind", n."sourceId", n.text,
      coalesce(n."ownerId", (select f.owner_id from portfolio.project_files f where f.id = n."fileId")), n."dueOn",
      ${now}, ${now}, n.forecast
    from json_to_recordset(${JSON.stringify(rows)}::json) as n (id uuid, "fileId" uuid, "sourceKind" text,
      "sourceId" uuid, text text, "ownerId" uuid, "dueOn" date, forecast uuid)`.execute(trx);
  await insertSteps(
    trx,
    rows.map(({ id }) => ({ id, step: 'issue', at: now, actor, text: null, details: {} })),
  );
  return rows.map(({ id }) => id);
}

/** A step to write. */
export interface NewStep extends Pick<RecommendationEvent, 'step' | 'at' | 'actor' | 'text' | 'details'> {
  /** The recommendation. */
  readonly id: string;
}

/** Appends steps to histories, in one statement. */
export async function insertSteps(trx: Trx, steps: readonly NewStep[]): Promise<void> {
  await sql`
    insert into portfolio.recommendation_steps (recommendation_id, step, at, actor, text, details)
    select n.id, n.step, n.at, n.actor, n.text, n.details
    from json_to_recordset(${JSON.stringify(steps)}::json)
      as n (id uuid, step text, at timestamptz, actor jsonb, text text, details jsonb)`.execute(trx);
}

/** What a step changes of a recommendation; what is absent stays. */
export interface RecommendationChange {
  readonly state: RecommendationState;
  readonly isClosed: boolean;
  readonly ownerId?: string;
  readonly plannedOn?: string;
  readonly plannedById?: string;
  readonly evidencedById?: string;
  readonly forecastAfterId?: string;
}

/** Writes a recommendation's new state. */
export async function updateRecommendation(
  trx: Trx,
  now: Date,
  id: string,
  { state, isClosed, ownerId, plannedOn, plannedById, evidencedById, forecastAfterId }: RecommendationChange,
): Promise<void> {
  await sql`
    update portfolio.recommendations set state = ${state}, version = version + 1, changed_at = ${now},
      closed_at = ${isClosed ? now : null}, owner_id = coalesce(${ownerId ?? null}::uuid, owner_id),
      planned_on = coalesce(${plannedOn ?? null}::date, planned_on),
      planned_by = coalesce(${plannedById ?? null}::uuid, planned_by),
      evidenced_by = coalesce(${evidencedById ?? null}::uuid, evidenced_by),
      forecast_after_id = coalesce(${forecastAfterId ?? null}::uuid, forecast_after_id)
    where id = ${id}`.execute(trx);
}

/** Writes up to which level these were escalated. Their version stays: nobody's decision is hindered by it. */
export async function updateEscalated(
  trx: Trx,
  levels: readonly { readonly id: string; readonly level: number }[],
): Promise<void> {
  await sql`
    update portfolio.recommendations r set escalated = n.level
    from json_to_recordset(${JSON.stringify(levels)}::json) as n (id uuid, level smallint)
    where r.id = n.id`.execute(trx);
}

/** The organisations of the recommendations that a reader sees, by name; at most 200. */
export async function listFollowedOrganisations(
  db: Db,
  reach: FollowUpReach,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select o.id, o.name from identity.organisations o where exists (
      select from portfolio.recommendations r join portfolio.project_files f on f.id = r.file_id
      where f.organisation_id = o.id and ${within(reach)})
    order by o.name, o.id limit 200`.execute(db);
  return rows;
}
