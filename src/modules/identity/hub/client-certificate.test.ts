// Certificates of programs: whose word on them is believed, what they let in, and what a token bound to one says.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { startTestApp } from '#test/support/app.ts';
import { clientCert, OTHER, PROGRAM, TRICKY } from './client-certificate.fixture.ts';
import { certificateAsked, certificateSubjectMatches } from './client-certificate.ts';
import { anotherInstance, basicOf, postTo, registerMachine, registerResource } from './machines.fixture.ts';

const PROXY = '10.9.8.7';
const CALLER = '203.0.113.9';

const state = await startTestApp();
const behindProxy = await anotherInstance(state, {
  SOCLE_TRUST_PROXY: `${PROXY}, 192.168.0.0/16`,
  SOCLE_PUBLIC_URL: 'https://socle.example',
});
const resource = await registerResource(state);
const resources = { [resource]: ['read'] };
const byCertificate = await registerMachine(state, {
  method: 'tls_client_auth',
  tlsSubject: 'CN=program, O=Service, C=FR',
  certificateBound: true,
  resources,
});
const bound = await registerMachine(state, { certificateBound: true, resources });
const loose = await registerMachine(state, { resources });

/** A request that a proxy passes on for the caller. */
const passedOn = { from: PROXY, proxied: { 'x-forwarded-for': CALLER, 'x-forwarded-proto': 'https' } };

function askByCertificate(
  headers: Record<string, string>,
  { from = PROXY, app = behindProxy.app, clientId = byCertificate.clientId } = {},
) {
  const form = { grant_type: 'client_credentials', client_id: clientId };
  return postTo(app, 'token', form, { headers, from });
}

const thumbprint = (certificate: string) =>
  createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('base64url');

describe('a certificate that a trusted proxy hands on', () => {
  test('lets the program in whose subject it bears, and binds its token', async () => {
    const { status, body } = await askByCertificate({ ...passedOn.proxied, ...clientCert(PROGRAM) });
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.token_type, 'Bearer');
    const claims = decodeJwt(String(body.access_token));
    assert.equal(claims.iss, 'https://socle.example/connect/machines');
    assert.equal(claims.client_id, byCertificate.clientId);
    assert.deepEqual(claims.cnf, { 'x5t#S256': thumbprint(PROGRAM) });
  });

  test('lets nobody in whose subject it does not bear', async () => {
    for (const certificate of [OTHER, TRICKY]) {
      const { status, body } = await askByCertificate({ ...passedOn.proxied, ...clientCert(certificate) });
      assert.deepEqual([status, body.error], [401, 'invalid_client']);
    }
  });

  test('binds the token of a program that proves itself otherwise', async () => {
    const ask = (headers: Record<string, string>) =>
      postTo(
        behindProxy.app,
        'token',
        { grant_type: 'client_credentials' },
        {
          from: PROXY,
          headers: { ...basicOf(bound.clientId, bound.secret), ...passedOn.proxied, ...headers },
        },
      );
    const { body } = await ask(clientCert(OTHER));
    const token = String(body.access_token);
    assert.deepEqual(decodeJwt(token).cnf, { 'x5t#S256': thumbprint(OTHER) });
    const told = await postTo(
      behindProxy.app,
      'introspect',
      { token },
      { from: PROXY, headers: basicOf(bound.clientId, bound.secret) },
    );
    assert.equal(told.body.active, true);
    assert.deepEqual(told.body.cnf, { 'x5t#S256': thumbprint(OTHER) });
    // Without a certificate there is nothing to bind it to, and a loose token is not what was registered.
    const without = await ask({});
    assert.deepEqual(
      [without.status, without.body.error, without.body.access_token],
      [400, 'invalid_grant', undefined],
    );
  });

  test('does not bind what was not registered to be bound', async () => {
    const { body } = await postTo(
      behindProxy.app,
      'token',
      { grant_type: 'client_credentials' },
      {
        from: PROXY,
        headers: { ...basicOf(loose.clientId, loose.secret), ...passedOn.proxied, ...clientCert(PROGRAM) },
      },
    );
    assert.equal(decodeJwt(String(body.access_token)).cnf, undefined);
  });
});

describe('a certificate that is anybody’s word', () => {
  test('from a caller who comes past the proxy is ignored, whatever they say of themselves', async () => {
    for (const from of [CALLER, '127.0.0.1', '10.9.8.6', '::1', '::ffff:203.0.113.9']) {
      const sayings: Record<string, string>[] = [
        {},
        passedOn.proxied,
        { 'x-forwarded-for': `${PROXY}, ${PROXY}` },
        { forwarded: `for=${PROXY}` },
      ];
      for (const said of sayings) {
        const { status, body } = await askByCertificate({ ...said, ...clientCert(PROGRAM) }, { from });
        assert.deepEqual([status, body.error], [401, 'invalid_client'], `${from} ${JSON.stringify(said)}`);
        assert.match(String(body.error_description), /client authentication failed/);
      }
    }
  });

  test('is not what a token is bound to either', async () => {
    const { status, body } = await postTo(
      behindProxy.app,
      'token',
      { grant_type: 'client_credentials' },
      {
        from: CALLER,
        headers: { ...basicOf(bound.clientId, bound.secret), ...passedOn.proxied, ...clientCert(PROGRAM) },
      },
    );
    assert.deepEqual([status, body.error], [400, 'invalid_grant']);
  });

  test('counts for a proxy of a trusted network, and for IPv4 in IPv6 clothes', async () => {
    for (const from of ['192.168.77.1', `::ffff:${PROXY}`]) {
      const { status } = await askByCertificate({ ...passedOn.proxied, ...clientCert(PROGRAM) }, { from });
      assert.equal(status, 200, from);
    }
  });

  test('is ignored where no proxy is trusted at all', async () => {
    for (const from of ['127.0.0.1', PROXY]) {
      const { status } = await askByCertificate(
        { ...passedOn.proxied, ...clientCert(PROGRAM) },
        { from, app: state.app },
      );
      assert.equal(status, 401, from);
    }
  });

  test('is ignored when it is malformed, doubled or too long', async () => {
    const malformed = [
      '',
      PROGRAM,
      `:${PROGRAM}`,
      `${PROGRAM}:`,
      '::',
      ':AAAA:',
      `:${PROGRAM.slice(0, -8)}:`,
      `:${PROGRAM.replace('M', '%')}:`,
      `:${PROGRAM}:, :${PROGRAM}:`,
      `:${OTHER}:, :${PROGRAM}:`,
      `:${PROGRAM}:;a=1`,
      `:${'A'.repeat(20_000)}:`,
      '-----BEGIN CERTIFICATE-----',
    ];
    for (const header of malformed) {
      const { status, body } = await askByCertificate({ ...passedOn.proxied, 'client-cert': header });
      assert.deepEqual([status, body.error], [401, 'invalid_client'], header.slice(0, 40));
    }
  });
});

test('the header as it is read: RFC 9440, and only where a proxy is trusted', () => {
  const headers = clientCert(PROGRAM);
  const trusting = { trustProxy: [PROXY] };
  assert.equal(
    certificateAsked(trusting, headers)?.fingerprint256,
    new X509Certificate(Buffer.from(PROGRAM, 'base64')).fingerprint256,
  );
  assert.equal(
    certificateAsked(trusting, { 'client-cert': ` :${PROGRAM}: ` })?.subject,
    'C=FR\nO=Service\nCN=program',
  );
  assert.equal(certificateAsked({ trustProxy: null }, headers), undefined);
  assert.equal(certificateAsked(trusting, {}), undefined);
});

test('a subject matches name by name, in whatever order and spacing it is written', () => {
  const [program, other, tricky] = [PROGRAM, OTHER, TRICKY].map(
    (text) => new X509Certificate(Buffer.from(text, 'base64')),
  );
  const cases: [X509Certificate | undefined, unknown, boolean][] = [
    [program, 'CN=program,O=Service,C=FR', true],
    [program, 'C=FR, O=Service, CN=program', true],
    [program, ' C = FR ,O= Service,CN =program ', true],
    [other, 'CN=program,O=Service,C=FR', false],
    [program, 'CN=program,O=Service', false],
    [program, 'CN=program', false],
    [program, 'CN=program,O=Service,C=FR,OU=more', false],
    [program, 'CN=Program,O=Service,C=FR', false],
    [program, '', false],
    [program, undefined, false],
    [undefined, 'CN=program,O=Service,C=FR', false],
    [undefined, '', false],
    // One name whose value holds a comma is not two names.
    [tricky, 'CN=program,O=Service,C=FR', false],
    [tricky, String.raw`CN=program\, O=Service,C=FR`, true],
    [program, String.raw`CN=program\, O=Service,C=FR`, false],
    [tricky, String.raw`O=Service,CN=program\,C=FR`, false],
    [tricky, String.raw`O=Service,CN=program\\,C=FR`, false],
  ];
  for (const [certificate, expected, matches] of cases) {
    assert.equal(certificateSubjectMatches(certificate, expected), matches, String(expected));
  }
});
