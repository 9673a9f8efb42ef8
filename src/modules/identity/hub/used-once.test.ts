// What may be used once is first once, however many processes are told of it at the same moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { anyText } from '#test/support/any-text.ts';
import { identityKernel, kernelOver, TEST_NOW } from '../identity.fixture.ts';
import { stateKey } from './state.adapter.ts';
import { sweepState } from './state.repository.ts';
import { usedOnce } from './used-once.ts';

const kernel = await identityKernel();

const shuffled = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, order: Math.random() }))
    .sort((x, y) => x.order - y.order)
    .map(({ item }) => item);

test('of 500 claims of 100 ids in two processes, each id is first exactly once', async () => {
  const processes = [usedOnce(kernel, 'agents'), usedOnce(kernelOver(kernel.db), 'agents')];
  const ids = shuffled(Array.from({ length: 500 }, (_, i) => `id ${i % 100}`));
  const firsts = new Map<string, number>();
  await Promise.all(
    ids.map(async (id, i) => {
      const isFirst = await processes[i % 2]?.claim(id, 60);
      if (isFirst) firsts.set(id, (firsts.get(id) ?? 0) + 1);
    }),
  );
  assert.equal(firsts.size, 100);
  assert.deepEqual([...new Set(firsts.values())], [1]);
  const { rows } = await sql<{ kept: number }>`
    select count(*)::int as kept from identity.hub_state where model = 'UsedOnce'`.execute(kernel.db);
  assert.equal(rows[0]?.kept, 100);
});

test('more than one statement holds are all answered', async () => {
  const once = usedOnce(kernel, 'machines');
  const answers = await Promise.all(Array.from({ length: 1_001 }, (_, i) => once.claim(`many ${i}`, 60)));
  assert.ok(answers.every((isFirst) => isFirst));
  const again = await Promise.all(Array.from({ length: 1_001 }, (_, i) => once.claim(`many ${i}`, 60)));
  assert.ok(again.every((isFirst) => !isFirst));
});

test('whatever the ids are and in whichever order they come, the first of each is first', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyText({ maxLength: 3 }), { maxLength: 30 }), async (ids) => {
      // Each run has a realm of its own, so that no id was used before.
      const once = usedOnce(kernel, `run ${run++}`);
      const answers = await Promise.all(ids.map((id) => once.claim(id, 60)));
      assert.deepEqual(
        answers,
        ids.map((id, i) => ids.indexOf(id) === i),
      );
    }),
    { numRuns: 50 },
  );
});

test('the realms share nothing', async () => {
  for (const realm of ['agents', 'citizens', 'machines']) {
    assert.equal(await usedOnce(kernel, realm).claim('shared', 60), true);
  }
});

test('an id is remembered until its end, and a second at the least', async () => {
  const once = usedOnce(kernel, 'agents');
  const isKept = async (id: string) =>
    (
      await sql`select from identity.hub_state where key = ${stateKey(kernel, 'agents', 'UsedOnce', id)}`.execute(
        kernel.db,
      )
    ).rows.length === 1;
  for (const [id, seconds, last] of [
    ['for a minute', 60, 60],
    ['for no time', 0, 1],
    ['of the past', -100, 1],
  ] as const) {
    assert.equal(await once.claim(id, seconds), true);
    await sweepState(kernel.db, new Date(TEST_NOW.getTime() + last * 1000 - 1));
    assert.equal(await isKept(id), true, id);
    assert.equal(await once.claim(id, seconds), false, id);
    await sweepState(kernel.db, new Date(TEST_NOW.getTime() + last * 1000));
    assert.equal(await isKept(id), false, id);
  }
});

/** A database whose next `failures` statements break. */
function breaking(db: Db, failures: number): Db {
  let left = failures;
  return new Proxy(db, {
    get(target, name) {
      if (name === 'withTables' && left-- > 0) throw new Error('the connection broke');
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

test('a statement that breaks fails those that waited for it, and nobody after', async () => {
  const once = usedOnce({ ...kernel, db: breaking(kernel.db, 2) }, 'agents');
  // The first goes out alone; the others wait for it and go together, 200 at a time.
  const answers = await Promise.allSettled(
    Array.from({ length: 301 }, (_, i) => once.claim(`broken ${i}`, 60)),
  );
  const failed = answers.filter(({ status }) => status === 'rejected').length;
  assert.equal(failed, 201);
  assert.equal(answers.filter((answer) => answer.status === 'fulfilled' && answer.value).length, 100);
  // What failed was not remembered: who tries again is first.
  assert.equal(await once.claim('broken 0', 60), true);
  assert.equal(await once.claim('broken 300', 60), false);
});
