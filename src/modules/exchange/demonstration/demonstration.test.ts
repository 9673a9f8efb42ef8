// The demonstration State's APIs: their descriptions hold together, they are loaded, and their producers answer.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { sql } from 'kysely';
import { INVENTED_CITIZENS, listOrganisations } from '#modules/identity/public.ts';
import { openOutgoing } from '#platform/http/outgoing.ts';
import { startTestApp } from '#test/support/app.ts';
import { watchApis } from '../catalogue/api-watch.actions.ts';
import { checkDoctrine } from '../catalogue/doctrine-check.ts';
import { fieldsOf } from '../catalogue/openapi.rules.ts';
import { unknownFields } from '../catalogue/scopes.rules.ts';
import { fieldTree } from '../gateway/minimise/field-tree.rules.ts';
import { filterJson } from '../gateway/minimise/filter-json.rules.ts';
import { getPolicySince } from '../policy/policy.repository.ts';
import { checksOf } from '../requests/request-checks.rules.ts';
import { listScopesOffered } from '../requests/requests.repository.ts';
import { REQUEST_TEMPLATES } from '../requests/templates.data.ts';
import { INVENTED_APIS } from './apis.demonstration.data.ts';
import { answerTo, openApiOf } from './openapi.demonstration.ts';
import { isKnownSubject, startDemonstrationProducers } from './producers.demonstration.ts';
import { inventedSubject } from './subjects.demonstration.ts';

const started = await startTestApp();
const { kernel } = started;

describe('the invented APIs', () => {
  test('are forty of at least ten producers, open but for two drafts and two closed', () => {
    const count = (state: string) => INVENTED_APIS.filter((api) => (api.state ?? 'open') === state).length;
    assert.deepEqual([count('open'), count('draft'), count('closed')], [36, 2, 2]);
    assert.ok(new Set(INVENTED_APIS.map(({ producer }) => producer)).size >= 10);
    assert.equal(new Set(INVENTED_APIS.map(({ slug }) => slug)).size, 40);
  });

  for (const api of INVENTED_APIS) {
    test(`${api.slug}: scopes name fields that are there, and not all of them`, () => {
      const newest = api.versions.at(-1);
      assert.ok(newest);
      const known = fieldsOf(openApiOf(api, newest));
      for (const scope of api.scopes) assert.deepEqual(unknownFields(scope, known), [], scope.name);
      const named = api.scopes.flatMap(({ fields }) => fields);
      const kept = known.filter(
        (field) => !named.some((one) => field === one || field.startsWith(`${one}/`)),
      );
      assert.ok(kept.length > 0, 'every field leaves');
    });
  }

  test('let something out under each of their scopes, whoever is asked about', () => {
    for (const api of INVENTED_APIS) {
      const version = api.versions.at(-1);
      assert.ok(version);
      for (let turn = 0; turn < INVENTED_CITIZENS.length; turn++) {
        const subject = api.subject === null ? ['liverolles'] : inventedSubject(api.subject, turn);
        const answers = api.calls.map((call) => JSON.stringify(answerTo(api, version, call, subject)));
        for (const { name, fields } of api.scopes) {
          const tree = fieldTree(fields);
          const left = answers.flatMap((answer) => filterJson(answer, tree).left);
          assert.ok(left.length > 0, `${api.slug} ${name}: ${answers.join()}`);
        }
      }
    }
  });

  test('keep to the doctrine more or less', async () => {
    const scoreOf = async (slug: string, at: number) => {
      const api = INVENTED_APIS.find((one) => one.slug === slug);
      const version = api?.versions.at(at);
      assert.ok(api && version);
      return checkDoctrine(openApiOf(api, version));
    };
    assert.deepEqual(await scoreOf('quotient-familial', -1), { score: 100, findings: [] });
    assert.deepEqual(await scoreOf('adresses', -1), { score: 100, findings: [] });
    const { score, findings } = await scoreOf('inscription-consulaire', 0);
    assert.ok(score > 30 && score < 80, String(score));
    assert.ok(findings.some(({ rule }) => rule === 'declared-security'));
  });
});

describe('loaded', () => {
  test('they are in the catalogue, at the hub and at the gateways, with months of measured days', async () => {
    const { rows } = await sql`
      select count(*)::int as apis, count(a.resource_id)::int as resources,
        (select count(*)::int from exchange.api_versions) as versions,
        (select count(*)::int from exchange.api_days where checks > 0) as days
      from exchange.apis a`.execute(kernel.db);
    const versions = INVENTED_APIS.flatMap((api) => api.versions).length;
    assert.deepEqual(rows, [{ apis: 40, resources: 38, versions, days: 36 * 120 }]);
    const { entries } = await getPolicySince(kernel.db, 0);
    assert.equal(entries.filter(({ kind }) => kind === 'api').length, 36);
    const page = await started.client().get('/apis/quotient-familial');
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /Caisse nationale des familles/);
  });
});

describe('the use cases of requests', async () => {
  const offered = await listScopesOffered(kernel.db);
  const [organisation] = await listOrganisations(kernel.db);
  assert.ok(organisation);
  for (const template of REQUEST_TEMPLATES.filter(({ scopes }) => scopes.length > 0)) {
    test(`${template.word} names the texts that its usual scopes require`, () => {
      const scopes = offered.filter(({ apiSlug, name }) =>
        template.scopes.some(({ api, names }) => api === apiSlug && names.includes(name)),
      );
      assert.equal(scopes.length, template.scopes.flatMap(({ names }) => names).length);
      const request = { form: template.form, scopes, template, organisation, applicant: null };
      const checks = checksOf({ ...request, today: '2026-11-24' });
      const found = checks.find(({ check }) => check === 'legalBasis');
      assert.equal(found?.level, 'good', found?.text.en);
    });
  }
});

describe('producers', async () => {
  const producers = await startDemonstrationProducers({ port: 0 });
  after(() => producers.stop());
  const ask = async (path: string) => {
    const answer = await fetch(`${producers.origin}${path}`);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const THEO =
    'nomNaissance=GARANCE&prenoms=Th%C3%A9o%20Marius&dateNaissance=1994-06-18&codeCommuneNaissance=44109';

  test('answer about a person, always the same, with more than any scope lets out', async () => {
    const first = await ask(`/quotient-familial/v1/quotient?${THEO}`);
    assert.equal(first.status, 200);
    assert.ok('coordonneesBancaires' in first.body);
    assert.deepEqual(await ask(`/quotient-familial/v1/quotient?${THEO}`), first);
    const other = await ask(`/quotient-familial/v1/quotient?${THEO.replace('GARANCE', 'HADJADJ')}`);
    assert.notDeepEqual(other.body, first.body);
  });

  for (const [path, status] of [
    ['/quotient-familial/v1', 200],
    ['/entreprises/v2/entreprises/000100008', 200],
    ['/entreprises/v2/entreprises/12', 404],
    ['/entreprises/v2/entreprises/', 404],
    ['/entreprises/v2/entreprises/%E0%A4%A', 400],
    ['/liasses-fiscales/v1/liasses?siren=000100008', 200],
    ['/adresses/v1/adresses?q=liverolles&limit=2', 200],
    ['/adresses/v1/adresses?limit=x', 200],
    ['/quotient-familial/v1/quotient?nomNaissance=GARANCE', 400],
    [`/quotient-familial/v9/quotient?${THEO}`, 404],
    ['/nothing', 404],
  ] as const) {
    test(`answer ${status} to ${path}`, async () => {
      assert.equal((await ask(path)).status, status);
    });
  }

  test('know every citizen of the demonstration, and not everybody', () => {
    for (const { familyName, givenNames, birthdate, birthplace } of INVENTED_CITIZENS) {
      assert.ok(isKnownSubject('person', [familyName, givenNames, birthdate, birthplace]), givenNames);
    }
    const unknown = Array.from({ length: 400 }, (_, at) => ['NOM', `Prénom${at}`, '1990-01-01']).filter(
      (person) => !isKnownSubject('person', person),
    );
    assert.ok(unknown.length > 0 && unknown.length < 40, String(unknown.length));
  });

  test('are watched: whether each answered counts for the day, and what may not be called is not measured', async () => {
    const { db } = kernel;
    const today = async () => {
      const { rows } = await sql`
        select sum(checks)::int as checks, sum(checks_up)::int as up from exchange.api_days
        where day = ${kernel.clock.now().toISOString().slice(0, 10)}`.execute(db);
      return rows[0];
    };
    const guarded = openOutgoing({ allowPrivate: false });
    after(() => guarded.close());
    assert.deepEqual(await watchApis({ ...kernel, outgoing: guarded }), { looked: 0, down: 0 });
    await sql`update exchange.api_versions v
      set upstream_url = ${producers.origin} || '/' || a.slug || '/' || v.name
      from exchange.apis a where a.id = v.api_id and a.slug <> 'adresses'`.execute(db);
    await sql`update exchange.api_versions v set upstream_url = 'http://127.0.0.1:1/'
      from exchange.apis a where a.id = v.api_id and a.slug = 'adresses'`.execute(db);
    assert.deepEqual(await watchApis(kernel), { looked: 36, down: 1 });
    assert.deepEqual(await watchApis(kernel), { looked: 36, down: 1 });
    assert.deepEqual(await today(), { checks: 72, up: 70 });
    const page = await started.client().get('/apis/adresses');
    assert.match(page.body, /Perturbée/);
  });
});
