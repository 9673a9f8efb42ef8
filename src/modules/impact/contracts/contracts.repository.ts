// Queries on contracts, their versions and signatures. They decide nothing: rules do. What a reader may see is the
// `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch, searchPattern } from '#platform/typed-text.ts';
import type { ContractFilter, ContractReach } from './contract-access.rules.ts';
import type {
  Contract,
  ContractOutcome,
  ContractResult,
  ContractSignature,
  ContractState,
  ContractTerms,
  ContractVersion,
  Decision,
  GuardrailStates,
  NamedContract,
  Party,
  SavingKind,
} from './contracts.types.ts';
import { PUBLIC_STATES } from './contracts.types.ts';

const COLUMNS = sql`
  c.id, c.number, c.organisation_id as "organisationId", o.name as "organisationName", c.state, c.version, v.terms,
  v.terms_hash as "termsHash", c.guardrails, coalesce(c.extended_until, c.deadline) as deadline,
  c.extended_until is not null as "wasExtended", c.no_measure_at as "noMeasureAt", c.decision,
  c.created_at as "createdAt", c.changed_at as "changedAt", c.signed_at as "signedAt",
  po.name as "ownerName", pr.name as "reviewerName", i.title as "indicatorTitle", i.unit as "indicatorUnit"`;

const FROM = sql`
  from impact.contracts c
  join impact.contract_versions v on v.contract_id = c.id and v.version = c.version
  join identity.organisations o on o.id = c.organisation_id
  join identity.people po on po.id = c.owner_id join identity.people pr on pr.id = c.reviewer_id
  join impact.indicators i on i.id = c.indicator_id`;

function within(reach: ContractReach): RawBuilder<unknown> {
  if (reach === 'all') return sql`true`;
  const open = sql`c.state = any (${[...PUBLIC_STATES]}::text[])`;
  if (reach === 'public') return open;
  const own = sql`(c.organisation_id = any (${[...reach.organisationIds]}::uuid[]) or c.reviewer_id = ${reach.personId})`;
  return reach.onlyOwn ? own : sql`(${open} or ${own})`;
}

function narrowed({ search, state, decision, organisationId }: ContractFilter): RawBuilder<unknown> {
  return sql`${search === undefined ? sql`true` : sql`c.search_text like ${searchPattern(search)}`}
    and ${state === undefined ? sql`true` : sql`c.state = ${state}`}
    and ${decision === undefined ? sql`true` : sql`c.decision = ${decision}`}
    and ${organisationId === undefined ? sql`true` : sql`c.organisation_id = ${organisationId}`}`;
}

/** At most `limit` contracts in `reach`, the newest first, numbered below `before` (null: from the newest on). */
export async function listContracts(
  db: Db,
  reach: ContractReach,
  filter: ContractFilter,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<NamedContract[]> {
  const { rows } = await sql<NamedContract>`
    select ${COLUMNS} ${FROM} where ${within(reach)} and ${narrowed(filter)}
      and ${before === null ? sql`true` : sql`c.number < ${before}`}
    order by c.number desc limit ${limit}`.execute(db);
  return rows;
}

/** How many contracts `reach` and `filter` leave. */
export async function countContracts(db: Db, reach: ContractReach, filter: ContractFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from impact.contracts c where ${within(reach)} and ${narrowed(filter)}`.execute(
    db,
  );
  return rows[0]?.total ?? 0;
}

/** Every such contract, the newest first, read in slices so that an export holds little in memory. */
export async function* eachContract(
  db: Db,
  reach: ContractReach,
  filter: ContractFilter,
): AsyncGenerator<NamedContract> {
  const limit = 500;
  let before: number | null = null;
  for (;;) {
    const slice: NamedContract[] = await listContracts(db, reach, filter, { before, limit });
    yield* slice;
    const last = slice.at(-1);
    if (!last || slice.length < limit) return;
    before = last.number;
  }
}

/** The contract with this id (a UUID), as far as `reach` sees it. */
export async function findContractWithin(
  db: Db,
  reach: ContractReach,
  id: string,
): Promise<NamedContract | undefined> {
  const { rows } = await sql<NamedContract>`
    select ${COLUMNS} ${FROM} where c.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockContract(
  trx: Trx,
  reach: ContractReach,
  id: string,
): Promise<NamedContract | undefined> {
  const { rows } = await sql<NamedContract>`
    select ${COLUMNS} ${FROM} where c.id = ${id} and ${within(reach)} for update of c`.execute(trx);
  return rows[0];
}

/** Every version of the terms, the first one first. */
export async function listVersions(db: Db, contractId: string): Promise<ContractVersion[]> {
  const { rows } = await sql<ContractVersion>`
    select version, state, terms, terms_hash as "termsHash", reason, created_at as "createdAt"
    from impact.contract_versions where contract_id = ${contractId} order by version limit 1000`.execute(db);
  return rows;
}

/** The version that waits for signatures; undefined when none does. */
export async function findProposedVersion(db: Db, contractId: string): Promise<ContractVersion | undefined> {
  const { rows } = await sql<ContractVersion>`
    select version, state, terms, terms_hash as "termsHash", reason, created_at as "createdAt"
    from impact.contract_versions where contract_id = ${contractId} and state = 'proposed'`.execute(db);
  return rows[0];
}

/** The signatures of every version, the first one first; those that were made void among them. */
export async function listSignatures(db: Db, contractId: string): Promise<ContractSignature[]> {
  const { rows } = await sql<ContractSignature>`
    select s.version, s.party, s.person_id as "personId", p.name as "personName", s.signed_at as "signedAt",
      s.terms_hash as "termsHash", s.void_at as "voidAt"
    from impact.contract_signatures s join identity.people p on p.id = s.person_id
    where s.contract_id = ${contractId} order by s.id limit 1000`.execute(db);
  return rows;
}

/** Contracts whose deadline is before `day` (YYYY-MM-DD) and that still run, the longest past first. */
export async function listDueIds(db: Db, day: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from impact.contracts c
    where c.state in ('signed', 'amended', 'extended') and coalesce(c.extended_until, c.deadline) < ${day}::date
    order by coalesce(c.extended_until, c.deadline), c.id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

const OUTCOME = sql`
  c.id as "contractId", c.number, c.organisation_id as "organisationId", c.title, c.state,
  c.no_measure_at is not null as "hadNoMeasure", r.proposal, c.decision, r.judged_at as "judgedAt"`;

const WITH_LAST_REVIEW = sql`
  from impact.contracts c
  left join lateral (select proposal, judged_at from impact.contract_reviews r
    where r.contract_id = c.id order by at desc limit 1) r on true
  where c.state = any (${[...PUBLIC_STATES]}::text[])`;

/** At most 1000 contracts that were signed, the newest first, with how each ended. */
export async function listContractOutcomes(db: Db): Promise<ContractOutcome[]> {
  const { rows } = await sql<ContractOutcome>`
    select ${OUTCOME} ${WITH_LAST_REVIEW} order by c.number desc limit 1000`.execute(db);
  return rows;
}

/** Those of these contracts (UUIDs) that were signed, with how each ended and what it saved, by contract. */
export async function findContractResults(
  db: Db,
  contractIds: readonly string[],
): Promise<Map<string, ContractResult>> {
  if (contractIds.length === 0) return new Map();
  const last = (kind: SavingKind) => sql`(select amount_euros from impact.contract_savings s
    where s.contract_id = c.id and s.kind = ${kind} order by s.id desc limit 1)`;
  const { rows } = await sql<ContractResult>`
    select ${OUTCOME}, json_build_object('declared', ${last('declared')}, 'audited', ${last('audited')},
      'cashed', ${last('cashed')}) as savings
    ${WITH_LAST_REVIEW} and c.id = any (${[...contractIds]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.contractId, row]));
}

function searchTextOf({ title, subject }: ContractTerms, organisationName: string): string {
  return foldedForSearch(`${title} ${subject} ${organisationName}`);
}

/** Records a draft with its first version. @returns its id. */
export async function insertContract(
  trx: Trx,
  now: Date,
  draft: {
    readonly id?: string;
    readonly organisationId: string;
    readonly organisationName: string;
    readonly terms: ContractTerms;
    readonly termsHash: string;
    readonly personId: string | null;
  },
): Promise<string> {
  const { organisationId, terms } = draft;
  const { rows } = await sql<{ id: string }>`
    insert into impact.contracts (id, organisation_id, title, indicator_id, owner_id, reviewer_id, deadline, created_at,
      changed_at, search_text)
    values (coalesce(${draft.id ?? null}::uuid, gen_random_uuid()), ${organisationId}, ${terms.title},
      ${terms.indicatorId}, ${terms.ownerPersonId}, ${terms.reviewerPersonId}, ${terms.deadline}, ${now}, ${now},
      ${searchTextOf(terms, draft.organisationName)})
    returning id`.execute(trx);
  const { id } = rows[0] as { id: string };
  await insertVersion(trx, now, { contractId: id, version: 1, reason: '', ...draft });
  return id;
}

/** Records a proposed version of the terms. */
export async function insertVersion(
  trx: Trx,
  now: Date,
  version: {
    readonly contractId: string;
    readonly version: number;
    readonly terms: ContractTerms;
    readonly termsHash: string;
    readonly reason: string;
    readonly personId: string | null;
  },
): Promise<void> {
  await sql`
    insert into impact.contract_versions (contract_id, version, state, terms, terms_hash, reason, created_by, created_at)
    values (${version.contractId}, ${version.version}, 'proposed', ${JSON.stringify(version.terms)}::jsonb,
      ${version.termsHash}, ${version.reason}, ${version.personId}, ${now})`.execute(trx);
}

/** Writes the terms of a proposed version anew: nobody has signed them. */
export async function updateProposedTerms(
  trx: Trx,
  contractId: string,
  { version, terms, termsHash }: Pick<ContractVersion, 'version' | 'terms' | 'termsHash'>,
): Promise<void> {
  await sql`
    update impact.contract_versions set terms = ${JSON.stringify(terms)}::jsonb, terms_hash = ${termsHash}
    where contract_id = ${contractId} and version = ${version} and state = 'proposed'`.execute(trx);
}

/** Puts into the contract's own columns what lists need of the terms that it stands on. */
export async function updateShownTerms(
  trx: Trx,
  now: Date,
  contract: Pick<Contract, 'id' | 'organisationName'>,
  { version, terms }: Pick<ContractVersion, 'version' | 'terms'>,
): Promise<void> {
  await sql`
    update impact.contracts set version = ${version}, title = ${terms.title}, indicator_id = ${terms.indicatorId},
      owner_id = ${terms.ownerPersonId}, reviewer_id = ${terms.reviewerPersonId}, deadline = ${terms.deadline},
      changed_at = ${now}, search_text = ${searchTextOf(terms, contract.organisationName)}
    where id = ${contract.id}`.execute(trx);
}

/** Puts the proposed version into force, in place of the one before. */
export async function putIntoForce(trx: Trx, contractId: string, version: number): Promise<void> {
  await sql`
    update impact.contract_versions set state = 'replaced'
    where contract_id = ${contractId} and state = 'in-force'`.execute(trx);
  await sql`
    update impact.contract_versions set state = 'in-force'
    where contract_id = ${contractId} and version = ${version}`.execute(trx);
}

/** Withdraws the proposed version, if there is one. */
export async function withdrawProposed(trx: Trx, contractId: string): Promise<void> {
  await sql`
    update impact.contract_versions set state = 'withdrawn'
    where contract_id = ${contractId} and state = 'proposed'`.execute(trx);
}

/** Records a signature. */
export async function insertSignature(
  trx: Trx,
  now: Date,
  contractId: string,
  signature: {
    readonly version: number;
    readonly party: Party;
    readonly personId: string;
    readonly termsHash: string;
  },
): Promise<void> {
  await sql`
    insert into impact.contract_signatures (contract_id, version, party, person_id, terms_hash, signed_at)
    values (${contractId}, ${signature.version}, ${signature.party}, ${signature.personId}, ${signature.termsHash},
      ${now})`.execute(trx);
}

/** Makes the signatures of a version void. @returns how many there were. */
export async function voidSignatures(
  trx: Trx,
  now: Date,
  contractId: string,
  version: number,
): Promise<number> {
  const { rows } = await sql`
    update impact.contract_signatures set void_at = ${now}
    where contract_id = ${contractId} and version = ${version} and void_at is null returning 1`.execute(trx);
  return rows.length;
}

/** What changes of where a contract stands; what is left out stays as it is. */
export async function updateContractState(
  trx: Trx,
  now: Date,
  id: string,
  change: {
    readonly state: ContractState;
    readonly signedAt?: Date;
    readonly noMeasureAt?: Date;
    readonly decision?: Decision;
    readonly extendedUntil?: string;
  },
): Promise<void> {
  await sql`
    update impact.contracts set state = ${change.state}, changed_at = ${now},
      signed_at = coalesce(signed_at, ${change.signedAt ?? null}::timestamptz),
      no_measure_at = coalesce(no_measure_at, ${change.noMeasureAt ?? null}::timestamptz),
      decision = coalesce(${change.decision ?? null}::text, decision),
      extended_until = coalesce(${change.extendedUntil ?? null}::date, extended_until)
    where id = ${id}`.execute(trx);
}

/** Records what is known of the guardrails. */
export async function updateGuardrails(
  trx: Trx,
  now: Date,
  id: string,
  guardrails: GuardrailStates,
): Promise<void> {
  await sql`
    update impact.contracts set guardrails = ${JSON.stringify(guardrails)}::jsonb, changed_at = ${now}
    where id = ${id}`.execute(trx);
}
