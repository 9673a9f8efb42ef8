// Contracts over HTTP against the demonstration State: who reads, drafts, signs and judges; from a draft to a judgement.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findActor, inventedId } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { startTestApp, type TestClient } from '#test/support/app.ts';
import { takeMeasures } from '../indicators/measures.actions.ts';
import { listContractOutcomes } from './contracts.repository.ts';
import { recordDeadlines } from './reviews.actions.ts';
import { signContract } from './signatures.actions.ts';
import { onVerdict, type VerdictNews } from './verdict-watchers.ts';

const state = await startTestApp();
const { kernel } = state;
const DAY_MS = 86_400_000;
const day = (from: number) =>
  new Date(kernel.clock.now().getTime() + from * DAY_MS).toISOString().slice(0, 10);

async function as(name: string): Promise<TestClient> {
  const client = state.client();
  const answer = await client.post('/sign-in/demonstration', { personId: inventedId('person', name) });
  assert.equal(answer.statusCode, 303);
  return client;
}

async function actorNamed(name: string): Promise<Actor> {
  const actor = await findActor(kernel.db, inventedId('person', name), kernel.clock.now());
  assert.ok(actor);
  return actor;
}

const owner = await as('Hélène Vasseur');
const stranger = await as('Mélanie Jourdain');
const auditor = await as('Anaïs Kerbrat');
const nobody = state.client();

interface Read {
  id: string;
  state: string;
  decision: string | null;
  termsHash: string;
  terms: Record<string, unknown> & { indicatorId: string };
  latestReview: { id: string; proposal: string; verdict: { kind: string } } | null;
}
const list = await nobody.getJson('/api/v1/impact/contracts');
const items = list.json<{ items: Read[] }>().items;
const scaled = items.find(({ decision }) => decision === 'scale') as Read;

const terms = (more: object = {}) => ({
  ...scaled.terms,
  title: 'Un nouveau contrat',
  baselineOn: day(-1),
  deadline: day(100),
  ...more,
});

test('the public reads what was signed, drafts are between the parties', async () => {
  assert.ok(items.length >= 7);
  assert.ok(items.every((one) => !['draft', 'abandoned'].includes(one.state)));
  const outcomes = await listContractOutcomes(kernel.db);
  const decisions = outcomes.map(({ decision }) => decision);
  assert.ok(decisions.includes('scale') && decisions.includes('stop'));
  assert.ok(outcomes.some(({ hadNoMeasure, state: at }) => hadNoMeasure && at === 'unmeasured'));
  const all = (await auditor.getJson('/api/v1/impact/contracts')).json<{ items: Read[] }>().items;
  const draft = all.find((one) => one.state === 'draft') as Read;
  assert.equal((await nobody.get(`/impact/contracts/${draft.id}`)).statusCode, 404);
  assert.equal((await stranger.get(`/impact/contracts/${draft.id}`)).statusCode, 404);
  assert.equal((await auditor.get(`/impact/contracts/${draft.id}`)).statusCode, 200);
  for (const one of items) assert.equal((await nobody.get(`/impact/contracts/${one.id}`)).statusCode, 200);
  assert.equal((await nobody.get('/impact/contracts')).statusCode, 200);
  assert.match((await nobody.get('/impact/contracts.csv')).body, /terms_hash\r\n/);
  assert.equal((await owner.get('/impact/contracts/mine')).statusCode, 200);
});

test('a form with faults is shown again with each of them', async () => {
  const answer = await owner.post('/impact/contracts/new', { title: 'Gardé', target: 'beaucoup' });
  assert.equal(answer.statusCode, 422);
  const whole = await owner.post('/impact/contracts/new', {
    organisationId: inventedId('organisation', 'MEF'),
    title: 'Gardé',
    target: 'beaucoup',
  });
  assert.equal(whole.statusCode, 422);
  assert.match(whole.body, /value="Gardé"/);
  assert.match(whole.body, /href="#target"/);
  assert.match(whole.body, /href="#reviewerPersonId"/);
});

test('a form is shown to who may send it, at a moment when it may be sent', async () => {
  const page = (name: string) => `/impact/contracts/${scaled.id}/${name}`;
  const statuses = async (who: TestClient) =>
    Object.fromEntries(
      await Promise.all(
        ['sign', 'edit', 'amend', 'abandon', 'judge', 'guardrails', 'savings'].map(async (name) => [
          name,
          (await who.get(page(name))).statusCode,
        ]),
      ),
    );
  const before = { sign: 409, edit: 409, amend: 409, abandon: 409 };
  assert.deepEqual(await statuses(owner), { ...before, judge: 403, guardrails: 403, savings: 200 });
  const forTheState = { sign: 409, edit: 403, amend: 403, abandon: 403 };
  assert.deepEqual(await statuses(auditor), { ...forTheState, judge: 403, guardrails: 409, savings: 200 });
  const others = await statuses(stranger);
  assert.deepEqual(new Set(Object.values(others)), new Set([403]));
});

test('places are chosen by their indicators, and shown again where something is wrong', async () => {
  const organisationId = inventedId('organisation', 'MEF');
  const columns = new URLSearchParams([
    ['_csrf', await owner.csrfToken()],
    ['organisationId', organisationId],
    ['counterfactual', 'staggered'],
    ['unit', scaled.terms.indicatorId],
    ['unitStart', '2026-09-01'],
    ['unitLike', ''],
    ['unit', ''],
    ['unitStart', ''],
    ['unitLike', ''],
  ]);
  const answer = await owner.sendRaw('POST', '/impact/contracts/new', columns.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /href="#units"/);
  assert.ok(answer.body.includes(`<option value="${scaled.terms.indicatorId}" selected>`));
  assert.match(answer.body, /id="units-start" name="unitStart" type="date" value="2026-09-01"/);
});

test('savings are three figures, each by whoever may give it', async () => {
  const at = `/api/v1/impact/contracts/${scaled.id}/savings`;
  const saving = (kind: string) => ({ kind, amountEuros: 10, evidence: 'Facture' });
  assert.equal((await owner.postJson(at, saving('audited'))).statusCode, 400);
  assert.equal((await owner.postJson(at, saving('declared'))).statusCode, 200);
  assert.equal((await auditor.postJson(at, saving('cashed'))).statusCode, 200);
  assert.equal((await stranger.postJson(at, saving('declared'))).statusCode, 403);
  assert.equal((await nobody.postJson(at, saving('declared'))).statusCode, 401);
});

test('a contract goes from draft to both signatures, measures, review and judgement', async () => {
  const heard: VerdictNews[] = [];
  onVerdict(kernel.db, async (_trx, _now, news) => {
    heard.push(news);
  });
  const organisationId = inventedId('organisation', 'MEF');
  const insider = {
    organisationId,
    terms: terms({ reviewerPersonId: inventedId('person', 'Hélène Vasseur') }),
  };
  assert.equal((await owner.postJson('/api/v1/impact/contracts', insider)).statusCode, 400);
  const elsewhere = { organisationId: inventedId('organisation', 'MJU'), terms: terms() };
  assert.equal((await owner.postJson('/api/v1/impact/contracts', elsewhere)).statusCode, 400);
  const drafted = await owner.postJson('/api/v1/impact/contracts', { organisationId, terms: terms() });
  assert.equal(drafted.statusCode, 201, drafted.body);
  const { id, termsHash } = drafted.json<Read>();
  const at = `/api/v1/impact/contracts/${id}`;

  assert.equal((await stranger.postJson(`${at}/signatures`, { termsHash })).statusCode, 404);
  assert.equal((await owner.postJson(`${at}/signatures`, { termsHash: 'other' })).statusCode, 409);
  const deskOf = async (who: TestClient) => (await who.get('/desk')).body;
  const toSign = 'À signer\u00A0: Un nouveau contrat';
  assert.ok((await deskOf(owner)).includes(toSign));
  assert.ok(!(await deskOf(auditor)).includes(toSign));
  assert.equal((await owner.postJson(`${at}/signatures`, { termsHash })).statusCode, 200);
  assert.ok(!(await deskOf(owner)).includes(toSign));
  assert.ok((await deskOf(auditor)).includes(toSign));
  assert.equal((await owner.postJson(`${at}/signatures`, { termsHash })).statusCode, 409);
  // Signed by one party, the terms are frozen until they are returned.
  assert.equal((await owner.post(`/impact/contracts/${id}/edit`, {})).statusCode, 422);
  // The last moment to sign is the day before the deadline, in the State's time zone: an hour before midnight UTC is too late.
  const then = kernel.clock.now();
  kernel.clock.moveTo(new Date(`${day(99)}T23:00:00Z`));
  await assert.rejects(signContract(kernel, await actorNamed('Anaïs Kerbrat'), id, termsHash), {
    code: 'impact.contract-is-in-another-state',
  });
  kernel.clock.moveTo(then);
  const signed = await auditor.postJson(`${at}/signatures`, { termsHash });
  assert.equal(signed.json<Read>().state, 'signed');
  assert.equal((await nobody.get(`/impact/contracts/${id}`)).statusCode, 200);

  // An amendment keeps the rule, and the version in force holds until both sign.
  const amendment = {
    reason: 'Plus de temps',
    terms: terms({ deadline: day(110), rule: { pScale: 0.5, pStop: 0.4, reviewsToStop: 1 } }),
  };
  assert.equal((await owner.postJson(`${at}/amendments`, amendment)).statusCode, 201);
  interface Whole extends Read {
    versions: { version: number; state: string; termsHash: string; terms: { rule: { pScale: number } } }[];
  }
  const read = async (who: TestClient) => (await who.getJson(at)).json<Whole>();
  assert.equal((await read(nobody)).versions.length, 1);
  const [, proposed] = (await read(owner)).versions;
  assert.equal(proposed?.terms.rule.pScale, 0.8);
  await owner.postJson(`${at}/signatures`, { termsHash: proposed?.termsHash });
  assert.equal((await read(owner)).state, 'signed');
  await auditor.postJson(`${at}/signatures`, { termsHash: proposed?.termsHash });
  assert.equal((await read(nobody)).state, 'amended');
  assert.equal((await read(nobody)).versions.length, 2);

  kernel.clock.moveTo(new Date(kernel.clock.now().getTime() + 111 * DAY_MS));
  const lines = [-98, -91, -84, -77, -70, -63, -56, -49, -42, -35, -28, -21, -14, -7].map((from) => ({
    day: day(from),
    value: 90 + (from % 3) / 10,
  }));
  const intake = {
    indicatorId: scaled.terms.indicatorId,
    origin: 'measured',
    sourceId: null,
    actor: null,
    evidence: '',
    lines,
  } as const;
  await kernel.db.transaction().execute((trx) => takeMeasures(trx, intake, kernel.clock.now()));
  const counted = await recordDeadlines(kernel, new AbortController().signal);
  assert.ok(counted.measured >= 1);
  assert.deepEqual(await recordDeadlines(kernel, new AbortController().signal), {
    measured: 0,
    unmeasured: 0,
  });
  const measured = await read(nobody);
  assert.equal(measured.state, 'measured');
  assert.ok(measured.latestReview);
  const reviewId = measured.latestReview.id;

  // Sessions ended long ago.
  const ownerLater = await as('Hélène Vasseur');
  const reviewerLater = await as('Rémi Delaunay');
  assert.ok((await deskOf(reviewerLater)).includes('À juger\u00A0: Un nouveau contrat'));
  assert.equal(
    (await ownerLater.postJson(`${at}/judgements`, { reviewId, decision: 'scale' })).statusCode,
    403,
  );
  // Guardrails were never checked, so the rule does not propose to scale: to do so asks for a reason.
  assert.notEqual(measured.latestReview.proposal, 'scale');
  assert.equal(
    (await reviewerLater.postJson(`${at}/judgements`, { reviewId, decision: 'scale' })).statusCode,
    400,
  );
  const judgement = { reviewId, decision: 'extend-once', reason: 'Encore un peu', extendedUntil: day(60) };
  const extended = await reviewerLater.postJson(`${at}/judgements`, judgement);
  assert.equal(extended.json<Read>().state, 'extended', extended.body);
  const again = await reviewerLater.postJson(`${at}/judgements`, judgement);
  assert.equal(again.statusCode, 409);
  assert.deepEqual(
    heard.filter(({ contractId }) => contractId === id).map((one) => one.judgement?.decision ?? null),
    [null, 'extend-once'],
  );

  // Time is given once.
  kernel.clock.moveTo(new Date(kernel.clock.now().getTime() + 61 * DAY_MS));
  await recordDeadlines(kernel, new AbortController().signal);
  const second = (await read(nobody)).latestReview?.id ?? '';
  const reviewerLast = await as('Rémi Delaunay');
  const twice = { ...judgement, reviewId: second, extendedUntil: day(30) };
  assert.equal((await reviewerLast.postJson(`${at}/judgements`, twice)).statusCode, 400);
  const stop = { reviewId: second, decision: 'stop', reason: 'Rien de plus à attendre' };
  assert.equal((await reviewerLast.postJson(`${at}/judgements`, stop)).json<Read>().state, 'judged');
});
