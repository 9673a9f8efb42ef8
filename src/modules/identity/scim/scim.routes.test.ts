import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { anyText } from '#test/support/any-text.ts';
import { startTestApp } from '#test/support/app.ts';
import { inventedId } from '../demonstration.ts';
import { SOMEBODY } from '../identity.fixture.ts';
import { makeScimToken, revokeScimToken } from './scim-tokens.actions.ts';

const MINISTRY = inventedId('organisation', 'MEF');
const OTHER = inventedId('organisation', 'MIN');
const UNKNOWN = '7f0a3b1e-0000-4000-8000-000000000000';
const USERS = '/scim/v2/Users';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

interface Resource {
  id: string;
  userName: string;
  active: boolean;
  meta: { version: string; location: string };
  [attribute: string]: unknown;
}

interface List {
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: Resource[];
}

const demo = await startTestApp();
const { kernel, app } = demo;
const { db } = kernel;

const tokenFor = async (organisationId: string) =>
  makeScimToken(kernel, SOMEBODY, { name: 'Annuaire', organisationId }, 'all');
const { token } = await tokenFor(MINISTRY);
const { token: foreign } = await tokenFor(OTHER);

async function scim(method: string, url: string, body?: unknown, more: Record<string, string> = {}) {
  return app.inject({
    method: method as 'GET',
    url,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/scim+json' }),
      ...more,
    },
    ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

type Answer = Awaited<ReturnType<typeof scim>>;

/** Expects a refusal in SCIM's own form. */
function assertRefused(answer: Answer, status: number, scimType?: string) {
  assert.equal(answer.statusCode, status, answer.body);
  assert.match(String(answer.headers['content-type']), /^application\/scim\+json/);
  const body = answer.json<Record<string, unknown>>();
  assert.deepEqual(body.schemas, ['urn:ietf:params:scim:api:messages:2.0:Error']);
  assert.equal(body.status, String(status));
  assert.equal(body.scimType, scimType, answer.body);
  assert.equal(typeof body.detail, 'string');
}

let count = 0;
async function created(more: object = {}, by = token): Promise<Resource> {
  count += 1;
  const body = { userName: `user-${count}@mef.example`, displayName: 'Ana Roy', ...more };
  const answer = await scim('POST', USERS, body, { authorization: `Bearer ${by}` });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<Resource>();
}

const patch = (id: string, ...Operations: object[]) =>
  scim('PATCH', `${USERS}/${id}`, { schemas: [PATCH], Operations });

async function listed(filter: string): Promise<List> {
  const answer = await scim('GET', `${USERS}?filter=${encodeURIComponent(filter)}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json<List>();
}

describe('whose token calls', () => {
  const routes: [string, string][] = [
    ['GET', '/scim/v2/ServiceProviderConfig'],
    ['GET', '/scim/v2/Schemas'],
    ['GET', '/scim/v2/ResourceTypes'],
    ['GET', USERS],
    ['POST', USERS],
    ['GET', `${USERS}/${UNKNOWN}`],
    ['PUT', `${USERS}/${UNKNOWN}`],
    ['PATCH', `${USERS}/${UNKNOWN}`],
    ['DELETE', `${USERS}/${UNKNOWN}`],
  ];

  test('without a token, with a wrong one or another scheme, nothing is answered', async () => {
    for (const [method, url] of routes) {
      for (const authorization of [
        '',
        'Bearer x',
        `Bearer scim_${'A'.repeat(43)}`,
        `Basic ${token}`,
        token,
      ]) {
        const headers = { authorization };
        const answer = await scim(method, url, undefined, headers);
        assertRefused(answer, 401);
        assert.match(String(answer.headers['www-authenticate']), /^Bearer realm="scim"/);
      }
      const { headers } = await app.inject({ method: method as 'GET', url });
      assert.equal(headers['www-authenticate'], 'Bearer realm="scim"');
    }
  });

  test('the session of an administrator is no token', async () => {
    const administrator = await demo.signedInAs('administrator');
    const answer = await administrator.send('GET', USERS);
    assert.equal(answer.statusCode, 401);
  });

  test('it is refused before the body is read', async () => {
    const answer = await scim('POST', USERS, 'x'.repeat(300_000), { authorization: '' });
    assertRefused(answer, 401);
  });

  test('a token that was revoked is refused from then on, and its use was noted', async () => {
    const made = await tokenFor(MINISTRY);
    const authorization = `Bearer ${made.token}`;
    assert.equal((await scim('GET', USERS, undefined, { authorization })).statusCode, 200);
    const { rows } = await sql<{ last_used_at: Date | null; hash: Buffer }>`
      select last_used_at, hash from identity.scim_tokens where id = ${made.id}`.execute(db);
    assert.deepEqual(rows[0]?.last_used_at, kernel.clock.now());
    assert.ok(!rows[0]?.hash.toString('utf8').includes(made.token));
    await revokeScimToken(kernel, SOMEBODY, made.id, 'all');
    assertRefused(await scim('GET', USERS, undefined, { authorization }), 401);
  });

  test('another organisation’s user is not there', async () => {
    const { id, userName } = await created({}, foreign);
    assertRefused(await scim('GET', `${USERS}/${id}`), 404);
    assertRefused(await scim('PUT', `${USERS}/${id}`, { userName: 'x@mef.example' }), 404);
    assertRefused(await patch(id, { op: 'replace', value: { active: false } }), 404);
    assertRefused(await scim('DELETE', `${USERS}/${id}`), 404);
    assert.equal((await listed(`userName eq "${userName}"`)).totalResults, 0);
  });
});

describe('what is offered', () => {
  test('is said as RFC 7644 asks, without what is not there', async () => {
    const config = (await scim('GET', '/scim/v2/ServiceProviderConfig')).json();
    assert.equal(config.patch.supported, true);
    assert.equal(config.bulk.supported, false);
    assert.equal(config.etag.supported, true);
    assert.equal(config.filter.maxResults, 1000);
    const types = (await scim('GET', '/scim/v2/ResourceTypes')).json<List>();
    assert.deepEqual(
      types.Resources.map(({ id }) => id),
      ['User'],
    );
    assert.equal((await scim('GET', '/scim/v2/ResourceTypes/User')).json().endpoint, '/Users');
    assertRefused(await scim('GET', '/scim/v2/ResourceTypes/Group'), 404);
    const schemas = (await scim('GET', '/scim/v2/Schemas')).json<List>();
    assert.equal(schemas.totalResults, 2);
    const [user] = schemas.Resources as unknown as [{ id: string; attributes: { name: string }[] }];
    const names = user.attributes.map(({ name }) => name);
    assert.ok(names.includes('emails') && !names.includes('password') && !names.includes('photos'));
    assert.equal((await scim('GET', `/scim/v2/Schemas/${user.id}`)).json().id, user.id);
    assertRefused(await scim('GET', '/scim/v2/Schemas/urn:x'), 404);
  });

  test('what is not offered is not found, in SCIM’s own form', async () => {
    for (const [method, url] of [
      ['GET', '/scim/v2/Groups'],
      ['POST', '/scim/v2/Bulk'],
      ['GET', '/scim/v2/Me'],
      ['DELETE', USERS],
    ] as const) {
      assertRefused(await scim(method, url, method === 'POST' ? {} : undefined), 404);
    }
  });
});

describe('a user', () => {
  test('comes, is read, changes and goes', async () => {
    const sent = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'Life@mef.example',
      externalId: 'e-1',
      name: { givenName: 'Ana', familyName: 'Roy' },
      emails: [{ value: 'life@mef.example', type: 'work', primary: true }],
      photos: [{ value: 'https://x.example/a.png' }],
      groups: [{ value: 'g' }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
        department: 'DGI',
        employeeNumber: '7',
      },
      unheardOf: true,
    };
    const made = await scim('POST', USERS, sent);
    assert.equal(made.statusCode, 201, made.body);
    const user = made.json<Resource>();
    assert.equal(made.headers.location, user.meta.location);
    assert.equal(made.headers.etag, user.meta.version);
    assert.deepEqual(user.name, sent.name);
    assert.ok(!('photos' in user) && !('unheardOf' in user) && !('groups' in user));
    const url = `${USERS}/${user.id}`;
    assert.deepEqual((await scim('GET', url)).json(), user);
    assert.equal((await scim('GET', url, undefined, { 'if-none-match': user.meta.version })).statusCode, 304);
    assert.deepEqual(Object.keys((await scim('GET', `${url}?attributes=userName`)).json()).sort(), [
      'id',
      'schemas',
      'userName',
    ]);
    assertRefused(await scim('PUT', url, sent, { 'if-match': 'W/"9"' }), 412);
    const put = await scim(
      'PUT',
      url,
      { userName: 'life@mef.example', active: false },
      { 'if-match': user.meta.version },
    );
    assert.equal(put.statusCode, 200, put.body);
    assert.equal(put.json<Resource>().active, false);
    assert.ok(!('name' in put.json<Resource>()), 'a PUT takes away what it does not say');
    const gone = await scim('DELETE', url);
    assert.equal(gone.statusCode, 204);
    assert.equal(gone.body, '');
    for (const method of ['GET', 'DELETE']) assertRefused(await scim(method, url), 404);
  });

  test('plain JSON is taken too, and a DELETE with a type and no body', async () => {
    const { id } = await created();
    const answer = await scim(
      'PUT',
      `${USERS}/${id}`,
      { userName: 'plain@mef.example' },
      { 'content-type': 'application/json' },
    );
    assert.equal(answer.statusCode, 200);
    const gone = await scim('DELETE', `${USERS}/${id}`, undefined, {
      'content-type': 'application/scim+json',
    });
    assert.equal(gone.statusCode, 204, gone.body);
  });

  test('who signs in and leaves is nobody from the very next request on', async () => {
    for (const operation of [
      { op: 'replace', value: { active: false } },
      { op: 'Replace', path: 'active', value: 'False' },
    ]) {
      const { id } = await created();
      const { rows } = await sql<{ person_id: string }>`
        select person_id from identity.scim_users where id = ${id}`.execute(db);
      const personId = rows[0]?.person_id ?? '';
      await sql`update identity.people set is_fictitious = true where id = ${personId}`.execute(db);
      const browser = demo.client();
      assert.equal((await browser.post('/sign-in/demonstration', { personId })).statusCode, 303);
      assert.equal((await browser.get('/desk')).statusCode, 200);
      const answer = await patch(id, operation);
      assert.equal(answer.json<Resource>().active, false);
      const next = await browser.get('/desk');
      assert.equal(next.statusCode, 303);
      assert.match(String(next.headers.location), /^\/sign-in/);
      assert.equal((await browser.getJson('/api/v1/identity/me')).statusCode, 401);
      // Nor by the way they came.
      assert.notEqual((await browser.post('/sign-in/demonstration', { personId })).statusCode, 303);
      assert.equal(
        (await patch(id, { op: 'replace', value: { active: true } })).json<Resource>().active,
        true,
      );
      assert.equal((await browser.post('/sign-in/demonstration', { personId })).statusCode, 303);
      assert.equal((await scim('DELETE', `${USERS}/${id}`)).statusCode, 204);
      assert.equal((await browser.get('/desk')).statusCode, 303);
    }
  });

  test('a name that is taken is a conflict', async () => {
    const { userName } = await created();
    assertRefused(await scim('POST', USERS, { userName: userName.toUpperCase() }), 409, 'uniqueness');
  });

  test('the last administrator is a conflict without a scimType', async () => {
    const { rows } = await sql<{ email: string; organisation_id: string }>`
      select p.email, m.organisation_id from identity.memberships m join identity.people p on p.id = m.person_id
      where m.role = 'administrator' and m.ends_at is null`.execute(db);
    assert.ok(rows.every(({ organisation_id }) => organisation_id === rows[0]?.organisation_id));
    const own = await tokenFor(rows[0]?.organisation_id ?? '');
    const headers = { authorization: `Bearer ${own.token}` };
    for (const [at, { email }] of rows.entries()) {
      const made = await scim('POST', USERS, { userName: email }, headers);
      assert.equal(made.statusCode, 201, made.body);
      const answer = await scim('DELETE', `${USERS}/${made.json<Resource>().id}`, undefined, headers);
      if (at < rows.length - 1) assert.equal(answer.statusCode, 204, answer.body);
      else assertRefused(answer, 409);
    }
  });
});

describe('what is wrong', () => {
  test('bodies', async () => {
    const bodies: [unknown, number, string | undefined][] = [
      ['{"userName":', 400, 'invalidSyntax'],
      ['', 400, 'invalidSyntax'],
      ['[]', 400, 'invalidSyntax'],
      ['{"__proto__":{"a":1},"userName":"a@b.example"}', 400, 'invalidSyntax'],
      [{}, 400, 'invalidValue'],
      [{ userName: 'no address' }, 400, 'invalidValue'],
      [{ userName: 7 }, 400, 'invalidValue'],
      [{ userName: 'nul\u0000@mef.example' }, 400, 'invalidValue'],
      [{ userName: 'a@mef.example', title: 'a\u0000' }, 400, 'invalidValue'],
      [{ userName: 'a@mef.example', externalId: 'x'.repeat(300) }, 400, 'invalidValue'],
      [{ userName: 'a@mef.example', schemas: ['urn:x'] }, 400, 'invalidSyntax'],
      [JSON.stringify({ userName: 'x'.repeat(110_000) }), 413, undefined],
    ];
    for (const [body, status, scimType] of bodies) {
      assertRefused(await scim('POST', USERS, body), status, scimType);
    }
    assertRefused(
      await scim('POST', USERS, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
    );
    const { id } = await created();
    assertRefused(await patch(id, { op: 'replace', path: 'noSuch', value: 1 }), 400, 'invalidPath');
    assertRefused(await patch(id, { op: 'remove' }), 400, 'noTarget');
    assertRefused(await patch(id), 400, 'invalidValue');
    assertRefused(
      await patch(id, { op: 'replace', path: 'emails[type eq "\n', value: 1 }),
      400,
      'invalidPath',
    );
  });

  test('addresses', async () => {
    for (const id of ['x', '1', '%00', "'%20or%201=1", 'a'.repeat(150)]) {
      assertRefused(await scim('GET', `${USERS}/${id}`), 404);
    }
    assertRefused(await scim('GET', `${USERS}/${'a'.repeat(250)}`), 400, 'invalidValue');
    assertRefused(await scim('GET', `${USERS}?count=many`), 400, 'invalidValue');
    assertRefused(await scim('GET', `${USERS}?startIndex=1e300`), 400, 'invalidValue');
  });

  test('filters: nothing of one is ever a command', async () => {
    for (const filter of [
      "userName eq 'a' or 1=1",
      'userName eq "a" or 1 eq 1',
      'userName eq "a"; drop table identity.people',
      'password eq "x"',
      'organisation_id eq "x"',
      'u.person_id eq "x"',
    ]) {
      assertRefused(await scim('GET', `${USERS}?filter=${encodeURIComponent(filter)}`), 400, 'invalidFilter');
    }
    for (const text of ["' or '1'='1", '%', '_', '\\\\', "') or true --", '\\u0041']) {
      for (const operator of ['eq', 'co', 'sw', 'ew']) {
        const { totalResults } = await listed(`externalId ${operator} "${text}"`);
        assert.equal(totalResults, 0, `${operator} ${text}`);
      }
    }
  });
});

describe('generated input', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 30 }),
    anyText({ maxLength: 20 }),
    fc.constantFrom('a@mef.example', '\ud800', '\u0000', 'True', 'work', 'x'.repeat(600), '"', '\\', '["]'),
  );
  const attribute = fc.constantFrom(
    'userName',
    'USERNAME',
    'externalId',
    'name',
    'name.familyName',
    'displayName',
    'active',
    'emails',
    'emails[type eq "work"].value',
    'emails[primary eq true]',
    'phoneNumbers',
    'value',
    'primary',
    'type',
    'schemas',
    'meta',
    'id',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
    '__proto__',
    'constructor',
    '',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.boolean(),
      fc.double(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(attribute, tie('value'), { maxKeys: 3 }),
    ),
  }));

  test('no user and no PATCH of one breaks anything', async () => {
    const { id } = await created();
    const operation = fc.record(
      { op: fc.constantFrom('add', 'replace', 'Remove', 'x'), path: fc.oneof(attribute, text), value },
      { requiredKeys: ['op'] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(attribute, value, { maxKeys: 5 }),
        fc.array(operation, { minLength: 1, maxLength: 4 }),
        async (user, operations) => {
          const answers = [
            await scim('POST', USERS, user),
            await scim('PUT', `${USERS}/${id}`, user),
            await patch(id, ...operations),
          ];
          for (const answer of answers)
            assert.ok(answer.statusCode < 500, JSON.stringify([user, operations]));
        },
      ),
      {
        numRuns: 150,
        examples: [
          [{}, [{ op: 'replace', path: 'emails' }]],
          [
            {},
            [
              { op: 'add', path: 'emails', value: null },
              { op: 'Remove', path: 'phoneNumbers' },
            ],
          ],
        ],
      },
    );
  });
});

test('a caller that asks too often is told so in SCIM’s own form', async () => {
  const limited = await startTestApp({ demonstration: false, rateLimit: 10 });
  const ask = () => limited.app.inject({ url: USERS });
  for (let at = 0; at < 10; at++) assertRefused(await ask(), 401);
  const answer = await ask();
  assertRefused(answer, 429);
  assert.ok(Number(answer.headers['retry-after']) > 0);
});

describe('lists', () => {
  test('filters find what they ask for', async () => {
    const one = await created({ externalId: 'Filter-1', displayName: 'Zoé', active: false });
    const two = await created({ externalId: 'Filter-2', displayName: 'Zoé' });
    const ids = async (filter: string) => (await listed(filter)).Resources.map(({ id }) => id);
    assert.deepEqual(await ids(`userName eq "${one.userName.toUpperCase()}"`), [one.id]);
    assert.deepEqual(await ids('externalId eq "Filter-1"'), [one.id]);
    assert.deepEqual(await ids('externalId eq "filter-1"'), [], 'externalId minds its capitals');
    assert.deepEqual((await ids('externalId sw "Filter-"')).sort(), [one.id, two.id].sort());
    assert.deepEqual(await ids('externalId sw "Filter-" and active eq true'), [two.id]);
    assert.deepEqual(await ids('externalId sw "Filter-" and active eq "False"'), [one.id]);
    assert.deepEqual(await ids('externalId sw "Filter-" and not (active eq true)'), [one.id]);
    assert.deepEqual(await ids(`emails[type eq "work"].value eq "${two.userName}"`), [two.id]);
    assert.deepEqual(await ids(`id eq "${two.id}"`), [two.id]);
    assert.equal((await ids('displayName eq "zoé"')).length, 2);
    const at = kernel.clock.now().toISOString();
    assert.ok((await listed(`meta.lastModified ge "${at}"`)).totalResults > 0);
    assert.equal((await listed(`meta.lastModified gt "${at}"`)).totalResults, 0);
    assert.ok((await listed('externalId pr')).totalResults < (await listed('userName pr')).totalResults);
  });

  test('1,000 users come in one answer of four queries at most, and page by page without a gap', async () => {
    const { token: large } = await tokenFor(inventedId('organisation', 'MJU'));
    await insertUsers(inventedId('organisation', 'MJU'), 1_000);
    const ask = async (query: string) => {
      const answer = await scim('GET', `${USERS}?${query}`, undefined, { authorization: `Bearer ${large}` });
      assert.equal(answer.statusCode, 200, answer.body.slice(0, 300));
      return answer.json<List>();
    };
    const queries = await countQueries(async () => {
      const all = await ask('count=1000');
      assert.equal(all.Resources.length, 1_000);
      assert.equal(all.itemsPerPage, 1_000);
    });
    assert.ok(queries >= 2 && queries <= 4, `${queries} queries`);
    const seen: string[] = [];
    for (let start = 1; start <= 1_000; start += 300) {
      const page = await ask(`startIndex=${start}&count=300`);
      assert.equal(page.totalResults, 1_000);
      assert.equal(page.startIndex, start);
      seen.push(...page.Resources.map(({ id }) => id));
    }
    assert.equal(new Set(seen).size, 1_000);
    assert.equal((await ask('')).Resources.length, 100);
    assert.deepEqual((await ask('count=0')).Resources, []);
    assert.equal((await ask('count=-5')).itemsPerPage, 0);
    assert.equal((await ask('startIndex=-3&count=1')).startIndex, 1);
    assert.deepEqual((await ask('startIndex=2000')).Resources, []);
    assert.equal((await ask('count=100000')).Resources.length, 1_000);
  });
});

async function insertUsers(organisationId: string, many: number): Promise<void> {
  const insert: RawBuilder<unknown> = sql`
    with people as (
      insert into identity.people (name, email, locale, created_at, search_text)
      select 'Personne ' || n, 'many-' || n || '@mju.example', 'fr', now(), 'personne'
      from generate_series(1, ${many}::int) n returning id, email
    )
    insert into identity.scim_users
      (organisation_id, person_id, user_name, email, is_active, recorded_person, created_at, changed_at)
    select ${organisationId}, id, email, email, true, true, now(), now() from people`;
  await insert.execute(db);
}

/** How many statements the application's pool sends while `work` runs. */
async function countQueries(work: () => Promise<void>): Promise<number> {
  let sent = 0;
  const { pool } = demo.database;
  const connect = pool.connect.bind(pool);
  const watched = new WeakSet<object>();
  pool.connect = (async (...given: []) => {
    const client = await connect(...given);
    if (!watched.has(client)) {
      watched.add(client);
      const query = client.query.bind(client);
      client.query = ((...asked: [never]) => {
        sent += 1;
        return query(...asked);
      }) as typeof client.query;
    }
    return client;
  }) as typeof pool.connect;
  await work();
  pool.connect = connect;
  return sent;
}
