// Questions about a program's token: who is told what (RFC 7662), who may end it (RFC 7009), and tokens that only
// their holder can use (RFC 9449).
import assert from 'node:assert/strict';
import { createHmac, createPublicKey, randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  calculateJwkThumbprint,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  type JWK,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { startTestApp } from '#test/support/app.ts';
import {
  anotherInstance,
  askToken,
  basicOf,
  jtiOf,
  lookupForgets,
  MACHINES,
  type Machine,
  postTo,
  registerMachine,
  registerResource,
  tokenOf,
} from './machines.fixture.ts';
import { readSigningKeys } from './signing-keys.actions.ts';
import { sweepState } from './state.repository.ts';

const state = await startTestApp();
const { app, kernel } = state;
const second = (await anotherInstance(state)).app;
const query = (sql: string, values: unknown[] = []) => state.database.pool.query(sql, values);
const resource = await registerResource(state);
const other = await registerResource(state);
const resources = { [resource]: ['read', 'write'] };
const program = await registerMachine(state, { resources });
const server = await registerMachine(state, { serves: [resource] });
const otherServer = await registerMachine(state, { serves: [other] });
const stranger = await registerMachine(state, { resources });

const INACTIVE = { active: false };
const asking = ({ clientId, secret }: Machine) => ({ headers: basicOf(clientId, secret) });
const ask = (who: Machine, token: string, at = app, more: Record<string, string> = {}) =>
  postTo(at, 'introspect', { token, ...more }, asking(who));
const revoke = (who: Machine, token: string, at = app) => postTo(at, 'revoke', { token }, asking(who));

const token = await tokenOf(app, program, { scope: 'read' });
const [key] = (await readSigningKeys(kernel, 'machines')).filter(({ alg }) => alg === 'ES256');
assert.ok(key);

/** A token that the realm's own key signs, whatever it says. */
function signed(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
  privateJwk: JWK = key?.jwk as JWK,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: MACHINES,
    aud: resource,
    sub: program.clientId,
    client_id: program.clientId,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(key?.kid), ...header })
    .sign(privateJwk);
}

describe('introspection', () => {
  test('who got a token, and who serves its resource, are told all of it', async () => {
    const { iat, exp } = decodeJwt(token);
    for (const who of [program, server]) {
      const { status, body, headers } = await ask(who, token);
      assert.equal(status, 200);
      assert.deepEqual(body, {
        active: true,
        client_id: program.clientId,
        iss: MACHINES,
        aud: resource,
        scope: 'read',
        token_type: 'Bearer',
        iat,
        exp,
      });
      assert.match(String(headers['cache-control']), /no-store/);
    }
    for (const hint of ['access_token', 'refresh_token', 'nonsense']) {
      assert.equal((await ask(server, token, app, { token_type_hint: hint })).body.active, true, hint);
    }
  });

  test('strangers, and who serves another resource, learn nothing', async () => {
    for (const who of [stranger, otherServer]) assert.deepEqual((await ask(who, token)).body, INACTIVE);
  });

  test('whoever does not prove who they are is refused', async () => {
    const form = { token };
    for (const [more, status] of [
      [{}, 400],
      [{ client_id: program.clientId }, 401],
      [{ client_id: 'program-unknown', client_secret: 'x' }, 401],
      [{ client_id: program.clientId, client_secret: 'x' }, 401],
    ] as const) {
      const answer = await postTo(app, 'introspect', { ...form, ...more });
      assert.equal(answer.status, status, JSON.stringify(more));
      assert.ok(!('active' in answer.body));
    }
    const wrong = await postTo(app, 'introspect', form, { headers: basicOf(program.clientId, 'x') });
    assert.equal(wrong.status, 401);
    assert.match(String(wrong.headers['www-authenticate']), /^Basic /);
  });

  test('a token as the realm signs it is taken, so that what is refused below is refused for its own fault', async () => {
    assert.equal((await ask(server, await signed({}))).body.active, true);
    assert.equal((await ask(server, await signed({ aud: [resource] }))).body.active, true);
  });

  test('what is expired, forged, changed or not an access token is not active', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const strange = await exportJWK(privateKey);
    const agents = (await readSigningKeys(kernel, 'agents')).find(({ alg }) => alg === 'ES256');
    const rs256 = (await readSigningKeys(kernel, 'machines')).find(({ alg }) => alg === 'RS256');
    assert.ok(rs256);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const changed = Buffer.from(JSON.stringify({ ...decodeJwt(token), scope: 'read write' })).toString(
      'base64url',
    );
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    const publicPem = createPublicKey({ key: { ...key?.jwk } as never, format: 'jwk' })
      .export({ type: 'spki', format: 'pem' })
      .toString();
    const hs = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid: key?.kid })).toString(
      'base64url',
    );
    const hmac = createHmac('sha256', publicPem).update(`${hs}.${payload}`).digest('base64url');
    const cases: Record<string, string> = {
      expired: await signed({ iat: now - 120, exp: now - 60 }),
      'without an end': await signed({ exp: undefined }),
      'without an id': await signed({ jti: undefined }),
      'without a program': await signed({ client_id: undefined }),
      'without an audience': await signed({ aud: undefined }),
      'not yet good': await signed({ nbf: now + 600 }),
      'of another issuer': await signed({ iss: 'http://localhost/connect/agents' }),
      'of the issuer with a slash': await signed({ iss: `${MACHINES}/` }),
      'of a program that is not there': await signed({ client_id: 'program-unknown' }),
      'of another type': await signed({}, { typ: 'JWT' }),
      'of no type': await signed({}, { typ: undefined }),
      'with a key of its own in the header': await signed({}, { jwk: strange, kid: undefined }, strange),
      'signed by a stranger under our kid': await signed({}, {}, strange),
      'signed by the realm’s RS256 key': await signed({}, { alg: 'RS256', kid: rs256.kid }, rs256.jwk),
      'changed in what it says': `${header}.${changed}.${signature}`,
      'with half a signature': `${header}.${payload}.${signature.slice(0, 40)}`,
      'with no signature': `${header}.${payload}.`,
      'with the signature of another': `${header}.${payload}.${(await tokenOf(app, program)).split('.')[2]}`,
      unsigned: new UnsecuredJWT({ ...decodeJwt(token) }).encode(),
      'alg none': `${none}.${payload}.`,
      'HS256 keyed with the public key': `${hs}.${payload}.${hmac}`,
      'with a critical header': await signed({}, { crit: ['exp'], exp: 1 }).catch(() => 'a.b.c'),
      'its id alone': jtiOf(token),
      'an id of a revoked kind': 'unknown',
      garbage: 'garbage',
      dots: '..',
      'JWT of nothing': 'e30.e30.e30',
      'a NUL': '\0',
      'no text': '\u{FFFF}\u{200B}',
      'an escape': '%00%ff',
      'a quote': "' or 1=1 --",
      long: `${'a'.repeat(20_000)}.b.c`,
      encrypted: 'a.b.c.d.e',
    };
    if (agents) cases['signed by the agents’ realm'] = await signed({}, { kid: agents.kid }, agents.jwk);
    for (const [name, presented] of Object.entries(cases)) {
      for (const who of [program, server]) {
        const { status, body } = await ask(who, presented);
        assert.deepEqual([status, body], [200, INACTIVE], name);
      }
    }
  });

  test('a question without a token, with two, or of another shape is refused', async () => {
    for (const body of [
      '',
      'token=',
      `token=${token}&token=${token}`,
      'token[]=x',
      'token[a]=x',
      '%',
      '&&&=',
    ]) {
      const answer = await postTo(app, 'introspect', body, asking(server));
      assert.equal(answer.status, 400, body.slice(0, 20));
      assert.equal(answer.body.error, 'invalid_request', body.slice(0, 20));
    }
    const json = await postTo(app, 'introspect', JSON.stringify({ token }), {
      headers: { ...basicOf(server.clientId, server.secret), 'content-type': 'application/json' },
    });
    assert.equal(json.status, 400);
    const long = await postTo(app, 'introspect', `token=${'a'.repeat(60_000)}`, asking(server));
    assert.ok(long.status === 400 || long.status === 413, String(long.status));
  });

  test('a service of agents is nobody here, and there one of our tokens is of no known kind', async () => {
    const agents = await registerMachine(state, { realm: 'agents' });
    const told = await postTo(app, 'introspect', { token }, { realm: 'agents', ...asking(agents) });
    assert.deepEqual([told.status, told.body.error], [400, 'unsupported_token_type']);
    const here = await ask(agents, token);
    assert.equal(here.status, 401);
  });

  test('a token of a service that was stopped is worth nothing a second later', async () => {
    for (const change of [
      "state = 'suspended', suspended_from = 'production', suspension_reason = 'essai'",
      "state = 'closed'",
    ]) {
      const stopped = await registerMachine(state, { resources });
      const held = await tokenOf(app, stopped);
      assert.equal((await ask(server, held)).body.active, true);
      await query(`update identity.services set ${change} where id = $1`, [stopped.id]);
      await lookupForgets();
      for (const at of [app, second]) assert.deepEqual((await ask(server, held, at)).body, INACTIVE, change);
    }
  });
});

describe('revocation', () => {
  test('a token that its program ends is inactive at once, in every process, also when it is ended twice', async () => {
    const held = await tokenOf(app, program);
    const kept = await tokenOf(app, program);
    for (const at of [app, second]) assert.equal((await ask(server, held, at)).body.active, true);
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await revoke(program, held);
      assert.deepEqual([status, body.text], [200, '']);
      for (const at of [app, second]) {
        for (const who of [server, program]) assert.deepEqual((await ask(who, held, at)).body, INACTIVE);
      }
    }
    assert.equal((await ask(server, kept)).body.active, true);
    const { rows } = await query('select expires_at from identity.revoked_tokens where jti = $1', [
      jtiOf(held),
    ]);
    assert.equal(rows.length, 1);
    assert.equal(rows[0].expires_at.getTime(), Number(decodeJwt(held).exp) * 1000);
  });

  test('many who end one token at the same moment are all answered', async () => {
    const held = await tokenOf(app, program);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => revoke(program, held, i % 2 ? app : second)),
    );
    for (const { status } of answers) assert.equal(status, 200);
    assert.deepEqual((await ask(server, held)).body, INACTIVE);
  });

  test('nobody ends the token of another, also not who serves its resource', async () => {
    const held = await tokenOf(app, program);
    for (const who of [stranger, server]) {
      // RFC 7009, 2.2: the answer tells a stranger nothing.
      assert.equal((await revoke(who, held)).status, 200);
      assert.equal((await ask(server, held)).body.active, true);
    }
    const unproved = await postTo(app, 'revoke', { token: held, client_id: program.clientId });
    assert.equal(unproved.status, 401);
    assert.equal((await ask(server, held)).body.active, true);
  });

  test('a forged token with the id of a good one does not end that', async () => {
    const held = await tokenOf(app, program);
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const forged = await signed({ jti: jtiOf(held) }, {}, await exportJWK(privateKey));
    for (const sent of [forged, jtiOf(held), 'unknown', 'garbage']) {
      assert.equal((await revoke(program, sent)).status, 200);
    }
    assert.equal((await ask(server, held)).body.active, true);
    const { rows } = await query(
      "select count(*)::int as n from identity.revoked_tokens where jti = 'unknown'",
    );
    assert.equal(rows[0].n, 0);
  });

  test('what was revoked is forgotten when it would have ended anyway, and not before', async () => {
    const held = await tokenOf(app, program);
    await revoke(program, held);
    const exp = Number(decodeJwt(held).exp) * 1000;
    const isKept = async () =>
      (await query('select from identity.revoked_tokens where jti = $1', [jtiOf(held)])).rowCount === 1;
    await sweepState(kernel.db, new Date(exp - 1));
    assert.equal(await isKept(), true);
    await sweepState(kernel.db, new Date(exp));
    assert.equal(await isKept(), false);
  });
});

describe('tokens that only their holder can use', async () => {
  const holder = await registerMachine(state, { dpopBound: true, resources });
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const publicJwk = await exportJWK(publicKey);

  const proofOf = (
    claims: Record<string, unknown> = {},
    header: Record<string, unknown> = {},
    by = privateKey,
  ) =>
    new SignJWT({
      jti: randomUUID(),
      htm: 'POST',
      htu: `${MACHINES}/token`,
      iat: Math.floor(Date.now() / 1000),
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicJwk, ...header })
      .sign(by);

  test('a token is bound to the key of its proof, and those who ask are told', async () => {
    const { status, body } = await askToken(app, holder, {}, { dpop: await proofOf() });
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.token_type, 'DPoP');
    const cnf = { jkt: await calculateJwkThumbprint(publicJwk) };
    const held = String(body.access_token);
    assert.deepEqual(decodeJwt(held).cnf, cnf);
    const told = await ask(server, held);
    assert.deepEqual([told.body.active, told.body.token_type, told.body.cnf], [true, 'DPoP', cnf]);
  });

  test('a program that was not registered for it may bind its token all the same', async () => {
    const { body } = await askToken(app, program, {}, { dpop: await proofOf() });
    assert.equal(body.token_type, 'DPoP');
  });

  test('without a proof there is no token', async () => {
    const { status, body } = await askToken(app, holder);
    assert.deepEqual([status, body.error, body.access_token], [400, 'invalid_grant', undefined]);
    assert.match(String(body.error_description), /DPoP|grant request is invalid/);
  });

  test('a proof serves once, in whichever process', async () => {
    const dpop = await proofOf();
    assert.equal((await askToken(app, holder, {}, { dpop })).status, 200);
    for (const at of [app, second]) {
      const { status, body } = await askToken(at, holder, {}, { dpop });
      assert.deepEqual([status, body.error, body.access_token], [400, 'invalid_grant', undefined]);
    }
    const another = await proofOf();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => askToken(i % 2 ? app : second, holder, {}, { dpop: another })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(7).fill(400)]);
  });

  test('a proof for anything else is refused', async () => {
    const now = Math.floor(Date.now() / 1000);
    const foreign = await generateKeyPair('ES256', { extractable: true });
    const cases: Record<string, string> = {
      'another method': await proofOf({ htm: 'GET' }),
      'another address': await proofOf({ htu: `${MACHINES}/introspect` }),
      'another realm': await proofOf({ htu: 'http://localhost/connect/agents/token' }),
      'another host': await proofOf({ htu: 'https://attacker.example/connect/machines/token' }),
      'an hour ago': await proofOf({ iat: now - 3_600 }),
      'in an hour': await proofOf({ iat: now + 3_600 }),
      'without a date': await proofOf({ iat: undefined }),
      'without an id': await proofOf({ jti: undefined }),
      'of another type': await proofOf({}, { typ: 'JWT' }),
      'by another key than it shows': await proofOf({}, {}, foreign.privateKey),
      'with its private key': await proofOf({}, { jwk: await exportJWK(privateKey) }),
      'no JWT': 'proof',
    };
    for (const [name, dpop] of Object.entries(cases)) {
      const { status, body } = await askToken(app, holder, {}, { dpop });
      assert.deepEqual([status, body.error, body.access_token], [400, 'invalid_dpop_proof', undefined], name);
    }
  });
});
