// Producers that lie, hang, drip, break off or send more than was asked: nothing leaves that is not certain, each call is
// recorded once, and other APIs go on.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import {
  accreditationOf,
  answering,
  apiOn,
  openTestGateway,
  upstreamAt,
  versionOn,
} from './gateway.fixture.ts';

const { publish, gateway, hub, producer, entries } = await openTestGateway();
const good = await hub.token();
const HEAD = { authorization: `Bearer ${good}` };
const call = (slug = 'quotient') =>
  fetch(`http://127.0.0.1:${gateway.port}/${slug}/v1/quotient?siren=130025265`, {
    headers: HEAD,
    redirect: 'manual',
  });
const JSON_TYPE = { 'content-type': 'application/json' };
const ONE = '{"quotient":821,"secret":"x"}';

async function outcome(answer: Response): Promise<string> {
  const text = await answer.text();
  if (answer.headers.get('content-type') !== 'application/problem+json') return text;
  const problem = JSON.parse(text) as { code: string };
  return `${answer.status} ${problem.code}`;
}

/** What a producer answers; what is answered then. */
function answered(what: string, answer: RequestListener, expected: string): void {
  test(what, async () => {
    producer.answer = answer;
    const records = entries().length;
    const requests = producer.sent.length;
    const response = await call();
    const found = await outcome(response);
    assert.ok(found === expected, `${found.slice(0, 200)} is not ${expected.slice(0, 200)}`);
    assert.equal(entries().length, records + 1, 'one record');
    assert.equal(producer.sent.length, requests + 1, 'one request');
    assert.equal(response.headers.get('set-cookie'), null);
    const fields = expected.startsWith('{"quotient') ? ['/quotient'] : [];
    assert.deepEqual(entries().at(-1)?.record.fields, fields);
  });
}
const says = (what: string, body: string | Buffer, expected: string, headers: Record<string, string> = {}) =>
  answered(what, answering(body, headers), expected);
const encoded = (coding: string, body: Buffer, expected: string, what = coding) =>
  says(what, body, expected, { 'content-encoding': coding });
const NOT_JSON = '502 answer-not-json';
const NOT_CODED = '502 answer-encoding-refused';
const TOO_LARGE = '502 answer-too-large';

describe('JSON', () => {
  says('a name twice', '{"quotient":1,"quotient":2}', NOT_JSON);
  says('a name twice, once by escapes', '{"quotient":1,"\\u0071uotient":2}', NOT_JSON);
  says('a name twice that does not leave', '{"secret":1,"quotient":2,"secret":3}', '{"quotient":2}');
  says(
    'numbers to the digit',
    '{"quotient":12345678901234567890.10}',
    '{"quotient":12345678901234567890.10}',
  );
  says('a number beyond every double', '{"quotient":1e999999}', '{"quotient":1e999999}');
  says('__proto__', '{"__proto__":{"quotient":1},"quotient":2}', '{"quotient":2}');
  says('constructor', '{"constructor":{"prototype":{"quotient":1}}}', '{}');
  says('a depth of a million', `{"a":${'['.repeat(1e6)}${']'.repeat(1e6)},"quotient":1}`, '{"quotient":1}');
  says(
    'a depth of a million in what leaves',
    `{"quotient":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
    `{"quotient":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
  );
  says('names that the engine confuses', '{"\\\\":1,"a":{"\\"":2},"quotient":3}', '{"quotient":3}');
  says('no UTF-8', Buffer.from([...Buffer.from('{"quotient":"'), 0xff, ...Buffer.from('"}')]), NOT_JSON);
  says(
    'an overlong letter',
    Buffer.from([...Buffer.from('{"quotient":"'), 0xc0, 0xae, ...Buffer.from('"}')]),
    NOT_JSON,
  );
  says('a mark of byte order', Buffer.from(`\ufeff${ONE}`), NOT_JSON);
  says('UTF-16', Buffer.from(ONE, 'utf16le'), NOT_JSON);
  says('a comma too many', '{"quotient":1,}', NOT_JSON);
  says('a comment', '{"quotient":1/*x*/}', NOT_JSON);
  says('a word that is none', '{"quotient":NaN}', NOT_JSON);
  says('two values', '{"quotient":1}{"quotient":2}', NOT_JSON);
  says('a text', '"quotient"', 'null');
  says('another type', ONE, NOT_JSON, { 'content-type': 'text/html' });
  says('a type with another coding of letters', ONE, NOT_JSON, {
    'content-type': 'application/json; charset=utf-16',
  });
  says('a sort of JSON', ONE, '{"quotient":821}', {
    'content-type': 'Application/Hal+JSON; charset="UTF-8"',
  });
});

describe('content codings', () => {
  const OUT = '{"quotient":821}';
  encoded('gzip', gzipSync(ONE), OUT);
  encoded('GZip', gzipSync(ONE), OUT);
  encoded('br', brotliCompressSync(ONE), OUT);
  encoded('zstd', zstdCompressSync(ONE), OUT);
  encoded('deflate', deflateSync(ONE), OUT);
  encoded('identity', Buffer.from(ONE), OUT);
  encoded('gzip, gzip', gzipSync(gzipSync(ONE)), NOT_CODED);
  encoded('compress', Buffer.from(ONE), NOT_CODED);
  encoded('__proto__', Buffer.from(ONE), NOT_CODED);
  encoded('br', gzipSync(ONE), NOT_CODED, 'another one than it says');
  encoded('gzip', gzipSync(ONE).subarray(0, -6), NOT_CODED, 'cut off');
  encoded('gzip', Buffer.from(ONE), NOT_CODED, 'none');
  encoded('gzip', gzipSync(gzipSync(ONE)), NOT_JSON, 'twice, said once');
  const bomb = Buffer.alloc(30 * 1024 * 1024, 0x20);
  encoded('gzip', gzipSync(bomb), TOO_LARGE, 'a bomb by gzip');
  encoded('br', brotliCompressSync(bomb, { params: {} }), TOO_LARGE, 'a bomb by brotli');
  encoded('zstd', zstdCompressSync(bomb), TOO_LARGE, 'a bomb by zstd');
});

describe('size, framing and headers', () => {
  const MB = 'x'.repeat(1024 * 1024);
  says('21 MB', MB.repeat(21), TOO_LARGE);
  answered(
    '21 MB in chunks',
    (_request, response) => {
      response.writeHead(200, JSON_TYPE);
      for (let i = 0; i < 21; i++) response.write(MB);
      response.end();
    },
    TOO_LARGE,
  );
  answered(
    'chunks',
    (_request, response) => {
      response.writeHead(200, JSON_TYPE);
      for (const byte of ONE) response.write(byte);
      response.end();
    },
    '{"quotient":821}',
  );
  says('headers of its own', ONE, '{"quotient":821}', {
    'set-cookie': 'a=b',
    'x-secret': 's',
    connection: 'close',
    location: '/x',
  });
  for (const status of [301, 302, 303, 307, 308]) {
    answered(
      `a redirect, ${status}`,
      (_request, response) => {
        response.writeHead(status, { location: `${producer.origin}/elsewhere` }).end(ONE);
      },
      '502 upstream-refused',
    );
  }
  answered(
    'an error, and its words',
    (_request, response) => response.writeHead(500, JSON_TYPE).end(ONE),
    '502 upstream-refused',
  );
  answered(
    'a refusal, and its words',
    (_request, response) => response.writeHead(422, JSON_TYPE).end(ONE),
    '422 producer-refused',
  );
  answered(
    'an early hint',
    (_request, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' });
      answering(ONE)(_request, response);
    },
    '{"quotient":821}',
  );

  test('nothing at all: 204, without a length', async () => {
    producer.answer = (_request, response) => response.writeHead(204).end();
    const answer = await call();
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('content-length'), null);
  });
});

/** A producer of bytes, for what no server of ours would send. */
let behave: (socket: Socket, request: string) => void = () => {};
const raw = createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => behave(socket, data.toString('latin1')));
});
const open = new Set<Socket>();
raw.on('connection', (socket) => open.add(socket));
raw.listen(0, '127.0.0.1');
await once(raw, 'listening');
after(() => {
  for (const socket of open) socket.destroy();
  raw.close();
});

describe('a producer that does not keep to HTTP', () => {
  const origin = `http://127.0.0.1:${(raw.address() as AddressInfo).port}`;
  let made = 0;
  /** A fresh API each time, so that no circuit is open. */
  async function rawCall(timeoutMs = 400): Promise<{ found: string; ms: number; slug: string }> {
    made += 1;
    const slug = `brut-${made}`;
    await publish(
      {
        kind: 'api',
        id: slug,
        body: apiOn(upstreamAt(origin), { slug, versions: [versionOn(upstreamAt(origin, { timeoutMs }))] }),
      },
      {
        kind: 'accreditation',
        id: slug,
        body: accreditationOf({ number: 100 + made, grants: { [slug]: ['read'] } }),
      },
    );
    let answer = await call(slug);
    while (answer.status === 404 || answer.status === 403) answer = await call(slug);
    const begun = performance.now();
    const records = entries().length;
    const found = await outcome(await call(slug));
    assert.equal(entries().length, records + 1);
    return { found, ms: performance.now() - begun, slug };
  }
  const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
  const UNREACHABLE = '502 upstream-unreachable';
  const cases: [string, (socket: Socket, request: string) => void, string][] = [
    ['resets', (socket) => socket.resetAndDestroy(), UNREACHABLE],
    ['hangs up', (socket) => socket.end(), UNREACHABLE],
    ['sends garbage', (socket) => socket.end('garbage\r\n\r\n'), UNREACHABLE],
    ['says more than it sends', (socket) => socket.end(`${OK}content-length: 99\r\n\r\n${ONE}`), UNREACHABLE],
    [
      'says more than it sends, and waits',
      (socket) => socket.write(`${OK}content-length: 99\r\n\r\n${ONE}`),
      '504 upstream-timeout',
    ],
    [
      'breaks off its chunks',
      (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\n1d\r\n${ONE}\r\n`),
      UNREACHABLE,
    ],
    [
      'says two lengths',
      (socket) => socket.end(`${OK}content-length: 29\r\ncontent-length: 2\r\n\r\n${ONE}`),
      UNREACHABLE,
    ],
    [
      'says a length and chunks',
      (socket) =>
        socket.end(`${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n1d\r\n${ONE}\r\n0\r\n\r\n`),
      UNREACHABLE,
    ],
    ['sends 20 kB of headers', (socket) => socket.end(`${OK}x: ${'a'.repeat(20_000)}\r\n\r\n`), UNREACHABLE],
    [
      'changes the protocol',
      (socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      UNREACHABLE,
    ],
    ['never answers', () => {}, '504 upstream-timeout'],
    [
      'drips its headers',
      (socket) => drip(socket, `${OK}${'x: y\r\n'.repeat(400)}content-length: 2\r\n\r\n{}`),
      '504 upstream-timeout',
    ],
    [
      'drips its body',
      (socket) =>
        drip(socket, `${OK}content-length: 500\r\n\r\n{"quotient":${'1'.repeat(487)}}`, OK.length + 23),
      '504 upstream-timeout',
    ],
    [
      'answers twice',
      (socket) =>
        socket.write(
          `${OK}content-length: 14\r\n\r\n{"quotient":1}${OK}content-length: 14\r\n\r\n{"quotient":2}`,
        ),
      '{"quotient":1}',
    ],
  ];
  function drip(socket: Socket, text: string, at = 0): void {
    socket.write(text.slice(0, at));
    let next = at;
    const timer = setInterval(() => {
      if (socket.destroyed || next >= text.length) clearInterval(timer);
      else socket.write(text.charAt(next++));
    }, 20);
  }
  for (const [what, as, expected] of cases) {
    test(`${what}: ${expected}`, async () => {
      behave = as;
      const { found, ms } = await rawCall();
      assert.equal(found, expected);
      assert.ok(ms < 2_000, `in ${ms} ms`);
    });
  }

  test('is left alone after three failures, and nobody else is', async () => {
    behave = () => {};
    const { slug } = await rawCall(200);
    const all = await Promise.all(Array.from({ length: 20 }, async () => outcome(await call(slug))));
    assert.ok(all.every((one) => one === '504 upstream-timeout' || one === '503 upstream-circuit-open'));
    const answer = await call(slug);
    assert.equal(answer.headers.get('retry-after'), '10');
    assert.equal(await outcome(answer), '503 upstream-circuit-open');
    producer.answer = answering(ONE);
    assert.equal(await outcome(await call()), '{"quotient":821}');
  });
});

describe('a quota', () => {
  before(async () => {
    await publish(
      {
        kind: 'api',
        id: 'rare',
        body: apiOn(upstreamAt(producer.origin), { slug: 'rare', quotaPerMinute: 2 }),
      },
      {
        kind: 'accreditation',
        id: 'rare',
        body: accreditationOf({ number: 99, grants: { rare: ['read'] } }),
      },
    );
  });
  test('that is used up is refused with the time to wait', async () => {
    producer.answer = answering(ONE);
    let answer = await call('rare');
    while (answer.status === 404 || answer.status === 403) answer = await call('rare');
    assert.equal((await call('rare')).status, 200);
    const requests = producer.sent.length;
    answer = await call('rare');
    assert.match(String(answer.headers.get('retry-after')), /^\d+$/);
    assert.equal(await outcome(answer), '429 quota-exceeded');
    assert.equal(producer.sent.length, requests);
  });
});
