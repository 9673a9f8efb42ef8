// Forecasts as they are kept, scored and shown, through the whole application with its demonstration State.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { sql } from 'kysely';
import { startTestApp } from '#test/support/app.ts';
import { recordFileEvent } from '../files/events.actions.ts';
import { listFileStates } from '../files/facts.repository.ts';
import { keepDueForecasts, keepForecast, recordJudgement, scoreOutcomes } from './forecasts.actions.ts';
import { latestForecastOf, listForecastsOf, listLatestForecasts } from './kept-forecasts.repository.ts';

const state = await startTestApp();
const { kernel } = state;
const { db, clock, config } = kernel;
const nobody = state.client();
const nothing = () => {};
const ACTOR = { kind: 'system', name: 'tests' } as const;

let live: Awaited<ReturnType<typeof listFileStates>>;
before(async () => {
  live = (await listFileStates(db)).filter(({ firstBaseline, classified }) => firstBaseline && !classified);
  assert.ok(live.length > 5);
});

test('the first night of a month keeps a forecast of each live file, the next one none', async () => {
  assert.equal((await keepDueForecasts(kernel, nothing)).kept, 0, 'this month’s are there');
  clock.moveTo(new Date('2026-12-02T03:40:00Z'));
  const first = await keepDueForecasts(kernel, nothing);
  assert.ok(first.kept >= live.length);
  const second = await keepDueForecasts(kernel, nothing);
  assert.equal(second.kept, 0);
  assert.equal(second.unchanged, first.kept + first.unchanged);
  const latest = await listLatestForecasts(
    db,
    live.map(({ id }) => id),
  );
  assert.equal(latest.size, live.length);
  for (const forecast of latest.values()) {
    assert.ok(forecast.p80CostCents >= forecast.medianCostCents);
    assert.ok(forecast.p80EndOn >= forecast.medianEndOn);
    assert.equal(forecast.quantiles.cost.length, 40);
  }
  const [made] = [...latest.values()].filter(({ madeAt }) => madeAt.getTime() === clock.now().getTime());
  assert.ok(made && made.inputs.ownProjects > 0 && made.inputs.ownWeight < 1);
});

test('a kept forecast is never rewritten', async () => {
  await assert.rejects(sql`update portfolio.forecasts set above25 = 0`.execute(db), /never changed/);
  await assert.rejects(sql`delete from portfolio.judgements`.execute(db), /never changed/);
});

test('a project that ends scores what was said of it, once; a judgement is true within its frame only', async () => {
  const file = live.find(({ state: now }) => now === 'running');
  assert.ok(file?.latestEstimate);
  const { costCents, endOn } = file.latestEstimate;
  const now = clock.now();
  const judge = (probability: number, frameCostCents: number) =>
    db.transaction().execute(async (trx) => {
      const sourceId = randomUUID();
      const judgement = {
        fileId: file.id,
        at: now,
        kind: 'opinion' as const,
        sourceId,
        probability,
        frameCostCents,
        frameEndOn: endOn > '2026-12-01' ? endOn : '2026-12-01',
        actor: ACTOR,
      };
      const id = await recordJudgement(trx, judgement);
      assert.equal(await recordJudgement(trx, judgement), null, 'an opinion is one judgement');
      return id;
    });
  const [within, below] = [await judge(0.7, costCents + 1), await judge(0.4, costCents - 1)];
  const kept = await db
    .transaction()
    .execute((trx) =>
      keepForecast(trx, { fileId: file.id, at: now, timeZone: config.timeZone, occasion: 'opinion' }),
    );
  assert.equal((await latestForecastOf(db, file.id))?.id, kept);

  clock.moveTo(new Date(now.getTime() + 3_600_000));
  await db.transaction().execute((trx) =>
    recordFileEvent(trx, {
      fileId: file.id,
      kind: 'finish',
      happenedOn: '2026-12-01',
      reason: 'Delivered',
      actor: ACTOR,
      at: clock.now(),
    }),
  );
  const scored = await scoreOutcomes(kernel);
  assert.equal(scored.judgements, 2);
  assert.equal(scored.forecasts, (await listForecastsOf(db, file.id)).length);
  assert.deepEqual(await scoreOutcomes(kernel), { forecasts: 0, judgements: 0 });

  const { rows } = await sql<{ judgement_id: string; came: boolean }>`
    select judgement_id, came from portfolio.judgement_scores where judgement_id = any (${[within, below]}::uuid[])`.execute(
    db,
  );
  assert.deepEqual(
    new Map(rows.map((row) => [row.judgement_id, row.came])),
    new Map([
      [within, true],
      [below, false],
    ]),
  );
  const { rows: scores } = await sql<{ cost_ratio: number }>`
    select cost_ratio from portfolio.forecast_scores where forecast_id = ${kept}`.execute(db);
  assert.ok(
    Math.abs((scores[0]?.cost_ratio ?? 0) - costCents / (file.firstBaseline?.costCents ?? 1)) < 1e-12,
  );
});

test('the calibration is public, as a page, as CSV and as JSON, and they agree', async () => {
  const page = await nobody.get('/projects/calibration');
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /id="reliability-over25/);
  const api = await nobody.getJson('/api/v1/forecast-calibration');
  const { forecasts, judgements } = api.json<{
    forecasts: { n: number; over25: { brier: number } };
    judgements: { n: number };
  }>();
  assert.ok(forecasts.n > 0 && forecasts.over25.brier >= 0 && forecasts.over25.brier <= 1);
  assert.ok(judgements.n >= 2);
  const csv = await nobody.get('/projects/calibration.csv');
  assert.equal(csv.body.trim().split('\r\n').length, forecasts.n + 1);
  const said = await nobody.get('/projects/calibration/judgements.csv');
  assert.equal(said.body.trim().split('\r\n').length, judgements.n + 1);
});

test('a forecast is shown to whoever sees the file, and to nobody else', async () => {
  const [file] = live;
  assert.ok(file);
  const page = await nobody.get(`/projects/files/${file.id}/forecast`);
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /forecast-fan/);
  assert.match((await nobody.get(`/projects/files/${file.id}`)).body, /\/forecast"/);
  const csv = await nobody.get(`/projects/files/${file.id}/forecasts.csv`);
  assert.match(csv.body, /^id,made_at,/);
  const api = await nobody.getJson(`/api/v1/project-files/${file.id}/forecasts`);
  assert.ok(api.json<{ items: unknown[] }>().items.length > 0);

  const { rows } = await sql<{ id: string }>`
    select id from portfolio.project_files where first_baseline_at is null or classified limit 1`.execute(db);
  const hidden = rows[0]?.id ?? randomUUID();
  for (const under of ['forecast', 'forecasts.csv']) {
    assert.equal((await nobody.get(`/projects/files/${hidden}/${under}`)).statusCode, 404);
    assert.equal((await nobody.get(`/projects/files/not-an-id/${under}`)).statusCode, 404);
  }
  assert.equal((await nobody.getJson(`/api/v1/project-files/${hidden}/forecasts`)).statusCode, 404);
});
