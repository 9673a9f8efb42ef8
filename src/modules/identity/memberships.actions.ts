// Intentions on memberships: give a role, end a role. Each is one transaction with its line in the ledger.

import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { lastAdministrator, membershipHasEnded, roleIsHeldAlready } from './identity.errors.ts';
import {
  findMembership,
  insertMembership,
  listAdministrators,
  listMembershipsOf,
  lockMemberships,
  updateMembershipEnd,
} from './memberships.repository.ts';
import {
  faultsOfMembership,
  isLastAdministrator,
  overlapsOneHeld,
  periodAsTyped,
} from './memberships.rules.ts';
import type { Membership, MembershipInput } from './memberships.types.ts';
import { findOrganisation } from './organisations.repository.ts';
import { lockPerson } from './people.repository.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Gives a person a role. Throws `not-found`, `invalid-input` with each fault, or `identity.role-is-held-already`. */
export async function addMembership(
  kernel: Needs,
  by: LedgerActor,
  personId: string,
  input: MembershipInput,
): Promise<Membership> {
  return kernel.db
    .transaction()
    .execute((trx) => addMembershipIn(trx, kernel.clock.now(), by, personId, input));
}

/** The same inside a transaction that does more. */
export async function addMembershipIn(
  trx: Trx,
  now: Date,
  by: LedgerActor,
  personId: string,
  input: MembershipInput,
): Promise<Membership> {
  if (!isUuid(personId) || !(await lockPerson(trx, personId))) throw notFound();
  const fields = faultsOfMembership(input, now);
  const organisationId = input.organisationId === '' ? null : input.organisationId;
  if (fields.length === 0 && organisationId !== null && !(await findOrganisation(trx, organisationId))) {
    fields.push({
      field: 'organisationId',
      text: { fr: 'Choisissez une organisation de la liste.', en: 'Choose an organisation of the list.' },
    });
  }
  if (fields.length > 0) throw invalidInput({ fields });
  const wanted: Omit<Membership, 'id'> = {
    personId,
    role: input.role as Membership['role'],
    organisationId,
    ...periodAsTyped(input, now),
  };
  if (overlapsOneHeld(wanted, await listMembershipsOf(trx, [personId]))) throw roleIsHeldAlready();
  const membership = await insertMembership(trx, wanted);
  await appendToLedger(trx, now, {
    kind: 'identity.membership-added',
    subject: `identity/person/${personId}`,
    actor: by,
    data: membershipAsRecorded(membership),
  });
  return membership;
}

/** Ends a person's membership at this moment; one that has not begun never will. */
export async function endMembership(
  { db, clock }: Needs,
  by: LedgerActor,
  { personId, membershipId }: { personId: string; membershipId: string },
): Promise<Membership> {
  if (!isUuid(personId) || !isUuid(membershipId)) throw notFound();
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    await lockPerson(trx, personId);
    await lockMemberships(trx);
    const membership = await findMembership(trx, membershipId);
    if (!membership || membership.personId !== personId) throw notFound();
    if (membership.endsAt !== null && membership.endsAt <= now) throw membershipHasEnded();
    if (isLastAdministrator(membership, await listAdministrators(trx), now)) throw lastAdministrator();
    const hasBegun = membership.startsAt <= now;
    const endsAt = hasBegun ? now : membership.startsAt;
    await updateMembershipEnd(trx, membershipId, endsAt);
    await appendToLedger(trx, now, {
      kind: 'identity.membership-ended',
      subject: `identity/person/${personId}`,
      actor: by,
      data: membershipAsRecorded({ ...membership, endsAt }),
    });
    return { ...membership, endsAt };
  });
}

/** A membership as the ledger records it. */
export function membershipAsRecorded({
  id,
  role,
  organisationId,
  startsAt,
  endsAt,
}: Membership): Record<string, unknown> {
  return {
    membershipId: id,
    role,
    organisationId,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
  };
}
