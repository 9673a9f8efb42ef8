// Queries on accounts and organisation links. An account is looked for by issuer and subject, never by its e-mail.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { AccountsTable, OrganisationLinksTable } from './accounts.tables.ts';
import type { Account } from './accounts.types.ts';

type Tables = {
  'identity.accounts': AccountsTable;
  'identity.organisation_links': OrganisationLinksTable;
};

/** An account with its claims sealed, and whether its holder has left. */
export interface SealedAccount extends Omit<Account, 'claims'> {
  readonly sealedClaims: Buffer;
  /** True when the account, or the person whose it is, was closed. */
  readonly isClosed: boolean;
}

const selectAccount = sql<SealedAccount>`
  select a.id, a.realm, a.upstream_id as "upstreamId", a.issuer, a.subject, a.subject_root as "subjectRoot",
    a.person_id as "personId", a.sealed_claims as "sealedClaims",
    (a.closed_at is not null or coalesce(p.closed_at is not null, false)) as "isClosed"
  from identity.accounts a left join identity.people p on p.id = a.person_id`;

/** The account with this id. */
export async function findAccountById(db: Db, id: string): Promise<SealedAccount | undefined> {
  const { rows } = await sql<SealedAccount>`${selectAccount} where a.id = ${id}`.execute(db);
  return rows[0];
}

/** The account of `subject` at `issuer`. */
export async function findAccountAt(
  trx: Db | Trx,
  issuer: string,
  subject: string,
): Promise<SealedAccount | undefined> {
  const { rows } = await sql<SealedAccount>`
    ${selectAccount} where a.issuer = ${issuer} and a.subject = ${subject}`.execute(trx);
  return rows[0];
}

/**
 * The account of an agent with the state of its link to the organisation of `siret`, and whether a person of the
 * administration has its `email` while the account has no person yet.
 */
export async function findReturningAgent(
  db: Db,
  { issuer, subject, siret, email }: { issuer: string; subject: string; siret: string; email: string },
): Promise<
  | (Pick<SealedAccount, 'id' | 'sealedClaims' | 'isClosed'> & {
      readonly linkState: OrganisationLinksTable['state'] | null;
      readonly mayBeLinked: boolean;
    })
  | undefined
> {
  const { rows } = await sql<
    Pick<SealedAccount, 'id' | 'sealedClaims' | 'isClosed'> & {
      linkState: OrganisationLinksTable['state'] | null;
      mayBeLinked: boolean;
    }
  >`
    select a.id, a.sealed_claims as "sealedClaims",
      (a.closed_at is not null or coalesce(p.closed_at is not null, false)) as "isClosed",
      l.state as "linkState",
      (a.person_id is null and exists (
        select from identity.people e where e.email = ${email} and not e.is_citizen)) as "mayBeLinked"
    from identity.accounts a
    left join identity.people p on p.id = a.person_id
    left join identity.organisations o on o.siret = ${siret}
    left join identity.organisation_links l on l.account_id = a.id and l.organisation_id = o.id
    where a.issuer = ${issuer} and a.subject = ${subject} and a.realm = 'agents'`.execute(db);
  return rows[0];
}

/** Makes two sign-ins of one subject that change something follow each other. */
export async function lockSubjectAt(trx: Trx, issuer: string, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${issuer} ${subject}`}, 1))`.execute(trx);
}

/** The first account that bears the same verified identity, at whichever provider. */
export async function findSameIdentity(trx: Trx, identityHash: Buffer): Promise<SealedAccount | undefined> {
  const { rows } = await sql<SealedAccount>`
    ${selectAccount} where a.identity_hash = ${identityHash} order by a.created_at limit 1`.execute(trx);
  return rows[0];
}

/** The open citizen's account of this person that bears a verified identity, the latest used first; undefined for none. */
export async function findVerifiedAccount(
  db: Db | Trx,
  personId: string,
): Promise<SealedAccount | undefined> {
  const { rows } = await sql<SealedAccount>`
    ${selectAccount} where a.person_id = ${personId} and a.realm = 'citizens' and a.identity_hash is not null
      and a.closed_at is null and p.closed_at is null
    order by a.last_sign_in_at desc, a.id limit 1`.execute(db);
  return rows[0];
}

/** Records an account. */
export async function insertAccount(
  trx: Trx,
  account: Omit<SealedAccount, 'isClosed'> & { readonly identityHash: Buffer | null },
  now: Date,
): Promise<void> {
  await trx
    .withTables<Tables>()
    .insertInto('identity.accounts')
    .values({
      id: account.id,
      realm: account.realm,
      upstream_id: account.upstreamId,
      issuer: account.issuer,
      subject: account.subject,
      subject_root: account.subjectRoot,
      identity_hash: account.identityHash,
      person_id: account.personId,
      sealed_claims: account.sealedClaims,
      created_at: now,
      last_sign_in_at: now,
      closed_at: null,
    })
    .execute();
}

/** Writes what the last sign-in told of an account. */
export async function updateAccount(
  trx: Trx,
  id: string,
  {
    personId,
    sealedClaims,
    identityHash,
  }: { personId: string | null; sealedClaims: Buffer; identityHash: Buffer | null },
): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('identity.accounts')
    .set({
      person_id: personId,
      sealed_claims: sealedClaims,
      identity_hash: identityHash,
    })
    .where('id', '=', id)
    .execute();
}

/** The state of an account's link to an organisation; undefined while none was asked for. */
export async function findLinkState(
  trx: Db | Trx,
  accountId: string,
  organisationId: string,
): Promise<OrganisationLinksTable['state'] | undefined> {
  const row = await trx
    .withTables<Tables>()
    .selectFrom('identity.organisation_links')
    .select('state')
    .where('account_id', '=', accountId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  return row?.state;
}

/** Records a link, or gives it another state where it is there already. */
export async function saveLink(
  trx: Trx,
  link: { accountId: string; organisationId: string; state: OrganisationLinksTable['state'] },
  now: Date,
): Promise<void> {
  const decidedAt = link.state === 'waiting' ? null : now;
  await trx
    .withTables<Tables>()
    .insertInto('identity.organisation_links')
    .values({
      account_id: link.accountId,
      organisation_id: link.organisationId,
      state: link.state,
      asked_at: now,
      decided_by: null,
      decided_at: decidedAt,
      reason: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'organisation_id'])
        .doUpdateSet({ state: link.state, decided_at: decidedAt }),
    )
    .execute();
}

/**
 * Tells whether an account may sign in to a service that is in test: it is a test identity, or its holder belongs to
 * the service's organisation.
 */
export async function isInTestCircle(db: Db, accountId: string, organisationId: string): Promise<boolean> {
  const { rows } = await sql`
    select from identity.accounts a join identity.upstreams u on u.id = a.upstream_id
    where a.id = ${accountId} and (u.is_demonstration or exists (
      select from identity.organisation_links l
      where l.account_id = a.id and l.organisation_id = ${organisationId} and l.state = 'accepted'))`.execute(
    db,
  );
  return rows.length > 0;
}
