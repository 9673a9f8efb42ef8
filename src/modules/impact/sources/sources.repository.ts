// Queries on sources and their runs. They decide nothing: rules do. Whose somebody sees is the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Source, SourceKind, SourceReach, SourceRun, SourceSettings } from './sources.types.ts';

/** Runs that are kept of each source. */
export const KEPT_RUNS = 100;

const within = (reach: SourceReach): RawBuilder<unknown> =>
  reach === 'all' ? sql`true` : sql`i.organisation_id = any (${[...reach]}::uuid[])`;

const SOURCE = sql`
  s.id, s.indicator_id as "indicatorId", i.title as "indicatorName", i.organisation_id as "organisationId", s.kind,
  s.settings, s.state, s.token_hash is not null as "hasToken", s.etag, s.failures, s.last_run_at as "lastRunAt",
  s.next_run_at as "nextRunAt", s.created_at as "createdAt"
  from impact.sources s join impact.indicators i on i.id = s.indicator_id`;

/** The sources of `reach` by id, after the one given. */
export async function listSources(
  db: Db,
  reach: SourceReach,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Source[]> {
  const { rows } = await sql<Source>`
    select ${SOURCE} where ${within(reach)} and ${after === null ? sql`true` : sql`s.id > ${after}`}
    order by s.id limit ${limit}`.execute(db);
  return rows;
}

/** Every source of `reach` by id, read in slices so that an export holds little in memory. */
export async function* eachSource(db: Db, reach: SourceReach): AsyncGenerator<Source> {
  const limit = 500;
  let after: string | null = null;
  for (;;) {
    const slice: Source[] = await listSources(db, reach, { after, limit });
    yield* slice;
    const last = slice.at(-1);
    if (!last || slice.length < limit) return;
    after = last.id;
  }
}

/** The sources of one indicator, the oldest first: there are few. */
export async function listSourcesOf(db: Db, indicatorId: string): Promise<Source[]> {
  const { rows } = await sql<Source>`
    select ${SOURCE} where s.indicator_id = ${indicatorId} order by s.created_at, s.id`.execute(db);
  return rows;
}

/** Active sources of `reach` with at least so many failures in a row, those that failed most first. */
export async function listFailingSources(
  db: Db,
  reach: SourceReach,
  { failures, limit }: { readonly failures: number; readonly limit: number },
): Promise<Source[]> {
  const { rows } = await sql<Source>`
    select ${SOURCE} where ${within(reach)} and s.state = 'active' and s.failures >= ${failures}
    order by s.failures desc, s.id limit ${limit}`.execute(db);
  return rows;
}

/** The source with this id (a UUID), when `reach` holds it. */
export async function findSource(db: Db, reach: SourceReach, id: string): Promise<Source | undefined> {
  const { rows } = await sql<Source>`select ${SOURCE} where s.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, and nobody else changes it until `trx` ends. */
export async function lockSource(trx: Trx, reach: SourceReach, id: string): Promise<Source | undefined> {
  const { rows } = await sql<Source>`
    select ${SOURCE} where s.id = ${id} and ${within(reach)} for update of s`.execute(trx);
  return rows[0];
}

/** The active source whose token has this hash, locked until `trx` ends. */
export async function lockSourceOfToken(trx: Trx, tokenHash: Buffer): Promise<Source | undefined> {
  const { rows } = await sql<Source>`
    select ${SOURCE} where s.token_hash = ${tokenHash} and s.state = 'active' for update of s`.execute(trx);
  return rows[0];
}

/** Tells whether an active push source has a token with this hash. */
export async function mayPush(db: Db, tokenHash: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select from impact.sources where token_hash = ${tokenHash} and state = 'active' and kind = 'push'`.execute(
    db,
  );
  return rows.length > 0;
}

/** How many sources an indicator has. */
export async function countSourcesOf(trx: Trx, indicatorId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from impact.sources where indicator_id = ${indicatorId}`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** Records a source. */
export async function insertSource(
  trx: Trx,
  now: Date,
  source: {
    readonly id: string;
    readonly indicatorId: string;
    readonly kind: SourceKind;
    readonly settings: SourceSettings;
    readonly tokenHash: Buffer | null;
    readonly nextRunAt: Date | null;
  },
): Promise<void> {
  await sql`
    insert into impact.sources (id, indicator_id, kind, settings, token_hash, next_run_at, created_at)
    values (${source.id}, ${source.indicatorId}, ${source.kind}, ${JSON.stringify(source.settings)}::jsonb,
      ${source.tokenHash}, ${source.nextRunAt}, ${now})`.execute(trx);
}

/** Pauses a source, or lets it go on from `nextRunAt` without the failures that it had. */
export async function updateState(
  trx: Trx,
  id: string,
  state: Source['state'],
  nextRunAt: Date | null,
): Promise<void> {
  await sql`
    update impact.sources set state = ${state}, next_run_at = ${nextRunAt}, failures = 0 where id = ${id}`.execute(
    trx,
  );
}

/** Gives a source another token, or none. */
export async function updateToken(trx: Trx, id: string, tokenHash: Buffer | null): Promise<void> {
  await sql`update impact.sources set token_hash = ${tokenHash} where id = ${id}`.execute(trx);
}

/** Takes up to `limit` sources that are due; nobody else takes them before `heldUntil`. */
export async function claimDueSources(
  db: Db,
  { now, heldUntil, limit }: { readonly now: Date; readonly heldUntil: Date; readonly limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update impact.sources set next_run_at = ${heldUntil} where id in (
      select id from impact.sources where state = 'active' and next_run_at <= ${now}
      order by next_run_at limit ${limit} for update skip locked)
    returning id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Keeps what came of a run, and forgets the oldest beyond `KEPT_RUNS`. */
export async function insertRun(
  trx: Trx,
  source: {
    readonly id: string;
    readonly failures: number;
    readonly etag: string | null;
    readonly next: Date | null;
  },
  run: Omit<SourceRun, 'id'>,
): Promise<void> {
  await sql`
    insert into impact.source_runs (source_id, at, outcome, status, taken, unchanged, corrected, refused, detail)
    values (${source.id}, ${run.at}, ${run.outcome}, ${run.status}, ${run.taken}, ${run.unchanged}, ${run.corrected},
      ${run.refused}, ${run.detail})`.execute(trx);
  await sql`
    delete from impact.source_runs where source_id = ${source.id} and id <= (
      select id from impact.source_runs where source_id = ${source.id} order by id desc offset ${KEPT_RUNS} limit 1)`.execute(
    trx,
  );
  await sql`
    update impact.sources set last_run_at = ${run.at}, failures = ${source.failures}, etag = ${source.etag},
      next_run_at = ${source.next} where id = ${source.id}`.execute(trx);
}

/** The runs that are kept of a source, the newest first. */
export async function listRuns(db: Db, sourceId: string): Promise<SourceRun[]> {
  const { rows } = await sql<SourceRun>`
    select id::text, at, outcome, status, taken, unchanged, corrected, refused, detail
    from impact.source_runs where source_id = ${sourceId} order by id desc limit ${KEPT_RUNS}`.execute(db);
  return rows;
}

/** The open indicators of these organisations by name, which a new source may feed; at most 500. */
export async function listOpenIndicatorsOf(
  db: Db,
  organisations: readonly string[],
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, title as name from impact.indicators
    where organisation_id = any (${[...organisations]}::uuid[]) and state = 'open' order by title, id limit 500`.execute(
    db,
  );
  return rows;
}
