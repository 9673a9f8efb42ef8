// Tokens of programs: how a program proves itself, what its token says and is for, and what it never gets.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
} from 'jose';
import type { Logger } from '#platform/log.ts';
import { startTestApp } from '#test/support/app.ts';
import { silentLog } from '#test/support/silent-log.ts';
import {
  addSecret,
  anotherInstance,
  askToken,
  assertionForm,
  assertionOf,
  lookupForgets,
  MACHINES,
  postTo,
  registerMachine,
  registerResource,
  tokenOf,
} from './machines.fixture.ts';

const state = await startTestApp();
const { app } = state;
const query = (sql: string, values: unknown[] = []) => state.database.pool.query(sql, values);
const resource = await registerResource(state, { scopes: ['read', 'write', 'erase'], tokenSeconds: 300 });
const other = await registerResource(state);
const granted = { [resource]: ['read', 'write'] };
const program = await registerMachine(state, { resources: granted });

describe('how a program proves itself', () => {
  test('by its secret, in the header and in the form alike', async () => {
    for (const method of ['client_secret_basic', 'client_secret_post'] as const) {
      const { clientId, secret } = await registerMachine(state, { method, resources: granted });
      const inHeader = await askToken(app, { clientId, secret });
      const inForm = await postTo(app, 'token', {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
      });
      assert.deepEqual([inHeader.status, inForm.status], [200, 200], method);
      assert.equal(decodeJwt(String(inForm.body.access_token)).client_id, clientId);
    }
  });

  for (const alg of ['ES256', 'RS256', 'PS256', 'EdDSA'] as const) {
    test(`by an assertion signed with ${alg}, once`, async () => {
      const machine = await registerMachine(state, { method: 'private_key_jwt', alg, resources: granted });
      const form = {
        grant_type: 'client_credentials',
        ...assertionForm(await assertionOf(machine)),
      };
      const first = await postTo(app, 'token', form);
      assert.equal(first.status, 200, JSON.stringify(first.body));
      assert.equal(decodeJwt(String(first.body.access_token)).sub, machine.clientId);
      const again = await postTo(app, 'token', form);
      assert.deepEqual([again.status, again.body.error], [401, 'invalid_client']);
    });
  }

  test('a secret of somebody else, none, or another program’s key is refused', async () => {
    const byKey = await registerMachine(state, { method: 'private_key_jwt', resources: granted });
    const stranger = await registerMachine(state, { method: 'private_key_jwt' });
    const forged = await assertionOf({ ...stranger, clientId: byKey.clientId, publicJwk: byKey.publicJwk });
    const refusals = await Promise.all([
      askToken(app, { ...program, secret: randomBytes(32).toString('base64url') }),
      askToken(app, { ...program, secret: 'x' }),
      // What stands in the library in place of the secret opens nothing.
      ...(
        await query('select hash from identity.service_secrets where service_id = $1', [program.id])
      ).rows.map(({ hash }) => askToken(app, { ...program, secret: hash.toString('hex') })),
      askToken(app, { clientId: 'program-unknown', secret: program.secret }),
      postTo(app, 'token', { grant_type: 'client_credentials', client_id: program.clientId }),
      postTo(app, 'token', { grant_type: 'client_credentials', ...assertionForm(forged) }),
      askToken(app, byKey),
    ]);
    assert.equal(refusals.length, 7);
    for (const { status, body } of refusals) {
      assert.deepEqual([status, body.error, body.access_token], [401, 'invalid_client', undefined]);
      assert.ok(body.error_description, 'the refusal says nothing');
    }
    const nobody = await postTo(app, 'token', { grant_type: 'client_credentials' });
    assert.deepEqual([nobody.status, nobody.body.error], [400, 'invalid_request']);
  });

  test('a client id that no database could hold is unknown, and breaks nothing', async () => {
    for (const clientId of ['\0program', `${program.clientId}\0`, '\u{D800}', 'x'.repeat(5_000), "a'b\\"]) {
      const inForm = await postTo(app, 'token', {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: program.secret,
      });
      assert.deepEqual([inForm.status, inForm.body.error], [401, 'invalid_client'], JSON.stringify(clientId));
      const assertion = await assertionOf(program, { sub: clientId, iss: clientId });
      const byAssertion = await postTo(app, 'token', {
        grant_type: 'client_credentials',
        ...assertionForm(assertion),
      });
      assert.equal(byAssertion.status, 401, JSON.stringify(clientId));
    }
  });

  test('two secrets live during a rotation; the one revoked is refused at the latest a second later', async () => {
    const { id, clientId, secret: old } = await registerMachine(state, { resources: granted });
    const fresh = await addSecret(state, id);
    for (const secret of [old, fresh]) {
      assert.equal((await askToken(app, { clientId, secret })).status, 200);
    }
    await query(
      'update identity.service_secrets set revoked_at = now() where service_id = $1 and ending = $2',
      [id, old.slice(-4)],
    );
    await lookupForgets();
    const refused = await askToken(app, { clientId, secret: old });
    assert.deepEqual([refused.status, refused.body.error], [401, 'invalid_client']);
    assert.equal((await askToken(app, { clientId, secret: fresh })).status, 200);
  });

  test('a program whose every secret and key is gone cannot enter at all', async () => {
    const { id, clientId, secret } = await registerMachine(state, { resources: granted });
    await query('delete from identity.service_secrets where service_id = $1', [id]);
    await query('delete from identity.service_keys where service_id = $1', [id]);
    for (const tried of [secret, '', 'undefined', 'null']) {
      const { status } = await postTo(app, 'token', {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: tried,
      });
      assert.equal(status, 401, tried);
    }
  });

  test('a suspended or closed program, or one of another realm, gets nothing', async () => {
    for (const more of [
      { state: 'suspended' },
      { state: 'closed' },
      { realm: 'agents' },
      { realm: 'citizens' },
    ] as const) {
      const { status, body } = await askToken(
        app,
        await registerMachine(state, { ...more, resources: granted }),
      );
      assert.deepEqual([status, body.error], [401, 'invalid_client'], JSON.stringify(more));
    }
    assert.equal(
      (await askToken(app, await registerMachine(state, { state: 'test', resources: granted }))).status,
      200,
    );
  });

  test('a refusal is in the log with the program and the reason, and never the secret', async () => {
    const lines: string[] = [];
    const keep = (about: unknown, message?: string) => {
      lines.push(
        `${message} ${JSON.stringify(about, (_key, value) => (value instanceof Error ? { ...value, message: value.message } : value))}`,
      );
    };
    const log: Logger = { ...silentLog, info: keep, warn: keep, error: keep, child: () => log };
    const watched = await anotherInstance(state, {}, log);
    const wrong = randomBytes(32).toString('base64url');
    await askToken(watched.app, { ...program, secret: wrong });
    const text = lines.join('\n');
    assert.match(text, /the hub refused a request.*"realm":"machines"/);
    assert.ok(text.includes(program.clientId) && text.includes('invalid secret provided'), text);
    assert.ok(!text.includes(wrong));
  });
});

describe('what a token says', () => {
  test('it is a JWT of RFC 9068 for the resource, and anybody can verify it by the published keys', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { status, body, headers } = await askToken(app, program, { resource, scope: 'read' });
    assert.equal(status, 200);
    const { access_token: token, ...rest } = body;
    assert.deepEqual(rest, { expires_in: 300, token_type: 'Bearer', scope: 'read' });
    assert.match(String(headers['cache-control']), /no-store/);

    const published = (await app.inject('/connect/machines/jwks')).json();
    for (const key of published.keys) assert.ok(!('d' in key), 'a private key is published');
    const { payload, protectedHeader } = await jwtVerify(String(token), createLocalJWKSet(published), {
      issuer: MACHINES,
      audience: resource,
      typ: 'at+jwt',
      algorithms: ['ES256'],
    });
    assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
    const { jti, iat, exp, ...said } = payload;
    assert.deepEqual(said, {
      iss: MACHINES,
      aud: resource,
      sub: program.clientId,
      client_id: program.clientId,
      scope: 'read',
    });
    assert.ok(String(jti).length >= 20);
    assert.ok(Number(iat) >= before && Number(iat) <= before + 60);
    assert.equal(Number(exp) - Number(iat), 300);
  });

  test('the discovery leads to those keys', async () => {
    const discovery = (await app.inject('/connect/machines/.well-known/openid-configuration')).json();
    assert.equal(discovery.issuer, MACHINES);
    assert.deepEqual(discovery.grant_types_supported, ['client_credentials']);
    assert.equal(discovery.token_endpoint, `${MACHINES}/token`);
    assert.equal(discovery.introspection_endpoint, `${MACHINES}/introspect`);
    assert.equal(discovery.revocation_endpoint, `${MACHINES}/revoke`);
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri), {
      [customFetch]: async (url: string) => {
        const { statusCode, body } = await app.inject(new URL(url).pathname);
        return new Response(body, { status: statusCode });
      },
    });
    await jwtVerify(await tokenOf(app, program), keys, { issuer: MACHINES });
  });

  test('no two tokens bear the same id', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => decodeJwt(await tokenOf(app, program)).jti),
    );
    assert.equal(new Set(ids).size, 20);
  });

  test('nothing of a token is kept', async () => {
    const fresh = await registerMachine(state, { resources: granted });
    await tokenOf(app, fresh);
    const { rows } = await query(
      'select count(*)::int as kept from identity.hub_state where client_id = $1',
      [fresh.clientId],
    );
    assert.equal(rows[0].kept, 0);
  });
});

describe('what a token is for', () => {
  test('a program with one resource need not name it', async () => {
    const { aud, scope } = decodeJwt(await tokenOf(app, program));
    assert.deepEqual([aud, scope], [resource, undefined]);
  });

  test('a program with two names one, or is told to', async () => {
    const both = await registerMachine(state, { resources: { [resource]: ['read'], [other]: ['write'] } });
    const untold = await askToken(app, both, { scope: 'read' });
    assert.deepEqual([untold.status, untold.body.error], [400, 'invalid_target']);
    assert.match(String(untold.body.error_description), /resource/);
    const unscoped = await askToken(app, both);
    assert.deepEqual([unscoped.status, unscoped.body.error], [400, 'invalid_target']);
    for (const [named, scope] of [
      [resource, 'read'],
      [other, 'write'],
    ] as const) {
      const claims = decodeJwt(await tokenOf(app, both, { resource: named, scope }));
      assert.deepEqual([claims.aud, claims.scope], [named, scope]);
    }
    const atOnce = await postTo(app, 'token', [
      ['grant_type', 'client_credentials'],
      ['client_id', both.clientId],
      ['client_secret', both.secret],
      ['resource', resource],
      ['resource', other],
    ]);
    assert.deepEqual([atOnce.status, atOnce.body.error], [400, 'invalid_target']);
  });

  test('a program without a resource gets no token', async () => {
    const none = await registerMachine(state);
    for (const form of [{}, { scope: 'read' }] as Record<string, string>[]) {
      const { status, body } = await askToken(app, none, form);
      assert.deepEqual([status, body.error, body.access_token], [400, 'invalid_target', undefined]);
      assert.match(String(body.error_description), /resource/);
    }
  });

  test('a resource that is unknown, not granted, or no address is refused alike', async () => {
    for (const asked of [
      other,
      'https://api.example/unknown/',
      resource.slice(0, -1),
      resource.toUpperCase(),
      `${resource}#part`,
      'api',
      '*',
      MACHINES,
    ]) {
      const { status, body } = await askToken(app, program, { resource: asked });
      assert.deepEqual([status, body.error, body.access_token], [400, 'invalid_target', undefined], asked);
    }
  });

  test('a scope that was not granted is refused by name, and nothing is left out in silence', async () => {
    for (const [scope, named] of [
      ['erase', /erase/],
      ['read erase', /erase/],
      ['openid', /openid/],
      ['read nonsense', /nonsense/],
    ] as const) {
      const { status, body } = await askToken(app, program, { resource, scope });
      assert.deepEqual([status, body.error], [400, 'invalid_scope'], scope);
      assert.match(`${body.error_description} ${body.scope}`, named);
    }
    const all = decodeJwt(await tokenOf(app, program, { scope: 'write read' }));
    assert.deepEqual(String(all.scope).split(' ').sort(), ['read', 'write']);
  });

  test('a grant taken back counts at the latest a second later', async () => {
    const fresh = await registerMachine(state, { resources: granted });
    await tokenOf(app, fresh, { resource });
    await query('delete from identity.service_resources where service_id = $1', [fresh.id]);
    await lookupForgets();
    assert.equal((await askToken(app, fresh, { resource })).body.error, 'invalid_target');
  });
});

describe('what a program never gets', () => {
  test('no refresh token and no ID token, whatever it asks for', async () => {
    for (const form of [{}, { scope: 'read' }] as Record<string, string>[]) {
      const { body } = await askToken(app, program, form);
      assert.ok(!('refresh_token' in body) && !('id_token' in body));
    }
    for (const scope of ['offline_access', 'openid offline_access']) {
      assert.equal((await askToken(app, program, { scope })).body.error, 'invalid_scope');
    }
  });

  test('no other grant', async () => {
    for (const [form, error] of [
      [
        { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://x.example' },
        'unsupported_grant_type',
      ],
      [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'unsupported_grant_type'],
      [{ grant_type: 'password', username: 'x', password: 'x' }, 'unsupported_grant_type'],
      [
        { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'x' },
        'unsupported_grant_type',
      ],
      [{ grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' }, 'unsupported_grant_type'],
      [{ grant_type: 'implicit' }, 'unsupported_grant_type'],
      [{ grant_type: '' }, 'invalid_request'],
    ] as const) {
      const { status, body } = await askToken(app, program, form);
      assert.deepEqual([status, body.error], [400, error], form.grant_type);
    }
  });

  test('no sign-in of anybody, and the people’s realms give programs no token', async () => {
    const page = await app.inject(
      `/connect/machines/authorize?client_id=${program.clientId}&response_type=code&redirect_uri=https://x.example`,
    );
    assert.ok(page.statusCode >= 400 && page.statusCode < 500, String(page.statusCode));
    assert.equal(page.headers.location, undefined);
    for (const path of ['userinfo', 'par', 'sign-out']) {
      assert.equal((await app.inject(`/connect/machines/${path}`)).statusCode, 404, path);
    }
    const agents = await registerMachine(state, { realm: 'agents', resources: granted });
    const asked = await postTo(
      app,
      'token',
      { grant_type: 'client_credentials', client_id: agents.clientId, client_secret: agents.secret },
      { realm: 'agents' },
    );
    assert.deepEqual([asked.status, asked.body.error], [400, 'unsupported_grant_type']);
  });
});

test('the header names the key that signs, and no other algorithm', async () => {
  const { alg, kid } = decodeProtectedHeader(await tokenOf(app, program));
  const { keys } = (await app.inject('/connect/machines/jwks')).json();
  assert.equal(alg, 'ES256');
  assert.ok(keys.some((key: { kid: string; alg: string }) => key.kid === kid && key.alg === 'ES256'));
});
