// The rules of conferences: the agenda proposed and moved, and minutes as a document that holds what was said.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  AGENDA_MOVES,
  faultsOfConference,
  isInSession,
  movedAgenda,
  proposedAgenda,
} from './conferences.rules.ts';
import type { AgendaCandidate } from './conferences.types.ts';

const MILLION = 100_000_000;
const candidate = (fileId: string, more: Partial<AgendaCandidate> = {}): AgendaCandidate => ({
  fileId,
  fileName: fileId,
  fullCostCents: 10 * MILLION,
  rules: [],
  overdue: 0,
  escalated: 0,
  ...more,
});

describe('the agenda', () => {
  test('is proposed by difficulty, then overdue recommendations, then large costs', () => {
    const agenda = proposedAgenda(
      [
        candidate('quiet'),
        candidate('large', { fullCostCents: 60 * MILLION }),
        candidate('overdue', { rules: ['overdue-recommendations'], overdue: 2 }),
        candidate('escalated', { rules: ['overdue-recommendations'], overdue: 1, escalated: 1 }),
        candidate('silent', { rules: ['no-news'] }),
        candidate('deep', { rules: ['slippage', 'outsourcing'] }),
      ],
      { thresholdCents: 9 * MILLION },
    );
    assert.deepEqual(
      agenda.map(({ fileId, why }) => [fileId, why.kind]),
      [
        ['deep', 'difficulty'],
        ['silent', 'difficulty'],
        ['escalated', 'overdue'],
        ['overdue', 'overdue'],
        ['large', 'cost'],
      ],
    );
  });

  test('holds no more than it should', () => {
    const many = Array.from({ length: 30 }, (_, at) => candidate(`f${at}`, { rules: ['no-news'] }));
    assert.equal(proposedAgenda(many, { thresholdCents: 1 }).length, 12);
  });

  test('is moved one project at a time', () => {
    assert.deepEqual(movedAgenda(['a', 'b', 'c'], 'up', 'c'), ['a', 'c', 'b']);
    assert.deepEqual(movedAgenda(['a', 'b', 'c'], 'down', 'a'), ['b', 'a', 'c']);
    assert.deepEqual(movedAgenda(['a', 'b'], 'up', 'a'), ['a', 'b']);
    assert.deepEqual(movedAgenda(['a', 'b'], 'remove', 'a'), ['b']);
    assert.deepEqual(movedAgenda(['a', 'b'], 'add', 'c'), ['a', 'b', 'c']);
  });

  test('never loses or doubles a project by a move', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(
        ids,
        fc.constantFrom(...AGENDA_MOVES),
        fc.constantFrom('a', 'b', 'x'),
        (agenda, move, id) => {
          const moved = movedAgenda(agenda, move, id);
          assert.equal(new Set(moved).size, moved.length);
          const others = (all: readonly string[]) => all.filter((one) => one !== id).toSorted();
          assert.deepEqual(others(moved), others(agenda));
        },
      ),
    );
  });
});

test('a conference is for a ministry of the list and a day to come', () => {
  const faults = (organisationId: string, heldOn: string) =>
    faultsOfConference({ organisationId, heldOn }, { today: '2026-11-24', organisations: ['m'] }).map(
      ({ field }) => field,
    );
  assert.deepEqual(faults('m', '2026-11-24'), []);
  assert.deepEqual(faults('other', '2026-11-23'), ['organisationId', 'heldOn']);
  assert.deepEqual(faults('m', '2029-01-01'), ['heldOn']);
  assert.deepEqual(faults('m', 'demain'), ['heldOn']);
});

test('a session is recorded from its day on, until the minutes are frozen', () => {
  assert.equal(isInSession({ state: 'prepared', heldOn: '2026-11-25' }, '2026-11-24'), false);
  assert.equal(isInSession({ state: 'drafted', heldOn: '2026-11-24' }, '2026-11-24'), true);
  assert.equal(isInSession({ state: 'closed', heldOn: '2026-11-01' }, '2026-11-24'), false);
});
