import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { sql } from 'kysely';
import { membershipTyped, SOMEBODY } from '../identity.fixture.ts';
import { addMembership } from '../memberships.actions.ts';
import { closeAccount, recordPerson, reopenAccount } from '../people.actions.ts';
import { findPerson } from '../people.repository.ts';
import { findActor } from '../public.ts';
import { ledgerOf, type Provisioned, provisioned } from './scim.fixture.ts';
import {
  changeScimUser,
  type DirectoryCall,
  provisionScimUser,
  removeScimUser,
} from './scim-users.actions.ts';
import { findScimUser } from './scim-users.repository.ts';

const MINUTE = 60_000;
const state: Provisioned = await provisioned();
const { kernel, ministry, directorate, other, endedAtHub } = state;
const { db, clock } = kernel;
const here = await state.callOf(ministry);
const there = await state.callOf(other);

let count = 0;
let email = '';
beforeEach(() => {
  count += 1;
  email = `person-${count}@mef.example`;
  clock.moveTo(new Date(clock.now().getTime() + MINUTE));
});

const provision = (call: DirectoryCall, more: object = {}) =>
  provisionScimUser(call, { userName: email, displayName: 'Ana Roy', ...more });

const say = (call: DirectoryCall, id: string, more: object, ifMatch?: string) =>
  changeScimUser(call, { id, ifMatch }, async ({ userName, externalId, attributes }) => ({
    ...attributes,
    userName,
    ...(externalId !== null && { externalId }),
    ...more,
  }));

const staff = (role: string, organisationId: string) =>
  recordPerson(kernel, SOMEBODY, { name: 'Ada Lépine', email, locale: 'fr' }).then(async (person) => {
    await addMembership(kernel, SOMEBODY, person.id, membershipTyped({ role, organisationId }));
    return person;
  });

const rolesOf = async (personId: string) => (await findActor(db, personId, clock.now()))?.roles ?? null;
const personOf = async (id: string) => (await findPerson(db, id)) ?? assert.fail('no person');

describe('a person comes', () => {
  test('who is new is recorded, and is an agent of that organisation from now on', async () => {
    const user = await provision(here, { preferredLanguage: 'en-GB', externalId: 'e-1' });
    const person = await personOf(user.personId);
    assert.deepEqual([person.name, person.email, person.locale], ['Ana Roy', email, 'en']);
    assert.deepEqual(await rolesOf(person.id), [{ role: 'agent', organisationId: ministry }]);
    const found = await findScimUser(db, ministry, user.id);
    assert.deepEqual(found, user);
    assert.equal(await findScimUser(db, other, user.id), undefined);
  });

  test('who is known is linked, keeps name and roles, and is agent here as well', async () => {
    const person = await staff('digital-director', other);
    const user = await provision(here);
    assert.equal(user.personId, person.id);
    assert.equal((await personOf(person.id)).name, 'Ada Lépine');
    assert.deepEqual((await rolesOf(person.id))?.map(({ role }) => role).sort(), [
      'agent',
      'digital-director',
    ]);
  });

  test('who is an agent already gets no second role', async () => {
    const person = await staff('agent', ministry);
    await provision(here);
    assert.equal((await rolesOf(person.id))?.length, 1);
  });

  test('a role that an administrator wrote down for later takes over', async () => {
    const person = await recordPerson(kernel, SOMEBODY, { name: 'Ada', email, locale: 'fr' });
    const from = '2027-01-01';
    await addMembership(
      kernel,
      SOMEBODY,
      person.id,
      membershipTyped({ role: 'agent', organisationId: ministry, from }),
    );
    await provision(here);
    const { rows } = await sql<{ ends: Date | null }>`
      select ends_at as ends from identity.memberships where person_id = ${person.id} order by starts_at`.execute(
      db,
    );
    assert.deepEqual(
      rows.map(({ ends }) => ends?.toISOString() ?? null),
      [`${from}T00:00:00.000Z`, null],
    );
  });

  test('a citizen with that address is somebody else', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into identity.people (name, email, locale, created_at, search_text, is_citizen)
      values ('Ana', ${email}, 'fr', now(), 'ana', true) returning id`.execute(db);
    const user = await provision(here);
    assert.notEqual(user.personId, rows[0]?.id);
  });

  test('who comes inactive gets no role and no open account', async () => {
    const user = await provision(here, { active: false });
    assert.equal(await rolesOf(user.personId), null);
    assert.notEqual((await personOf(user.personId)).closedAt, null);
  });

  test('neither a userName nor a person comes twice, also at once', async () => {
    await provision(here);
    await assert.rejects(provision(here), { code: 'identity.scim-not-unique' });
    await assert.rejects(provision(here, { userName: 'another', emails: [{ value: email }] }), {
      code: 'identity.scim-not-unique',
    });
    const userName = email.toUpperCase();
    await assert.rejects(provision(here, { userName, emails: [{ value: 'x@mef.example' }] }), {
      code: 'identity.scim-not-unique',
    });
    assert.ok((await provision(there)).id, 'another directory has its own names');
    email = `at-once-${count}@mef.example`;
    const both = await Promise.allSettled([provision(here), provision(here)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });
});

describe('a person leaves', () => {
  test('roles there and under it end, the account closes, the hub is told, sessions end', async () => {
    const user = await provision(here);
    const { personId } = user;
    await addMembership(
      kernel,
      SOMEBODY,
      personId,
      membershipTyped({ role: 'product-team', organisationId: directorate }),
    );
    await addMembership(
      kernel,
      SOMEBODY,
      personId,
      membershipTyped({ role: 'hr-officer', organisationId: ministry, from: '2027-01-01' }),
    );
    await sql`insert into http.sessions (id_hash, person_id, data, created_at, last_seen_at, expires_at)
      values (${Buffer.from(email)}, ${personId}, '{}', now(), now(), now() + interval '1 hour')`.execute(db);
    clock.moveTo(new Date(clock.now().getTime() + MINUTE));
    await say(here, user.id, { active: false });
    assert.equal(await rolesOf(personId), null);
    assert.deepEqual((await personOf(personId)).closedAt, clock.now());
    assert.deepEqual(
      endedAtHub.filter((id) => id === personId),
      [personId],
    );
    const { rows } = await sql`select 1 from http.sessions where person_id = ${personId}`.execute(db);
    assert.equal(rows.length, 0);
    const { rows: running } = await sql`
      select 1 from identity.memberships where person_id = ${personId} and (ends_at is null or ends_at > ${clock.now()})
        and ends_at <> starts_at`.execute(db);
    assert.equal(running.length, 0);
  });

  test('an account that something else holds stays open', async () => {
    const byRole = await staff('agent', other);
    const linked = await provision(here);
    await say(here, linked.id, { active: false });
    assert.deepEqual(await rolesOf(byRole.id), [{ role: 'agent', organisationId: other }]);

    email = `two-${email}`;
    const first = await provision(here);
    await provision(there);
    await removeScimUser(here, { id: first.id, ifMatch: undefined });
    assert.deepEqual(await rolesOf(first.personId), [{ role: 'agent', organisationId: other }]);
    assert.ok(!endedAtHub.includes(first.personId));
  });

  test('a link that the hub confirmed elsewhere holds the account, one to this organisation does not', async () => {
    const user = await provision(here);
    const link = async (organisationId: string) => {
      await sql`
        with upstream as (insert into identity.upstreams (realm, name, issuer, client_id, client_authentication)
          values ('agents', 'x', ${`https://${organisationId}.example`}, 'c', 'client_secret_basic') returning id),
        account as (insert into identity.accounts (realm, upstream_id, issuer, subject, subject_root, person_id, sealed_claims, created_at, last_sign_in_at)
          select 'agents', id, 'i', ${`${organisationId}-${user.id}`}, gen_random_uuid(), ${user.personId}, '', now(), now() from upstream returning id)
        insert into identity.organisation_links (account_id, organisation_id, state, asked_at)
          select id, ${organisationId}, 'accepted', now() from account`.execute(db);
    };
    await link(ministry);
    await say(here, user.id, { active: false });
    assert.equal(await rolesOf(user.personId), null, 'closed');
    await say(here, user.id, { active: true });
    await link(other);
    await say(here, user.id, { active: false });
    assert.deepEqual(await rolesOf(user.personId), [], 'open, without a role');
  });

  test('who is taken out is not there any more, and may come back as another resource', async () => {
    const user = await provision(here, { title: 'Secret' });
    await removeScimUser(here, { id: user.id, ifMatch: undefined });
    assert.equal(await findScimUser(db, ministry, user.id), undefined);
    await assert.rejects(removeScimUser(here, { id: user.id, ifMatch: undefined }), { code: 'not-found' });
    await assert.rejects(say(here, user.id, { active: true }), { code: 'not-found' });
    const { rows } = await sql<{ attributes: object }>`
      select attributes from identity.scim_users where id = ${user.id}`.execute(db);
    assert.deepEqual(rows[0]?.attributes, {});
    assert.notEqual((await personOf(user.personId)).closedAt, null);
    const again = await provision(here);
    assert.notEqual(again.id, user.id);
    assert.equal(again.personId, user.personId);
    assert.equal((await rolesOf(user.personId))?.length, 1);
  });

  test('who moves to another ministry is let in again by its directory', async () => {
    const person = await staff('agent', ministry);
    const user = await provision(here);
    await say(here, user.id, { active: false });
    assert.equal(await rolesOf(person.id), null);
    clock.moveTo(new Date(clock.now().getTime() + MINUTE));
    await provision(there);
    assert.deepEqual(await rolesOf(person.id), [{ role: 'agent', organisationId: other }]);
  });

  test('an account that an administrator closed stays closed', async () => {
    const user = await provision(here);
    await say(here, user.id, { active: false });
    await reopenAccount(kernel, SOMEBODY, user.personId);
    clock.moveTo(new Date(clock.now().getTime() + MINUTE));
    await closeAccount(kernel, SOMEBODY, user.personId);
    await say(here, user.id, { active: true });
    assert.equal(await rolesOf(user.personId), null);
    await provision(there);
    assert.equal(await rolesOf(user.personId), null);
  });

  test('who was given a role again by hand loses it when the directory repeats itself', async () => {
    const user = await provision(here);
    await say(here, user.id, { active: false });
    await reopenAccount(kernel, SOMEBODY, user.personId);
    await addMembership(
      kernel,
      SOMEBODY,
      user.personId,
      membershipTyped({ role: 'auditor', organisationId: directorate }),
    );
    const same = await say(here, user.id, { active: false });
    assert.equal(same.version, 2, 'nothing that the directory says has changed');
    assert.equal(await rolesOf(user.personId), null);
  });

  test('the last administrator is kept, with everything that the refusal undoes', async () => {
    const only = await provision(here);
    await addMembership(
      kernel,
      SOMEBODY,
      only.personId,
      membershipTyped({ role: 'administrator', organisationId: ministry }),
    );
    await assert.rejects(say(here, only.id, { active: false }), { code: 'identity.last-administrator' });
    assert.equal((await findScimUser(db, ministry, only.id))?.isActive, true);
    await assert.rejects(removeScimUser(here, { id: only.id, ifMatch: undefined }), {
      code: 'identity.last-administrator',
    });
    email = `second-${email}`;
    const second = await recordPerson(kernel, SOMEBODY, { name: 'B', email, locale: 'fr' });
    await addMembership(kernel, SOMEBODY, second.id, membershipTyped({ role: 'administrator' }));
    await removeScimUser(here, { id: only.id, ifMatch: undefined });
    assert.equal(await rolesOf(only.personId), null);
    const installation = await provision(here);
    assert.equal(installation.personId, second.id);
    await removeScimUser(here, { id: installation.id, ifMatch: undefined });
    assert.equal((await personOf(second.id)).closedAt, null, 'a role of the installation is none of theirs');
  });
});

describe('a person changes', () => {
  test('name and address follow while the directory alone names who SCIM recorded', async () => {
    const user = await provision(here);
    await say(here, user.id, { displayName: 'Ana Lys', emails: [{ value: `new-${email}` }] });
    const person = await personOf(user.personId);
    assert.deepEqual([person.name, person.email], ['Ana Lys', `new-${email}`]);
  });

  test('and not once another directory names them, or they hold a role elsewhere', async () => {
    const user = await provision(here);
    const linked = await provision(there, { displayName: 'Somebody' });
    const change = { displayName: 'Eve', emails: [{ value: `eve-${email}` }] };
    for (const [call, id] of [
      [here, user.id],
      [there, linked.id],
    ] as const) {
      const after = await say(call, id, change);
      assert.equal(after.email, `eve-${email}`, 'what it says is kept as its own');
    }
    assert.deepEqual(
      [(await personOf(user.personId)).name, (await personOf(user.personId)).email],
      ['Ana Roy', email],
    );

    email = `role-${email}`;
    const held = await provision(here);
    await addMembership(
      kernel,
      SOMEBODY,
      held.personId,
      membershipTyped({ role: 'auditor', organisationId: other }),
    );
    await say(here, held.id, change);
    assert.equal((await personOf(held.personId)).email, email);
  });

  test('a person whom an administrator recorded keeps name and address', async () => {
    const person = await staff('agent', ministry);
    const user = await provision(here);
    await say(here, user.id, { displayName: 'Eve', emails: [{ value: `eve-${email}` }] });
    assert.deepEqual(
      [(await personOf(person.id)).name, (await personOf(person.id)).email],
      ['Ada Lépine', email],
    );
  });

  test('an address that somebody else has is refused, and nothing changes', async () => {
    const first = await provision(here);
    const taken = email;
    email = `b-${email}`;
    const second = await provision(here);
    await assert.rejects(say(here, second.id, { title: 'x', emails: [{ value: taken }] }), {
      code: 'identity.scim-email-taken',
    });
    assert.equal((await findScimUser(db, ministry, second.id))?.version, 1);
    await assert.rejects(say(here, second.id, { userName: first.userName }), {
      code: 'identity.scim-not-unique',
    });
  });

  test('versions: a change to one that has passed is refused, nothing new is no version', async () => {
    const user = await provision(here, { title: 'a' });
    assert.equal((await say(here, user.id, { title: 'a' })).version, 1);
    assert.equal((await say(here, user.id, { title: 'b' }, 'W/"1"')).version, 2);
    await assert.rejects(say(here, user.id, { title: 'c' }, 'W/"1"'), {
      code: 'identity.scim-version-passed',
    });
    await assert.rejects(removeScimUser(here, { id: user.id, ifMatch: '"1"' }), {
      code: 'identity.scim-version-passed',
    });
  });
});

test('the ledger has each step, by the token, without a word of the person', async () => {
  const before = (await ledgerOf(db)).length;
  const user = await provision(here, { displayName: 'Unmistakable', externalId: 'secret-id' });
  await say(here, user.id, { displayName: 'Unmistakable Too' });
  await say(here, user.id, { active: false });
  await say(here, user.id, { active: true });
  await removeScimUser(here, { id: user.id, ifMatch: undefined });
  const entries = (await ledgerOf(db)).slice(before);
  assert.deepEqual(
    entries.map(({ kind }) => kind.replace('identity.', '')),
    [
      'person-recorded',
      'scim-user-provisioned',
      'membership-added',
      'scim-user-changed',
      'person-changed',
      'scim-user-deactivated',
      'membership-ended',
      'account-closed',
      'scim-user-reactivated',
      'membership-added',
      'account-reopened',
      'membership-ended',
      'account-closed',
      'scim-user-removed',
    ],
  );
  for (const { actor, data, subject } of entries) {
    assert.match(actor, new RegExp(`scim:${here.token.id}`));
    assert.doesNotMatch(`${data}${subject}`, /Unmistakable|secret-id|mef\.example/);
  }
});
