// What the command line does with people, each in one transaction: it names people by address and organisations by word.

import { defineError, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { type Invitation, invitePerson, invitePersonIn } from './invitations.actions.ts';
import { addMembership, addMembershipIn, endMembership } from './memberships.actions.ts';
import { listMembershipsOf } from './memberships.repository.ts';
import { givesItsRole, isRole } from './memberships.rules.ts';
import type { Membership } from './memberships.types.ts';
import { findOrganisationByWord } from './organisations.repository.ts';
import { recordPersonIn } from './people.actions.ts';
import { findPersonByEmail } from './people.repository.ts';
import { emailAsStored } from './people.rules.ts';
import type { Person } from './people.types.ts';

/** Nobody has the address that the command names. */
const nobodyHasAddress = defineError<[email: string]>('identity.nobody-has-address', 'not-found', {
  fr: (email) => `Personne n’a l’adresse ${email}. «\u00A0socle user list\u00A0» montre toutes les adresses.`,
  en: (email) => `Nobody has the address ${email}. "socle user list" shows all addresses.`,
});

/** No organisation has the id, code or SIRET that the command names. */
const noSuchOrganisation = defineError<[word: string]>('identity.no-such-organisation', 'not-found', {
  fr: (word) => `Aucune organisation n’a l’identifiant, le code ou le SIRET ${word}.`,
  en: (word) => `No organisation has the id, code or SIRET ${word}.`,
});

/** The person named by the command. Throws when nobody has the address. */
export async function personNamed({ db }: Pick<Kernel, 'db'>, email: string): Promise<Person> {
  const stored = emailAsStored(email);
  const person = await findPersonByEmail(db, stored);
  if (!person) throw nobodyHasAddress({}, stored);
  return person;
}

async function organisationNamed({ db }: Pick<Kernel, 'db'>, word: string | undefined): Promise<string> {
  if (word === undefined) return '';
  const organisation = await findOrganisationByWord(db, word);
  if (!organisation) throw noSuchOrganisation({}, word);
  return organisation.id;
}

/**
 * Records an administrator and the invitation by which they choose a password. A person who is there already gets
 * the role and an invitation. Throws `invalid-input`, or `identity.role-is-held-already`.
 */
export async function createAdministrator(
  kernel: Kernel,
  by: LedgerActor,
  input: { email: string; name: string; organisation?: string | undefined },
): Promise<{ personId: string } & Invitation> {
  const organisationId = await organisationNamed(kernel, input.organisation);
  return kernel.db.transaction().execute(async (trx) => {
    const now = kernel.clock.now();
    const known = await findPersonByEmail(trx, emailAsStored(input.email));
    const person = known ?? (await recordPersonIn(trx, now, by, { ...input, locale: 'fr' }));
    await addMembershipIn(trx, now, by, person.id, {
      role: 'administrator',
      organisationId,
      from: '',
      until: '',
    });
    const way = { byMail: false, resetSecondFactors: false };
    return { personId: person.id, ...(await invitePersonIn(trx, kernel, by, person.id, way)) };
  });
}

/** Gives the person a role from now on, until the last day that may be given. */
export async function addRole(
  kernel: Kernel,
  by: LedgerActor,
  input: {
    email: string;
    role: string;
    organisation?: string | undefined;
    from?: string | undefined;
    until?: string | undefined;
  },
): Promise<Membership> {
  const person = await personNamed(kernel, input.email);
  const organisationId = await organisationNamed(kernel, input.organisation);
  const { role, from = '', until = '' } = input;
  return addMembership(kernel, by, person.id, { role, organisationId, from, until });
}

/** Ends the person's running or coming memberships of this role (in this organisation, when named). @returns those ended. */
export async function endRole(
  kernel: Kernel,
  by: LedgerActor,
  input: { email: string; role: string; organisation?: string | undefined },
): Promise<Membership[]> {
  const person = await personNamed(kernel, input.email);
  const organisationId = await organisationNamed(kernel, input.organisation);
  const now = kernel.clock.now();
  const running = (await listMembershipsOf(kernel.db, [person.id])).filter(
    (held) =>
      isRole(input.role) &&
      held.role === input.role &&
      (input.organisation === undefined || held.organisationId === organisationId) &&
      (givesItsRole(held, now) || held.startsAt > now),
  );
  if (running.length === 0) throw notFound();
  const ended: Membership[] = [];
  for (const { id } of running) {
    ended.push(await endMembership(kernel, by, { personId: person.id, membershipId: id }));
  }
  return ended;
}

/** Makes a new invitation for the person, for the caller to hand over. */
export async function resetUser(
  kernel: Kernel,
  by: LedgerActor,
  input: { email: string; resetSecondFactors: boolean },
): Promise<{ personId: string } & Invitation> {
  const person = await personNamed(kernel, input.email);
  const way = { byMail: false, resetSecondFactors: input.resetSecondFactors };
  return { personId: person.id, ...(await invitePerson(kernel, by, person.id, way)) };
}
