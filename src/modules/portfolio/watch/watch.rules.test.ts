// The rules of the watch as tables of cases, what a look changes, and the order of difficulty.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Baseline } from '../baselines/baselines.types.ts';
import type { FileFacts } from '../files/files.types.ts';
import { faultsOfDecision } from './decisions.rules.ts';
import { byProject, changesOf, firingsOn, restsUntil } from './watch.rules.ts';
import type { KnownAlert, WatchedFile, WatchLimits, WatchRule } from './watch.types.ts';

const TODAY = '2026-11-24';
const LIMITS: WatchLimits = {
  costSlippage: 0.2,
  scheduleSlippage: 0.25,
  outsourcing: 0.8,
  overdueRecommendations: 1,
  newsDays: 180,
};
const FRAME = {
  costCents: 1_000_000_00,
  startOn: '2024-01-01',
  endOn: '2027-01-01',
  scopeShare: 1,
} as Baseline;

function fileWith(facts: Partial<FileFacts>, more: Partial<WatchedFile> = {}): WatchedFile {
  return {
    facts: {
      id: 'f',
      state: 'running',
      phase: 'build',
      outsourcedShare: 0.5,
      objectivesCount: 1,
      firstBaseline: FRAME,
      latestBaseline: FRAME,
      slippage: null,
      ...facts,
    } as FileFacts,
    overdue: null,
    lastMeasureOn: '2026-10-01',
    forecast: null,
    ...more,
  };
}

function slipped(costShare: number, scheduleShare: number | null): Partial<FileFacts> {
  const slippage = { costCents: 0, costShare, months: 3, scheduleShare, scopeShare: 0 };
  return { slippage: { first: slippage, latest: { ...slippage, costShare: 0, scheduleShare: 0 } } };
}

describe('the rules', () => {
  const cases: readonly [
    string,
    WatchedFile,
    WatchRule[],
    (Partial<WatchLimits> & { lastNewsOn?: string })?,
  ][] = [
    ['nothing to say', fileWith({}), []],
    ['cost at its limit', fileWith(slipped(0.2, 0)), []],
    ['cost above its limit, whatever the latest baseline says', fileWith(slipped(0.21, 0)), ['slippage']],
    ['schedule above its limit', fileWith(slipped(0, 0.26)), ['slippage']],
    ['a schedule of no days', fileWith(slipped(0, null)), []],
    ['slippage without a limit', fileWith(slipped(9, 9)), [], { costSlippage: null, scheduleSlippage: null }],
    ['80 % outsourced', fileWith({ outsourcedShare: 0.8 }), []],
    ['more than 80 % outsourced', fileWith({ outsourcedShare: 0.801 }), ['outsourcing']],
    [
      'one overdue recommendation',
      fileWith({}, { overdue: { count: 1, oldestDueOn: '2026-10-01' } }),
      ['overdue-recommendations'],
    ],
    [
      'fewer overdue than the limit',
      fileWith({}, { overdue: { count: 2, oldestDueOn: '2026-10-01' } }),
      [],
      { overdueRecommendations: 3 },
    ],
    ['no objective', fileWith({ objectivesCount: 0 }), ['no-impact-measure']],
    ['no objective while scoping', fileWith({ objectivesCount: 0, phase: 'scoping' }), []],
    ['in build and never measured', fileWith({}, { lastMeasureOn: null }), []],
    [
      'in use and never measured',
      fileWith({ phase: 'pilot' }, { lastMeasureOn: null }),
      ['no-impact-measure'],
    ],
    ['in use, measured a year ago', fileWith({ phase: 'rollout' }, { lastMeasureOn: '2025-11-24' }), []],
    [
      'in use, measured longer ago',
      fileWith({ phase: 'rollout' }, { lastMeasureOn: '2025-11-23' }),
      ['no-impact-measure'],
    ],
    ['news 180 days ago', fileWith({}), [], { lastNewsOn: '2026-05-28' }],
    ['news 181 days ago', fileWith({}), ['no-news'], { lastNewsOn: '2026-05-27' }],
    ['suspended without news', fileWith({ state: 'suspended' }), [], { lastNewsOn: '2025-01-01' }],
    [
      'P80 of cost above the frame',
      fileWith({}, { forecast: { p80CostCents: FRAME.costCents + 1, p80EndOn: FRAME.endOn } }),
      ['forecast-above-frame'],
    ],
    [
      'P80 of the end above the frame',
      fileWith({}, { forecast: { p80CostCents: null, p80EndOn: '2027-01-02' } }),
      ['forecast-above-frame'],
    ],
    [
      'P80 within the frame',
      fileWith({}, { forecast: { p80CostCents: FRAME.costCents, p80EndOn: FRAME.endOn } }),
      [],
    ],
    [
      'a forecast without a frame',
      fileWith({ latestBaseline: null }, { forecast: { p80CostCents: 9e12, p80EndOn: '2090-01-01' } }),
      [],
    ],
  ];
  for (const [name, file, expected, { lastNewsOn = '2026-11-01', ...limits } = {}] of cases)
    test(name, () => {
      const firings = firingsOn(file, { ...LIMITS, ...limits }, { today: TODAY, lastNewsOn });
      assert.deepEqual(
        firings.map(({ rule }) => rule),
        expected,
      );
    });

  test('each says the facts that made it fire', () => {
    const [firing] = firingsOn(fileWith({ outsourcedShare: 0.9 }), LIMITS, {
      today: TODAY,
      lastNewsOn: TODAY,
    });
    assert.deepEqual(firing, { fileId: 'f', rule: 'outsourcing', facts: { share: 0.9, limit: 0.8 } });
  });
});

describe('a look at all files', () => {
  const alert = (state: 'open' | 'decided', more: Partial<KnownAlert> = {}): KnownAlert => ({
    id: 'a',
    fileId: 'f',
    rule: 'no-news',
    state,
    restsUntil: null,
    quietSince: null,
    ...more,
  });
  const fired = [{ fileId: 'f', rule: 'no-news', facts: { days: 200 } }] as const;
  const came = (known: readonly KnownAlert[], firings: readonly (typeof fired)[number][] = fired) => {
    const { open, reopen, refresh, quiet } = changesOf(firings, known, TODAY);
    return [open.length, reopen.length, refresh.length, quiet.length];
  };

  test('opens one alert for a file and rule, and keeps its facts up to date after that', () => {
    assert.deepEqual(came([]), [1, 0, 0, 0]);
    assert.deepEqual(came([alert('open')]), [0, 0, 1, 0]);
  });

  test('closes nothing: what stops firing stays open and is noted once', () => {
    assert.deepEqual(came([alert('open')], []), [0, 0, 0, 1]);
    assert.deepEqual(came([alert('open', { quietSince: new Date() })], []), [0, 0, 0, 0]);
  });

  test('opens again what was decided once it has rested, not before, and only while it fires', () => {
    assert.deepEqual(came([alert('decided', { restsUntil: '2026-11-25' })]), [0, 0, 0, 0]);
    assert.deepEqual(came([alert('decided', { restsUntil: TODAY })]), [0, 1, 0, 0]);
    assert.deepEqual(came([alert('decided', { restsUntil: TODAY })], []), [0, 0, 0, 0]);
  });

  test('an accepted risk rests through its last day, another decision for ninety days', () => {
    assert.equal(restsUntil('2026-12-31', TODAY), '2027-01-01');
    assert.equal(restsUntil(null, TODAY), '2027-02-22');
  });
});

test('projects come by difficulty, then cost, then name', () => {
  const alert = (fileId: string, rule: WatchRule, fullCostCents = 1) => ({
    fileId,
    fileName: fileId,
    fullCostCents,
    rule,
  });
  const order = byProject([
    alert('small', 'no-news'),
    alert('deep', 'no-news'),
    alert('deep', 'slippage'),
    alert('dear', 'no-news', 9),
    alert('also', 'no-news'),
  ]).map(({ fileId, difficulty }) => [fileId, difficulty]);
  assert.deepEqual(order, [
    ['deep', 4],
    ['dear', 1],
    ['also', 1],
    ['small', 1],
  ]);
});

test('a decision says why, and an accepted risk until when', () => {
  const fields = (decision: 'audit' | 'accepted-risk', reason: string, until = '') =>
    faultsOfDecision({ decision, reason, until }, TODAY).map(({ field }) => field);
  assert.deepEqual(fields('audit', 'Les comptes ne suivent pas.'), []);
  assert.deepEqual(fields('audit', 'non'), ['reason']);
  assert.deepEqual(fields('audit', 'x'.repeat(2001)), ['reason']);
  for (const until of ['', '2026-11-23', '2027-11-26', '2026-02-31'])
    assert.deepEqual(fields('accepted-risk', 'Connu et borné.', until), ['until'], until);
  assert.deepEqual(fields('accepted-risk', 'Connu et borné.', '2027-11-25'), []);
});
