// The facts of files that the watch, forecasts and opinions reason on: file, estimate, baselines, milestones, in one query.
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { Baseline } from '../baselines/baselines.types.ts';
import { slippageOf } from '../baselines/slippage.rules.ts';
import { FILE_COLUMNS, FILE_FROM, withinReach } from './files.repository.ts';
import type { Estimate, FileFacts, FileReach, Milestone, ProjectFile } from './files.types.ts';

type Written<T, Moments extends keyof T> = Omit<T, Moments> & { readonly [K in Moments]: string };

interface FactsRow extends ProjectFile {
  readonly objectivesCount: number;
  readonly milestones: readonly Milestone[];
  readonly latestEstimate: Written<Estimate, 'at'> | null;
  readonly firstBaseline: Written<Baseline, 'proposedAt' | 'decidedAt'> | null;
  readonly latestBaseline: Written<Baseline, 'proposedAt' | 'decidedAt'> | null;
}

/** A baseline as JSON, of `portfolio.baselines b`. */
export const BASELINE_JSON = sql`json_build_object(
  'id', b.id, 'fileId', b.file_id, 'number', b.number, 'costCents', b.cost_cents, 'startOn', b.start_on, 'endOn', b.end_on,
  'scopeShare', b.scope_share, 'scopeText', b.scope_text, 'plan', b.plan, 'reason', b.reason, 'author', b.author,
  'authorName', (select a.name from identity.people a where a.id = (b.author->>'personId')::uuid),
  'proposedAt', b.proposed_at, 'state', b.state, 'decidedAt', b.decided_at,
  'decidedByName', (select a.name from identity.people a where a.id = (b.decided_by->>'personId')::uuid),
  'decisionReason', b.decision_reason, 'opinionId', b.opinion_id)`;

/** A baseline as `BASELINE_JSON` writes it, read. */
export function baselineRead(written: Written<Baseline, 'proposedAt' | 'decidedAt'>): Baseline {
  return {
    ...written,
    proposedAt: new Date(written.proposedAt),
    decidedAt: written.decidedAt === null ? null : new Date(written.decidedAt),
  };
}

function factsOf(row: FactsRow): FileFacts {
  const { latestEstimate: estimate, firstBaseline: first, latestBaseline: latest } = row;
  return {
    ...row,
    latestEstimate: estimate && { ...estimate, at: new Date(estimate.at) },
    firstBaseline: first && baselineRead(first),
    latestBaseline: latest && baselineRead(latest),
    slippage: first && latest && estimate ? slippageOf(first, latest, estimate) : null,
  };
}

async function facts(db: Db, condition: RawBuilder<unknown>): Promise<FileFacts[]> {
  const { rows } = await sql<FactsRow>`
    select ${FILE_COLUMNS},
      (select count(*) from portfolio.file_objectives x where x.file_id = f.id) as "objectivesCount",
      coalesce((select json_agg(json_build_object('id', m.id, 'title', m.title, 'plannedOn', m.planned_on,
          'reachedOn', m.reached_on, 'weight', m.weight) order by m.position, m.id)
        from portfolio.file_milestones m where m.file_id = f.id), '[]') as milestones,
      (select json_build_object('at', e.at, 'costCents', e.cost_cents, 'endOn', e.end_on, 'scopeShare', e.scope_share,
          'spentCents', e.spent_cents, 'reason', e.reason)
        from portfolio.file_estimates e where e.file_id = f.id order by e.at desc, e.id desc limit 1) as "latestEstimate",
      (select ${BASELINE_JSON} from portfolio.baselines b where b.file_id = f.id and b.number = 1) as "firstBaseline",
      (select ${BASELINE_JSON} from portfolio.baselines b where b.file_id = f.id and b.number is not null
        order by b.number desc limit 1) as "latestBaseline"
    ${FILE_FROM} where ${condition} order by f.search_text collate "C", f.id limit 20000`.execute(db);
  return rows.map(factsOf);
}

/** The facts of one file (a UUID), whoever asks; undefined when there is none. */
export async function fileStateFor(db: Db, id: string): Promise<FileFacts | undefined> {
  return (await facts(db, sql`f.id = ${id}`))[0];
}

/** The facts of every live file (submitted, running, suspended), whoever asks; by name. One query. */
export function listFileStates(db: Db): Promise<FileFacts[]> {
  return facts(db, sql`f.state in ('submitted', 'running', 'suspended')`);
}

/** The facts of the files with these ids (UUIDs), whoever asks; those that nobody has are left out. One query. */
export function listFactsOf(db: Db, ids: readonly string[]): Promise<FileFacts[]> {
  return facts(db, sql`f.id = any (${[...ids]}::uuid[])`);
}

/** The facts of every file with a first baseline that `reach` holds, those that have ended among them. One query. */
export function listBaselinedFacts(db: Db, reach: FileReach): Promise<FileFacts[]> {
  return facts(db, sql`f.first_baseline_at is not null and ${withinReach(reach)}`);
}

/** The facts of the panorama project's file, as far as the public sees it: with a first baseline, and not classified. */
export async function findPublicFactsOfProject(db: Db, projectId: string): Promise<FileFacts | undefined> {
  const everyone = withinReach({ organisationIds: [], beside: 'published' });
  return (await facts(db, sql`f.project_id = ${projectId} and ${everyone}`))[0];
}
