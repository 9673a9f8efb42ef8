// A gateway's policy when notices are lost, the database is away or older, and at a start from the last run's file.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { migrationSources } from '#app/modules.ts';
import { freshDatabase } from '#test/support/database.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { publishPolicy } from '../../policy/policy.actions.ts';
import type { PolicyEntry } from '../../policy/policy.types.ts';
import { apiOn, upstreamAt } from '../gateway.fixture.ts';
import { followPolicy } from './follow-policy.ts';
import { LivePolicy } from './live-policy.ts';

const { db, address } = await freshDatabase(undefined, migrationSources());
const publish = (...entries: PolicyEntry[]) => db.transaction().execute((trx) => publishPolicy(trx, entries));
const api = (id: string, scopes: Record<string, string[]> = { read: ['/a'] }): PolicyEntry => ({
  kind: 'api',
  id,
  body: apiOn(upstreamAt('http://producer.example'), { slug: id, scopes }),
});
const newFile = () => join(mkdtempSync(join(tmpdir(), 'socle-policy-')), 'policy.json');

interface Followed {
  readonly file?: string;
  readonly boundMs?: number;
  readonly now?: () => number;
  readonly at?: typeof address;
  readonly from?: typeof db;
}

/** Follows into a policy of its own; `versions` are those that were enforced, in their order. */
function follow({
  file = newFile(),
  boundMs = 10_000,
  now = Date.now,
  at = address,
  from = db,
}: Followed = {}) {
  const policy = new LivePolicy();
  const versions: number[] = [];
  const follower = followPolicy({
    db: from,
    address: at,
    policy,
    file,
    boundMs,
    now,
    log: silentLog,
    onChange: (version) => versions.push(version),
  });
  return { policy, versions, follower, file };
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !holds(); i++) await wait(10);
  assert.ok(holds());
}

/** A database that nothing answers at. */
const NOWHERE = { host: '127.0.0.1', port: 1, user: 'x', database: 'x' };
const away = () =>
  freshDatabase(undefined).then(async (database) => {
    await database.close();
    return database;
  });

describe('a policy', () => {
  test('is told at once, whole where it fits into a notice and else by the question', async () => {
    await publish(api('one'));
    const { policy, versions, follower } = follow();
    await follower.ready;
    await wait(100);
    assert.equal(policy.apiAt('one')?.id, 'one');
    const huge = { read: Array.from({ length: 1_000 }, (_, at) => `/field/number/${at}`) };
    for (const entry of [api('two'), api('three', huge), api('four')]) {
      const begun = performance.now();
      const version = await publish(entry);
      await until(() => policy.version >= version);
      assert.ok(performance.now() - begun < 900, 'before the next question that is asked anyway');
    }
    assert.equal(policy.apiAt('three')?.policy.scopes.read?.length, 1_000);
    assert.deepEqual(
      versions,
      [...versions].sort((one, other) => one - other),
    );
    await follower.stop();
  });

  test('is found out within a second or so where nobody told it', async () => {
    const { policy, follower } = follow({ at: NOWHERE });
    await follower.ready;
    const version = await publish(api('untold'));
    await until(() => policy.version >= version);
    assert.ok(policy.apiAt('untold'));
    await follower.stop();
  });

  test('is told in full when the ear comes back: what was missed is asked for', async () => {
    const { policy, follower } = follow();
    await follower.ready;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'socle exchange_policy'`.execute(db);
    const version = await publish(api('missed'));
    await until(() => policy.version >= version);
    assert.ok(policy.apiAt('missed'));
    await follower.stop();
  });

  test('is the last one, whatever comes at once', async () => {
    const { policy, versions, follower } = follow();
    await follower.ready;
    const stop = { apiId: 'one', organisationId: null, accreditationId: null, scope: null, endsAt: null };
    let last = 0;
    for (let at = 0; at < 40; at++) {
      last = await publish({ kind: 'stop', id: 's', body: at % 2 === 0 ? stop : null });
    }
    last = await publish({ kind: 'stop', id: 's', body: stop });
    await until(() => policy.version >= last);
    await wait(1_200);
    assert.equal(policy.version, last);
    assert.equal(policy.stopsOf('one').length, 1);
    assert.deepEqual(
      versions,
      [...new Set(versions)].sort((one, other) => one - other),
      'never back',
    );
    await follower.stop();
  });

  test('that cannot be read ends nothing, and is asked for', async () => {
    const { policy, follower } = follow();
    await follower.ready;
    await wait(100);
    await sql`select pg_notify('exchange_policy', 'garbage')`.execute(db);
    await sql`select pg_notify('exchange_policy', '{"version": 99999999, "entries": [null]}')`.execute(db);
    const version = await publish(api('after'));
    await until(() => policy.version >= version);
    await follower.stop();
  });

  test('is not confirmed by a database that holds an older one', async () => {
    const other = await freshDatabase(undefined, migrationSources());
    const { policy, follower } = follow({ at: NOWHERE, from: other.db });
    await follower.ready;
    policy.apply({ version: 50, entries: [api('newer')] });
    const { confirmedAt } = policy;
    await wait(2_300);
    assert.ok(policy.confirmedAt - confirmedAt < 1_100, 'a question that was under way at the most');
    assert.ok(policy.apiAt('newer'));
    await follower.stop();
  });
});

describe('a start', () => {
  test('takes the policy of the last run within the bound, and not beyond it', async () => {
    const { follower, file, policy } = follow();
    await follower.ready;
    await wait(300);
    const { version } = policy;
    await follower.stop();
    const nowhere = await away();
    const soon = follow({ file, at: NOWHERE, from: nowhere.db });
    await soon.follower.ready;
    assert.equal(soon.policy.version, version);
    assert.ok(Date.now() - soon.policy.confirmedAt < 10_000);
    assert.ok(soon.policy.apiAt('one'));
    await soon.follower.stop();
    const late = follow({ file, at: NOWHERE, from: nowhere.db, now: () => Date.now() + 11_000 });
    await wait(300);
    assert.equal(late.policy.version, 0);
    assert.equal(late.policy.confirmedAt, Number.NEGATIVE_INFINITY);
    await late.follower.stop();
  });

  test('takes no file that cannot be read, or of which one half is another run’s', async () => {
    const nowhere = await away();
    for (const [whole, confirmed] of [
      ['{', '{}'],
      ['{"version":3,"entries":[]}', `{"version":4,"confirmedAt":${Date.now()}}`],
      ['{"version":3,"entries":[]}', `{"version":3,"confirmedAt":${Date.now() + 60_000}}`],
      ['{"version":3}', `{"version":3,"confirmedAt":${Date.now()}}`],
    ] as const) {
      const file = newFile();
      writeFileSync(file, whole);
      writeFileSync(`${file}.confirmed`, confirmed);
      const { policy, follower } = follow({ file, at: NOWHERE, from: nowhere.db });
      await wait(200);
      assert.equal(policy.version, 0, confirmed);
      await follower.stop();
    }
  });

  test('whose file cannot be written follows the policy all the same', async () => {
    const { policy, follower } = follow({ file: '/proc/none/policy.json' });
    await follower.ready;
    const { confirmedAt } = policy;
    await until(() => policy.confirmedAt > confirmedAt);
    await follower.stop();
  });
});
