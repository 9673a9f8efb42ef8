// How the gateway proves itself to a producer that asks for it: signatures that a producer verifies (RFC 9421), and mutual
// TLS with a server that requires a certificate. The keys are sealed in the policy, and opened in the gateway alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { createVerifier, httpbis } from 'http-message-signatures';
import { sealFor } from '#platform/sealed.ts';
import type { UpstreamPolicy } from '../../policy/policy.types.ts';
import {
  answering,
  apiOn,
  openTestGateway,
  SECRET,
  type SentRequest,
  upstreamAt,
  versionOn,
} from '../gateway.fixture.ts';
import type { UpstreamSecret } from './upstream-secret.ts';

const { publish, gateway, hub, producer, db, entries } = await openTestGateway();
const good = await hub.token();
const answer = answering({ quotient: 1, secret: 'x' });
producer.answer = answer;

const sealed = (secret: UpstreamSecret) =>
  sealFor(SECRET, 'exchange/upstream', JSON.stringify(secret)).toString('base64');
const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Makes the API's upstream this one, and waits until calls go to it. */
async function goesTo(upstream: UpstreamPolicy): Promise<void> {
  const version = await publish({
    kind: 'api',
    id: 'api',
    body: apiOn(upstream, { versions: [versionOn(upstream)] }),
  });
  for (;;) {
    const metrics = await (await fetch(`http://127.0.0.1:${gateway.privatePort}/metrics`)).text();
    if (Number(/^gateway_policy_version (\d+)$/m.exec(metrics)?.[1]) >= version) return;
  }
}

async function called(method = 'GET', body: string | null = null): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${gateway.port}/quotient/v1/quotient?siren=130025265`, {
    method,
    body,
    headers: {
      authorization: `Bearer ${good}`,
      ...(body !== null && { 'content-type': 'application/json' }),
    },
  });
  const read = (await response.json()) as { code?: string };
  return read.code ?? 'passes';
}

describe('signatures', () => {
  const pairs = {
    ed25519: { ...generateKeyPairSync('ed25519'), algorithm: 'ed25519' },
    p256: { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), algorithm: 'ecdsa-p256-sha256' },
    rsa: { ...generateKeyPairSync('rsa', { modulusLength: 2_048 }), algorithm: 'rsa-v1_5-sha256' },
  };
  const signing = (key: KeyObject) =>
    upstreamAt(producer.origin, {
      proof: 'signature',
      sealedSecret: sealed({ privateKeyPem: pemOf(key), keyId: 'socle-1' }),
    });

  /** What a producer does: the components that it requires, the key, the moment, the digest. */
  async function verifies(sent: SentRequest, key: KeyObject, algorithm: string): Promise<boolean> {
    const digest = `sha-256=:${createHash('sha256').update(sent.body, 'latin1').digest('base64')}:`;
    if (sent.body !== '' && sent.headers['content-digest'] !== digest) return false;
    const verified = await httpbis.verifyMessage(
      {
        keyLookup: async ({ keyid }) =>
          keyid === 'socle-1'
            ? { id: keyid, algs: [algorithm], verify: createVerifier(key, algorithm) }
            : null,
        requiredFields: [
          '@method',
          '@target-uri',
          'traceparent',
          ...(sent.body === '' ? [] : ['content-digest']),
        ],
        maxAge: 60,
      },
      {
        method: sent.method,
        url: producer.origin + sent.url,
        headers: sent.headers as Record<string, string>,
      },
    );
    return verified === true;
  }

  for (const [name, { privateKey, publicKey, algorithm }] of Object.entries(pairs)) {
    test(`by ${name}: what was signed verifies, and nothing else`, async () => {
      await goesTo(signing(privateKey));
      for (const [method, body] of [
        ['GET', null],
        ['POST', '{"a":"é"}'],
      ] as const) {
        assert.equal(await called(method, body), 'passes');
        const sent = producer.sent.at(-1);
        assert.ok(sent);
        assert.equal(await verifies(sent, publicKey, algorithm), true);
        const refused = (changed: Partial<SentRequest>) =>
          verifies({ ...sent, ...changed }, publicKey, algorithm).catch(() => false);
        assert.equal(await refused({ url: '/base/quotient?siren=999999999' }), false, 'another address');
        assert.equal(await refused({ method: 'DELETE' }), false, 'another method');
        assert.equal(await refused({ headers: { ...sent.headers, traceparent: '00-0-0-01' } }), false);
        if (body !== null) assert.equal(await refused({ body: '{"a":"b"}' }), false, 'another body');
      }
    });
  }

  test('nobody finds the key in the policy', async () => {
    await goesTo(signing(pairs.p256.privateKey));
    const { rows } = await (await import('kysely')).sql<{ text: string }>`
      select body::text as text from exchange.policy_entries where id = 'api'`.execute(db);
    assert.doesNotMatch(String(rows[0]?.text), /PRIVATE|socle-1/);
    const [line = ''] = pemOf(pairs.p256.privateKey).split('\n').slice(1);
    assert.ok(!rows[0]?.text.includes(line));
  });

  test('a secret that cannot be opened, or is no key: no request goes out, and the call is recorded', async () => {
    for (const sealedSecret of [
      Buffer.alloc(64).toString('base64'),
      sealed({ privateKeyPem: 'none' }),
      sealFor(
        SECRET,
        'exchange/other',
        JSON.stringify({ privateKeyPem: pemOf(pairs.p256.privateKey) }),
      ).toString('base64'),
    ]) {
      await goesTo(upstreamAt(producer.origin, { proof: 'signature', sealedSecret }));
      const requests = producer.sent.length;
      const records = entries().length;
      assert.equal(await called(), 'gateway-fault');
      assert.equal(producer.sent.length, requests);
      assert.equal(entries().length, records + 1);
    }
  });
  test('a producer that asks for a proof whose key is missing is not asked without one', async () => {
    for (const proof of ['signature', 'mtls'] as const) {
      await goesTo(upstreamAt(producer.origin, { proof, sealedSecret: null }));
      const requests = producer.sent.length;
      assert.equal(await called(), 'gateway-fault');
      assert.equal(producer.sent.length, requests);
    }
  });
});

const openssl = ['/usr/bin/openssl', '/usr/local/bin/openssl', '/opt/homebrew/bin/openssl'].find(existsSync);

describe('mutual TLS', { skip: openssl === undefined && 'no openssl to make certificates with' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'socle-mtls-'));
  function certificate(name: string): { cert: string; key: string } {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
    execFileSync(
      String(openssl),
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-subj',
        `/CN=${name}`,
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    );
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  }

  test('a producer that requires a certificate is shown it, and serves nobody else', async () => {
    const [ofServer, ofGateway, ofStranger] = [
      certificate('localhost'),
      certificate('gateway'),
      certificate('stranger'),
    ];
    const shown: string[] = [];
    const server = createServer(
      { ...ofServer, requestCert: true, rejectUnauthorized: true, ca: [ofGateway.cert] },
      (request, response) => {
        shown.push(String((request.socket as TLSSocket).getPeerCertificate().subject?.CN));
        answer(request, response);
      },
    );
    server.on('tlsClientError', () => {});
    server.listen(0);
    await once(server, 'listening');
    after(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const at = (host: string, shows: { cert: string; key: string } | null) =>
      upstreamAt(`https://${host}:${port}`, {
        proof: shows === null ? 'none' : 'mtls',
        sealedSecret: shows && sealed({ privateKeyPem: shows.key, certificatePem: shows.cert }),
      });
    await goesTo(at('localhost', ofGateway));
    assert.equal(await called(), 'upstream-unreachable', 'a server that nobody vouches for');
    setDefaultCACertificates([...getCACertificates('default'), ofServer.cert]);
    await goesTo(at('127.0.0.1', ofGateway));
    assert.equal(await called(), 'upstream-unreachable', 'a server of another name');
    for (const [shows, expected] of [
      [ofStranger, 'upstream-unreachable'],
      [null, 'upstream-unreachable'],
      [ofGateway, 'passes'],
    ] as const) {
      // A circuit that opened meanwhile would hide what is tried here.
      await goesTo({ ...at('localhost', shows), timeoutMs: 4_000 + shown.length });
      assert.equal(await called(), expected);
    }
    assert.deepEqual(shown, ['gateway']);
  });
});
