// Indicators in the whole application: intake and its months against PostgreSQL, pages, API, who may do what.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { listOrganisations } from '#modules/identity/public.ts';
import { startTestApp } from '#test/support/app.ts';
import { findIndicator, registerIndicatorUse } from './indicators.repository.ts';
import type { Indicator, MeasureOrigin } from './indicators.types.ts';
import { type Intake, takeMeasures } from './measures.actions.ts';
import { readSeries } from './measures.repository.ts';

const state = await startTestApp();
const { db, clock } = state.kernel;
const team = await state.signedInAs('product-team');
const director = await state.signedInAs('digital-director');
const citizen = await state.signedInAs('citizen');
const nobody = state.client();
const me = (await team.getJson('/api/v1/identity/me')).json<{
  roles: { role: string; organisationId: string }[];
}>();
const organisationId = me.roles.find(({ role }) => role === 'product-team')?.organisationId ?? '';

const FORM = {
  title: 'Démarches menées jusqu’au bout',
  subject: 'Portail d’essai',
  organisationId,
  unit: 'démarches',
  direction: 'up',
  population: 'Tous les usagers',
  aggregation: 'sum',
  cadence: 'daily',
  isPublic: '',
  definition: 'Démarches envoyées.',
};

async function create(more: Partial<Record<keyof typeof FORM, string>> = {}): Promise<string> {
  const answer = await team.post('/impact/indicators/new', { ...FORM, ...more });
  assert.equal(answer.statusCode, 303, answer.body);
  return String(answer.headers.location).split('/').at(-1) ?? '';
}

const take = (indicatorId: string, lines: Intake['lines'], origin: MeasureOrigin = 'measured') =>
  db
    .transaction()
    .execute((trx) =>
      takeMeasures(
        trx,
        { indicatorId, origin, sourceId: null, actor: null, evidence: '', lines },
        clock.now(),
      ),
    );

/** What the months should hold, counted from the days. */
async function assertMonthsHold(indicatorId: string) {
  const of = { indicatorId, origin: 'measured', from: '2025-01-01', until: '2026-10-31' } as const;
  const kept = await readSeries(db, { ...of, by: 'month' });
  const days = await readSeries(db, { ...of, by: 'day' });
  const { aggregation } = (await findIndicator(db, indicatorId)) as Indicator;
  const counted = new Map<string, number>();
  for (const { day, value } of days) {
    const month = `${day.slice(0, 7)}-01`;
    counted.set(month, aggregation === 'sum' ? (counted.get(month) ?? 0) + value : value);
  }
  assert.deepEqual(
    kept.map(({ day, value }) => [day, value]),
    [...counted],
  );
}

describe('the intake of measures', () => {
  for (const aggregation of ['sum', 'last']) {
    test(`keeps the months true to the days, whatever comes in which order (${aggregation})`, async () => {
      const id = await create({ aggregation });
      const days = Array.from({ length: 28 }, (_, at) => `2026-02-${String(at + 1).padStart(2, '0')}`);
      await take(
        id,
        days.slice(14).map((day, at) => ({ day, value: at })),
      );
      await take(
        id,
        days.slice(0, 20).map((day, at) => ({ day, value: at * 2, segment: 'nord' })),
      );
      await assertMonthsHold(id);
      await take(id, [
        { day: '2026-02-28', value: 500 },
        { day: '2026-02-28', value: 7, segment: 'nord' },
        { day: '2026-03-01', value: 1 },
      ]);
      await assertMonthsHold(id);
    });
  }

  test('a value that comes again changes nothing, another one is a correction with its history', async () => {
    const id = await create();
    const day = '2026-05-04';
    assert.deepEqual(await take(id, [{ day, value: 5 }]), {
      taken: 1,
      unchanged: 0,
      corrected: 0,
      refused: [],
      refusedCount: 0,
    });
    assert.equal((await take(id, [{ day, value: 5 }])).unchanged, 1);
    const mixed = await take(id, [
      { day, value: 6 },
      { day: '2026-05-05', value: Number.NaN },
      { day: '2026-12-01', value: 1 },
      { day: '2026-05-03', value: 1 },
    ]);
    assert.deepEqual(mixed, {
      taken: 1,
      unchanged: 0,
      corrected: 1,
      refused: [
        { line: 2, reason: 'not-a-number' },
        { line: 3, reason: 'future' },
      ],
      refusedCount: 2,
    });
    const { rows } = await sql<{ was: number; became: number }>`
      select was, became from impact.measure_corrections where indicator_id = ${id}`.execute(db);
    assert.deepEqual(rows, [{ was: 5, became: 6 }]);
  });

  test('portions are one intake: the first of two values stays, and nothing of a broken one', async () => {
    const id = await create();
    const day = '2026-05-04';
    await take(id, [{ day, value: 5 }]);
    async function* portions(isBroken: boolean) {
      yield [{ day, value: 5 }];
      yield Array.from({ length: 25_000 }, (_, at) => ({ day, value: 1, segment: `part ${at}` }));
      yield [{ day, value: 6 }];
      if (isBroken) throw new Error('broken');
    }
    await assert.rejects(take(id, portions(true)), /broken/);
    const { rows } = await sql`select from impact.measures where indicator_id = ${id}`.execute(db);
    assert.equal(rows.length, 1);
    assert.deepEqual(await take(id, portions(false)), {
      taken: 25_000,
      unchanged: 1,
      corrected: 0,
      refused: [{ line: 25_002, reason: 'contradicts-another-line' }],
      refusedCount: 1,
    });
    const of = { indicatorId: id, origin: 'measured', from: '2026-05-01', until: '2026-05-31' } as const;
    assert.deepEqual(await readSeries(db, { ...of, by: 'month' }), [{ day: '2026-05-01', value: 25_005 }]);
  });

  test('declared and measured are two series', async () => {
    const id = await create();
    await take(id, [{ day: '2026-05-04', value: 5 }]);
    await take(id, [{ day: '2026-05-04', value: 90 }], 'declared');
    for (const [origin, value] of [
      ['measured', 5],
      ['declared', 90],
    ]) {
      const answer = await team.getJson(`/api/v1/indicators/${id}/series?origin=${origin}&from=2026-05-01`);
      assert.deepEqual(answer.json<{ points: unknown }>().points, [{ day: '2026-05-01', value }]);
    }
  });

  test('two intakes of one indicator at the same moment both count', async () => {
    const id = await create();
    await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        take(id, [{ day: '2026-06-10', value: 1, segment: `part ${at % 4}` }]),
      ),
    );
    await assertMonthsHold(id);
    const [month] = await readSeries(db, {
      indicatorId: id,
      origin: 'measured',
      from: '2026-06-01',
      until: '2026-06-30',
      by: 'month',
    });
    assert.equal(month?.value, 4);
  });

  test('a month cut short is read by its days', async () => {
    const id = await create();
    const lines = ['2026-05-01', '2026-05-20', '2026-06-01', '2026-07-15', '2026-07-16'];
    await take(
      id,
      lines.map((day) => ({ day, value: 1 })),
    );
    const of = {
      indicatorId: id,
      origin: 'measured',
      from: '2026-05-02',
      until: '2026-07-15',
      by: 'month',
    } as const;
    assert.deepEqual(await readSeries(db, of), [
      { day: '2026-05-01', value: 1 },
      { day: '2026-06-01', value: 1 },
      { day: '2026-07-01', value: 1 },
    ]);
  });
});

describe('an indicator’s page', () => {
  test('shows the demonstration’s series to everyone, with their faults and files', async () => {
    const { items } = (await nobody.getJson('/api/v1/indicators?search=prevention')).json<{
      items: Indicator[];
    }>();
    const late = items.find(({ title }) => title === 'Démarches abandonnées');
    assert.ok(late);
    const page = await nobody.get(`/impact/indicators/${late.id}`);
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /Retard/);
    assert.match((await nobody.get('/impact/indicators')).body, new RegExp(late.title));
    const csv = await nobody.get(`/impact/indicators/${late.id}/series.csv`);
    assert.match(csv.body, /^origin,day,segment,value,/);
    assert.ok(csv.body.split('\r\n').length > 600);
    for (const by of ['day', 'week']) {
      assert.equal((await nobody.get(`/impact/indicators/${late.id}?by=${by}`)).statusCode, 200);
    }
  });

  test('takes a declared measure with evidence, a new definition, and says what is wrong', async () => {
    const id = await create();
    const measure = {
      day: '2026-04-01',
      value: '12,5',
      segment: '',
      evidence: 'https://exemple.example/rapport',
    };
    const post = (more: object, path = 'measures') =>
      team.post(`/impact/indicators/${id}/${path}`, { ...measure, ...more });
    assert.equal((await post({})).statusCode, 303);
    for (const wrong of [{ value: 'NaN' }, { day: '2027-01-01' }, { day: 'x' }, { evidence: '' }]) {
      const answer = await post(wrong);
      assert.equal(answer.statusCode, 422, JSON.stringify(wrong));
      assert.match(answer.body, /govuk-error-summary/);
    }
    const anew = { text: 'Démarches acceptées.', fromDay: '2026-06-01', reason: 'Mieux dire le résultat.' };
    assert.equal((await team.post(`/impact/indicators/${id}/definitions`, anew)).statusCode, 303);
    const page = await team.get(`/impact/indicators/${id}`);
    assert.match(page.body, /Démarches acceptées\./);
    assert.match(page.body, /Démarches envoyées\./);
  });

  test('one that is not public is its organisation’s alone, and another organisation writes none', async () => {
    const id = await create();
    for (const client of [nobody, citizen, director]) {
      assert.equal((await client.get(`/impact/indicators/${id}`)).statusCode, 404);
      assert.equal((await client.getJson(`/api/v1/indicators/${id}/series`)).statusCode, 404);
    }
    assert.equal((await director.post(`/impact/indicators/${id}/close`, {})).statusCode, 404);
    assert.equal((await citizen.post(`/impact/indicators/${id}/close`, {})).statusCode, 403);
    const [other] = (await listOrganisations(db)).filter((one) => one.id !== organisationId);
    const foreign = await team.post('/impact/indicators/new', { ...FORM, organisationId: other?.id ?? '' });
    assert.equal(foreign.statusCode, 422);
  });

  test('one in use is closed and not deleted; one that nothing uses goes', async () => {
    const used = await create();
    await db
      .transaction()
      .execute((trx) => registerIndicatorUse(trx, { indicatorId: used, user: 'impact/contract/1' }));
    const refused = await team.post(`/impact/indicators/${used}/delete`, {});
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /sert à un contrat/);
    await assert.rejects(sql`delete from impact.indicators where id = ${used}`.execute(db));
    const measured = await create();
    await take(measured, [{ day: '2026-05-04', value: 5 }]);
    assert.equal((await team.post(`/impact/indicators/${measured}/delete`, {})).statusCode, 422);
    assert.equal((await team.post(`/impact/indicators/${measured}/close`, {})).statusCode, 303);
    await assert.rejects(sql`delete from impact.indicators where id = ${measured}`.execute(db));
    await assert.rejects(take(measured, [{ day: '2026-05-05', value: 5 }]), {
      code: 'impact.indicator-closed',
    });
    const mistaken = await create();
    assert.equal((await team.post(`/impact/indicators/${mistaken}/delete`, {})).statusCode, 303);
    assert.equal((await team.get(`/impact/indicators/${mistaken}`)).statusCode, 404);
  });
});
