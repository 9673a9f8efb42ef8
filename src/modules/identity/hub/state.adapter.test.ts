// The protocol's state in PostgreSQL: found again by any process, used once, gone at its end, and sealed.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { AdapterPayload } from 'oidc-provider';
import { secretOf } from '#platform/secret.ts';
import { anyText } from '#test/support/any-text.ts';
import { identityKernel, kernelOver, TEST_NOW } from '../identity.fixture.ts';
import { stateAdapter, stateKey } from './state.adapter.ts';
import {
  removeStateOfAccounts,
  removeStateOfClient,
  removeStateOfGrant,
  sweepState,
  takeState,
} from './state.repository.ts';

const kernel = await identityKernel();
const adapter = stateAdapter(kernel, 'agents');
const id = () => randomUUID();
const later = (seconds: number) => new Date(TEST_NOW.getTime() + seconds * 1000);
/** As another process, or this one after a restart, has it. */
const elsewhere = () => stateAdapter(kernelOver(kernel.db), 'agents');

async function at<T>(moment: Date, work: () => Promise<T>): Promise<T> {
  kernel.clock.moveTo(moment);
  try {
    return await work();
  } finally {
    kernel.clock.moveTo(TEST_NOW);
  }
}

describe('what is kept', () => {
  test('is found by another process, and by the same one after a restart', async () => {
    const [code, uid] = [id(), id()];
    const payload = { clientId: 'service', accountId: id(), uid, claims: { acr: { essential: true } } };
    await adapter('Session').upsert(code, payload as AdapterPayload, 60);
    assert.deepEqual(await elsewhere()('Session').find(code), payload);
    assert.deepEqual(await elsewhere()('Session').findByUid(uid), payload);
  });

  test('is found whatever it says, under whatever id', async () => {
    const words = anyText({ maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.dictionary(fc.constantFrom('a', 'nonce', 'scope', 'x\0y', 'é'), fc.jsonValue({ maxDepth: 3 })),
        fc.option(fc.uuid(), { nil: undefined }),
        async (name, more, grantId) => {
          const payload = JSON.parse(JSON.stringify({ ...more, grantId })) as AdapterPayload;
          await adapter('Grant').upsert(name, payload, 60);
          assert.deepEqual(await elsewhere()('Grant').find(name), payload);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('is written anew under the same id', async () => {
    const name = id();
    await adapter('Interaction').upsert(name, { returnTo: 'a' }, 60);
    await adapter('Interaction').upsert(name, { returnTo: 'b' }, 600);
    assert.deepEqual(await adapter('Interaction').find(name), { returnTo: 'b' });
    await at(later(599), async () => assert.ok(await adapter('Interaction').find(name)));
  });

  test('is of one model and one realm alone', async () => {
    const [name, uid] = [id(), id()];
    await adapter('AuthorizationCode').upsert(name, { clientId: 'service', uid }, 60);
    assert.equal(await adapter('AccessToken').find(name), undefined);
    for (const realm of ['citizens', 'machines', 'agents\nAuthorizationCode']) {
      assert.equal(await stateAdapter(kernel, realm)('AuthorizationCode').find(name), undefined);
      assert.equal(await stateAdapter(kernel, realm)('AuthorizationCode').findByUid(uid), undefined);
    }
    assert.equal(await adapter('Session').findByUid(uid), undefined);
    assert.equal(await adapter('DeviceCode').findByUserCode('x'), undefined);
  });

  test('ends at its end, to the second, and is swept then', async () => {
    const [name, lasting, uid] = [id(), id(), id()];
    await adapter('AuthorizationCode').upsert(name, { clientId: 'service', uid }, 60);
    await adapter('AuthorizationCode').upsert(lasting, { clientId: 'service' }, 120);
    await at(later(59), async () => assert.ok(await adapter('AuthorizationCode').find(name)));
    await at(later(60), async () => {
      assert.equal(await adapter('AuthorizationCode').find(name), undefined);
      assert.equal(await adapter('AuthorizationCode').findByUid(uid), undefined);
    });
    const rows = async () =>
      (
        await sql`select from identity.hub_state where key in (${stateKey(kernel, 'agents', 'AuthorizationCode', name)},
          ${stateKey(kernel, 'agents', 'AuthorizationCode', lasting)})`.execute(kernel.db)
      ).rows.length;
    await sweepState(kernel.db, later(59));
    assert.equal(await rows(), 2);
    assert.ok((await sweepState(kernel.db, later(60))) >= 1);
    assert.equal(await rows(), 1);
    assert.ok(await adapter('AuthorizationCode').find(lasting));
  });

  test('without an end of its own ends after a day', async () => {
    const name = id();
    await (adapter('Grant').upsert as (id: string, payload: AdapterPayload) => Promise<void>)(name, {
      clientId: 'service',
    });
    await at(later(86_399), async () => assert.ok(await adapter('Grant').find(name)));
    await at(later(86_400), async () => assert.equal(await adapter('Grant').find(name), undefined));
  });
});

describe('what is used once', () => {
  test('of two processes that use a code at the same moment, one may go on', async () => {
    for (let round = 0; round < 10; round += 1) {
      const code = id();
      await adapter('AuthorizationCode').upsert(code, { clientId: 'service' }, 60);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, (_, i) =>
          (i % 2 ? adapter : elsewhere())('AuthorizationCode').consume(code),
        ),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      assert.equal(refused.length, 5);
      for (const { reason } of refused) assert.equal(reason.error, 'invalid_grant');
    }
  });

  test('is found with the moment at which it was used', async () => {
    const code = id();
    await adapter('AuthorizationCode').upsert(code, { clientId: 'service' }, 60);
    assert.equal((await adapter('AuthorizationCode').find(code))?.consumed, undefined);
    await adapter('AuthorizationCode').consume(code);
    const found = await elsewhere()('AuthorizationCode').find(code);
    assert.equal(found?.consumed, TEST_NOW.getTime() / 1000);
  });

  test('what is not there cannot be used', async () => {
    await assert.rejects(adapter('AuthorizationCode').consume(id()), { error: 'invalid_grant' });
  });

  test('of many who take the same, one gets it; nobody what has expired', async () => {
    const name = id();
    await adapter('Interaction').upsert(name, { returnTo: 'a' }, 60);
    const key = stateKey(kernel, 'agents', 'Interaction', name);
    assert.equal(await takeState(kernel.db, key, later(60)), undefined);
    const taken = await Promise.all(Array.from({ length: 5 }, () => takeState(kernel.db, key, TEST_NOW)));
    assert.equal(taken.filter((found) => found !== undefined).length, 1);
  });
});

describe('what ends together', () => {
  test('a grant’s codes and tokens, an account’s, a client’s; and what is destroyed alone', async () => {
    const [grantId, accountId, clientId] = [id(), id(), id()];
    const kept = { grantId: id(), accountId: id(), clientId: id() };
    const names = { mine: id(), other: id() };
    const find = () => adapter('RefreshToken').find(names.mine);
    const save = async () => {
      await adapter('RefreshToken').upsert(names.mine, { grantId, accountId, clientId }, 60);
      await adapter('RefreshToken').upsert(names.other, kept, 60);
      assert.ok(await find());
    };
    const ends: (() => Promise<unknown>)[] = [
      async () => adapter('RefreshToken').revokeByGrantId(grantId),
      () => removeStateOfGrant(kernel.db, grantId),
      () => removeStateOfAccounts(kernel.db, [accountId]),
      () => removeStateOfClient(kernel.db, clientId),
      async () => adapter('RefreshToken').destroy(names.mine),
    ];
    for (const end of ends) {
      await save();
      await end();
      assert.equal(await find(), undefined);
      assert.deepEqual(await adapter('RefreshToken').find(names.other), kept);
    }
    await removeStateOfAccounts(kernel.db, []);
    assert.ok(await adapter('RefreshToken').find(names.other));
  });
});

describe('what a copy of the table tells', () => {
  const code = 'code-that-nobody-may-read';
  const payload = { clientId: 'service', claims: { email: 'zoe@ministry.example' }, nonce: 'n-0123456789' };

  test('no id and no claim stands in it in the clear', async () => {
    await adapter('AuthorizationCode').upsert(code, payload as AdapterPayload, 60);
    const { rows } = await sql<{ row: string; content: Buffer; key: Buffer }>`
      select to_jsonb(s)::text as row, content, key from identity.hub_state s`.execute(kernel.db);
    assert.ok(rows.length > 0);
    const forms = (text: string) => [
      text,
      Buffer.from(text).toString('hex'),
      Buffer.from(text).toString('base64').replace(/=+$/, ''),
      createHash('sha256').update(text).digest('hex'),
      createHash('sha256').update(`agents\nAuthorizationCode\n${text}`).digest('hex'),
    ];
    for (const { row, content, key } of rows) {
      const all = `${row} ${content.toString('latin1')} ${content.toString('hex')} ${key.toString('hex')}`;
      for (const secret of [code, 'zoe@ministry.example', 'n-0123456789']) {
        for (const form of forms(secret)) assert.ok(!all.includes(form), `${form} is in the table`);
      }
    }
  });

  test('another installation’s secret finds nothing, and opens nothing', async () => {
    const name = id();
    await adapter('AuthorizationCode').upsert(name, payload as AdapterPayload, 60);
    const strange = { ...kernel, secret: secretOf(Buffer.alloc(32, 2)) };
    assert.equal(await stateAdapter(strange, 'agents')('AuthorizationCode').find(name), undefined);
    await sql`update identity.hub_state set key = ${stateKey(strange, 'agents', 'AuthorizationCode', name)}
      where key = ${stateKey(kernel, 'agents', 'AuthorizationCode', name)}`.execute(kernel.db);
    await assert.rejects(
      async () => stateAdapter(strange, 'agents')('AuthorizationCode').find(name),
      /auth|decrypt|unable/i,
    );
  });

  test('content moved to another row, or changed, is not read', async () => {
    const [weak, strong] = [id(), id()];
    await adapter('AccessToken').upsert(weak, { clientId: 'weak' }, 60);
    await adapter('AccessToken').upsert(strong, { clientId: 'strong' }, 60);
    const [weakKey, strongKey] = [weak, strong].map((name) =>
      stateKey(kernel, 'agents', 'AccessToken', name),
    );
    await sql`update identity.hub_state set content = (select content from identity.hub_state where key = ${strongKey})
      where key = ${weakKey}`.execute(kernel.db);
    await assert.rejects(async () => adapter('AccessToken').find(weak));
    await sql`update identity.hub_state set content = set_byte(content, 20, get_byte(content, 20) # 1)
      where key = ${strongKey}`.execute(kernel.db);
    await assert.rejects(async () => adapter('AccessToken').find(strong));
  });
});
