// What a checked assertion does to an account: recorded at the first sign-in, kept true at the later ones, refused where
// its holder has left, waits for their organisation, or has blocked the provider.
import { createHmac, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { findOrganisationByWord } from '../organisations.repository.ts';
import { findPersonByEmail } from '../people.repository.ts';
import {
  findAccountAt,
  findAccountById,
  findLinkState,
  findReturningAgent,
  findSameIdentity,
  findVerifiedAccount,
  insertAccount,
  lockSubjectAt,
  type SealedAccount,
  saveLink,
  updateAccount,
} from './accounts.repository.ts';
import type { Account, AssertedIdentity, IdentityClaims } from './accounts.types.ts';
import { isBlocked } from './blocks.repository.ts';
import type { PeopleRealm } from './realms.ts';
import { keyFor, sealFor, unsealFor } from './sealed.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret'>;

/** Purpose under which an account's claims are sealed, bound to its id. */
export const ACCOUNT_CLAIMS_SEAL = 'hub/account-claims';

/** Why an account whose assertion is good may still not sign in. */
export type AccountRefusal =
  | 'account-closed'
  | 'upstream-blocked'
  | 'organisation-unknown'
  | 'link-waiting'
  | 'link-refused';

/** What the action needs to know of the provider that vouches. */
export interface Voucher {
  readonly id: string;
  readonly realm: PeopleRealm;
  readonly vouchesForOrganisation: boolean;
  readonly organisationIds: readonly string[];
}

/** The account that signed in, or why it may not (then nothing but a waiting organisation link is kept). */
export type AccountOutcome =
  | { readonly accountId: string; readonly isNew: boolean }
  | {
      readonly refusal: AccountRefusal;
      readonly organisationName?: string;
      /** Whose history it goes into; absent where nobody is known. */
      readonly accountId?: string;
    };

/**
 * Records who signed in at `voucher`. The account is found by issuer and subject alone (OpenID Connect Core, 5.7): the
 * e-mail finds a person of the administration only because the provider was checked to speak for its domain.
 */
export async function receiveAccount(
  needs: Needs,
  voucher: Voucher,
  asserted: AssertedIdentity,
): Promise<AccountOutcome> {
  if (voucher.realm === 'agents') {
    const accountId = await returningAgent(needs, asserted);
    if (accountId !== null) return { accountId, isNew: false };
  }
  return needs.db.transaction().execute(async (trx) => {
    const known = await knownOrLocked(trx, asserted);
    if (known?.isClosed) return { refusal: 'account-closed', accountId: known.id };
    return voucher.realm === 'agents'
      ? receiveAgent(needs, trx, voucher, asserted, known)
      : receiveCitizen(needs, trx, voucher, asserted, known);
  });
}

/** The account of an agent of whom nothing changed since they last came, as most do: one question, nothing to write. */
async function returningAgent(needs: Needs, asserted: AssertedIdentity): Promise<string | null> {
  const { issuer, subject, siret, claims } = asserted;
  const email = String(claims.email);
  const found = await findReturningAgent(needs.db, { issuer, subject, siret: siret ?? '', email });
  if (!found || found.isClosed || found.linkState !== 'accepted' || found.mayBeLinked) return null;
  return claimsTextOf(needs, found) === JSON.stringify(claims) ? found.id : null;
}

/** The account; where there is none yet, of two first sign-ins at once the second waits and finds the first's. */
async function knownOrLocked(
  trx: Trx,
  { issuer, subject }: AssertedIdentity,
): Promise<SealedAccount | undefined> {
  const known = await findAccountAt(trx, issuer, subject);
  if (known) return known;
  await lockSubjectAt(trx, issuer, subject);
  return findAccountAt(trx, issuer, subject);
}

async function receiveAgent(
  needs: Needs,
  trx: Trx,
  voucher: Voucher,
  asserted: AssertedIdentity,
  known: SealedAccount | undefined,
): Promise<AccountOutcome> {
  const now = needs.clock.now();
  const organisation = await findOrganisationByWord(trx, asserted.siret ?? '');
  if (!organisation) return { refusal: 'organisation-unknown' };
  const person = await findPersonByEmail(trx, String(asserted.claims.email));
  if (!known?.personId && person?.closedAt) return { refusal: 'account-closed' };

  const id = known?.id ?? randomUUID();
  // Once given, an account keeps its person, whatever address the provider asserts later.
  const personId = known?.personId ?? person?.id ?? null;
  await keep(needs, trx, { id, personId, subjectRoot: known?.subjectRoot ?? id }, voucher, asserted, known);
  const state = await linkOf(trx, voucher, { accountId: id, organisationId: organisation.id }, now);
  if (state === 'accepted') return { accountId: id, isNew: !known };
  return {
    refusal: state === 'waiting' ? 'link-waiting' : 'link-refused',
    organisationName: organisation.name,
    accountId: id,
  };
}

/** The link's state: accepted at once where the provider vouches for the organisation, else as it was decided, or waiting. */
async function linkOf(
  trx: Trx,
  voucher: Voucher,
  link: { accountId: string; organisationId: string },
  now: Date,
): Promise<'waiting' | 'accepted' | 'refused'> {
  const before = await findLinkState(trx, link.accountId, link.organisationId);
  const vouched = voucher.vouchesForOrganisation && voucher.organisationIds.includes(link.organisationId);
  // What a person decided stands, whatever a provider says after.
  const state = before === 'waiting' || before === undefined ? (vouched ? 'accepted' : 'waiting') : before;
  if (state !== before) {
    await saveLink(trx, { ...link, state }, now);
    await appendToLedger(trx, now, {
      kind: state === 'accepted' ? 'identity.organisation-link-vouched' : 'identity.organisation-link-asked',
      subject: `identity/account/${link.accountId}`,
      actor: { kind: 'system', name: `identity.upstream:${voucher.id}` },
      data: { organisationId: link.organisationId },
    });
  }
  return state;
}

async function receiveCitizen(
  needs: Needs,
  trx: Trx,
  voucher: Voucher,
  asserted: AssertedIdentity,
  known: SealedAccount | undefined,
): Promise<AccountOutcome> {
  const id = known?.id ?? randomUUID();
  const identityHash = identityHashOf(needs, asserted);
  // Two who prove one identity for the first time at two providers at once must not become two people.
  if (!known && identityHash) await lockSubjectAt(trx, 'verified identity', identityHash.toString('hex'));
  // Whoever has proved the same verified identity at another provider is the same person to every service.
  const same = !known && identityHash ? await findSameIdentity(trx, identityHash) : undefined;
  const subjectRoot = known?.subjectRoot ?? same?.subjectRoot ?? id;
  if (same?.isClosed) return { refusal: 'account-closed' };
  if (await isBlocked(trx, subjectRoot, voucher.id)) {
    return { refusal: 'upstream-blocked', ...(known && { accountId: known.id }) };
  }
  await keep(
    needs,
    trx,
    { id, personId: known?.personId ?? same?.personId ?? null, subjectRoot },
    voucher,
    asserted,
    known,
  );
  return { accountId: id, isNew: !known };
}

/** Records the account of a citizen of the demonstration, as their sign-in would have. @returns its subject root. */
export async function recordInventedCitizen(
  needs: Needs,
  trx: Trx,
  voucher: Voucher,
  { personId, asserted }: { personId: string; asserted: AssertedIdentity },
): Promise<string> {
  const id = randomUUID();
  await keep(needs, trx, { id, personId, subjectRoot: id }, voucher, asserted, undefined);
  return id;
}

async function keep(
  needs: Needs,
  trx: Trx,
  { id, personId, subjectRoot }: { id: string; personId: string | null; subjectRoot: string },
  voucher: Voucher,
  asserted: AssertedIdentity,
  known: SealedAccount | undefined,
): Promise<void> {
  const now = needs.clock.now();
  const claims = JSON.stringify(asserted.claims);
  // Most sign-ins tell nothing new, and what writes nothing waits for no disk.
  if (known?.personId === personId && claims === claimsTextOf(needs, known)) return;
  const sealedClaims = sealFor(needs.secret, ACCOUNT_CLAIMS_SEAL, claims, id);
  const identityHash = identityHashOf(needs, asserted);
  if (known) {
    await updateAccount(trx, id, { personId, sealedClaims, identityHash });
    return;
  }
  const { issuer, subject } = asserted;
  await insertAccount(
    trx,
    {
      id,
      realm: voucher.realm,
      upstreamId: voucher.id,
      issuer,
      subject,
      subjectRoot,
      personId,
      sealedClaims,
      identityHash,
    },
    now,
  );
  await appendToLedger(trx, now, {
    kind: 'identity.account-recorded',
    subject: `identity/account/${id}`,
    actor: { kind: 'system', name: `identity.upstream:${voucher.id}` },
    data: { realm: voucher.realm, upstreamId: voucher.id },
  });
}

function identityHashOf(
  { secret }: Pick<Needs, 'secret'>,
  { verifiedIdentity }: AssertedIdentity,
): Buffer | null {
  if (verifiedIdentity === null) return null;
  return createHmac('sha256', keyFor(secret, 'hub/identity')).update(verifiedIdentity).digest();
}

function claimsTextOf(
  { secret }: Pick<Needs, 'secret'>,
  { id, sealedClaims }: Pick<SealedAccount, 'id' | 'sealedClaims'>,
): string {
  return unsealFor(secret, ACCOUNT_CLAIMS_SEAL, sealedClaims, id).toString();
}

/** An account with its claims; undefined when there is none or its holder has left. */
export async function readAccount(
  { db, secret }: { db: Db; secret: Needs['secret'] },
  id: string,
): Promise<Account | undefined> {
  const sealed = await findAccountById(db, id);
  if (!sealed || sealed.isClosed) return undefined;
  const { sealedClaims, isClosed: _, ...account } = sealed;
  const claims = JSON.parse(claimsTextOf({ secret }, { id, sealedClaims })) as IdentityClaims;
  roots.set(id, account.subjectRoot);
  return { ...account, claims };
}

/** The claims of the verified identity that a person proved as a citizen; null while they proved none. */
export async function readVerifiedClaims(
  { secret }: Pick<Needs, 'secret'>,
  db: Db | Trx,
  personId: string,
): Promise<IdentityClaims | null> {
  const account = await findVerifiedAccount(db, personId);
  return account ? (JSON.parse(claimsTextOf({ secret }, account)) as IdentityClaims) : null;
}

// An account's root is given once and never changes.
const roots = new LRUCache<string, string>({ max: 50_000 });

/** What the pairwise subjects of an account are made from, also after its holder has left. Throws for an unknown id. */
export async function subjectRootOf(db: Db, accountId: string): Promise<string> {
  const cached = roots.get(accountId);
  if (cached) return cached;
  const account = await findAccountById(db, accountId);
  if (!account) throw new Error(`The account ${accountId} is not there.`);
  roots.set(accountId, account.subjectRoot);
  return account.subjectRoot;
}
