// What a directory's word does to a person's access: roles given and ended, the account closed and opened again. Each
// part happens inside the transaction of the change that asks for it.
import type { Trx } from '#platform/database/connection.ts';
import { endSessionsOf } from '#platform/http/session-store.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { lastAdministrator } from '../identity.errors.ts';
import { membershipAsRecorded } from '../memberships.actions.ts';
import {
  insertMembership,
  listAdministrators,
  listMembershipsOf,
  lockMemberships,
  updateMembershipEnd,
} from '../memberships.repository.ts';
import { givesItsRole, isLastAdministrator } from '../memberships.rules.ts';
import type { Membership } from '../memberships.types.ts';
import { idsDownwardsFrom } from '../organisations.repository.ts';
import { findPerson, updatePerson } from '../people.repository.ts';
import { endHubAccessOf, type ScimOptions } from './hub-access.ts';
import {
  countConfirmedLinksOutside,
  listDirectoriesOf,
  updateAccountClosed,
} from './scim-users.repository.ts';
import { closesAccount, mayReopenAccount } from './scim-users.rules.ts';
import type { ScimUser, TiesElsewhere } from './scim-users.types.ts';

/** What happens when and by whom, inside which transaction. */
export interface Moment extends ScimOptions {
  readonly trx: Trx;
  readonly now: Date;
  readonly by: LedgerActor;
}

function isOver({ endsAt }: Membership, now: Date): boolean {
  return endsAt !== null && endsAt <= now;
}

/** What holds the person to the State beside the organisation and what stands under it, and their roles in these. */
export async function tiesOf(
  { trx, now }: Pick<Moment, 'trx' | 'now'>,
  { personId, organisationId }: Pick<ScimUser, 'personId' | 'organisationId'>,
): Promise<{ elsewhere: TiesElsewhere; rolesHere: Membership[]; otherDirectories: number }> {
  const here = await idsDownwardsFrom(trx, [organisationId]);
  const current = (await listMembershipsOf(trx, [personId])).filter((membership) => !isOver(membership, now));
  const isHere = (membership: Membership) =>
    membership.organisationId !== null && here.includes(membership.organisationId);
  const others = (await listDirectoriesOf(trx, personId)).filter(
    (directory) => !directory.isDeleted && directory.organisationId !== organisationId,
  );
  return {
    elsewhere: {
      roles: current.filter((membership) => !isHere(membership)).length,
      activeDirectories: others.filter(({ isActive }) => isActive).length,
      confirmedLinks: await countConfirmedLinksOutside(trx, personId, here),
    },
    rolesHere: current.filter(isHere),
    otherDirectories: others.length,
  };
}

/** Gives the role of agent in the user's organisation unless it runs already, and opens an account that SCIM closed. */
export async function giveAccess(moment: Moment, user: ScimUser): Promise<void> {
  const { trx, now, by } = moment;
  const { personId, organisationId } = user;
  const asAgent = (await listMembershipsOf(trx, [personId])).filter(
    (held) => held.role === 'agent' && held.organisationId === organisationId && !isOver(held, now),
  );
  if (!asAgent.some((held) => givesItsRole(held, now))) {
    // One that an administrator wrote down for later takes over from this one.
    const [next] = asAgent
      .map(({ startsAt }) => startsAt)
      .sort((one, other) => one.getTime() - other.getTime());
    const membership = await insertMembership(trx, {
      personId,
      organisationId,
      role: 'agent',
      startsAt: now,
      endsAt: next ?? null,
    });
    await record(moment, 'identity.membership-added', personId, membershipAsRecorded(membership));
  }
  const person = await findPerson(trx, personId);
  if (!person) throw new Error(`The person ${personId} of the SCIM user ${user.id} is gone.`);
  const closings = (await listDirectoriesOf(trx, personId)).flatMap(
    ({ accountClosedAt }) => accountClosedAt ?? [],
  );
  if (!mayReopenAccount(person.closedAt, closings)) return;
  await updatePerson(trx, { ...person, closedAt: null });
  await appendToLedger(trx, now, {
    kind: 'identity.account-reopened',
    subject: `identity/person/${personId}`,
    actor: by,
    data: {},
  });
}

/**
 * Ends every role that the person has in the user's organisation and under it, and closes the account when nothing
 * else holds it: their sessions at Socle and at the hub end with it.
 * Throws `identity.last-administrator` when the installation would lose its last one.
 */
export async function endAccess(moment: Moment, user: ScimUser): Promise<void> {
  const { trx, now } = moment;
  const { personId } = user;
  const { elsewhere, rolesHere } = await tiesOf(moment, user);
  if (rolesHere.some(({ role }) => role === 'administrator')) {
    await lockMemberships(trx);
    const administrators = await listAdministrators(trx);
    const others = administrators.filter((held) => !rolesHere.some(({ id }) => id === held.id));
    if (rolesHere.some((held) => isLastAdministrator(held, others, now))) throw lastAdministrator();
  }
  for (const membership of rolesHere) {
    const hasBegun = membership.startsAt <= now;
    const endsAt = hasBegun ? now : membership.startsAt;
    await updateMembershipEnd(trx, membership.id, endsAt);
    await record(
      moment,
      'identity.membership-ended',
      personId,
      membershipAsRecorded({ ...membership, endsAt }),
    );
  }
  if (closesAccount(elsewhere)) await closeAccountIn(moment, user);
}

async function closeAccountIn(moment: Moment, { id, personId }: ScimUser): Promise<void> {
  const { trx, now } = moment;
  const person = await findPerson(trx, personId);
  if (!person || person.closedAt !== null) return;
  await updatePerson(trx, { ...person, closedAt: now });
  await updateAccountClosed(trx, id, now);
  await endSessionsOf(trx, personId, { except: null });
  await endHubAccessOf(trx, personId, now, moment);
  await record(moment, 'identity.account-closed', personId, {});
}

async function record(
  { trx, now, by }: Moment,
  kind: string,
  personId: string,
  data: Record<string, unknown>,
): Promise<void> {
  await appendToLedger(trx, now, { kind, subject: `identity/person/${personId}`, actor: by, data });
}
