// The rooms of people and consumers, the entry page and the pages of refusals, through the whole application.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { findPivotIdentity, listDemonstrationPeople } from '#modules/identity/public.ts';
import { startTestApp } from '#test/support/app.ts';
import { forgetHistory } from '../demonstration/history.fixture.ts';
import { verifyProof } from '../gateway/log/verify-proof.ts';
import { SUBJECT_KEY, subjectHash, subjectText } from '../subject.rules.ts';
import { accessAddress } from './accesses.pages.ts';
import {
  accessPlaceOf,
  accessWord,
  answerIsDue,
  fieldPath,
  hashOfPerson,
  pageOfDays,
} from './people.rules.ts';
import { CLIENT, LOG, recordTrials } from './rooms.fixture.ts';

const { kernel, client, signedInAs } = await startTestApp();
const { db, clock, secret } = kernel;
await forgetHistory(kernel);
const trials = await recordTrials(kernel);
const people = await listDemonstrationPeople(db, clock.now());
const idOf = (name: string) => people.find((person) => person.name === name)?.personId ?? '';
const key = secret.keyFor(SUBJECT_KEY);
const hash = (...parts: string[]) => subjectHash(key, 'person', subjectText('person', parts) ?? '');
const THEO = hash('Garance', 'Théo', '1994-06-18', '44109');
const now = clock.now().getTime();
await trials.record(
  [
    trials.call({ subjectHash: THEO, at: now - 600_000 }),
    trials.call({
      subjectHash: hash('Bérenger', 'Éloïse', '1971-02-03', '31555'),
      purpose: 'Autre personne',
    }),
    trials.call({ subjectHash: THEO, at: now - 120_000, verdict: 'scope-missing', status: 403, fields: [] }),
    trials.call({ subjectHash: THEO, at: now - 60_000, purpose: 'Pas encore scellé' }),
    trials.call({ subjectHash: THEO, at: now - 60_000, environment: 'sandbox', purpose: 'Essai' }),
  ],
  3,
);
const placeOf = (index: number, ago: number) => ({ at: new Date(now - ago), log: LOG, index });
const own = accessAddress(placeOf(0, 600_000));

async function entered(name: string) {
  const browser = client();
  await browser.post('/sign-in/demonstration', { personId: idOf(name) });
  return browser;
}
const theo = await signedInAs('citizen');
const eloise = await entered('Éloïse Bérenger');
const producer = await signedInAs('data-producer');
const otherProducer = await entered('Grégoire Maçon');
const consumer = await signedInAs('api-consumer');
const otherConsumer = await entered('Louise d’Arcy');
const nobody = client();

describe('the way in', () => {
  test('leads each role to its rooms, and to none that is not served', async () => {
    const open = (await nobody.get('/exchange')).body;
    assert.match(open, /Échanges de données/);
    assert.match(open, /href="\/apis"/);
    assert.doesNotMatch(open, /href="\/exchange\/(my-data|consumer)"/);
    assert.match((await theo.get('/exchange')).body, /href="\/exchange\/my-data"/);
    const rooms = (await consumer.get('/exchange')).body.split('<main')[1]?.split('</main>')[0] ?? '';
    assert.match(rooms, /href="\/exchange\/consumer"/);
    for (const [, href] of rooms.matchAll(/<li><a href="([^"]+)"/g)) {
      assert.equal((await consumer.get(href ?? '')).statusCode, 200, href);
    }
  });

  test('every refusal has its page, in both languages and as JSON', async () => {
    const { items } = (await nobody.getJson('/api/v1/exchange/errors')).json<{ items: { code: string }[] }>();
    assert.ok(items.length > 25);
    for (const { code } of items) {
      const page = await nobody.get(`/exchange/errors/${code}`, { 'accept-language': 'en' });
      assert.equal(page.statusCode, 200, code);
      assert.match(page.body, /What to do/);
    }
    for (const code of ['constructor', 'none', '%00']) {
      assert.equal((await nobody.get(`/exchange/errors/${code}`)).statusCode, 404, code);
      assert.equal((await nobody.getJson(`/api/v1/exchange/errors/${code}`)).statusCode, 404, code);
    }
    assert.match((await nobody.get('/exchange/errors.csv')).body, /^code,status/);
  });
});

describe('the person’s room', { concurrency: false }, () => {
  test('shows a person their accesses, theirs alone, and no hash', async () => {
    const page = (await theo.get('/exchange/my-data')).body;
    assert.match(page, /Tarif social des transports/);
    assert.match(page, /Pas encore scellé/);
    assert.doesNotMatch(page, /Autre personne|Essai</);
    assert.doesNotMatch(page, /Périmètre de données manquant/);
    const denied = (await theo.get('/exchange/my-data?show=denied')).body;
    assert.match(denied, /href="\/exchange\/errors\/scope-missing"/);
    const theirs = (await eloise.get('/exchange/my-data')).body;
    assert.match(theirs, /Autre personne/);
    assert.doesNotMatch(theirs, /Pas encore scellé/);
    const pages = [page, denied, (await theo.get(own)).body, (await theo.get('/exchange/my-data.csv')).body];
    for (const text of pages) assert.ok(!text.includes(THEO) && !text.includes(encodeURIComponent(THEO)));
    const json = await theo.getJson('/api/v1/exchange/my-data/accesses?limit=1');
    const { items, next } = json.json<{ items: { purpose: string }[]; next: string }>();
    assert.equal(items[0]?.purpose, 'Pas encore scellé');
    const second = await theo.getJson(`/api/v1/exchange/my-data/accesses?limit=1&cursor=${next}`);
    assert.equal(
      second.json<{ items: { purpose: string }[] }>().items[0]?.purpose,
      'Tarif social des transports',
    );
  });

  test('refuses everyone else, and addresses that name nothing of theirs', async () => {
    assert.equal((await eloise.get(own)).statusCode, 404);
    assert.equal((await eloise.get(`${own}/proof.json`)).statusCode, 404);
    assert.equal((await consumer.get('/exchange/my-data')).statusCode, 403);
    assert.equal((await nobody.getJson('/api/v1/exchange/my-data/accesses')).statusCode, 401);
    for (const word of ['x', '1-1-AA', '999999999999999-1-AA', accessWord(placeOf(4, 60_000)), '1-0-%00']) {
      assert.equal((await theo.get(`/exchange/my-data/accesses/${word}`)).statusCode, 404, word);
    }
    assert.equal((await theo.get('/exchange/my-data?before=x')).statusCode, 400);
  });

  test('tells a citizen without verified identity how to get it', async () => {
    await sql`update identity.accounts set identity_hash = null where person_id = ${idOf('Karim Hadjadj')}`.execute(
      db,
    );
    const page = await (await entered('Karim Hadjadj')).get('/exchange/my-data');
    assert.match(page.body, /Votre identité n’est pas encore vérifiée/);
    assert.match(page.body, /href="\/account\/connections"/);
  });

  test('proves that a record is in the log, once it is sealed', async () => {
    const page = (await theo.get(own)).body;
    assert.match(page, /Quotient familial/);
    assert.match(page, /Article L\. 123/);
    assert.match(page, /Télécharger la preuve/);
    const text = (await theo.get(`${own}/proof.json`)).body;
    const verdict = verifyProof(text);
    assert.deepEqual(verdict, { origin: LOG, entries: 3, read: 1, slices: [], fault: null });
    const proof = JSON.parse(text) as Record<string, unknown>;
    for (const changed of [
      { index: 1 },
      { leafHash: proof.checkpoint },
      { size: 4 },
      { path: [] },
      { origin: 'a' },
    ]) {
      assert.ok(verifyProof(JSON.stringify({ ...proof, ...changed })).fault, JSON.stringify(changed));
    }
    assert.ok(verifyProof('{"type":"inclusion"').fault);
    const young = accessAddress(placeOf(3, 60_000));
    assert.match((await theo.get(young)).body, /en cours de scellement/);
    assert.equal((await theo.get(`${young}/proof.json`)).statusCode, 404);
  });

  test('lets a person ask once at a time, and a producer answer once', async () => {
    const refused = await theo.post(`${own}/ask`, { kind: 'other', text: '?' });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /href="#kind"/);
    assert.match(refused.body, /href="#text"/);
    assert.equal((await eloise.post(`${own}/ask`, { kind: 'contest', text: 'Pourquoi ?' })).statusCode, 404);
    const asked = await theo.post(`${own}/ask`, { kind: 'contest', text: 'Je n’ai rien demandé.' });
    assert.equal(asked.statusCode, 303, asked.body);
    const [, id = ''] = /questions\/([^?]+)/.exec(String(asked.headers.location)) ?? [];
    assert.equal((await theo.post(`${own}/ask`, { kind: 'question', text: 'Et encore ?' })).statusCode, 422);
    assert.match((await theo.get(`/exchange/my-data/questions/${id}?done=sent`)).body, /24 décembre 2026/);
    assert.equal((await eloise.get(`/exchange/my-data/questions/${id}`)).statusCode, 404);

    assert.match((await producer.get('/desk')).body, /Répondre à la question/);
    assert.match((await consumer.get('/desk')).body, /Une personne interroge/);
    const seen = (await producer.get(`/exchange/producer/questions/${id}`)).body;
    assert.match(seen, /Théo Garance/);
    const told = (await consumer.get(`/exchange/consumer/questions/${id}`)).body;
    assert.match(told, /Je n’ai rien demandé/);
    assert.doesNotMatch(told, /Théo/);
    assert.equal((await otherConsumer.get(`/exchange/consumer/questions/${id}`)).statusCode, 404);
    const answer = `/exchange/producer/questions/${id}/answer`;
    assert.equal((await otherProducer.post(answer, { answer: 'Nous répondons.' })).statusCode, 404);
    assert.equal((await producer.post(answer, { answer: ' ' })).statusCode, 422);
    assert.equal((await producer.post(answer, { answer: 'L’abonnement du 3 mai.' })).statusCode, 303);
    assert.equal((await producer.post(answer, { answer: 'Autre chose.' })).statusCode, 422);
    assert.match((await theo.get(`/exchange/my-data/questions/${id}`)).body, /L’abonnement du 3 mai/);
    assert.match((await theo.get('/desk')).body, /Réponse à votre question/);
    const mail = await sql<{ recipient: string; body: string }>`
      select recipient, body from mail.messages order by created_at desc limit 2`.execute(db);
    assert.deepEqual(mail.rows.map(({ recipient }) => recipient).sort(), [
      'api@cnf.valmarie.example',
      'theo.garance@courriel.example',
    ]);
    assert.ok(mail.rows.every(({ body }) => !/rien demandé|abonnement/.test(body)));
  });

  test('asks and answers over the REST interface as well', async () => {
    const word = accessWord(placeOf(3, 60_000));
    const path = `/api/v1/exchange/my-data/accesses/${word}/questions`;
    assert.equal((await theo.postJson(path, { kind: 'x', text: 'y' })).statusCode, 400);
    const asked = await theo.postJson(path, { kind: 'question', text: 'Combien de temps ?' });
    assert.equal(asked.statusCode, 201, asked.body);
    const { id } = asked.json<{ id: string }>();
    assert.equal((await theo.postJson(path, { kind: 'question', text: 'Encore ?' })).statusCode, 409);
    const answer = `/api/v1/exchange/producer/questions/${id}/answer`;
    assert.equal((await otherProducer.postJson(answer, { answer: 'Un an.' })).statusCode, 404);
    assert.equal(
      (await producer.postJson(answer, { answer: 'Un an.' })).json<{ answer: string }>().answer,
      'Un an.',
    );
    assert.equal((await producer.postJson(answer, { answer: 'Deux.' })).statusCode, 409);
  });

  test('another person never has my hash', async () => {
    const identity = await findPivotIdentity(kernel, idOf('Théo Garance'));
    assert.ok(identity);
    assert.equal(hashOfPerson(key, identity), THEO);
    assert.equal(hashOfPerson(key, { ...identity, birthPlace: '' }), null);
    const name = fc.string({
      unit: fc.constantFrom('a', 'B', 'é', ' ', '-', '|'),
      minLength: 1,
      maxLength: 6,
    });
    const someone = fc.record({
      birthName: name,
      givenNames: name,
      birthDate: fc.constantFrom('1994-06-18', '1994-06-19'),
      birthPlace: fc.constantFrom('44109', '2A004', '99139'),
    });
    const same = (text: string) =>
      text
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .toUpperCase()
        .split(/[^A-Z]+/)
        .filter(Boolean)
        .join(' ');
    fc.assert(
      fc.property(someone, someone, (a, b) => {
        const isSame =
          same(a.birthName) === same(b.birthName) &&
          same(a.givenNames).split(' ')[0] === same(b.givenNames).split(' ')[0] &&
          a.birthDate === b.birthDate &&
          a.birthPlace === b.birthPlace;
        const [x, y] = [hashOfPerson(key, a), hashOfPerson(key, b)];
        return x === null || y === null || (x === y) === isSame;
      }),
    );
  });
});

describe('the consumer’s room', () => {
  const kit = `/exchange/consumer/accreditations/${trials.accreditation.number}/quotients-des-salles`;

  test('shows what may be called, what was refused and how much of the quota is used', async () => {
    await sql`insert into exchange.access_hours (producer_id, api_id, accreditation_id, organisation_id, environment,
      hour, allowed, denied, last_at) values (${trials.producerId}, ${trials.apiId}, ${trials.accreditation.id},
      ${trials.consumerId}, 'production', date_trunc('hour', ${clock.now()}::timestamptz), 1234, 5, ${clock.now()})
      on conflict do nothing`.execute(db);
    const page = (await consumer.get('/exchange/consumer')).body;
    assert.match(page, new RegExp(CLIENT));
    assert.match(page, /href="\/exchange\/errors\/scope-missing"/);
    assert.match(page, /75\s%/, 'three calls in the busiest minute of a quota of four');
    assert.match(page, new RegExp(`href="${kit}"`));
    const usage = await consumer.getJson('/api/v1/exchange/consumer/usage');
    assert.equal(usage.json<{ items: { allowed: number }[] }>().items.at(-1)?.allowed, 1234);
    assert.match((await consumer.get('/exchange/consumer/usage.csv')).body, /2026-11-24,1234,5/);
    const home = (await consumer.get('/')).body;
    assert.match(home, /1\s239<\/p>\s*<p class="socle-card__explanation">Appels entre/, 'calls of 30 days');
    const other = (await otherConsumer.get('/exchange/consumer')).body;
    assert.doesNotMatch(other, /Tarif social/);
  });

  test('gives command lines and a client narrowed to what is granted', async () => {
    const page = (await consumer.get(kit)).body;
    assert.match(page, /connect\/machines\/token/);
    assert.match(page, /demonstration-machine:\$CLIENT_SECRET/);
    const file = await consumer.get(`${kit}/client.ts`);
    assert.equal(file.statusCode, 200);
    assert.match(file.body, /class QuotientsDesSallesClient/);
    assert.doesNotMatch(file.body, /prenom/);
    for (const browser of [otherConsumer, consumer]) {
      const address = browser === consumer ? kit.replace('quotients', 'autres') : kit;
      assert.equal((await browser.get(address)).statusCode, 404);
      assert.equal((await browser.get(`${address}/client.ts`)).statusCode, 404);
    }
    assert.equal((await producer.get(kit)).statusCode, 403);
    assert.equal((await nobody.getJson(kit)).statusCode, 401);
    assert.equal((await consumer.get('/exchange/consumer/accreditations/0/x')).statusCode, 400);
  });
});

describe('rules', () => {
  test('a month of the calendar', () => {
    const due = (text: string) => answerIsDue(new Date(text)).toISOString().slice(0, 10);
    assert.equal(due('2026-11-24T10:00:00Z'), '2026-12-24');
    assert.equal(due('2026-01-31T10:00:00Z'), '2026-02-28');
    assert.equal(due('2028-01-30T10:00:00Z'), '2028-02-29');
    assert.equal(due('2026-12-31T10:00:00Z'), '2027-01-31');
  });

  test('a record’s place goes into an address and back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
        fc.nat(),
        (at, index) => {
          assert.deepEqual(accessPlaceOf(accessWord({ at, log: LOG, index })), { at, log: LOG, index });
        },
      ),
    );
    assert.deepEqual(fieldPath('/enfants/*/nom~1prenom'), [
      { name: 'enfants', isList: true },
      { name: 'nom/prenom', isList: false },
    ]);
  });

  test('a page ends between two days, and goes on after its last access', () => {
    const access = (hours: number) =>
      ({ at: new Date(Date.parse('2026-11-24T00:00:00Z') + hours * 3_600_000) }) as Parameters<
        typeof pageOfDays
      >[0][number];
    const list = [30, 29, 20, 10, 5].map(access);
    assert.deepEqual(pageOfDays(list, 4, 'UTC'), { shown: list.slice(0, 2), next: list[1] });
    assert.deepEqual(pageOfDays(list.slice(2), 2, 'UTC'), { shown: list.slice(2, 4), next: list[3] });
    assert.deepEqual(pageOfDays(list, 5, 'UTC'), { shown: list, next: null });
  });
});
