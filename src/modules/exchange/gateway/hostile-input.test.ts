// A gateway under attack, byte by byte on real sockets: whatever is sent, it is answered once, honestly, and recorded once;
// the producer is never sent a request that the gateway did not mean.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { answering, apiOn, exchangeRaw, openTestGateway, upstreamAt, versionOn } from './gateway.fixture.ts';

const { publish, gateway, hub, producer, entries } = await openTestGateway();
const good = await hub.token();
const DATA = { quotient: 821, secret: 'x' };
const ADDRESS = '/quotient/v1/quotient?siren=130025265';
producer.answer = answering(DATA);

/** A request as its bytes; a header whose value is null is left out. */
function bytesOf(
  method: string,
  path: string,
  headers: readonly string[] = [],
  { host = 'host: gateway.example', version = 'HTTP/1.1', body = '' } = {},
): string {
  const lines = [`${method} ${path} ${version}`, ...(host === '' ? [] : [host])];
  return `${[...lines, `authorization: Bearer ${good}`, ...headers, 'connection: close'].join('\r\n')}\r\n\r\n${body}`;
}
const get = (path: string, ...headers: string[]) => bytesOf('GET', path, headers);
const post = (headers: string[], body: string) => bytesOf('POST', ADDRESS, headers, { body });
const JSON_BODY = 'content-type: application/json';

/** Sends a beginning, then a letter every so often, for as long as the other side takes it. */
async function drip(beginning: string, letter: string) {
  const begun = performance.now();
  const socket = connect(gateway.port, '127.0.0.1');
  socket.setEncoding('latin1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  socket.write(beginning, 'latin1');
  const timer = setInterval(() => socket.write(letter), 300);
  await new Promise((resolve) => socket.once('end', resolve).once('close', resolve));
  clearInterval(timer);
  socket.destroy();
  return { text, ms: performance.now() - begun };
}
// They last as long as the gateway's patience: they drip while the other tests run.
const slow = {
  head: drip(`GET /quotient/v1/quotient?siren=999999999 HTTP/1.1\r\nhost: h\r\nx-slow: `, 'a'),
  body: drip(post([JSON_BODY, 'content-length: 1000'], '{'), ' '),
  silence: drip('', ''),
};

/** What is sent; `passes`, or the status and code of the refusal. */
type Attack = readonly [what: string, sent: string | readonly string[], expected: string];

/** How many records came after `count`, without those of the slow clients below. */
async function recordsAfter(count: number, expected: number): Promise<number> {
  const fresh = () =>
    entries()
      .slice(count)
      .filter(({ record }) => record.latencyUs < 4e6 && record.status !== 408);
  for (let i = 0; i < 40 && fresh().length < expected; i++) await wait(10);
  return fresh().length;
}

function attack([what, sent, expected]: Attack): void {
  test(`${what}: ${expected}`, async () => {
    const records = entries().length;
    const requests = producer.sent.length;
    const { answers, text } = await exchangeRaw(gateway.port, sent);
    assert.equal(answers.length, 1, `one answer: ${text.slice(0, 300)}`);
    const [answer] = answers;
    if (expected === 'passes') {
      assert.equal(answer?.status, 200, text);
      assert.deepEqual(JSON.parse(answer.body), { quotient: 821 });
    } else {
      const problem = JSON.parse(answer?.body ?? '');
      assert.equal(`${answer?.status} ${problem.code}`, expected, answer?.body);
      assert.equal(answer?.headers.get('content-type'), 'application/problem+json');
      assert.equal(problem.type, `https://socle.example/exchange/errors/${problem.code}`);
    }
    assert.equal(await recordsAfter(records, 1), 1, 'one record');
    const record = entries().find(({ record }) => record.traceId === answer?.headers.get('trace-id'))?.record;
    assert.equal(record?.verdict, expected === 'passes' ? 'allowed' : expected.split(' ')[1]);
    assert.equal(producer.sent.length - requests, expected === 'passes' ? 1 : 0, 'requests to the producer');
  });
}

const HIDDEN = `GET /quotient/v1/quotient?siren=999999999 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${good}\r\n\r\n`;
const chunked = (chunks: string, ...headers: string[]) =>
  post([JSON_BODY, 'transfer-encoding: chunked', ...headers], chunks);
const LENGTH = 'content-length: 2';

describe('request smuggling', () => {
  const attacks: Attack[] = [
    ['length and encoding', chunked(`0\r\n\r\n${HIDDEN}`, 'content-length: 4'), '400 malformed-request'],
    [
      'encoding and length',
      post(['content-length: 4', 'transfer-encoding: chunked'], `0\r\n\r\n${HIDDEN}`),
      '400 malformed-request',
    ],
    ['two lengths', post([LENGTH, 'content-length: 90'], `{}${HIDDEN}`), '400 malformed-request'],
    ['one length twice', post([LENGTH, LENGTH], '{}'), '400 malformed-request'],
    ['a list of lengths', post(['content-length: 2, 2'], '{}'), '400 malformed-request'],
    ['a signed length', post(['content-length: +2'], '{}'), '400 malformed-request'],
    ['a negative length', post(['content-length: -2'], '{}'), '400 malformed-request'],
    ['a hexadecimal length', post(['content-length: 0x2'], '{}'), '400 malformed-request'],
    ['an endless length', post(['content-length: 99999999999999999999999'], '{}'), '400 malformed-request'],
    ...[
      'transfer-encoding: xchunked',
      'transfer-encoding: identity',
      'transfer-encoding: chunked, identity',
      'transfer-encoding: gzip, chunked',
      'transfer-encoding: chunked, chunked',
      'transfer-encoding: "chunked"',
      'transfer-encoding: \x0bchunked',
      'transfer-encoding: chunked;x=1',
      'transfer-encoding : chunked',
      ' transfer-encoding: chunked',
      'transfer-encoding:\r\n chunked',
      'transfer\tencoding: chunked',
      'transfer-encoding: chunked\r\ntransfer-encoding: identity',
      'x: y\ntransfer-encoding: chunked',
      'x: y\rtransfer-encoding: chunked',
    ].map(
      (header): Attack => [
        JSON.stringify(header),
        post([JSON_BODY, header], `2\r\n{}\r\n0\r\n\r\n${HIDDEN}`),
        '400 malformed-request',
      ],
    ),
    ['a folded header', get(ADDRESS, 'x-note: one\r\n two'), '400 malformed-request'],
    ['lines that end with a line feed', get(ADDRESS).replaceAll('\r\n', '\n'), '400 malformed-request'],
    [
      'a head that ends with two line feeds',
      get(ADDRESS).replace('\r\n\r\n', '\n\n'),
      '400 malformed-request',
    ],
    ['chunks whose lines end with a line feed', chunked('2\n{}\n0\n\n'), '400 malformed-request'],
    [
      'a chunk that is longer than it says',
      chunked(`1\r\n{}\r\n0\r\n\r\n${HIDDEN}`),
      '400 malformed-request',
    ],
    ['a chunk of an endless size', chunked('fffffffffffffffff\r\n{}\r\n0\r\n\r\n'), '400 malformed-request'],
    ['a chunk of a prefixed size', chunked('0x2\r\n{}\r\n0\r\n\r\n'), '400 malformed-request'],
    ['a chunk of no size', chunked('\r\n{}\r\n0\r\n\r\n'), '400 malformed-request'],
    [
      'chunks in HTTP/1.0',
      chunked('2\r\n{}\r\n0\r\n\r\n').replace('HTTP/1.1', 'HTTP/1.0'),
      '400 malformed-request',
    ],
    [
      'a body that GET does not have',
      bytesOf('GET', ADDRESS, [`content-length: ${HIDDEN.length}`], { body: HIDDEN }),
      '400 malformed-request',
    ],
    [
      'a body in chunks that GET does not have',
      bytesOf('GET', ADDRESS, ['transfer-encoding: chunked'], { body: '0\r\n\r\n' }),
      '400 malformed-request',
    ],
    ['a request hidden behind a GET', `${get(ADDRESS)}${HIDDEN}`, 'passes'],
    ['chunk extensions', chunked('2;a=b;c="d"\r\n{}\r\n0;e\r\n\r\n'), 'passes'],
    ['trailers', chunked('2\r\n{}\r\n0\r\nauthorization: Bearer x\r\n\r\n'), 'passes'],
    [
      'a length among trailers',
      chunked('2\r\n{}\r\n0\r\ncontent-length: 9\r\n\r\n'),
      '400 malformed-request',
    ],
    ['a length', post([JSON_BODY, LENGTH], '{}'), 'passes'],
    ['an empty line before the request', `\r\n${get(ADDRESS)}`, 'passes'],
  ];
  for (const one of attacks) attack(one);

  test('what passes is framed anew, and trailers and extensions stay here', () => {
    for (const { headers, body, method } of producer.sent) {
      assert.equal(headers['transfer-encoding'], undefined);
      assert.equal(headers['content-length'], method === 'POST' ? '2' : undefined);
      assert.equal(body, method === 'POST' ? '{}' : '');
    }
  });
});

describe('what is no request', () => {
  const line = (first: string) => get(ADDRESS).replace(/^.*\r\n/, `${first}\r\n`);
  const attacks: Attack[] = [
    ['no version', line(`GET ${ADDRESS}`), '400 header-refused'],
    ['another version', line(`GET ${ADDRESS} HTTP/3.0`), '400 malformed-request'],
    ['HTTP/2 at once', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400 malformed-request'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '400 malformed-request'],
    ['two spaces', line(`GET  ${ADDRESS} HTTP/1.1`), 'passes'],
    ['a space in the address', line('GET /quotient/v1/quotient?siren=1 3 HTTP/1.1'), '400 malformed-request'],
    ['an unknown method', line(`FROB ${ADDRESS} HTTP/1.1`), '400 malformed-request'],
    ['a method in lower case', line(`get ${ADDRESS} HTTP/1.1`), '400 malformed-request'],
    ['a header without a name', get(ADDRESS, ': x'), '400 malformed-request'],
    ['a header without a colon', get(ADDRESS, 'x-note'), '400 malformed-request'],
    ['a header with a NUL', get(ADDRESS, 'x-note: a\0b'), '400 malformed-request'],
    ['a name with a space', get(ADDRESS, 'x note: a'), '400 malformed-request'],
    ['a name with an accent', get(ADDRESS, 'x-not\xe9: a'), '400 malformed-request'],
    ['a head of 20 kB in one header', get(ADDRESS, `x-note: ${'a'.repeat(20_000)}`), '431 header-refused'],
    [
      '150 headers',
      get(ADDRESS, ...Array.from({ length: 150 }, (_, at) => `x-${at}: a`)),
      '431 header-refused',
    ],
    ['an address of 9 kB', get(`${ADDRESS}&a=${'b'.repeat(9_000)}`), '400 path-refused'],
    ['an address of 20 kB', get(`${ADDRESS}&a=${'b'.repeat(20_000)}`), '431 header-refused'],
    [
      'a body of 2 MB',
      [post([JSON_BODY, 'content-length: 2000000'], 'x'.repeat(1_000))],
      '413 body-too-large',
    ],
    [
      'a body of 2 MB in chunks',
      chunked(`1e8480\r\n${'x'.repeat(2_000_000)}\r\n0\r\n\r\n`),
      '413 body-too-large',
    ],
  ];
  for (const one of attacks) attack(one);
});

describe('addresses that mean something else', () => {
  before(() =>
    publish({
      kind: 'api',
      id: 'other',
      body: apiOn(upstreamAt(producer.origin, { basePath: '/other' }), {
        slug: 'autre',
        subject: null,
        resource: 'https://autre.example/',
        versions: [
          versionOn(upstreamAt(producer.origin, { basePath: '/other' }), { paths: ['/secret', '/a/{id}'] }),
        ],
      }),
    }),
  );
  const paths = [
    '/quotient/v1/../../autre/v1/secret',
    '/quotient/v1/quotient/../../../autre/v1/secret',
    '/quotient/v1/./quotient?siren=130025265',
    '/quotient/v1/%2e%2e/%2e%2e/autre/v1/secret',
    '/quotient/v1/%2E%2E%2f%2E%2E%2fautre/v1/secret',
    '/quotient/v1/..%2f..%2fautre%2fv1%2fsecret',
    '/quotient/v1/%252e%252e/autre',
    '/quotient/v1/..%5c..%5cautre',
    '/quotient/v1/..\\..\\autre',
    '/quotient/v1//quotient?siren=130025265',
    '//quotient/v1/quotient?siren=130025265',
    '//evil.example/quotient/v1/quotient?siren=130025265',
    '/quotient/v1/quotient/?siren=130025265',
    '/quotient/v1/quotient;x=1?siren=130025265',
    '/quotient/v1/quotient%00?siren=130025265',
    '/quotient/v1/quotient%0d%0ax?siren=130025265',
    '/quotient/v1/%c0%ae%c0%ae/autre',
    '/quotient/v1/quotient%ff?siren=130025265',
    '/quotient/v1/quotient#x?siren=130025265',
    '/quotient/v1/quotient?siren=130025265%00',
    '/quotient/v1/quotient?siren=130025265#x',
    '/quotient/v1/quotient?x=%ff&siren=130025265',
    '/quotient/v1/quotient?x=1;siren=130025265&siren=130025265',
    `http://evil.example${ADDRESS}`,
    `http://gateway.example${ADDRESS}`,
    '*',
  ];
  for (const path of paths) attack([JSON.stringify(path), get(path), '400 path-refused']);
  for (const path of ['evil.example:443', '?siren=130025265']) {
    attack([JSON.stringify(path), get(path), '400 malformed-request']);
  }
  for (const path of [
    '/',
    '/quotient',
    '/quotient/v1',
    '/QUOTIENT/v1/quotient',
    '/quotient/v1/secret',
    '/__proto__/v1/x',
    '/quotient/constructor/x',
  ]) {
    attack([JSON.stringify(path), get(path), '404 unknown-api']);
  }
  attack(['another API with this one’s token', get('/autre/v1/secret'), '401 token-not-for-this-api']);
  for (const query of [
    'siren=130025265&siren=999999999',
    'siren=130025265&siren[]=999999999',
    'siren=130025265&siren%5B0%5D=999999999',
    'siren=130025265&SIREN=999999999',
    'siren=130025265&siren.=999999999',
    'siren=130025265&siren%20=999999999',
  ]) {
    attack([`two subjects: ${query}`, get(`/quotient/v1/quotient?${query}`), '400 malformed-request']);
  }
});

describe('hosts, methods and protocols', () => {
  const hosted = (host: string) => bytesOf('GET', ADDRESS, [], { host });
  const attacks: Attack[] = [
    ['no host', hosted(''), '400 malformed-request'],
    ['two hosts', hosted('host: a.example\r\nhost: b.example'), '400 malformed-request'],
    ['one host twice', hosted('host: a.example\r\nhost: a.example'), '400 malformed-request'],
    ['an empty host', hosted('host:'), '400 malformed-request'],
    ['a host with a path', hosted('host: a.example/autre'), '400 malformed-request'],
    ['a host with a name', hosted('host: a@b.example'), '400 malformed-request'],
    ['another host', hosted('host: evil.example'), 'passes'],
    ['another host and port', hosted('host: [::1]:8080'), 'passes'],
    [
      'other hosts by the way',
      get(ADDRESS, 'x-forwarded-host: evil.example', 'forwarded: host=evil.example'),
      'passes',
    ],
    ['CONNECT', bytesOf('CONNECT', 'evil.example:443'), '405 method-refused'],
    ['TRACE', bytesOf('TRACE', ADDRESS), '405 method-refused'],
    ['OPTIONS', bytesOf('OPTIONS', '*'), '405 method-refused'],
    ['PROPFIND', bytesOf('PROPFIND', ADDRESS), '405 method-refused'],
    [
      'a web socket',
      get(
        ADDRESS,
        'upgrade: websocket',
        'connection: upgrade',
        'sec-websocket-version: 13',
        'sec-websocket-key: x',
      ),
      '400 header-refused',
    ],
    [
      'HTTP/2 by upgrade',
      get(ADDRESS, 'upgrade: h2c', 'connection: upgrade, http2-settings', 'http2-settings: x'),
      '400 header-refused',
    ],
    ['another expectation', get(ADDRESS, 'expect: something'), '417 header-refused'],
    ['two tokens', get(ADDRESS, `authorization: Bearer ${good}`), '401 credential-malformed'],
    [
      'a method overridden',
      get(
        ADDRESS,
        'x-http-method-override: DELETE',
        'x-original-url: /autre/v1/secret',
        'x-rewrite-url: /autre',
      ),
      'passes',
    ],
  ];
  for (const one of attacks) attack(one);

  test('the producer was sent what the gateway says, and nothing of the caller’s but what is meant for it', () => {
    const allowed = [
      'host',
      'connection',
      'accept',
      'accept-encoding',
      'traceparent',
      'socle-client',
      'socle-accreditation',
      'content-type',
      'content-length',
    ];
    for (const { url, headers } of producer.sent) {
      assert.equal(url, '/base/quotient?siren=130025265');
      assert.equal(`http://${headers.host}`, producer.origin);
      assert.deepEqual(
        Object.keys(headers).filter((name) => !allowed.includes(name)),
        [],
      );
      assert.equal(headers['socle-client'], 'client');
    }
  });
});

test('two requests at once on one connection: two answers in their order, two records', async () => {
  const records = entries().length;
  const first = get('/inconnue/v1/x').replace('connection: close\r\n', '');
  const { answers } = await exchangeRaw(gateway.port, `${first}${get(ADDRESS)}`);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [404, 200],
  );
  assert.equal(await recordsAfter(records, 2), 2);
});

test('what follows a request and cannot be read ends the connection, after its answer', async () => {
  const records = entries().length;
  producer.answer = (request, response) => setTimeout(() => answering(DATA)(request, response), 100);
  const first = get(ADDRESS).replace('connection: close\r\n', '');
  const { answers, ended } = await exchangeRaw(gateway.port, `${first}\0garbage\r\n\r\n`);
  producer.answer = answering(DATA);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200],
  );
  assert.ok(ended);
  assert.equal(await recordsAfter(records, 1), 1);
});

describe('slow clients', () => {
  test('a head that does not end is refused within seconds', async () => {
    const { text, ms } = await slow.head;
    assert.match(text, /^HTTP\/1\.1 408 [\s\S]*"code":"malformed-request"/);
    assert.ok(ms < 12_000, `${ms} ms`);
  });
  test('a body that does not end too, and the producer hears nothing of it', async () => {
    const { text, ms } = await slow.body;
    assert.match(text, /^HTTP\/1\.1 400 [\s\S]*"code":"malformed-request"/);
    assert.ok(ms < 25_000, `${ms} ms`);
    assert.ok(producer.sent.every(({ body }) => body === '' || body === '{}'));
  });
  test('who says nothing at all is sent away', async () => {
    const { text, ms } = await slow.silence;
    assert.equal(text, '');
    assert.ok(ms < 12_000, `${ms} ms`);
  });
});
