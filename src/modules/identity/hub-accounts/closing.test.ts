// A closed account's sessions and tokens at the hub end, those of others stay, and expired ones are swept.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startTestApp, TEST_NOW } from '#test/support/app.ts';
import { formsOf } from '../hub/hub.fixture.ts';
import { identityKernel } from '../identity.fixture.ts';
import { endHubSessionsOfPerson } from './closing.ts';
import { hubJobs } from './hub.jobs.ts';
import { agentEmail, comeIn, rowsOf } from './hub-accounts.fixture.ts';

const state = await startTestApp();
const { kernel } = state;

async function accountOf(personId: string): Promise<string> {
  const [row] = await rowsOf(state, 'select id from identity.accounts where person_id = $1', [personId]);
  return String(row?.id);
}

async function keepToken(accountId: string, expiresAt: Date): Promise<void> {
  await state.database.pool.query(
    `insert into identity.hub_state (key, realm, model, account_id, content, expires_at)
     values ($1, 'agents', 'RefreshToken', $2, '', $3)`,
    [randomBytes(32), accountId, expiresAt],
  );
}

const stateOf = (accountId: string) =>
  rowsOf(state, 'select model from identity.hub_state where account_id = $1', [accountId]);

const later = new Date(TEST_NOW.getTime() + 3_600_000);

test('closing ends sessions and tokens of the person alone, once the transaction commits', async () => {
  const leaving = await comeIn(state, 'agents', { email: await agentEmail(state) });
  const staying = await comeIn(state, 'agents', { email: await agentEmail(state, 1) });
  const [left, stayed] = [await accountOf(leaving.personId), await accountOf(staying.personId)];
  await keepToken(left, later);
  await keepToken(stayed, later);
  const close = (commits: boolean) =>
    kernel.db
      .transaction()
      .execute(async (trx) => {
        await endHubSessionsOfPerson(kernel, trx, leaving.personId, kernel.clock.now());
        if (!commits) throw new Error('not after all');
      })
      .catch(() => undefined);

  await state.jobs.work(kernel);
  await close(false);
  await pause(1_500);
  assert.ok((await stateOf(left)).some(({ model }) => model === 'Session'));

  await close(true);
  const [row] = await rowsOf(
    state,
    'select ended_at, sealed_id_token from identity.hub_sessions where account_id = $1',
    [left],
  );
  assert.deepEqual(row, { ended_at: TEST_NOW, sealed_id_token: null });
  for (let tries = 0; (await stateOf(left)).length > 0 && tries < 100; tries += 1) await pause(100);
  assert.deepEqual(await stateOf(left), []);
  assert.ok((await stateOf(stayed)).length >= 2);

  // Whoever held the hub's cookie is asked to sign in again.
  const next = await leaving.browser.get('/sign-in/with/agents');
  const asked = await leaving.browser.get(String(next.headers.location).replace('http://localhost', ''));
  const page = await leaving.browser.get(String(asked.headers.location).replace('http://localhost', ''));
  assert.ok(formsOf(page.body).some(({ action }) => action.endsWith('/email')));
});

test('a person without accounts at the hub costs no job', async (t) => {
  const bare = await identityKernel(t);
  await bare.db
    .transaction()
    .execute((trx) => endHubSessionsOfPerson(bare, trx, randomUUID(), bare.clock.now()));
});

test('what has expired is swept; what has not, stays', async () => {
  const { personId } = await comeIn(state, 'agents', { email: await agentEmail(state, 2) });
  const accountId = await accountOf(personId);
  await keepToken(accountId, new Date(TEST_NOW.getTime() - 1));
  const before = (await stateOf(accountId)).length;
  const [days90, year] = [91, 366].map((days) => new Date(TEST_NOW.getTime() - days * 86_400_000));
  await state.database.pool.query(
    `insert into identity.connections (at, realm, client_id, account_id, outcome)
     values ($1, 'agents', 'old', $3, 'signed-in'), ($2, 'agents', 'new', $3, 'signed-in')`,
    [year, days90, accountId],
  );
  await state.database.pool.query(
    `insert into identity.hub_sessions (uid, realm, account_id, started_at, last_seen_at)
     values ('old', 'agents', $1, $2, $2)`,
    [accountId, days90],
  );
  const sweep = hubJobs.find(({ name }) => name === 'identity.sweep-hub');
  assert.ok(sweep);
  const run = () =>
    (sweep.run as (input: object, run: object) => Promise<Record<string, number>>)({}, { kernel });
  const done = await run();
  assert.ok((done.state ?? 0) >= 1);
  assert.deepEqual([done.sessions, done.connections], [1, 1]);
  assert.equal((await stateOf(accountId)).length, before - 1);
  const kept = await rowsOf(
    state,
    `select client_id from identity.connections where account_id = $1 order by at`,
    [accountId],
  );
  assert.deepEqual(kept, [{ client_id: 'new' }, { client_id: 'socle' }]);
  assert.deepEqual(await run(), { state: 0, sessions: 0, connections: 0 });
});
