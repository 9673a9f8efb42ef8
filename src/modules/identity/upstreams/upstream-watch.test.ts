// The watch: what it records of providers that answer, fail, hang or lie; and what reaches the ledger.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import Fastify from 'fastify';
import { sql } from 'kysely';
import { openOutgoing } from '#platform/http/outgoing.ts';
import { identityKernel, TEST_NOW } from '../identity.fixture.ts';
import { isCircuitClosed } from './circuit.ts';
import { ORIGIN, REDIRECT_URI, recordedUpstream, startTestProvider } from './upstream.fixture.ts';
import { daysSince, lastFaults } from './upstream-checks.repository.ts';
import { watchProviders } from './upstream-watch.actions.ts';
import { watchUpstreams } from './upstream-watch.jobs.ts';
import { findUpstream } from './upstreams.repository.ts';
import type { UpstreamSettings } from './upstreams.types.ts';

const PATIENCE_MS = 300;

const whole = await identityKernel();
const kernel = { ...whole, outgoing: openOutgoing({ allowPrivate: true, timeoutMs: PATIENCE_MS }) };
const { db, clock } = kernel;
const redirectUri = REDIRECT_URI;
const [good, bad] = [await startTestProvider({ redirectUri }), await startTestProvider({ redirectUri })];
after(() => Promise.all([good.stop(), bad.stop(), kernel.outgoing.close()]));

const unreachable = { issuer: 'http://127.0.0.1:9', clientId: 'hub', clientSecret: 'secret' };
const recorded = async (at: typeof unreachable, more: Partial<UpstreamSettings> = {}) =>
  (await recordedUpstream(kernel, at, more)).id;

const goodId = await recorded(good);
const badId = await recorded(bad);
const offId = await recorded(unreachable, { isEnabled: false });
const demoId = await recorded(unreachable, { issuer: '/demonstration/ministry', isDemonstration: true });

async function ledger(): Promise<{ subject: string; data: Record<string, unknown> }[]> {
  const { rows } = await sql<{ subject: string; data: Record<string, unknown> }>`
    select subject, data from ledger.waiting where kind = 'identity.upstream-state-changed' order by at, subject
  `.execute(db);
  return rows;
}

const stateOf = async (id: string) => (await findUpstream(db, id))?.state;
let minute = 0;
async function round() {
  minute += 1;
  clock.moveTo(new Date(TEST_NOW.getTime() + minute * 60_000));
  return watchProviders(kernel, ORIGIN);
}

describe('the watch', () => {
  test('records who answers, and leaves alone those not in use and those that it cannot reach itself', async () => {
    assert.deepEqual(await round(), { looked: 2, down: 0, changed: 2, swept: 0 });
    assert.equal(await stateOf(goodId), 'up');
    assert.equal(await stateOf(offId), 'unknown');
    assert.equal(await stateOf(demoId), 'unknown');
    assert.deepEqual(
      (await ledger()).map(({ data }) => data),
      [
        { from: 'unknown', to: 'up' },
        { from: 'unknown', to: 'up' },
      ],
    );
  });

  test('writes to the ledger only when the state changes', async () => {
    const before = (await ledger()).length;
    await round();
    assert.equal((await ledger()).length, before);
    bad.fail(500);
    assert.equal((await round()).down, 1);
    assert.equal((await round()).changed, 0);
    const lines = await ledger();
    assert.equal(lines.length, before + 1);
    assert.deepEqual(lines.at(-1), {
      subject: `identity/upstream/${badId}`,
      data: { from: 'up', to: 'down', fault: 'unreachable' },
    });
    assert.match((await lastFaults(db, badId, 1))[0]?.fault ?? '', /^unreachable: .*500/);
    assert.equal(await stateOf(goodId), 'up');
  });

  test('does not wait for one that hangs longer than told, and opens its circuit', async () => {
    bad.fail('hang');
    const began = performance.now();
    await round();
    assert.ok(performance.now() - began < PATIENCE_MS * 4);
    assert.equal(isCircuitClosed(kernel, badId), false);
    assert.equal(isCircuitClosed(kernel, goodId), true);
    bad.fail(null);
    assert.equal((await round()).changed, 1);
    assert.equal(await stateOf(badId), 'up');
    assert.equal(isCircuitClosed(kernel, badId), true);
  });

  test('says what is wrong with one that answers wrongly, whose circuit stays closed', async () => {
    const wrongs: [path: string, bent: Record<string, unknown>, fault: RegExp][] = [
      ['/.well-known/openid-configuration', { issuer: 'https://x.example' }, /^issuer-differs: .*x\.example/],
      ['/.well-known/openid-configuration', { jwks_uri: undefined }, /^endpoint-missing: jwks_uri/],
      [
        '/.well-known/openid-configuration',
        { id_token_signing_alg_values_supported: ['HS256', 'none'] },
        /^algorithm-unfit/,
      ],
      ['/jwks', { keys: [] }, /^keys-missing/],
      ['/jwks', { keys: [{ kty: 'oct', k: 'AA' }] }, /^keys-missing/],
    ];
    for (const [path, bent, fault] of wrongs) {
      bad.bend(path, (body) => ({ ...body, ...bent }));
      await round();
      assert.match((await lastFaults(db, badId, 1))[0]?.fault ?? '', fault);
      assert.equal(isCircuitClosed(kernel, badId), true);
      bad.bend(path, (body) => body);
    }
    await round();
    assert.equal(await stateOf(badId), 'up');
  });

  test('counts each look into its day', async () => {
    const [day, ...others] = await daysSince(db, [badId], '2026-01-01');
    assert.equal(others.length, 0);
    assert.equal(day?.day, '2026-11-24');
    assert.equal(day?.checks, minute);
    assert.equal(day?.up, minute - 8);
  });

  test('looks at demonstration providers where Socle answers itself', async () => {
    const app = Fastify();
    const issuer = `${ORIGIN}/demonstration/ministry`;
    app.get('/demonstration/ministry/.well-known/openid-configuration', () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['ES256'],
    }));
    app.get('/demonstration/ministry/jwks', () => ({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] }));
    kernel.outgoing.answerOwn(app, (origin) => origin === ORIGIN);
    await round();
    assert.equal(await stateOf(demoId), 'up');
    await app.close();
  });

  test('forgets what is older than ninety days', async () => {
    clock.moveTo(new Date(TEST_NOW.getTime() + 95 * 24 * 60 * 60 * 1000));
    const { swept } = await watchProviders(kernel, ORIGIN);
    assert.ok(swept > 10, String(swept));
    assert.equal((await lastFaults(db, badId, 100)).length, 0);
    assert.equal((await daysSince(db, [badId], '2026-01-01')).length, 1);
  });

  test('runs as a quick job of every minute', async () => {
    assert.equal(watchUpstreams.schedule, '* * * * *');
    assert.equal(watchUpstreams.quick, true);
    const round = await watchUpstreams.run(
      {},
      { id: 'x', kernel, requestedBy: null, progress: () => {}, signal: new AbortController().signal },
    );
    assert.equal(round.down, 0);
  });
});
