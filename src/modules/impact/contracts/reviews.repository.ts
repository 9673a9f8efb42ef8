// Queries on the reviews of contracts with their judgements, and on savings. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Saving, SavingKind } from './contracts.types.ts';
import type { ContractReview, Judgement } from './reviews.types.ts';

const COLUMNS = sql`
  r.id, r.contract_id as "contractId", r.version, r.occasion, r.at, r.verdict, r.had_no_measure as "hadNoMeasure",
  r.proposal, r.because, case when r.decision is null then null else jsonb_build_object('decision', r.decision, 'reason', r.reason,
    'extendedUntil', r.extended_until, 'personId', r.judged_by, 'personName', p.name) end as judgement,
  r.judged_at as "judgedAt"`;

interface Row extends Omit<ContractReview, 'judgement'> {
  readonly judgement: Omit<Judgement, 'at'> | null;
  readonly judgedAt: Date | null;
}

function reviewOf({ judgedAt, judgement, ...review }: Row): ContractReview {
  return {
    ...review,
    judgement: judgement === null || judgedAt === null ? null : { ...judgement, at: judgedAt },
  };
}

/** The reviews of a contract, the newest first; at most 200. */
export async function listReviews(db: Db, contractId: string): Promise<ContractReview[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from impact.contract_reviews r left join identity.people p on p.id = r.judged_by
    where r.contract_id = ${contractId} order by r.at desc, r.id limit 200`.execute(db);
  return rows.map(reviewOf);
}

/** The last review of each of these contracts, by contract. */
export async function findLatestReviews(
  db: Db,
  contractIds: readonly string[],
): Promise<Map<string, ContractReview>> {
  const { rows } = await sql<Row>`
    select distinct on (r.contract_id) ${COLUMNS}
    from impact.contract_reviews r left join identity.people p on p.id = r.judged_by
    where r.contract_id = any (${[...contractIds]}::uuid[]) order by r.contract_id, r.at desc, r.id`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.contractId, reviewOf(row)]));
}

/** The last verdict on a contract with what it proposed and what was decided on it; null before the first review. */
export async function latestVerdictOf(db: Db, contractId: string): Promise<ContractReview | null> {
  return (await findLatestReviews(db, [contractId])).get(contractId) ?? null;
}

/** Records a review. @returns its id. */
export async function insertReview(
  trx: Trx,
  review: Omit<ContractReview, 'id' | 'judgement'>,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into impact.contract_reviews (contract_id, version, occasion, at, verdict, had_no_measure, proposal, because)
    values (${review.contractId}, ${review.version}, ${review.occasion}, ${review.at},
      ${JSON.stringify(review.verdict)}::jsonb, ${review.hadNoMeasure}, ${review.proposal}, ${review.because})
    returning id`.execute(trx);
  return (rows[0] as { id: string }).id;
}

/** Records the judgement of a review that has none. */
export async function insertJudgement(
  trx: Trx,
  reviewId: string,
  judgement: Omit<Judgement, 'personName'>,
): Promise<void> {
  await sql`
    update impact.contract_reviews set decision = ${judgement.decision}, reason = ${judgement.reason},
      extended_until = ${judgement.extendedUntil}::date, judged_by = ${judgement.personId}, judged_at = ${judgement.at}
    where id = ${reviewId} and decision is null`.execute(trx);
}

/** Every figure of savings of a contract, the newest first; at most 200. */
export async function listSavings(db: Db, contractId: string): Promise<Saving[]> {
  const { rows } = await sql<Saving>`
    select s.kind, s.amount_euros as "amountEuros", s.evidence, s.person_id as "personId", p.name as "personName", s.at
    from impact.contract_savings s join identity.people p on p.id = s.person_id
    where s.contract_id = ${contractId} order by s.id desc limit 200`.execute(db);
  return rows;
}

/** Records a figure of savings beside those before it. */
export async function insertSaving(
  trx: Trx,
  now: Date,
  saving: {
    readonly contractId: string;
    readonly kind: SavingKind;
    readonly amountEuros: number;
    readonly evidence: string;
    readonly personId: string;
  },
): Promise<void> {
  await sql`
    insert into impact.contract_savings (contract_id, kind, amount_euros, evidence, person_id, at)
    values (${saving.contractId}, ${saving.kind}, ${saving.amountEuros}, ${saving.evidence}, ${saving.personId},
      ${now})`.execute(trx);
}
