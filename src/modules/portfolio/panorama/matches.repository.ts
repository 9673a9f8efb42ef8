// Reads and writes proposals, decisions and merges. What a merge means is decided in matches.actions.ts.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Origin } from './editions.types.ts';
import type { MatchDecision, MatchFeatures, MatchProposal, MatchSide, MatchStatus } from './matches.types.ts';

interface ProposalRow {
  id: number;
  origin: Origin;
  status: MatchStatus;
  score: number;
  features: MatchFeatures;
  row: MatchSide;
  candidate: MatchSide;
  decisions: (Omit<MatchDecision, 'decidedAt'> & { decidedAt: string })[] | null;
}

/** The two sides of a proposal are in one edition: deciding for the match is no longer possible. */
const overlaps = sql`exists (
  select 1 from portfolio.row_identity a join portfolio.row_identity b on b.edition_id = a.edition_id
  where a.project_id = m.member_id and b.project_id = (
    select project_id from portfolio.row_identity where row_id = m.candidate_row_id))`;

/** A proposal that a person can still decide: the founded project stands alone, apart from its candidate. */
const isOpen = sql`m.status = 'waiting'
  and exists (select 1 from portfolio.projects p where p.id = m.member_id and p.merged_into is null)
  and not exists (select 1 from portfolio.row_identity c
                  where c.row_id = m.candidate_row_id and c.project_id = m.member_id)
  and not ${overlaps}`;

async function selectProposals(db: Db, where: RawBuilder<unknown>, rest = sql``): Promise<MatchProposal[]> {
  const side = (alias: string) => sql`json_build_object(
    'projectId', ${sql.ref(`${alias}i.project_id`)}, 'slug', ${sql.ref(`${alias}p.slug`)},
    'name', ${sql.ref(`${alias}r.name`)}, 'month', ${sql.ref(`${alias}i.month`)},
    'ministry', ${sql.ref(`${alias}r.ministry`)}, 'startedOn', ${sql.ref(`${alias}r.started_on`)},
    'durationYears', ${sql.ref(`${alias}r.duration_years`)}, 'costMeur', ${sql.ref(`${alias}r.cost_meur`)},
    'zone', ${sql.ref(`${alias}r.zone`)})`;
  const { rows } = await sql<ProposalRow>`
    select m.id, m.origin, m.status, m.score, m.features, ${side('n')} as row, ${side('c')} as candidate,
      (select json_agg(json_build_object('decision', d.decision, 'decidedAt', d.decided_at,
          'decidedBy', d.decided_by, 'ledgerEntry', d.ledger_entry) order by d.id)
        from portfolio.match_decisions d where d.proposal_id = m.id) as decisions
    from portfolio.match_proposals m
    join portfolio.edition_rows nr on nr.id = m.row_id
    join portfolio.row_identity ni on ni.row_id = m.row_id
    join portfolio.projects np on np.id = ni.project_id
    join portfolio.edition_rows cr on cr.id = m.candidate_row_id
    join portfolio.row_identity ci on ci.row_id = m.candidate_row_id
    join portfolio.projects cp on cp.id = ci.project_id
    where ${where} ${rest}`.execute(db);
  return rows.map(({ decisions, ...row }) => ({
    ...row,
    decisions: (decisions ?? []).map((taken) => ({ ...taken, decidedAt: new Date(taken.decidedAt) })),
  }));
}

/**
 * The proposals that wait for a decision, the surest first. At most `limit` (50 unless told, 200 at most).
 * @param after the last proposal of the page before.
 */
export function listWaitingMatches(
  db: Db,
  {
    origin,
    limit = 50,
    after,
  }: { origin?: Origin; limit?: number; after?: { readonly score: number; readonly id: number } } = {},
): Promise<MatchProposal[]> {
  let where = isOpen;
  if (origin) where = sql`${where} and m.origin = ${origin}`;
  if (after)
    where = sql`${where} and (m.score < ${after.score} or (m.score = ${after.score} and m.id > ${after.id}))`;
  return selectProposals(
    db,
    where,
    sql`order by m.score desc, m.id limit ${Math.min(Math.max(limit, 1), 200)}`,
  );
}

/** How many proposals wait for a decision. */
export async function countWaitingMatches(db: Db, origin?: Origin): Promise<number> {
  const where = origin ? sql`${isOpen} and m.origin = ${origin}` : isOpen;
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from portfolio.match_proposals m where ${where}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The proposals that were accepted or rejected, the latest decision first; at most `limit` (50 unless told). */
export function listDecidedMatches(db: Db, { origin, limit = 50 }: { origin?: Origin; limit?: number } = {}) {
  const where = origin ? sql`m.origin = ${origin} and` : sql``;
  return selectProposals(
    db,
    sql`${where} m.status <> 'waiting'`,
    sql`order by (select max(d.id) from portfolio.match_decisions d where d.proposal_id = m.id) desc nulls last, m.id
        limit ${Math.min(Math.max(limit, 1), 200)}`,
  );
}

/** One proposal, decided or not; undefined where there is none. */
export async function findMatch(db: Db, id: number): Promise<MatchProposal | undefined> {
  const [found] = await selectProposals(db, sql`m.id = ${id}`);
  return found;
}

/** The accepted matches that made a project one, in the order of their editions. */
export function listMatchesOfProject(db: Db, projectId: string): Promise<MatchProposal[]> {
  return selectProposals(
    db,
    sql`m.status = 'accepted' and m.member_id in (
      select member_id from portfolio.row_identity where project_id = ${projectId}
      union select id from portfolio.projects where merged_into = ${projectId})`,
    sql`order by ni.month, m.id`,
  );
}

/** Lets one transaction at a time change who is who: imports and decisions wait for each other. */
export async function lockIdentity(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('portfolio.identity'))`.execute(trx);
}

/** A proposal as a decision needs it. */
export interface ProposalToDecide {
  readonly id: number;
  readonly status: MatchStatus;
  readonly score: number;
  readonly memberId: string;
  readonly memberMergedInto: string | null;
  readonly candidateId: string;
  /** Where the candidate's own merges lead. */
  readonly candidateRoot: string;
  readonly memberName: string;
  readonly candidateName: string;
  /** Months whose edition holds both. */
  readonly sharedMonths: readonly string[];
}

/** Reads a proposal for a decision, under `lockIdentity`. */
export async function findProposalToDecide(trx: Trx, id: number): Promise<ProposalToDecide | undefined> {
  const { rows } = await sql<ProposalToDecide>`
    select m.id, m.status, m.score, m.member_id as "memberId", p.merged_into as "memberMergedInto",
      m.candidate_id as "candidateId", c.project_id as "candidateRoot", nr.name as "memberName",
      cr.name as "candidateName",
      array(select a.month from portfolio.row_identity a
            join portfolio.row_identity b on b.edition_id = a.edition_id
            where a.project_id = m.member_id and b.project_id = c.project_id and c.project_id <> m.member_id
            order by 1) as "sharedMonths"
    from portfolio.match_proposals m
    join portfolio.projects p on p.id = m.member_id
    join portfolio.row_identity c on c.row_id = m.candidate_row_id
    join portfolio.edition_rows nr on nr.id = m.row_id
    join portfolio.edition_rows cr on cr.id = m.candidate_row_id
    where m.id = ${id}`.execute(trx);
  return rows[0];
}

/** Merges a project that stands by itself into another: its rows, and those merged into it, follow. */
export async function mergeProject(
  trx: Trx,
  memberId: string,
  candidateId: string,
  root: string,
): Promise<void> {
  await sql`update portfolio.projects set merged_into = ${candidateId} where id = ${memberId}`.execute(trx);
  await sql`update portfolio.row_identity set project_id = ${root} where project_id = ${memberId}`.execute(
    trx,
  );
}

/** Splits a merged project off again, with all that was merged into it. */
export async function splitProject(trx: Trx, memberId: string): Promise<void> {
  await sql`update portfolio.projects set merged_into = null where id = ${memberId}`.execute(trx);
  await sql`
    with recursive below as (
      select ${memberId}::text as id
      union select p.id from portfolio.projects p join below b on p.merged_into = b.id
    )
    update portfolio.row_identity i set project_id = ${memberId} from below where i.member_id = below.id`.execute(
    trx,
  );
}

/** Keeps a decision and where the proposal stands after it. */
export async function insertDecision(
  trx: Trx,
  taken: {
    proposalId: number;
    decision: 'accepted' | 'rejected' | 'undone';
    status: MatchStatus;
    decidedAt: Date;
    decidedBy: LedgerActor;
    ledgerEntry: string;
  },
): Promise<void> {
  await sql`update portfolio.match_proposals set status = ${taken.status} where id = ${taken.proposalId}`.execute(
    trx,
  );
  await sql`
    insert into portfolio.match_decisions (proposal_id, decision, decided_at, decided_by, ledger_entry)
    values (${taken.proposalId}, ${taken.decision}, ${taken.decidedAt}, ${JSON.stringify(taken.decidedBy)},
      ${taken.ledgerEntry})`.execute(trx);
}
