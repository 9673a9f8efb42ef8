// Intentions on people: record one, change their details, close or reopen their account.

import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { endSessionsOf } from '#platform/http/session-store.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { endHubSessionsOfPerson } from './hub-accounts/closing.ts';
import { lastAdministrator } from './identity.errors.ts';
import { listAdministrators, lockMemberships } from './memberships.repository.ts';
import { isLastAdministrator } from './memberships.rules.ts';
import { findPersonByEmail, insertPerson, lockPerson, updatePerson } from './people.repository.ts';
import { faultsOfPerson, personAsTyped } from './people.rules.ts';
import type { Person, PersonInput } from './people.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Records a person, who then needs an invitation to sign in. Throws `invalid-input` with a fault for each wrong field. */
export async function recordPerson(kernel: Needs, by: LedgerActor, input: PersonInput): Promise<Person> {
  return kernel.db.transaction().execute((trx) => recordPersonIn(trx, kernel.clock.now(), by, input));
}

/** The same inside a transaction that does more. */
export async function recordPersonIn(
  trx: Trx,
  now: Date,
  by: LedgerActor,
  input: PersonInput,
): Promise<Person> {
  const details = personAsTyped(input);
  await throwFaults(trx, details, null);
  const person = await insertPerson(trx, { ...details, createdAt: now, isFictitious: false });
  await appendToLedger(trx, now, {
    kind: 'identity.person-recorded',
    subject: `identity/person/${person.id}`,
    actor: by,
    data: { ...details },
  });
  return person;
}

/** Writes the person's details anew. Throws `not-found`, or `invalid-input` with a fault for each wrong field. */
export async function changePerson(
  { db, clock }: Needs,
  by: LedgerActor,
  id: string,
  input: PersonInput,
): Promise<Person> {
  if (!isUuid(id)) throw notFound();
  const details = personAsTyped(input);
  return db.transaction().execute(async (trx) => {
    const before = await lockPerson(trx, id);
    if (!before) throw notFound();
    await throwFaults(trx, details, id);
    const after = { ...before, ...details };
    await updatePerson(trx, after);
    await appendToLedger(trx, clock.now(), {
      kind: 'identity.person-changed',
      subject: `identity/person/${id}`,
      actor: by,
      data: { before: { name: before.name, email: before.email, locale: before.locale }, after: details },
    });
    return after;
  });
}

/** Closes the account: every session of it ends at once. Throws when the installation would lose its last administrator. */
export async function closeAccount(
  kernel: Needs & Pick<Kernel, 'jobs'>,
  by: LedgerActor,
  id: string,
): Promise<void> {
  const { db, clock } = kernel;
  if (!isUuid(id)) throw notFound();
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const person = await lockPerson(trx, id);
    if (!person) throw notFound();
    if (person.closedAt !== null) return;
    await lockMemberships(trx);
    const administrators = await listAdministrators(trx);
    const others = administrators.filter(({ personId }) => personId !== id);
    const own = administrators.filter(({ personId }) => personId === id);
    if (own.some((membership) => isLastAdministrator(membership, others, now))) throw lastAdministrator();
    await updatePerson(trx, { ...person, closedAt: now });
    await endSessionsOf(trx, id, { except: null });
    await endHubSessionsOfPerson(kernel, trx, id, now);
    await appendToLedger(trx, now, {
      kind: 'identity.account-closed',
      subject: `identity/person/${id}`,
      actor: by,
      data: {},
    });
  });
}

/** Opens a closed account again; memberships that still run count again. */
export async function reopenAccount({ db, clock }: Needs, by: LedgerActor, id: string): Promise<void> {
  if (!isUuid(id)) throw notFound();
  await db.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, id);
    if (!person) throw notFound();
    if (person.closedAt === null) return;
    await updatePerson(trx, { ...person, closedAt: null });
    await appendToLedger(trx, clock.now(), {
      kind: 'identity.account-reopened',
      subject: `identity/person/${id}`,
      actor: by,
      data: {},
    });
  });
}

async function throwFaults(trx: Trx, details: { name: string; email: string }, exceptId: string | null) {
  const fields: FieldError[] = faultsOfPerson(details);
  if (fields.length === 0) {
    const other = await findPersonByEmail(trx, details.email);
    if (other && other.id !== exceptId) {
      fields.push({
        field: 'email',
        text: {
          fr: 'Une autre personne a déjà cette adresse.',
          en: 'Another person already has this address.',
        },
      });
    }
  }
  if (fields.length > 0) throw invalidInput({ fields });
}
