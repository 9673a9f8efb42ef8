// The backtest: what it may see, what it gives, and how it does on a panel whose truth is known.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytesOfFile } from '../panorama/sheet.reader.ts';
import { backtest, backtestParts } from './backtest.rules.ts';
import { drawing } from './draws.rules.ts';
import { quantileOf } from './ensembles.rules.ts';
import { forecastMove, isRepeat, learnMoves } from './moves.rules.ts';
import { readPanel } from './panels.reader.ts';
import { monthsBetween, transitionsOf } from './panels.rules.ts';
import type { PanelEdition } from './panels.types.ts';

/** A panel of projects that move by chance: 8 % a month, with a few large moves. */
function invented(seed: number, months: readonly string[], projects = 60): PanelEdition[] {
  const draw = drawing(seed);
  const states = Array.from({ length: projects }, (_, index) => ({
    project: `P${index}`,
    phase: index % 3 ? ('build' as const) : ('rollout' as const),
    startedOn: '2014-01-01',
    cost: 10 + index,
    duration: 4 + (index % 5),
  }));
  return months.map((month, at) => {
    const gap = at === 0 ? 0 : monthsBetween(months[at - 1] ?? month, month);
    return {
      month,
      states: new Map(
        states.map((state) => {
          for (let passed = 0; passed < gap; passed += 1) {
            if (draw() < 0.08) state.cost *= Math.exp(-Math.log(1 - draw()) * 0.15 - 0.05);
            if (draw() < 0.06) state.duration *= Math.exp(-Math.log(1 - draw()) * 0.1);
          }
          return [state.project, { ...state }];
        }),
      ),
    };
  });
}
const MONTHS = ['2016-06', '2016-11', '2017-06', '2018-01', '2018-06', '2020-06'];

test('what comes later changes no earlier forecast', () => {
  const whole = invented(3, MONTHS);
  const short = whole.slice(0, 4);
  const later = backtest(whole);
  const earlier = backtest(short);
  for (const figure of ['cost', 'duration'] as const) {
    assert.ok((earlier[figure]?.editions.length ?? 0) === 2);
    assert.deepEqual(later[figure]?.editions.slice(0, 2), earlier[figure]?.editions);
  }
});

test('money counted in another unit gives the same forecast of the ratio, but for what is a rounding', () => {
  const pairs = transitionsOf(invented(4, MONTHS), 'cost');
  const moved = pairs.map((pair) => pair.filter((one) => !isRepeat(one)));
  const dearer = moved.map((pair) => pair.map((one) => ({ ...one, value: one.value * 7 })));
  const standing = { project: 'P1', value: 1e6, months: 6, phase: 'build', elapsedShare: 0.4 } as const;
  for (const p of [0.05, 0.5, 0.8, 0.95]) {
    assert.equal(
      quantileOf(forecastMove(learnMoves('cost', moved), standing), p),
      quantileOf(forecastMove(learnMoves('cost', dearer), standing), p),
    );
  }
});

test('with nothing learned the prior speaks, and wider the longer the time', () => {
  const model = learnMoves('cost', []);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (a, b) => {
      const width = (months: number) => {
        const forecast = forecastMove(model, {
          project: 'new',
          value: 20,
          months,
          phase: null,
          elapsedShare: null,
        });
        return quantileOf(forecast, 0.95) - quantileOf(forecast, 0.05);
      };
      assert.ok(a <= b ? width(a) <= width(b) + 1e-9 : width(a) >= width(b) - 1e-9);
    }),
  );
});

test('on panels whose projects do move by chance it is calibrated, and beats both peers over uneven gaps', () => {
  const runs = Array.from({ length: 10 }, (_, seed) => backtest(invented(seed + 10, MONTHS)));
  for (const figure of ['cost', 'duration'] as const) {
    const mean = (of: (one: NonNullable<(typeof runs)[number]['cost']>) => number) =>
      runs.reduce((sum, run) => {
        const scores = run[figure];
        assert.ok(scores);
        return sum + of(scores);
      }, 0) / runs.length;
    assert.ok(mean((one) => one.crps - one.crps_empirical_class) < 0, `${figure} against the pool`);
    assert.ok(mean((one) => one.crps - one.crps_no_change) < 0, `${figure} against no change`);
    // Where "no change" holds the lower end of the interval, its coverage is above 80 % by nature; the PIT is not.
    for (const share of [mean((one) => one.pit_above_90), mean((one) => one.pit_below_10)]) {
      assert.ok(share > 0.05 && share < 0.15, `${share} of the ${figure}s lie in an outer tenth`);
    }
  }
});

test('the same panel gives the same figures, whatever the order of its rows', () => {
  const panel = invented(5, MONTHS);
  const turned = panel.map(({ month, states }) => ({ month, states: new Map([...states].toReversed()) }));
  const close = (a: number | undefined, b: number | undefined) => Math.abs((a ?? 0) - (b ?? 1)) < 1e-12;
  const [one, other] = [backtest(panel), backtest(turned)];
  assert.ok(close(one.cost?.crps, other.cost?.crps));
  assert.equal(one.cost?.pit_above_90, other.cost?.pit_above_90);
  assert.deepEqual(backtest(panel), one);
});

test('a panel without costs still gives durations', () => {
  const panel = invented(6, MONTHS).map(({ month, states }) => ({
    month,
    states: new Map([...states].map(([key, state]) => [key, { ...state, cost: null }])),
  }));
  assert.equal(backtest(panel).cost, null);
  assert.ok(backtest(panel).duration);
});

test('parts of a panel: forty halves of its projects, and the panel without each edition between', () => {
  const { halves, without_an_edition: without } = backtestParts(invented(8, MONTHS, 20));
  assert.equal(halves.cost?.runs, 40);
  assert.equal(without.duration?.runs, MONTHS.length - 2);
  for (const { coverage80 } of [halves.cost, without.cost].filter((one) => one !== null)) {
    assert.deepEqual(
      coverage80,
      coverage80.toSorted((one, other) => one - other),
    );
  }
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

test('a panel is read without its commits, by key or by name, and tells what it leaves out', async () => {
  const panel = await readPanel({
    name: 'panel.csv',
    bytes: bytesOf(
      [
        'edition ;project;key;ministry;interministerial;start;duration_years;phase;cost_meur;zone;programme;;',
        '2018-06;Vitam;V1;A;Oui;2014-01;6,5;Déploiement;26,3;;;;',
        '2018-06-01;Vitam bis;V1;A;Oui;2014-01;6,5;Déploiement;26,3;;;;',
        '2018-12-15;VITAM 2;V1;A;Oui;01/01/2014;7,0;Déploiement;NA;;;;',
        '2018-12;SI-Samu;;A;Oui;41640;en cadrage;Cadrage;en cadrage;;;;',
        'hier;Autre;;A;Oui;2014-01;1;Cadrage;2;;;;',
      ].join('\n'),
    ),
  });
  assert.deepEqual(
    panel.editions.map(({ month, states }) => [month, [...states.keys()]]),
    [
      ['2018-06', ['V1']],
      ['2018-12', ['V1', 'sisamu']],
    ],
  );
  assert.equal(panel.rows, 5);
  assert.deepEqual(
    panel.leftOut.map(({ where }) => where.en),
    ['line 3', 'line 6'],
  );
  assert.equal(panel.editions[1]?.states.get('V1')?.cost, null);
  await assert.rejects(
    readPanel({ name: 'x', bytes: bytesOf('project,ministry,start,duration_years,phase,cost_meur\n') }),
    {
      code: 'portfolio.panel-without-editions',
    },
  );
});

const REAL = new URL('../../../../../shared/data/panorama/panel-2016-2019.csv', import.meta.url).pathname;

test('the published panel: both figures beat no change and the pool of earlier editions', {
  skip: existsSync(REAL) ? false : `${REAL} is not there`,
}, async () => {
  const { editions } = await readPanel({ name: 'panel', bytes: bytesOfFile(REAL) });
  const { cost, duration } = backtest(editions);
  for (const scores of [cost, duration]) {
    assert.ok(scores);
    assert.ok(scores.crps < scores.crps_no_change);
    assert.ok(scores.crps < scores.crps_empirical_class);
    assert.ok(scores.coverage80 > 0.72 && scores.coverage80 < 0.9);
    const [low, high] = scores.intervals.crps;
    assert.ok(low < scores.crps && scores.crps < high);
  }
});
