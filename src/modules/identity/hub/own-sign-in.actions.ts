// Who somebody is to Socle once its hub has said who signed in: the person known by that subject, else one who is
// found or recorded now, with the role that everyone of the realm holds.
import type { Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { tidied } from '#platform/typed-text.ts';
import { linkAccountsToPerson } from '../hub-accounts/person-accounts.ts';
import { addMembershipIn } from '../memberships.actions.ts';
import { listMembershipsOf } from '../memberships.repository.ts';
import { givesItsRole } from '../memberships.rules.ts';
import { findOrganisationByWord } from '../organisations.repository.ts';
import { findPerson, findPersonByEmail, insertPerson } from '../people.repository.ts';
import type { Person } from '../people.types.ts';
import { findPersonIdBySubject, insertSubject, lockSubject } from './own-subjects.repository.ts';
import type { PeopleRealm } from './realms.ts';

/** What the hub told Socle. */
export interface OwnIdentity {
  readonly realm: PeopleRealm;
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly locale: Locale;
}

const BY_HUB: LedgerActor = { kind: 'system', name: 'identity.hub' };

/** The person who signed in. Throws `not-found` when their account is closed. */
export async function receivePerson(
  kernel: Pick<Kernel, 'db' | 'clock' | 'secret'>,
  identity: OwnIdentity,
): Promise<Person> {
  const { db, clock } = kernel;
  return db.transaction().execute(async (trx) => {
    const { realm, subject } = identity;
    const now = clock.now();
    await lockSubject(trx, realm, subject);
    const knownId = await findPersonIdBySubject(trx, realm, subject);
    const known = knownId === undefined ? undefined : await findPerson(trx, knownId);
    const person = known ?? (await firstTime(trx, identity, now));
    if (person.closedAt !== null) throw notFound({ detail: 'the account of this subject is closed' });
    await linkAccountsToPerson(kernel, trx, { realm, subject, personId: person.id });
    if (realm === 'agents') await giveAgentRole(trx, person, textOf(identity.claims.siret), now);
    return person;
  });
}

async function firstTime(trx: Trx, identity: OwnIdentity, now: Date): Promise<Person> {
  const { realm, subject } = identity;
  const person = realm === 'agents' ? await agentOf(trx, identity, now) : await recordNew(trx, identity, now);
  await insertSubject(trx, { realm, subject, personId: person.id }, now);
  await appendToLedger(trx, now, {
    kind: 'identity.person-entered-by-hub',
    subject: `identity/person/${person.id}`,
    actor: BY_HUB,
    data: { realm },
  });
  if (realm === 'citizens') {
    await addMembershipIn(trx, now, BY_HUB, person.id, {
      role: 'citizen',
      organisationId: '',
      from: '',
      until: '',
    });
  }
  return person;
}

/** The hub checked that the provider speaks for the address's domain: so the person who has the address is meant. */
async function agentOf(trx: Trx, identity: OwnIdentity, now: Date): Promise<Person> {
  const email = textOf(identity.claims.email);
  return (await findPersonByEmail(trx, email)) ?? recordNew(trx, identity, now);
}

async function recordNew(trx: Trx, { realm, claims, locale }: OwnIdentity, now: Date): Promise<Person> {
  const familyName =
    textOf(claims.usual_name) || textOf(claims.preferred_username) || textOf(claims.family_name);
  const [firstName = ''] = textOf(claims.given_name).split(' ');
  const email = textOf(claims.email);
  const name = tidied(`${firstName} ${familyName}`).slice(0, 120) || email;
  const person = await insertPerson(trx, {
    name,
    // Citizens need none; the column asks for one, and nothing is ever sent to this.
    email: email || 'sans-adresse@usager.invalid',
    locale,
    createdAt: now,
    isFictitious: false,
    isCitizen: realm === 'citizens',
  });
  await appendToLedger(trx, now, {
    kind: 'identity.person-recorded',
    subject: `identity/person/${person.id}`,
    actor: BY_HUB,
    data: { realm },
  });
  return person;
}

async function giveAgentRole(trx: Trx, person: Person, siret: string, now: Date): Promise<void> {
  const organisation = siret === '' ? undefined : await findOrganisationByWord(trx, siret);
  if (!organisation) return;
  const held = await listMembershipsOf(trx, [person.id]);
  const belongs = held.some(
    (membership) => membership.organisationId === organisation.id && givesItsRole(membership, now),
  );
  if (belongs) return;
  const wanted = { role: 'agent', organisationId: organisation.id, from: '', until: '' };
  await addMembershipIn(trx, now, BY_HUB, person.id, wanted);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
