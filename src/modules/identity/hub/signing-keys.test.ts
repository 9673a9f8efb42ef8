// Signing keys over their whole life, in one realm and in the running hub: nobody is signed out by a rotation.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { sql } from 'kysely';
import { secretOf } from '#platform/secret.ts';
import { TEST_NOW as APP_NOW, startTestApp } from '#test/support/app.ts';
import { identityKernel, kernelOver, SOMEBODY, TEST_NOW } from '../identity.fixture.ts';
import { walk } from './hub.fixture.ts';
import {
  anotherInstance,
  MACHINES,
  postTo,
  registerMachine,
  registerResource,
  tokenOf,
} from './machines.fixture.ts';
import {
  ensureSigningKeys,
  keepSigningKeys,
  readSigningKeys,
  replaceSigningKeys,
  withdrawOlderKeys,
} from './signing-keys.actions.ts';
import { signingKeyAt } from './signing-keys.rules.ts';

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

describe('in the database', () => {
  test('many processes that need the first keys at once make one of each algorithm', async (t) => {
    const kernel = await identityKernel(t);
    const all = await Promise.all(
      Array.from({ length: 5 }, () => ensureSigningKeys(kernelOver(kernel.db), 'agents')),
    );
    for (const keys of all) {
      assert.deepEqual(keys.map(({ alg }) => alg).sort(), ['ES256', 'RS256']);
      assert.deepEqual(keys.map(({ kid }) => kid).sort(), all[0]?.map(({ kid }) => kid).sort());
    }
    assert.deepEqual(await readSigningKeys(kernel, 'citizens'), []);
    const { rows } = await sql<{ kind: string; data: { realm: string } }>`
      select kind, data from ledger.waiting order by arrival`.execute(kernel.db);
    assert.deepEqual(
      rows.map(({ kind, data }) => `${kind} ${data.realm}`),
      Array(2).fill('identity.signing-key-published agents'),
    );
  });

  test('the realms share no key, and no private part stands in the table', async (t) => {
    const kernel = await identityKernel(t);
    const kids = new Set<string>();
    for (const realm of ['agents', 'citizens', 'machines'] as const) {
      for (const { kid, jwk } of await ensureSigningKeys(kernel, realm)) {
        kids.add(kid);
        const { rows } = await sql<{ row: string; sealed: Buffer }>`
          select to_jsonb(k)::text as row, sealed_jwk as sealed from identity.hub_keys k where kid = ${kid}`.execute(
          kernel.db,
        );
        assert.ok(!`${rows[0]?.row}${rows[0]?.sealed.toString('latin1')}`.includes(String(jwk.d)));
      }
    }
    assert.equal(kids.size, 6);
    await assert.rejects(readSigningKeys({ ...kernel, secret: secretOf(Buffer.alloc(32, 9)) }, 'agents'));
  });

  test('a sealed key put in the place of another is not read', async (t) => {
    const kernel = await identityKernel(t);
    const [a, b] = await ensureSigningKeys(kernel, 'agents');
    await sql`update identity.hub_keys set sealed_jwk = (select sealed_jwk from identity.hub_keys where kid = ${a?.kid})
      where kid = ${b?.kid}`.execute(kernel.db);
    await assert.rejects(readSigningKeys(kernel, 'agents'));
  });

  test('a key is published a day ahead, signs for ninety days, is kept for fourteen, and is withdrawn', async (t) => {
    const kernel = await identityKernel(t);
    const at = async (day: number) => {
      kernel.clock.moveTo(new Date(TEST_NOW.getTime() + day * DAY));
      const done = await keepSigningKeys(kernel);
      const keys = await readSigningKeys(kernel, 'agents');
      return { ...done, keys, signs: signingKeyAt(keys, 'ES256', kernel.clock.now())?.kid };
    };
    // A realm that nobody used yet has nothing to keep.
    assert.deepEqual(await keepSigningKeys(kernel), { published: 0, withdrawn: 0 });
    await ensureSigningKeys(kernel, 'agents');
    const first = await at(0);
    assert.deepEqual([first.published, first.withdrawn, first.keys.length], [0, 0, 2]);
    assert.equal((await at(88)).published, 0);
    const ahead = await at(89);
    assert.deepEqual([ahead.published, ahead.keys.length, ahead.signs], [2, 4, first.signs]);
    assert.equal((await at(89.5)).published, 0);
    const turned = await at(90);
    assert.deepEqual([turned.published, turned.withdrawn, turned.keys.length], [0, 0, 4]);
    assert.notEqual(turned.signs, first.signs);
    const kept = await at(103.9);
    assert.ok(kept.keys.some(({ kid }) => kid === first.signs));
    const gone = await at(104);
    assert.deepEqual([gone.withdrawn, gone.keys.length, gone.signs], [2, 2, turned.signs]);
    assert.ok(!gone.keys.some(({ kid }) => kid === first.signs));
    const { rows } = await sql<{ kept: number }>`select count(*)::int as kept from identity.hub_keys`.execute(
      kernel.db,
    );
    assert.equal(rows[0]?.kept, 4, 'a withdrawn key leaves its trace');
  });

  test('two processes that keep the keys on the same day publish them once', async (t) => {
    const kernel = await identityKernel(t);
    await ensureSigningKeys(kernel, 'agents');
    const later = new Date(TEST_NOW.getTime() + 89 * DAY);
    const done = await Promise.all(
      Array.from({ length: 4 }, () => {
        const process = kernelOver(kernel.db);
        process.clock.moveTo(later);
        return keepSigningKeys(process);
      }),
    );
    assert.equal(
      done.reduce((sum, { published }) => sum + published, 0),
      2,
    );
    assert.equal((await readSigningKeys(kernel, 'agents')).length, 4);
  });

  test('keys that somebody replaces sign in two minutes, and those before stay published', async (t) => {
    const kernel = await identityKernel(t);
    const before = await ensureSigningKeys(kernel, 'machines');
    assert.equal(await replaceSigningKeys(kernel, 'machines', SOMEBODY), 2);
    const keys = await readSigningKeys(kernel, 'machines');
    assert.equal(keys.length, 4);
    const signs = (afterMs: number) =>
      signingKeyAt(keys, 'ES256', new Date(TEST_NOW.getTime() + afterMs))?.kid;
    const isOld = (kid: string | undefined) => before.some((one) => one.kid === kid);
    assert.deepEqual(
      [isOld(signs(0)), isOld(signs(2 * MINUTE - 1)), isOld(signs(2 * MINUTE))],
      [true, true, false],
    );
    assert.deepEqual(await readSigningKeys(kernel, 'agents'), []);
  });

  test('keys that are known to others are withdrawn at once, and the new ones sign at once', async (t) => {
    const kernel = await identityKernel(t);
    const before = await ensureSigningKeys(kernel, 'machines');
    await ensureSigningKeys(kernel, 'agents');
    assert.deepEqual(await withdrawOlderKeys(kernel, 'machines', SOMEBODY), { published: 2, withdrawn: 2 });
    const keys = await readSigningKeys(kernel, 'machines');
    assert.equal(keys.length, 2);
    for (const { kid } of before) assert.ok(!keys.some((one) => one.kid === kid));
    assert.ok(signingKeyAt(keys, 'ES256', TEST_NOW) && signingKeyAt(keys, 'RS256', TEST_NOW));
    assert.equal((await readSigningKeys(kernel, 'agents')).length, 2);
  });
});

describe('in the running hub', async () => {
  const state = await startTestApp();
  const { app, kernel } = state;
  const resource = await registerResource(state);
  const program = await registerMachine(state, { resources: { [resource]: ['read'] } });
  const email = String(
    (
      await state.database.pool.query(
        `select p.email from identity.people p join identity.memberships m on m.person_id = p.id
         where m.role = 'agent' and p.email like '%valmarie.example' order by p.email limit 1`,
      )
    ).rows[0].email,
  );
  const published = async (realm = 'machines') => (await app.inject(`/connect/${realm}/jwks`)).json();
  const kidOf = (token: string) => String(decodeProtectedHeader(token).kid);
  const introspected = async (token: string, at = app) =>
    (await postTo(at, 'introspect', { token, client_id: program.clientId, client_secret: program.secret }))
      .body.active;
  // Each test begins where the one before stopped: keys only go forward.
  let now = APP_NOW.getTime();
  const pass = (ms: number) => {
    now += ms;
    kernel.clock.moveTo(new Date(now));
  };

  test('a token signed before a rotation verifies after it, here and by the published keys', async () => {
    const second = (await anotherInstance(state)).app;
    const before = await tokenOf(app, program);
    const old = kidOf(before);
    assert.equal(await introspected(before, second), true);
    pass(89 * DAY);
    await keepSigningKeys(kernel);
    const ahead = await published();
    assert.equal(ahead.keys.length, 4);
    for (const key of ahead.keys) assert.ok(!('d' in key) && !('p' in key));
    assert.equal(kidOf(await tokenOf(app, program)), old, 'a key signs before it was published for a day');
    pass(DAY);
    const fresh = await tokenOf(app, program);
    assert.notEqual(kidOf(fresh), old);
    // Whoever read the keys a day ago verifies what is signed now.
    await jwtVerify(fresh, createLocalJWKSet(ahead), { issuer: MACHINES });
    await jwtVerify(before, createLocalJWKSet(await published()), { issuer: MACHINES });
    for (const at of [app, second]) {
      for (const token of [before, fresh]) assert.equal(await introspected(token, at), true);
    }
    pass(14 * DAY);
    await keepSigningKeys(kernel);
    assert.ok(!(await published()).keys.some(({ kid }: { kid: string }) => kid === old));
    assert.equal(await introspected(fresh), true);
  });

  test('what a withdrawn key signed is void within half a minute', async () => {
    const token = await tokenOf(app, program);
    await withdrawOlderKeys(kernel, 'machines', SOMEBODY);
    pass(30_000);
    assert.equal(await introspected(token), false);
    const fresh = await tokenOf(app, program);
    assert.equal(await introspected(fresh), true);
    await assert.rejects(jwtVerify(token, createLocalJWKSet(await published())));
    await jwtVerify(fresh, createLocalJWKSet(await published()));
  });

  test('a person who is signed in stays signed in over a rotation, and gets an ID token by the new key', async () => {
    const service = await registerMachine(state, { realm: 'agents' });
    const redirectUri = 'https://service.example/callback';
    await state.database.pool.query('update identity.services set redirect_uris = $2 where id = $1', [
      service.id,
      [redirectUri],
    ]);
    const browser = state.client();
    const verifier = randomBytes(32).toString('base64url');
    const address = (more: Record<string, string> = {}) =>
      `/connect/agents/authorize?${new URLSearchParams({
        client_id: service.clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: 'openid',
        nonce: 'n',
        state: 's',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...more,
      })}`;
    const idTokenOf = async (url: string) => {
      const code = new URL(url).searchParams.get('code');
      assert.ok(code, url);
      const { status, body } = await postTo(
        app,
        'token',
        {
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
          client_id: service.clientId,
          client_secret: service.secret,
        },
        { realm: 'agents' },
      );
      assert.equal(status, 200, JSON.stringify(body));
      return String(body.id_token);
    };
    const first = await idTokenOf((await walk(browser, address(), { email })).url);
    for (const replace of [
      () => replaceSigningKeys(kernel, 'agents', SOMEBODY),
      () => withdrawOlderKeys(kernel, 'agents', SOMEBODY),
    ]) {
      await replace();
      pass(3 * MINUTE);
      const silent = await browser.get(address({ prompt: 'none' }));
      const again = await idTokenOf(String(silent.headers.location));
      assert.notEqual(kidOf(again), kidOf(first));
      const { payload } = await jwtVerify(again, createLocalJWKSet(await published('agents')), {
        audience: service.clientId,
      });
      const { sub } = JSON.parse(Buffer.from(String(first.split('.')[1]), 'base64url').toString());
      assert.equal(payload.sub, sub);
    }
  });
});
