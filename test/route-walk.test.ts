// Every route as every role and as nobody: it lets in exactly those whom its permission names, and whatever is sent to
// it, it does not break.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { RouteOptions } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import { type Actor, isAllowed, ROLES } from '#platform/access.ts';
import { anyText } from '#test/support/any-text.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';

const state = await startTestApp();
const nobody = state.client();
const clients = new Map<string, TestClient>();
for (const role of ROLES) clients.set(role, await state.signedInAs(role));
await state.integrate();

const methodsOf = (route: RouteOptions) =>
  [route.method].flat().filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
const walked = state.routes.flatMap((route) => methodsOf(route).map((method) => ({ method, route })));

const [organisation] = await listOrganisations(state.kernel.db, {});
const projects = await nobody.getJson('/api/v1/portfolio/projects?limit=1');

/** Values for the variables of an address, that lead to something where they can. */
const SAMPLES: Record<string, string> = {
  month: '2026-06',
  index: '0',
  key: 'opinion-delay-months',
  id: '1',
  project: projects.json<{ items: { slug: string }[] }>().items[0]?.slug ?? '',
  token: 'x',
  slug: 'quotient-familial',
  word: 'accessibility',
  version: 'v1',
  file: 'accreditations-current.csv',
  '*': 'none',
};

function addressOf(url: string): string {
  if (url.includes('/organisations/:id')) return url.replace(':id', organisation?.id ?? '');
  return url.replace(/:(\w+)|\*/g, (_, name: string | undefined) => SAMPLES[name ?? '*'] ?? '1');
}

/** The roles that the person behind a client really holds: a demonstration person may hold several. */
async function actorOf(client: TestClient): Promise<Actor> {
  const answer = await client.getJson('/api/v1/identity/me');
  return answer.json<Actor>();
}

const actors = new Map<string, Actor>();
for (const [role, client] of clients) actors.set(role, await actorOf(client));

async function ask(client: TestClient, method: string, url: string) {
  const answer = await client.send(method, addressOf(url), { headers: { accept: 'application/json' } });
  const isProblem = String(answer.headers['content-type']).startsWith('application/problem+json');
  return { status: answer.statusCode, code: isProblem ? answer.json<{ code: string }>().code : null };
}

describe('access', () => {
  test('every route declares its permission', () => {
    assert.ok(walked.length > 60, `only ${walked.length} routes`);
    for (const { route } of walked) assert.ok(route.config?.permission, route.url);
  });

  for (const { method, route } of walked) {
    test(`${method} ${route.url} lets in ${JSON.stringify(route.config?.permission?.allows)}`, async () => {
      const permission = route.config?.permission;
      assert.ok(permission);
      const asNobody = await ask(nobody, String(method), route.url);
      assert.equal(
        asNobody.code === 'sign-in-required',
        !isAllowed(permission, null),
        `as nobody: ${asNobody.status}`,
      );
      assert.ok(asNobody.status < 500, `as nobody: ${asNobody.status}`);
      for (const [role, client] of clients) {
        const answer = await ask(client, String(method), route.url);
        const allowed = isAllowed(permission, actors.get(role) ?? null);
        assert.equal(
          answer.code === 'role-required',
          !allowed,
          `as ${role}: ${answer.status} ${answer.code}`,
        );
        assert.ok(answer.status < 500, `as ${role}: ${answer.status}`);
      }
    });
  }
});

describe('what is the same for everyone', () => {
  for (const { route } of walked.filter(({ route }) => route.config?.cache === 'public')) {
    test(`${route.url} shows nothing of its reader beyond the frame`, async () => {
      const url = addressOf(route.url);
      const main = (body: string) => /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body;
      const [open, signedIn] = await Promise.all([nobody.get(url), clients.get('auditor')?.get(url)]);
      assert.equal(open.statusCode, 200, url);
      assert.equal(main(signedIn?.body ?? ''), main(open.body));
    });
  }
});

describe('generated input', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 40 }),
    anyText({ maxLength: 20 }),
    fc.constantFrom(
      '',
      '0',
      '-1',
      '1e9',
      '9999999999999999999',
      'null',
      '../../etc/passwd',
      "' or 1=1 --",
      '<script>',
      '%00',
      '\u0000',
      'p-00000000',
      '2016-11',
      '2016-13',
      'é'.repeat(300),
    ),
  );
  const names = fc.constantFrom(
    'q',
    'page',
    'limit',
    'cursor',
    'edition',
    'origin',
    'sort',
    'direction',
    'ministry',
    'phase',
    'zone',
    'band',
    'interministerial',
    'index',
    'size',
    'from',
    'to',
    'before',
    'after',
    'back',
    'name',
    'email',
    'password',
    'code',
    'personId',
    'role',
    'kind',
    'siret',
    'id',
  );
  const fields = fc.dictionary(names, text, { maxKeys: 5 });

  // The same session for one route after the other, until one of them ends it.
  let administrator: Promise<TestClient> | undefined;
  async function stillSignedIn(): Promise<TestClient> {
    const client = await administrator;
    if (client && (await client.getJson('/api/v1/identity/me')).statusCode === 200) return client;
    administrator = state.signedInAs('administrator');
    return administrator;
  }

  for (const { method, route } of walked) {
    test(`${method} ${route.url} never breaks`, async () => {
      const client = await stillSignedIn();
      let token = await client.csrfToken();
      let session: string | undefined = client.cookie;
      await fc.assert(
        fc.asyncProperty(text, fields, fields, async (variable, query, body) => {
          const path = route.url.replace(
            /:(\w+)|\*/g,
            () => encodeURIComponent(variable.toWellFormed()) || '-',
          );
          const search = new URLSearchParams(query).toString();
          const url = search === '' ? path : `${path}?${search}`;
          if (client.cookie !== session) {
            token = await client.csrfToken();
            session = client.cookie;
          }
          const answer =
            method === 'GET'
              ? await client.get(url)
              : await client.send(String(method), url, {
                  payload: new URLSearchParams({ _csrf: token, ...body }).toString(),
                  headers: { 'content-type': 'application/x-www-form-urlencoded' },
                });
          // The session may have ended without a word to the browser.
          if (answer.statusCode === 403) session = undefined;
          assert.ok(
            answer.statusCode < 500,
            `${method} ${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`,
          );
        }),
        { numRuns: 8 },
      );
    });
  }

  test('a body that is no form, no JSON or too large is refused', async () => {
    for (const [payload, type] of [
      ['{"a":', 'application/json'],
      ['[[[[', 'application/json'],
      ['x'.repeat(2_000_000), 'application/x-www-form-urlencoded'],
      ['--x\r\nbroken', 'multipart/form-data; boundary=x'],
      ['x', 'multipart/form-data'],
      ['<a/>', 'text/xml'],
    ] as const) {
      for (const { method, route } of walked.filter(({ method }) => method !== 'GET')) {
        const client = clients.get('administrator') as TestClient;
        const answer = await client.sendRaw('POST', addressOf(route.url), payload, { 'content-type': type });
        assert.ok(
          answer.statusCode >= 400 && answer.statusCode < 500,
          `${method} ${route.url} ${type}: ${answer.statusCode}`,
        );
      }
    }
  });
});
