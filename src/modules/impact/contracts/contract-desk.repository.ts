// Queries on the contracts that wait for somebody. They decide nothing.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

/** A contract that waits, as a desk names it. */
export interface WaitingContract {
  readonly id: string;
  readonly title: string;
  readonly organisationName: string;
  /** YYYY-MM-DD. */
  readonly deadline: string;
}

const WAITING = sql`c.id, c.title, o.name as "organisationName", coalesce(c.extended_until, c.deadline) as deadline`;

/**
 * Contracts whose proposed terms wait for a signature: of one of these organisations, which own them, or, where
 * `forTheState`, of the State once the owner has signed. The longest waiting first; those past `today` wait in vain.
 */
export async function listToSign(
  db: Db,
  {
    organisationIds,
    forTheState,
    today,
    limit,
  }: {
    readonly organisationIds: readonly string[];
    readonly forTheState: boolean;
    readonly today: string;
    readonly limit: number;
  },
): Promise<WaitingContract[]> {
  const { rows } = await sql<WaitingContract>`
    select ${WAITING}
    from impact.contract_versions v
    join impact.contracts c on c.id = v.contract_id
    join identity.organisations o on o.id = c.organisation_id
    cross join lateral (
      select coalesce(bool_or(party = 'owner'), false) as owner, coalesce(bool_or(party = 'state'), false) as state
      from impact.contract_signatures s
      where s.contract_id = v.contract_id and s.version = v.version and s.void_at is null) signed
    where v.state = 'proposed' and c.state <> 'abandoned' and c.deadline > ${today}::date
      and (c.organisation_id = any (${[...organisationIds]}::uuid[]) and not signed.owner
        or ${forTheState} and signed.owner and not signed.state
          and not c.organisation_id = any (${[...organisationIds]}::uuid[]))
    order by v.created_at, c.id limit ${limit}`.execute(db);
  return rows;
}

/** Contracts whose deadline has come and that wait for the judgement of this reviewer, the oldest deadline first. */
export async function listToJudge(
  db: Db,
  { reviewerId, limit }: { readonly reviewerId: string; readonly limit: number },
): Promise<WaitingContract[]> {
  const { rows } = await sql<WaitingContract>`
    select ${WAITING}
    from impact.contracts c join identity.organisations o on o.id = c.organisation_id
    where c.reviewer_id = ${reviewerId} and c.state in ('measured', 'unmeasured')
    order by deadline, c.id limit ${limit}`.execute(db);
  return rows;
}
