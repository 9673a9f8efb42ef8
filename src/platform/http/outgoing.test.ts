// The way out: what is never called, what is cut short, and what stays in the house.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { isPrivateAddress, type Outgoing, OutgoingError, openOutgoing } from './outgoing.ts';

/** What servers of these tests were asked, by method and path. */
const asked: string[] = [];

async function startServer(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(settings: Partial<Parameters<typeof openOutgoing>[0]> = {}): Outgoing {
  const outgoing = openOutgoing({ allowPrivate: true, ...settings });
  after(() => outgoing.close());
  return outgoing;
}

const refused = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof OutgoingError, String(error));
  assert.match(error.message, message);
  return true;
};

describe('addresses of the installation’s own network', () => {
  const addresses: [string, boolean][] = [
    ['0.0.0.0', true],
    ['10.0.0.1', true],
    ['10.255.255.255', true],
    ['100.64.0.1', true],
    ['100.127.255.255', true],
    ['127.0.0.1', true],
    ['127.255.255.254', true],
    ['169.254.169.254', true],
    ['172.16.0.1', true],
    ['172.31.255.255', true],
    ['192.0.0.192', true],
    ['192.168.1.1', true],
    ['198.18.0.1', true],
    ['198.19.255.255', true],
    ['224.0.0.1', true],
    ['239.255.255.250', true],
    ['240.0.0.1', true],
    ['255.255.255.255', true],
    ['::', true],
    ['::1', true],
    ['0:0:0:0:0:0:0:1', true],
    ['::127.0.0.1', true],
    ['::a00:1', true],
    ['::ffff:127.0.0.1', true],
    ['::FFFF:10.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['0:0:0:0:0:ffff:a9fe:a9fe', true],
    ['::ffff:0:7f00:1', true],
    ['64:ff9b::7f00:1', true],
    ['64:ff9b::8.8.8.8', true],
    ['64:ff9b:1::a00:1', true],
    ['2002:7f00:1::', true],
    ['2002:c0a8:101::1', true],
    ['fc00::1', true],
    ['fd12:3456:789a::1', true],
    ['fe80::1', true],
    ['fe80::1%eth0', true],
    ['febf::1', true],
    ['fec0::1', true],
    ['ff02::1', true],
    ['1.1.1.1', false],
    ['9.255.255.255', false],
    ['11.0.0.0', false],
    ['100.63.255.255', false],
    ['100.128.0.0', false],
    ['126.255.255.255', false],
    ['128.0.0.1', false],
    ['169.253.255.255', false],
    ['172.15.255.255', false],
    ['172.32.0.0', false],
    ['192.167.255.255', false],
    ['192.169.0.0', false],
    ['198.17.255.255', false],
    ['198.20.0.0', false],
    ['223.255.255.255', false],
    ['::ffff:8.8.8.8', false],
    ['::ffff:808:808', false],
    ['2001:660:3003::1', false],
    ['2a01:cb00::1', false],
    ['fbff::1', false],
  ];
  for (const [address, isPrivate] of addresses) {
    test(`${address} is ${isPrivate ? 'private' : 'public'}`, () => {
      assert.equal(isPrivateAddress(address), isPrivate);
    });
  }

  test('are not called, however they are written, and no server hears of it', async () => {
    const server = await startServer((_request, response) => response.end('secret'));
    const { port } = new URL(server);
    const outgoing = open({ allowPrivate: false });
    asked.length = 0;
    for (const host of [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.0.0.1',
      '0177.0.0.1',
      '0.0.0.0',
      '0',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '１２７.０.０.１',
    ]) {
      await assert.rejects(outgoing.fetch(`http://${host}:${port}/`), refused(/is a private address/), host);
    }
    for (const name of ['localhost', 'LOCALHOST', 'localhost.']) {
      await assert.rejects(
        outgoing.fetch(`http://${name}:${port}/`),
        // Not every resolver knows the name with its last dot.
        refused(name.endsWith('.') ? /leads to a private address|ENOTFOUND/ : /leads to a private address/),
        name,
      );
    }
    assert.deepEqual(asked, []);
    assert.equal(await (await open().fetch(`http://localhost:${port}/`)).text(), 'secret');
  });

  test('and other schemes, credentials and texts that are no address are refused', async () => {
    const outgoing = open();
    for (const url of [
      'file:///etc/passwd',
      'ftp://127.0.0.1/',
      'data:,x',
      'javascript:1',
      '',
      '/path',
      'http://',
    ]) {
      await assert.rejects(outgoing.fetch(url), refused(/only http and https/), url);
    }
    await assert.rejects(outgoing.fetch('http://name:password@127.0.0.1/'), OutgoingError);
  });
});

describe('an answer', () => {
  test('comes whole, with its status and headers, and the request as it was asked', async () => {
    const server = await startServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        response.writeHead(201, {
          'x-type': String(request.headers['content-type']),
          'set-cookie': ['a=1', 'b=2'],
        });
        response.end(`${request.method} ${request.headers.accept} ${body}`);
      });
    });
    const answer = await open().fetch(`${server}/x`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ a: 'é' }),
    });
    assert.equal(answer.status, 201);
    assert.equal(await answer.text(), 'POST application/json a=%C3%A9');
    assert.match(String(answer.headers.get('x-type')), /^application\/x-www-form-urlencoded/);
    assert.deepEqual(answer.headers.getSetCookie(), ['a=1', 'b=2']);
  });

  test('that is long is given while it comes, in more time, and still bounded', async () => {
    const server = await startServer((_request, response) => {
      response.write('first');
      setTimeout(() => response.end('last'), 400);
    });
    const outgoing = open({ timeoutMs: 200 });
    await assert.rejects(outgoing.fetch(server), refused(/timeout/i));
    const answer = await outgoing.fetch(server, { isLong: true });
    assert.equal(await answer.text(), 'firstlast');
    const short = await outgoing.fetch(server, { isLong: true, maxBytes: 6 });
    await assert.rejects(short.text(), refused(/longer than 6 bytes/));
  });

  test('without a body is one too', async () => {
    const server = await startServer((_request, response) => response.writeHead(204).end());
    const answer = await open().fetch(server);
    assert.deepEqual([answer.status, await answer.text()], [204, '']);
  });

  test('that sends elsewhere is given back, and nobody goes there', async () => {
    const server = await startServer((request, response) => {
      if (request.url === '/goal') return response.end('goal');
      response.writeHead(302, { location: '/goal' }).end();
    });
    asked.length = 0;
    const answer = await open().fetch(`${server}/start`);
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/goal']);
    assert.deepEqual(asked, ['GET /start']);
  });

  test('that does not come, or comes drop by drop, is not waited for', async () => {
    const silent = await startServer(() => {});
    const slow = await startServer((_request, response) => {
      response.writeHead(200);
      const drops = setInterval(() => response.write('.'), 30);
      response.on('close', () => clearInterval(drops));
    });
    const outgoing = open({ timeoutMs: 300 });
    for (const server of [silent, slow]) {
      const began = performance.now();
      await assert.rejects(outgoing.fetch(server), OutgoingError);
      assert.ok(performance.now() - began < 3_000);
    }
  });

  test('is given up when whoever asked gives up', async () => {
    const silent = await startServer(() => {});
    const given = new AbortController();
    const answer = open().fetch(silent, { signal: given.signal });
    setTimeout(() => given.abort(), 50);
    await assert.rejects(answer, OutgoingError);
  });

  test('longer than the bound is refused, also when it is long only once unpacked', async () => {
    const server = await startServer((request, response) => {
      const bytes = Buffer.alloc(Number(request.url?.split('/')[1]), 'x');
      if (!request.url?.endsWith('/gzip')) return response.end(bytes);
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(bytes));
    });
    const outgoing = open({ maxBytes: 1_000 });
    assert.equal((await (await outgoing.fetch(`${server}/1000`)).text()).length, 1_000);
    assert.equal((await (await outgoing.fetch(`${server}/1000/gzip`)).text()).length, 1_000);
    for (const path of ['1001', '1001/gzip', '5000000', '50000000/gzip']) {
      await assert.rejects(outgoing.fetch(`${server}/${path}`), refused(/longer than 1000 bytes/), path);
    }
    // A request may have a bound of its own, wider or narrower.
    const wider = await outgoing.fetch(`${server}/5000`, { maxBytes: 5_000 });
    assert.equal((await wider.text()).length, 5_000);
    await assert.rejects(
      outgoing.fetch(`${server}/5001/gzip`, { maxBytes: 5_000 }),
      refused(/longer than 5000 bytes/),
    );
    // The default bound is a megabyte.
    await assert.rejects(open().fetch(`${server}/1048577`), refused(/longer than 1048576 bytes/));
  });

  test('of a server that is not there, or breaks off, is an error with the origin and no path', async () => {
    const broken = await startServer((request) => request.socket.destroy());
    for (const origin of [broken, 'http://127.0.0.1:1']) {
      await assert.rejects(open().fetch(`${origin}/secret-path?token=secret`), (error: Error) => {
        assert.ok(error instanceof OutgoingError);
        assert.ok(error.message.startsWith(`${origin}: `), error.message);
        assert.ok(!error.message.includes('secret'));
        return true;
      });
    }
  });
});

describe('Socle’s own address', async () => {
  const app = Fastify();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  app.all('/own', async (request, reply) => {
    reply.header('set-cookie', ['a=1', 'b=2']);
    return { method: request.method, headers: request.headers, body: request.body, query: request.query };
  });
  app.get('/nothing', (_request, reply) => reply.code(204).send());
  await app.ready();
  after(() => app.close());

  const outgoing = open({ allowPrivate: false });
  outgoing.answerOwn(
    app,
    (origin) => origin === 'https://socle.example' || origin === 'http://localhost:3000',
  );

  test('is answered in the house, without a connection, also where it is private', async () => {
    const answer = await outgoing.fetch('http://localhost:3000/own?x=1#part', {
      headers: { accept: 'text/x' },
    });
    const { method, headers, query } = (await answer.json()) as Record<string, Record<string, string>>;
    assert.equal(method, 'GET');
    assert.deepEqual(query, { x: '1' });
    assert.deepEqual([headers?.host, headers?.accept], ['localhost:3000', 'text/x']);
    assert.equal(headers?.['x-forwarded-proto'], undefined);
    assert.deepEqual(answer.headers.getSetCookie(), ['a=1', 'b=2']);
  });

  test('is answered as over TLS where it is reached so, and forms arrive as forms', async () => {
    for (const body of [new URLSearchParams({ a: 'é' }), 'a=%C3%A9']) {
      const answer = await outgoing.fetch('https://socle.example/own', {
        method: 'POST',
        body,
        headers: typeof body === 'string' ? { 'content-type': 'application/x-www-form-urlencoded' } : {},
      });
      const told = (await answer.json()) as { headers: Record<string, string>; body: string };
      assert.deepEqual([told.headers['x-forwarded-proto'], told.headers.host], ['https', 'socle.example']);
      assert.equal(told.body, 'a=%C3%A9');
    }
  });

  test('has no say in which host it is', async () => {
    const answer = await outgoing.fetch('http://localhost:3000/own', {
      headers: { host: 'attacker.example' },
    });
    const { headers } = (await answer.json()) as { headers: Record<string, string> };
    assert.equal(headers.host, 'localhost:3000');
  });

  test('answers what is not there, and nothing, like any server', async () => {
    assert.equal((await outgoing.fetch('http://localhost:3000/absent')).status, 404);
    const nothing = await outgoing.fetch('http://localhost:3000/nothing');
    assert.deepEqual([nothing.status, await nothing.text()], [204, '']);
  });

  test('is that one alone: another port or scheme of the same host is called as a stranger is', async () => {
    for (const url of ['http://localhost:3001/own', 'https://localhost:3000/own']) {
      await assert.rejects(outgoing.fetch(url), refused(/leads to a private address/), url);
    }
  });
});
