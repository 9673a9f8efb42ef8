// What every answer of the application keeps: headers, languages, errors, forms, kept answers, limits.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { createMetrics } from '#platform/http/metrics.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import { startTestApp } from '#test/support/app.ts';

const state = await startTestApp();
const limited = await startTestApp({ demonstration: false, rateLimit: 20 });
const { app } = state;

describe('headers', () => {
  test('nothing inline, nothing from elsewhere, nobody’s frame', async () => {
    for (const url of ['/', '/no-such-page', '/api/v1/portfolio/editions', '/health']) {
      const { headers } = await state.client().get(url);
      const policy = String(headers['content-security-policy']);
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
      ]) {
        assert.ok(policy.includes(part), `${url}: ${part}`);
      }
      assert.ok(!policy.includes('unsafe'), url);
      assert.equal(headers['x-content-type-options'], 'nosniff', url);
      assert.equal(headers['x-powered-by'], undefined, url);
    }
  });

  test('a reader who only reads gets no cookie', async () => {
    for (const url of ['/', '/panorama', '/projects', '/ledger', '/status']) {
      assert.equal((await state.client().get(url)).headers['set-cookie'], undefined, url);
    }
  });

  test('a session’s cookie is out of the reach of scripts and other sites', async () => {
    const answer = await state.client().get('/sign-in');
    const cookie = String(answer.headers['set-cookie']);
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Lax/);
  });

  test('each request has an id of ours, and the trace that the caller gave', async () => {
    const { headers } = await app.inject({ url: '/health', headers: { 'x-request-id': 'forged' } });
    assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/);
  });

  test('files of the interface may be kept for ever, and none is outside the table', async () => {
    const page = await state.client().get('/');
    const path = /href="(\/assets\/[^"]+\.css)"/.exec(page.body)?.[1] ?? '';
    const answer = await app.inject({ url: path, headers: { 'accept-encoding': 'br' } });
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(answer.headers['content-encoding'], 'br');
    assert.match(brotliDecompressSync(answer.rawPayload).toString(), /socle/);
    for (const other of ['/assets/../package.json', '/assets/%2e%2e/package.json', '/assets/x/socle.css']) {
      assert.equal((await app.inject({ url: other })).statusCode, 404, other);
    }
  });
});

describe('languages', () => {
  test('the header chooses, and a choice made is kept', async () => {
    const reader = state.client();
    assert.match((await reader.get('/')).body, /<html lang="fr"/);
    reader.locale = 'en';
    assert.match((await reader.get('/')).body, /<html lang="en"/);
    const answer = await reader.get('/language?to=fr&back=/panorama?edition=2022-12');
    assert.equal(answer.statusCode, 303);
    assert.equal(answer.headers.location, '/panorama?edition=2022-12');
    assert.match((await reader.get('/')).body, /<html lang="fr"/);
  });

  test('the way back never leaves the site', async () => {
    for (const back of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const answer = await state.client().get(`/language?to=en&back=${encodeURIComponent(back)}`);
      assert.equal(answer.headers.location, '/', back);
    }
  });
});

describe('errors', () => {
  test('a page for people, problem+json for programs, in the reader’s language', async () => {
    const page = await state.client().get('/no-such-page');
    assert.equal(page.statusCode, 404);
    assert.match(page.body, /<h1>Page introuvable<\/h1>/);
    const problem = await app.inject({ url: '/api/v1/nothing', headers: { 'accept-language': 'en' } });
    assert.equal(problem.statusCode, 404);
    assert.match(String(problem.headers['content-type']), /^application\/problem\+json/);
    const { code, status, title } = problem.json();
    assert.deepEqual(
      { code, status, title },
      { code: 'not-found', status: 404, title: 'This page or record does not exist.' },
    );
  });

  test('a page that is not there knows its reader', async () => {
    const auditor = await state.signedInAs('auditor');
    const page = await auditor.get('/no-such-page');
    assert.equal(page.statusCode, 404);
    assert.match(page.body, /action="\/sign-out"/);
    assert.equal((await auditor.post('/no-such-page')).statusCode, 404);
    assert.equal((await state.client().sendRaw('POST', '/no-such-page', '', {})).statusCode, 404);
  });

  test('wrong input names the field', async () => {
    const problem = await state.client().getJson('/api/v1/portfolio/projects?limit=100000');
    assert.equal(problem.statusCode, 400);
    assert.deepEqual(problem.json().errors, [
      { field: 'query.limit', detail: 'La valeur la plus haute est 200.' },
    ]);
    for (const limit of ['1e400', 'NaN', '-1', '1.5', 'x']) {
      assert.equal(
        (await state.client().getJson(`/api/v1/portfolio/projects?limit=${limit}`)).statusCode,
        400,
        limit,
      );
    }
  });

  test('nobody is sent to sign in, and comes back', async () => {
    const answer = await state.client().get('/panorama/matches');
    assert.equal(answer.statusCode, 303);
    assert.equal(answer.headers.location, '/sign-in?back=%2Fpanorama%2Fmatches');
  });
});

describe('forms', () => {
  test('a form without this session’s token is refused', async () => {
    const auditor = await state.signedInAs('auditor');
    const other = await state.signedInAs('auditor');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const body of ['', '_csrf=x', `_csrf=${encodeURIComponent(await other.csrfToken())}`]) {
      const answer = await auditor.sendRaw('POST', '/panorama/matches/1/accept', body, form);
      assert.equal(answer.statusCode, 403, body);
      assert.match(answer.body, /a expiré, ou n’est pas de ce site/);
    }
    const token = await auditor.csrfToken();
    const fromElsewhere = await auditor.sendRaw(
      'POST',
      '/panorama/matches/1/accept',
      `_csrf=${encodeURIComponent(token)}`,
      {
        ...form,
        'sec-fetch-site': 'cross-site',
      },
    );
    assert.equal(fromElsewhere.statusCode, 403);
  });
});

describe('kept answers', () => {
  test('are revalidated, and void when the data change', async () => {
    const reader = state.client();
    const first = await reader.get('/panorama', { 'accept-encoding': 'br' });
    assert.equal(first.headers['content-encoding'], 'br');
    const etag = String(first.headers.etag);
    const again = await reader.get('/panorama', { 'accept-encoding': 'br', 'if-none-match': etag });
    assert.equal(again.statusCode, 304);
    const plain = await reader.get('/panorama');
    assert.equal(plain.body, brotliDecompressSync(first.rawPayload).toString());

    await state.kernel.db.transaction().execute((trx) => publicDataChanged(trx));
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal((await reader.get('/panorama')).statusCode, 200);
  });

  test('are not for those signed in', async () => {
    const auditor = await state.signedInAs('auditor');
    await state.client().get('/panorama');
    assert.match((await auditor.get('/panorama')).body, /action="\/sign-out"/);
    assert.ok(!(await state.client().get('/panorama')).body.includes('sign-out'));
  });
});

describe('limits', () => {
  test('too many requests get 429 and the time to wait', async () => {
    const answers = [];
    for (let i = 0; i < 25; i++) answers.push(await limited.client().get('/status'));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    assert.equal(refused.length, 5);
    assert.ok(Number(refused[0]?.headers['retry-after']) > 0);
    assert.match(refused[0]?.body ?? '', /Trop de demandes/);
  });

  test('the health of the process is never limited', async () => {
    for (let i = 0; i < 30; i++) assert.equal((await limited.app.inject({ url: '/health' })).statusCode, 200);
    assert.equal((await limited.app.inject({ url: '/ready' })).statusCode, 200);
  });
});

test('an installation without data says what to do', async (t) => {
  const empty = await startTestApp({ demonstration: false });
  t.after(() => empty.app.close());
  assert.match((await empty.client().get('/')).body, /Aucun chiffre pour l’instant/);
  assert.match(
    (await empty.client().get('/panorama')).body,
    /Aucune édition du panorama n’est encore enregistrée/,
  );
  assert.equal((await empty.client().get('/projects')).statusCode, 200);
  assert.equal((await empty.client().get('/panorama/2016-11')).statusCode, 404);
});

test('metrics count answers by route, never by address', async () => {
  const metrics = createMetrics();
  metrics.gauge('socle_trial', 'A trial.', 'state', async () => ({ running: 2 }));
  const server = await metrics.listen(0);
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  assert.match(text, /socle_trial\{state="running"\} 2/);
  assert.match(text, /process_cpu_seconds_total/);
  assert.equal((await fetch(`http://127.0.0.1:${server.port}/`)).status, 404);
  await server.close();
});
