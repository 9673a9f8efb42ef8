// Queries on kept forecasts and judgements: rows are added, never changed.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type {
  KeptForecast,
  KeptJudgement,
  NewForecastScore,
  NewJudgement,
  ProjectOutcome,
  ScoredForecast,
  ScoredJudgement,
} from './kept-forecasts.types.ts';
import type { FileStanding } from './standing.rules.ts';

const FORECAST_COLUMNS = sql`o.id, o.project_file_id as "fileId", o.made_at as "madeAt", o.occasion,
  o.occasion_id as "occasionId", o.model, o.inputs,
  json_build_object('costCents', o.frame_cost_cents, 'startOn', o.frame_start_on, 'endOn', o.frame_end_on) as frame,
  o.quantiles, o.details, o.median_cost_cents as "medianCostCents", o.p80_cost_cents as "p80CostCents",
  o.median_end_on as "medianEndOn", o.p80_end_on as "p80EndOn", o.above25, o.above50`;

/** Keeps forecasts, in one statement. */
export async function insertForecasts(trx: Trx, forecasts: readonly KeptForecast[]): Promise<void> {
  await sql`
    insert into portfolio.forecasts (id, project_file_id, made_at, occasion, occasion_id, model, inputs, frame_cost_cents,
      frame_start_on, frame_end_on, quantiles, details, median_cost_cents, p80_cost_cents, median_end_on, p80_end_on,
      above25, above50)
    select x.id, x."fileId", x."madeAt", x.occasion, x."occasionId", x.model, x.inputs,
      (x.frame->>'costCents')::bigint, (x.frame->>'startOn')::date, (x.frame->>'endOn')::date, x.quantiles, x.details,
      x."medianCostCents", x."p80CostCents", x."medianEndOn", x."p80EndOn", x.above25, x.above50
    from jsonb_to_recordset(${JSON.stringify(forecasts)}::jsonb) as x (id uuid, "fileId" uuid, "madeAt" timestamptz,
      occasion text, "occasionId" uuid, model text, inputs jsonb, frame jsonb, quantiles jsonb, details jsonb,
      "medianCostCents" bigint, "p80CostCents" bigint, "medianEndOn" date, "p80EndOn" date, above25 numeric,
      above50 numeric)`.execute(trx);
}

/** The latest forecast of a file (a UUID); undefined while there is none. */
export async function latestForecastOf(db: Db, fileId: string): Promise<KeptForecast | undefined> {
  return (await listLatestForecasts(db, [fileId])).get(fileId);
}

/** The latest forecast of each of these files (UUIDs) that has one. One query. */
export async function listLatestForecasts(
  db: Db,
  fileIds: readonly string[],
): Promise<Map<string, KeptForecast>> {
  const { rows } = await sql<KeptForecast>`
    select ${FORECAST_COLUMNS} from unnest(${[...fileIds]}::uuid[]) as asked (id)
    cross join lateral (select * from portfolio.forecasts l where l.project_file_id = asked.id
      order by l.made_at desc, l.position desc limit 1) o`.execute(db);
  return new Map(rows.map((row) => [row.fileId, row]));
}

/** The forecasts of a file (a UUID), the newest first; at most 200. */
export async function listForecastsOf(db: Db, fileId: string): Promise<KeptForecast[]> {
  const { rows } = await sql<KeptForecast>`
    select ${FORECAST_COLUMNS} from portfolio.forecasts o where o.project_file_id = ${fileId}
    order by o.made_at desc, o.position desc limit 200`.execute(db);
  return rows;
}

/** Keeps a judgement. @returns its id; undefined when its source has one already. */
export async function insertJudgement(trx: Trx, judgement: NewJudgement): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into portfolio.judgements
      (project_file_id, made_at, kind, source_id, probability, frame_cost_cents, frame_end_on, actor)
    values (${judgement.fileId}, ${judgement.at}, ${judgement.kind}, ${judgement.sourceId}, ${judgement.probability},
      ${judgement.frameCostCents}, ${judgement.frameEndOn}, ${JSON.stringify(judgement.actor)}::jsonb)
    on conflict (kind, source_id) do nothing returning id`.execute(trx);
  return rows[0]?.id;
}

/** A project that has ended, with what is not scored yet. */
export interface Unscored {
  readonly fileId: string;
  readonly ending: ProjectOutcome;
  readonly forecasts: readonly Pick<KeptForecast, 'id' | 'frame' | 'quantiles'>[];
  readonly judgements: readonly Pick<KeptJudgement, 'id' | 'frameCostCents' | 'frameEndOn'>[];
}

/**
 * Ended files with forecasts or judgements that were made before their end and are not scored: at most 100. A finished
 * project ends on the day it was said to; one that was given up stays at its last state.
 */
export async function listUnscored(trx: Trx): Promise<Unscored[]> {
  const { rows } = await sql<Unscored>`
    with ended as (
      select f.id, f.state, e.cost_cents, e.end_on as planned_on, v.happened_on, v.recorded_at
      from portfolio.project_files f
      join lateral (select cost_cents, end_on from portfolio.file_estimates x
        where x.file_id = f.id order by x.at desc, x.id desc limit 1) e on e.cost_cents > 0
      join lateral (select happened_on, recorded_at from portfolio.file_events y
        where y.file_id = f.id and y.kind in ('finish', 'exit', 'stop', 'merge')
        order by y.recorded_at desc, y.id desc limit 1) v on true
      where f.state in ('finished', 'exited'))
    select n.id as "fileId",
      json_build_object('outcome', n.state, 'costCents', n.cost_cents,
        'endOn', case n.state when 'finished' then n.happened_on else n.planned_on end) as ending,
      coalesce(o.found, '[]') as forecasts, coalesce(j.found, '[]') as judgements
    from ended n
    cross join lateral (select json_agg(json_build_object('id', o.id, 'quantiles', o.quantiles,
        'frame', json_build_object('costCents', o.frame_cost_cents, 'startOn', o.frame_start_on,
          'endOn', o.frame_end_on)) order by o.made_at, o.id) as found
      from portfolio.forecasts o where o.project_file_id = n.id and o.made_at < n.recorded_at
        and not exists (select 1 from portfolio.forecast_scores s where s.forecast_id = o.id)) o
    cross join lateral (select json_agg(json_build_object('id', j.id, 'frameCostCents', j.frame_cost_cents,
        'frameEndOn', j.frame_end_on)) as found
      from portfolio.judgements j where j.project_file_id = n.id and j.made_at < n.recorded_at
        and not exists (select 1 from portfolio.judgement_scores s where s.judgement_id = j.id)) j
    where o.found is not null or j.found is not null
    order by n.id limit 100`.execute(trx);
  return rows;
}

/** Keeps the score of a forecast; a second one changes nothing. */
export async function insertForecastScore(trx: Trx, at: Date, score: NewForecastScore): Promise<void> {
  await sql`insert into portfolio.forecast_scores (forecast_id, scored_at, outcome, final_cost_cents, final_end_on,
      cost_ratio, duration_ratio, cost_crps, cost_pit, cost_covered, duration_crps, duration_pit, duration_covered)
    values (${score.forecastId}, ${at}, ${score.outcome}, ${score.costCents}, ${score.endOn}, ${score.costRatio},
      ${score.durationRatio}, ${score.cost.crps}, ${score.cost.pit}, ${score.cost.covered}, ${score.duration.crps},
      ${score.duration.pit}, ${score.duration.covered})
    on conflict do nothing`.execute(trx);
}

/** Keeps whether what a judgement spoke of came; a second time changes nothing. */
export async function insertJudgementScore(
  trx: Trx,
  at: Date,
  score: { readonly judgementId: string; readonly outcome: string; readonly came: boolean },
): Promise<void> {
  await sql`insert into portfolio.judgement_scores (judgement_id, scored_at, outcome, came)
    values (${score.judgementId}, ${at}, ${score.outcome}, ${score.came}) on conflict do nothing`.execute(
    trx,
  );
}

/** What the public may see: not classified, and once decided on. */
const PUBLISHED: RawBuilder<unknown> = sql`f.first_baseline_at is not null and not f.classified`;

/** The scored forecasts of projects that the public may see, the newest first; at most 20,000. */
export async function listScoredForecasts(db: Db): Promise<ScoredForecast[]> {
  const { rows } = await sql<ScoredForecast>`
    select o.id, f.id as "fileId", f.name as "fileName", o.made_at as "madeAt", o.model, s.outcome, o.above25,
      o.above50, s.cost_ratio as "costRatio", s.duration_ratio as "durationRatio", s.cost_crps as "costCrps",
      s.cost_pit as "costPit", s.cost_covered as "costCovered", s.duration_crps as "durationCrps",
      s.duration_pit as "durationPit", s.duration_covered as "durationCovered"
    from portfolio.forecast_scores s join portfolio.forecasts o on o.id = s.forecast_id
    join portfolio.project_files f on f.id = o.project_file_id
    where ${PUBLISHED} order by o.made_at desc, o.id limit 20000`.execute(db);
  return rows;
}

/** The scored judgements of projects that the public may see, the newest first; at most 20,000. */
export async function listScoredJudgements(db: Db): Promise<ScoredJudgement[]> {
  const { rows } = await sql<ScoredJudgement>`
    select j.id, f.id as "fileId", f.name as "fileName", j.made_at as "madeAt", j.kind, j.probability, s.outcome, s.came
    from portfolio.judgement_scores s join portfolio.judgements j on j.id = s.judgement_id
    join portfolio.project_files f on f.id = j.project_file_id
    where ${PUBLISHED} order by j.made_at desc, j.id limit 20000`.execute(db);
  return rows;
}

/** How many forecasts and judgements wait for their outcome, whoever sees their projects. */
export async function countWaiting(db: Db): Promise<{ forecasts: number; judgements: number }> {
  const { rows } = await sql<{ forecasts: number; judgements: number }>`
    select (select count(*) from portfolio.forecasts) - (select count(*) from portfolio.forecast_scores) as forecasts,
      (select count(*) from portfolio.judgements) - (select count(*) from portfolio.judgement_scores) as judgements`.execute(
    db,
  );
  return rows[0] ?? { forecasts: 0, judgements: 0 };
}

/** A project of the panorama: a figure's first and last known values, and their editions (YYYY-MM). */
export interface PublishedCourse {
  readonly projectId: string;
  readonly figure: 'cost' | 'duration';
  readonly first: number;
  readonly last: number;
  readonly from: string;
  readonly to: string;
}

/** The courses of the panorama's projects: of published editions, else of the demonstration's. At most 20,000. */
export async function listPublishedCourses(db: Db): Promise<PublishedCourse[]> {
  const { rows } = await sql<PublishedCourse>`
    with states as (
      select i.project_id, i.month, r.cost_meur::float8 as cost, r.duration_years::float8 as duration
      from portfolio.row_identity i
      join portfolio.edition_rows r on r.id = i.row_id
      join portfolio.editions e on e.id = i.edition_id
      where e.origin = case when exists (select 1 from portfolio.editions where origin = 'published')
        then 'published' else 'demonstration' end),
    figures as (
      select project_id, month, 'cost' as figure, cost as value from states where cost > 0
      union all select project_id, month, 'duration', duration from states where duration > 0)
    select project_id as "projectId", figure, (array_agg(value order by month))[1] as first, (array_agg(value order by month desc))[1] as last,
      min(month) as "from", max(month) as "to"
    from figures group by project_id, figure having count(*) > 1 order by project_id, figure limit 20000`.execute(
    db,
  );
  return rows;
}

/** A file as it stood when its ministry gave an estimate: what a forecast of that day would have known of it. */
export type PastState = FileStanding & { readonly fileId: string; readonly at: Date };

/** Every estimate of a file since its first baseline and before its end, oldest first; at most 20,000. */
export async function listPastStates(db: Db): Promise<PastState[]> {
  const { rows } = await sql<PastState>`
    select f.id as "fileId", e.at, f.started_on as "startedOn",
      case f.phase when 'finished' then 'rollout' else f.phase end as phase,
      json_build_object('costCents', e.cost_cents, 'endOn', e.end_on, 'scopeShare', e.scope_share) as "latestEstimate",
      json_build_object('number', 1, 'costCents', b.cost_cents, 'startOn', b.start_on, 'endOn', b.end_on)
        as "firstBaseline",
      json_build_object('number', (select max(l.number) from portfolio.baselines l
        where l.file_id = f.id and l.decided_at <= e.at)) as "latestBaseline"
    from portfolio.file_estimates e
    join portfolio.project_files f on f.id = e.file_id
    join portfolio.baselines b on b.file_id = f.id and b.number = 1 and b.decided_at <= e.at
    where not exists (select 1 from portfolio.file_events v
      where v.file_id = f.id and v.kind in ('finish', 'exit', 'stop', 'merge') and v.recorded_at <= e.at)
    order by e.at, f.id limit 20000`.execute(db);
  return rows;
}
