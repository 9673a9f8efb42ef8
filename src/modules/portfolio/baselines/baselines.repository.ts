// Queries on baselines. A trigger keeps what is decided from ever being rewritten.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { BASELINE_JSON, baselineRead } from '../files/facts.repository.ts';
import { withinReach } from '../files/files.repository.ts';
import type { FileReach } from '../files/files.types.ts';
import type { SlippageFacts } from './averages.rules.ts';
import type { Baseline, BaselinePlan } from './baselines.types.ts';

type Written = Parameters<typeof baselineRead>[0];

/** The baselines of a file (a UUID), the latest proposed first. */
export async function listBaselines(db: Db, fileId: string): Promise<Baseline[]> {
  const { rows } = await sql<{ baseline: Written }>`
    select ${BASELINE_JSON} as baseline from portfolio.baselines b where b.file_id = ${fileId}
    order by b.proposed_at desc, b.number desc nulls first limit 1000`.execute(db);
  return rows.map(({ baseline }) => baselineRead(baseline));
}

/** Tells whether a baseline of the file waits for a decision. */
export async function findProposedBaseline(db: Db, fileId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from portfolio.baselines where file_id = ${fileId} and state = 'proposed'`.execute(db);
  return rows[0]?.id;
}

/** A baseline of a file (UUIDs), which nobody else decides until `trx` ends. */
export async function lockBaseline(trx: Trx, fileId: string, id: string): Promise<Baseline | undefined> {
  const { rows } = await sql<{ baseline: Written }>`
    select ${BASELINE_JSON} as baseline from portfolio.baselines b
    where b.file_id = ${fileId} and b.id = ${id} for update of b`.execute(trx);
  return rows[0] && baselineRead(rows[0].baseline);
}

/** The years of the present cost table (payments) and the milestones, as they are kept with a baseline. */
export async function readPlan(db: Db, fileId: string): Promise<BaselinePlan> {
  const { rows } = await sql<BaselinePlan>`
    select
      coalesce((select json_agg(y order by y.year) from (
        select c.year, coalesce(sum(c.payment_cents) filter (where c.nature = 'one-time'), 0)::bigint as "oneTimeCents",
          coalesce(sum(c.payment_cents) filter (where c.nature = 'recurring'), 0)::bigint as "recurringCents"
        from portfolio.file_costs c where c.file_id = ${fileId} group by c.year) y), '[]') as years,
      coalesce((select json_agg(json_build_object('title', m.title, 'plannedOn', m.planned_on, 'weight', m.weight)
          order by m.position, m.id)
        from portfolio.file_milestones m where m.file_id = ${fileId}), '[]') as milestones`.execute(db);
  return rows[0] ?? { years: [], milestones: [] };
}

/** A baseline to write: proposed, or the first one, which is approved at once. */
export type NewBaseline = Pick<
  Baseline,
  | 'fileId'
  | 'number'
  | 'costCents'
  | 'startOn'
  | 'endOn'
  | 'scopeShare'
  | 'scopeText'
  | 'plan'
  | 'reason'
  | 'opinionId'
> & { readonly author: LedgerActor };

/** Adds a baseline at `now`: proposed where it has no number, else approved by its author. @returns its id. */
export async function insertBaseline(trx: Trx, now: Date, baseline: NewBaseline): Promise<string> {
  const id = randomUUID();
  const isApproved = baseline.number !== null;
  const author = JSON.stringify(baseline.author);
  await sql`insert into portfolio.baselines
      (id, file_id, number, cost_cents, start_on, end_on, scope_share, scope_text, plan, reason, author, proposed_at, state,
       decided_by, decided_at, opinion_id)
    values (${id}, ${baseline.fileId}, ${baseline.number}, ${baseline.costCents}, ${baseline.startOn}, ${baseline.endOn},
      ${baseline.scopeShare}, ${baseline.scopeText}, ${JSON.stringify(baseline.plan)}::jsonb, ${baseline.reason},
      ${author}::jsonb, ${now}, ${isApproved ? 'approved' : 'proposed'}, ${isApproved ? author : null}::jsonb,
      ${isApproved ? now : null}::timestamptz, ${baseline.opinionId}::uuid)`.execute(trx);
  return id;
}

/** Decides a proposed baseline; an approved one gets the next number of its file. */
export async function decideBaseline(
  trx: Trx,
  now: Date,
  id: string,
  {
    approved,
    decidedBy,
    reason,
  }: { readonly approved: boolean; readonly decidedBy: LedgerActor; readonly reason: string },
): Promise<void> {
  await sql`update portfolio.baselines b set state = ${approved ? 'approved' : 'refused'}, decided_at = ${now},
      decided_by = ${JSON.stringify(decidedBy)}::jsonb, decision_reason = ${reason},
      number = case when ${approved}
        then (select max(x.number) + 1 from portfolio.baselines x where x.file_id = b.file_id) end
    where b.id = ${id}`.execute(trx);
}

/** Marks a submitted file as running, with the moment of its first baseline. */
export async function updateFrozenFile(trx: Trx, now: Date, fileId: string): Promise<void> {
  await sql`update portfolio.project_files
    set first_baseline_at = ${now}, state = case when state = 'submitted' then 'running' else state end,
      version = version + 1, updated_at = ${now}
    where id = ${fileId}`.execute(trx);
}

/** What the averages need of every file with a first baseline that `reach` holds, those that have ended among them, or of the panorama's projects with these ids; by name. */
export async function listSlippageFacts(
  db: Db,
  reach: FileReach,
  projectIds: readonly string[] | 'all' = 'all',
): Promise<SlippageFacts[]> {
  const frame = sql`'costCents', b.cost_cents, 'startOn', b.start_on, 'endOn', b.end_on, 'scopeShare', b.scope_share`;
  const { rows } = await sql<SlippageFacts>`
    select f.id, f.project_id as "projectId", f.name, o.name as "organisationName", f.phase, f.state, a.first, a.latest, a.baselines, e.estimate
    from portfolio.project_files f
    join identity.organisations o on o.id = f.organisation_id
    cross join lateral (
      select json_build_object('costCents', e.cost_cents, 'endOn', e.end_on, 'scopeShare', e.scope_share) as estimate
      from portfolio.file_estimates e where e.file_id = f.id order by e.at desc, e.id desc limit 1) e
    cross join lateral (
      select count(*) as baselines,
        (array_agg(json_build_object(${frame}) order by b.number))[1] as first,
        (array_agg(json_build_object(${frame}) order by b.number desc))[1] as latest
      from portfolio.baselines b where b.file_id = f.id and b.number is not null) a
    where f.first_baseline_at is not null and a.baselines > 0 and ${withinReach(reach)}
      and ${projectIds === 'all' ? sql`true` : sql`f.project_id = any (${[...projectIds]}::text[])`}
    order by f.search_text collate "C", f.id limit 20000`.execute(db);
  return rows;
}
