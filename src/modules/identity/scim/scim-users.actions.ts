// Intentions of a directory: name a person, say something else of them, take them out. Each is one transaction.
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { insertPerson, lockPerson, updatePerson } from '../people.repository.ts';
import type { ScimOptions } from './hub-access.ts';
import { scimEmailTaken, scimNotUnique, scimVersionPassed } from './scim.errors.ts';
import { endAccess, giveAccess, type Moment, tiesOf } from './scim-access.actions.ts';
import { userAsSent } from './scim-attributes.rules.ts';
import type { ScimToken } from './scim-tokens.types.ts';
import {
  insertScimUser,
  listDirectoriesOf,
  lockScimUser,
  lockStaffByEmail,
  markScimUserDeleted,
  updateScimUser,
} from './scim-users.repository.ts';
import { changesBetween, isActiveAfter, mayChangePerson, namesVersion } from './scim-users.rules.ts';
import type { ScimUser, SentUser } from './scim-users.types.ts';

/** What these actions stand on: the kernel's parts, the hub's, and the token that calls. */
export interface DirectoryCall extends ScimOptions {
  readonly kernel: Pick<Kernel, 'db' | 'clock'>;
  readonly token: Pick<ScimToken, 'id' | 'organisationId'>;
}

/** Which resource a change is made to. */
export interface ScimTarget {
  readonly id: string;
  /** The If-Match header: the change is made to that version alone. */
  readonly ifMatch: string | undefined;
}

function actorOf({ token }: DirectoryCall): LedgerActor {
  return { kind: 'system', name: `scim:${token.id}` };
}

/** Runs `work` in a transaction; what is not unique is refused as SCIM says, also when two requests meet. */
async function inTransaction<T>(call: DirectoryCall, work: (moment: Moment) => Promise<T>): Promise<T> {
  const { kernel, endHubSessions } = call;
  try {
    return await kernel.db
      .transaction()
      .execute((trx) => work({ trx, now: kernel.clock.now(), by: actorOf(call), endHubSessions }));
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code !== '23505') throw error;
    throw constraint === 'people_email_key'
      ? scimEmailTaken({ cause: error })
      : scimNotUnique({ cause: error });
  }
}

function checked(resource: Readonly<Record<string, unknown>>): SentUser {
  const { sent, faults } = userAsSent(resource);
  if (faults.length > 0) throw invalidInput({ fields: faults });
  return sent;
}

/**
 * Records the user, and the person where nobody of the staff has that address; gives them the role of agent.
 * Throws `invalid-input` with each fault, or `identity.scim-not-unique`.
 */
export async function provisionScimUser(
  call: DirectoryCall,
  resource: Readonly<Record<string, unknown>>,
): Promise<ScimUser> {
  const sent = checked(resource);
  const { organisationId } = call.token;
  return inTransaction(call, async (moment) => {
    const { trx, now } = moment;
    const known = await lockStaffByEmail(trx, sent.email);
    const personId = known ?? (await recordPersonAsSent(moment, sent));
    const user = await insertScimUser(trx, {
      organisationId,
      personId,
      userName: sent.userName,
      externalId: sent.externalId,
      email: sent.email,
      isActive: isActiveAfter(null, sent),
      attributes: sent.attributes,
      recordedPerson: known === null,
      createdAt: now,
    });
    await record(moment, 'provisioned', user, { isActive: user.isActive, personWasKnown: known !== null });
    if (known !== null) await changePersonAsSent(moment, user, sent);
    await (user.isActive ? giveAccess(moment, user) : endAccess(moment, user));
    return user;
  });
}

async function recordPersonAsSent(
  { trx, now, by }: Moment,
  { name, email, locale }: SentUser,
): Promise<string> {
  const { id } = await insertPerson(trx, { name, email, locale, createdAt: now, isFictitious: false });
  await appendToLedger(trx, now, {
    kind: 'identity.person-recorded',
    subject: `identity/person/${id}`,
    actor: by,
    data: {},
  });
  return id;
}

/** Writes the directory's name and address of the person into the person, where the rules let this directory do so. */
async function changePersonAsSent(moment: Moment, user: ScimUser, { name, email }: SentUser): Promise<void> {
  const { trx, now, by } = moment;
  const person = await lockPerson(trx, user.personId);
  if (!person || (person.name === name && person.email === email)) return;
  const { elsewhere, otherDirectories } = await tiesOf(moment, user);
  const wasRecordedByScim = (await listDirectoriesOf(trx, user.personId)).some(
    ({ recordedPerson }) => recordedPerson,
  );
  if (!mayChangePerson({ wasRecordedByScim, otherDirectories, ties: elsewhere })) return;
  await updatePerson(trx, { ...person, name, email });
  await appendToLedger(trx, now, {
    kind: 'identity.person-changed',
    subject: `identity/person/${person.id}`,
    actor: by,
    data: {
      changed: [...(person.name === name ? [] : ['name']), ...(person.email === email ? [] : ['email'])],
    },
  });
}

async function lockAt(trx: Trx, { token }: DirectoryCall, { id, ifMatch }: ScimTarget): Promise<ScimUser> {
  const user = isUuid(id) ? await lockScimUser(trx, token.organisationId, id) : undefined;
  if (!user) throw notFound();
  if (ifMatch !== undefined && !namesVersion(ifMatch, user)) throw scimVersionPassed();
  return user;
}

/**
 * Writes the user anew, as `change` makes it from what is kept. Throws `not-found`, `invalid-input` with each fault,
 * `identity.scim-not-unique`, `identity.scim-version-passed`, or what `change` throws.
 */
export async function changeScimUser(
  call: DirectoryCall,
  target: ScimTarget,
  change: (before: ScimUser) => Promise<Readonly<Record<string, unknown>>>,
): Promise<ScimUser> {
  return inTransaction(call, async (moment) => {
    const { trx, now } = moment;
    const before = await lockAt(trx, call, target);
    await lockPerson(trx, before.personId);
    const sent = checked(await change(before));
    const { userName, externalId, email, attributes } = sent;
    const said = { userName, externalId, email, attributes, isActive: isActiveAfter(before, sent) };
    const changed = changesBetween(before, said);
    const after: ScimUser =
      changed.length === 0 ? before : { ...before, ...said, version: before.version + 1, changedAt: now };
    if (changed.length > 0) {
      await updateScimUser(trx, after);
      await record(moment, wordFor(before, after), after, { changed });
      await changePersonAsSent(moment, after, sent);
    }
    // Also where it said so before: roles may have been given since to somebody who has left.
    if (!after.isActive) await endAccess(moment, after);
    else if (!before.isActive) await giveAccess(moment, after);
    return after;
  });
}

function wordFor(before: ScimUser, after: ScimUser): string {
  if (before.isActive === after.isActive) return 'changed';
  return after.isActive ? 'reactivated' : 'deactivated';
}

/** Takes the user out of the directory: their access ends as when they leave. Throws `not-found`. */
export async function removeScimUser(call: DirectoryCall, target: ScimTarget): Promise<void> {
  await inTransaction(call, async (moment) => {
    const user = await lockAt(moment.trx, call, target);
    await lockPerson(moment.trx, user.personId);
    await endAccess(moment, user);
    await markScimUserDeleted(moment.trx, user.id, moment.now);
    await record(moment, 'removed', user, {});
  });
}

async function record(
  { trx, now, by }: Moment,
  word: string,
  { id, personId, organisationId }: ScimUser,
  data: Record<string, unknown>,
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `identity.scim-user-${word}`,
    subject: `identity/scim-user/${id}`,
    actor: by,
    data: { personId, organisationId, ...data },
  });
}
