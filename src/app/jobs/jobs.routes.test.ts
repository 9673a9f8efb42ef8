// Who sees which run, on pages and API, and what a page of a run shows: the real routes and access control, with a
// header in place of the session.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import Fastify from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import { systemClock } from '#platform/clock.ts';
import { notFound } from '#platform/errors.ts';
import { registerAccessControl, requireDeclaredPermissions } from '#platform/http/access-control.ts';
import { registerRateLimit } from '#platform/http/rate-limit.ts';
import { registerRequestContext } from '#platform/http/request-context.ts';
import { tryJobs, untilRun } from '#platform/jobs/job-trial.ts';
import { insertMessage } from '#platform/mail/messages.repository.ts';
import { freshDatabase } from '#test/support/database.ts';
import { registerErrorAnswers } from '../http-errors.ts';
import { outboxRoutes } from '../outbox/outbox.routes.ts';
import { jobRoutes } from './jobs.routes.ts';

const ASKER = '10000000-0000-4000-8000-000000000001';
const OTHER = '10000000-0000-4000-8000-000000000002';
const ADMINISTRATOR = '10000000-0000-4000-8000-000000000003';

const SOURCES = ['platform/jobs', 'platform/mail', 'modules/identity'].map((name) => ({
  name,
  folder: new URL(`../../${name}/migrations/`, import.meta.url),
}));
// Before the database's own hook: the queue and the application close while there is one.
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing) await close();
});

const database = await freshDatabase(undefined, SOURCES);
const middle = Promise.withResolvers<void>();
const trial = tryJobs({ after: (close) => closing.push(close) }, database, [
  {
    name: 'trial.counts',
    title: { fr: 'Comptage', en: 'Count' },
    input: Type.Object({}),
    async run(_input, run) {
      run.progress(3, 10);
      await middle.promise;
      return { lines: 10, name: '<b>10</b>' };
    },
    describe: ({ lines, name }: { lines: number; name: string }, locale) => ({
      sentence: locale === 'fr' ? `${lines} lignes comptées.` : `${lines} lines counted.`,
      rows: [['Nom', name]],
      link: { href: '/panorama', text: 'Panorama' },
    }),
  },
  {
    name: 'trial.refuses',
    input: Type.Object({}),
    async run() {
      throw notFound({ detail: 'not for the public' });
    },
  },
  {
    name: 'trial.leads-astray',
    input: Type.Object({}),
    run: async () => ({}),
    describe: () => ({ sentence: 'Fini.', link: { href: '//evil.example', text: 'ici' } }),
  },
]);
const kernel = { ...trial.kernel, config: { timeZone: 'Europe/Paris', demo: true } } as typeof trial.kernel;

function actor(personId: string): Actor {
  const role = personId === ADMINISTRATOR ? 'administrator' : 'agent';
  return { personId, name: 'Personne', roles: [{ role, organisationId: null }] };
}

const app = Fastify();
requireDeclaredPermissions(app);
registerRequestContext(app);
await registerRateLimit(app, 10_000);
app.decorate('frame', { navigation: [], banner: null });
app.decorateRequest('session');
app.decorateRequest('actor', null);
app.addHook('onRequest', async (request) => {
  request.session = { personId: request.headers['x-person'] } as typeof request.session;
});
registerAccessControl(app, { clock: systemClock, findActor: async ({ personId }) => actor(personId) });
registerErrorAnswers(app);
jobRoutes(app, kernel);
outboxRoutes(app, kernel);
await app.ready();
closing.push(async () => app.close());

function get(url: string, person?: string) {
  return app.inject({
    url,
    headers: {
      accept: url.startsWith('/api') ? 'application/json' : 'text/html',
      ...(person && { 'x-person': person }),
    },
  });
}

test('a running job shows a bar that moves, with and without JavaScript, and then its result', async () => {
  await trial.jobs.work(kernel);
  const id = await trial.enqueue('trial.counts', {}, ASKER);
  await untilRun(database.db, id, 'running');
  let running = await get(`/api/v1/jobs/${id}`, ASKER);
  while (running.json().total === null) running = await get(`/api/v1/jobs/${id}`, ASKER);
  assert.deepEqual([running.json().done, running.json().total, running.json().state], [3, 10, 'running']);
  const page = await get(`/jobs/${id}`, ASKER);
  assert.match(page.body, /<progress[^>]* max="10" value="3"/);
  assert.match(page.body, /http-equiv="refresh"/);
  assert.match(page.body, /job-progress\.js/);
  assert.match(page.body, new RegExp(running.json().steps.replace(/[()]/g, '\\$&')));
  middle.resolve();
  await untilRun(database.db, id);
  const ended = await get(`/jobs/${id}`, ASKER);
  assert.match(ended.body, /10 lignes comptées\./);
  assert.match(ended.body, /href="\/panorama"/);
  assert.match(ended.body, /&lt;b&gt;10&lt;\/b&gt;/);
  assert.doesNotMatch(ended.body, /http-equiv="refresh"|<progress/);
});

test('a run is its asker’s: nobody is sent to sign in, another person gets a 404, an administrator sees it', async () => {
  const id = await trial.enqueue('trial.counts', {}, ASKER);
  await untilRun(database.db, id);
  for (const url of [`/jobs/${id}`, `/api/v1/jobs/${id}`]) {
    assert.equal((await get(url, ASKER)).statusCode, 200, url);
    assert.equal((await get(url, OTHER)).statusCode, 404, url);
    assert.equal((await get(url, ADMINISTRATOR)).statusCode, 200, url);
  }
  assert.equal((await get(`/api/v1/jobs/${id}`)).statusCode, 401);
  const nobody = await get(`/jobs/${id}`);
  assert.equal(nobody.statusCode, 303);
  assert.match(String(nobody.headers.location), /^\/sign-in/);
  assert.doesNotMatch((await get('/jobs', OTHER)).body, new RegExp(id));
  assert.match((await get('/jobs', ADMINISTRATOR)).body, new RegExp(id));
});

test('an address that is no run is a 404, whatever it is', async () => {
  for (const id of ['x', '%00', '10000000-0000-4000-8000-0000000000ff', "1'--"]) {
    assert.equal((await get(`/jobs/${id}`, ASKER)).statusCode, 404, id);
    assert.equal((await get(`/api/v1/jobs/${id}`, ASKER)).statusCode, 404, id);
  }
});

test('a refusal stays on its page with its public text, in the reader’s language', async () => {
  const id = await trial.enqueue('trial.refuses', {}, ASKER);
  await untilRun(database.db, id);
  const page = await get(`/jobs/${id}`, ASKER);
  assert.match(page.body, /Cette page ou cet enregistrement n’existe pas\./);
  assert.doesNotMatch(page.body, /not for the public/);
  const { error } = (await get(`/api/v1/jobs/${id}`, ASKER)).json();
  assert.deepEqual(error, { code: 'not-found', text: 'Cette page ou cet enregistrement n’existe pas.' });
});

test('a result leads only to pages of this site', async () => {
  const id = await trial.enqueue('trial.leads-astray', {}, ASKER);
  await untilRun(database.db, id);
  assert.doesNotMatch((await get(`/jobs/${id}`, ASKER)).body, /evil\.example/);
});

test('the list of the API goes page by page', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const answer = await get(`/api/v1/jobs?limit=2${cursor ? `&cursor=${cursor}` : ''}`, ASKER);
    assert.equal(answer.statusCode, 200);
    const { items, next } = answer.json();
    seen.push(...items.map(({ id }: { id: string }) => id));
    cursor = next;
  } while (cursor);
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length >= 4);
  assert.equal((await get('/api/v1/jobs?limit=1000', ASKER)).statusCode, 400);
});

test('the outbox is there in the demonstration alone, for those signed in', async () => {
  const id = '20000000-0000-4000-8000-000000000001';
  await database.db.transaction().execute((trx) =>
    insertMessage(
      trx,
      id,
      {
        to: 'marie@ministere.example',
        locale: 'fr',
        subject: 'Bonjour <Marie>',
        text: 'Lisez https://socle.example/a?b=c.\n\n<script>',
      },
      new Date('2030-01-01T00:00:00Z'),
    ),
  );
  assert.equal((await get('/outbox', ASKER)).statusCode, 404);
  assert.equal((await get(`/outbox/${id}`, ASKER)).statusCode, 404);
  await database.pool.query('insert into identity.demonstration (loaded_at) values (now())');
  assert.match((await get('/outbox', ASKER)).body, /Bonjour &lt;Marie&gt;/);
  const page = await get(`/outbox/${id}`, ASKER);
  assert.match(page.body, /href="https:\/\/socle\.example\/a\?b=c"/);
  assert.match(page.body, /&lt;script&gt;/);
  assert.equal((await get('/outbox')).statusCode, 303);
  assert.equal((await get('/outbox/20000000-0000-4000-8000-0000000000ff', ASKER)).statusCode, 404);
});
