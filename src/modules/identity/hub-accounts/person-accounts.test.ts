// Which accounts become a person's, and which never do.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { sql } from 'kysely';
import { keyFor } from '../hub/sealed.ts';
import { pairwiseSubject } from '../hub/subjects.rules.ts';
import { identityKernel } from '../identity.fixture.ts';
import { insertPerson } from '../people.repository.ts';
import { accountsOfPerson } from './person-accounts.repository.ts';
import { linkAccountsToPerson } from './person-accounts.ts';

const kernel = await identityKernel();
const { db, clock } = kernel;
const upstreamId = randomUUID();
await sql`insert into identity.upstreams (id, realm, name, issuer, client_id, client_authentication)
  values (${upstreamId}, 'citizens', 'A', 'https://a.example', 'x', 'private_key_jwt')`.execute(db);

async function person(name: string): Promise<string> {
  const made = await db.transaction().execute((trx) =>
    insertPerson(trx, {
      name,
      email: 'sans-adresse@usager.invalid',
      locale: 'fr',
      createdAt: clock.now(),
      isFictitious: false,
      isCitizen: true,
    }),
  );
  return made.id;
}

async function account(subjectRoot?: string, personId: string | null = null): Promise<string> {
  const id = randomUUID();
  await sql`insert into identity.accounts
    (id, realm, upstream_id, issuer, subject, subject_root, person_id, sealed_claims, created_at, last_sign_in_at)
    values (${id}, 'citizens', ${upstreamId}, 'https://a.example', ${id}, ${subjectRoot ?? id}, ${personId}, '',
      ${clock.now()}, ${clock.now()})`.execute(db);
  return id;
}

async function signIn(accountId: string, minutesAgo = 0, clientId = 'socle'): Promise<void> {
  const at = new Date(clock.now().getTime() - minutesAgo * 60_000);
  await sql`insert into identity.connections (at, realm, client_id, account_id, outcome)
    values (${at}, 'citizens', ${clientId}, ${accountId}, 'signed-in')`.execute(db);
}

function enter(root: string, personId: string): Promise<void> {
  const subject = pairwiseSubject(keyFor(kernel.secret, 'hub/subject'), {
    realm: 'citizens',
    clientId: 'socle',
    subjectRoot: root,
  });
  return db
    .transaction()
    .execute((trx) => linkAccountsToPerson(kernel, trx, { realm: 'citizens', subject, personId }));
}

const idsOf = async (personId: string) => (await accountsOfPerson(db, personId)).map(({ id }) => id).sort();

describe('accounts of a person', () => {
  beforeEach(() => sql`delete from identity.connections`.execute(db));

  test('the account behind the subject becomes theirs, among any number of others that sign in', async () => {
    const me = await person('Ada');
    const mine = await account();
    await signIn(mine, 1);
    const other = await account();
    for (let n = 0; n < 250; n += 1) await signIn(other);
    await enter(mine, me);
    assert.deepEqual(await idsOf(me), [mine]);
  });

  test('a sign-in of long ago, or to another service, gives nobody an account', async () => {
    const me = await person('Ada');
    const mine = await account();
    await signIn(mine, 6);
    await signIn(mine, 0, 'another-service');
    await enter(mine, me);
    assert.deepEqual(await idsOf(me), []);
  });

  test('an account of the same verified identity is theirs at once, and given at the next sign-in', async () => {
    const me = await person('Ada');
    const mine = await account();
    await signIn(mine);
    await enter(mine, me);
    const second = await account(mine);
    assert.deepEqual(await idsOf(me), [mine, second].sort());
    await enter(mine, me);
    const { rows } = await sql<{
      id: string;
    }>`select id from identity.accounts where person_id = ${me}`.execute(db);
    assert.deepEqual(rows.map(({ id }) => id).sort(), [mine, second].sort());
  });

  test('an account that is somebody else’s stays theirs', async () => {
    const [me, she] = [await person('Ada'), await person('Bea')];
    const mine = await account();
    const hers = await account(mine, she);
    await signIn(mine);
    await enter(mine, me);
    assert.deepEqual(await idsOf(me), [mine]);
    assert.deepEqual(await idsOf(she), [hers]);
  });
});
