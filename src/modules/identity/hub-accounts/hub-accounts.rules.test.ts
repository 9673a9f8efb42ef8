// The rules of links: how long one may wait, who decides, what may become of one, what of a decision is wrong.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Role } from '#platform/access.ts';
import {
  deciderOf,
  decidesLinks,
  decisionAsTyped,
  mayBecome,
  organisationsDecidedBy,
} from './organisation-links.rules.ts';
import { expiredFrom, overdueFrom, waited, workingDaysBefore } from './working-days.rules.ts';

describe('working days', () => {
  // 24 November 2026 is a Tuesday.
  const cases: [string, string][] = [
    ['2026-11-24T15:00:00Z', '2026-11-20T15:00:00Z'],
    ['2026-11-25T15:00:00Z', '2026-11-23T15:00:00Z'],
    ['2026-11-26T09:00:00Z', '2026-11-24T09:00:00Z'],
    ['2026-11-27T09:00:00Z', '2026-11-25T09:00:00Z'],
    ['2026-11-28T09:00:00Z', '2026-11-25T09:00:00Z'],
    ['2026-11-30T09:00:00Z', '2026-11-26T09:00:00Z'],
  ];
  for (const [now, from] of cases) {
    test(`at ${now} what was asked by ${from} is overdue`, () => {
      assert.equal(overdueFrom(new Date(now), 'UTC').toISOString(), new Date(from).toISOString());
    });
  }

  test('the weekend is the State’s own, not that of UTC', () => {
    // Saturday already in Paris.
    const now = new Date('2026-11-27T23:30:00Z');
    assert.equal(workingDaysBefore(1, now, 'UTC').toISOString(), '2026-11-26T23:30:00.000Z');
    assert.equal(workingDaysBefore(1, now, 'Europe/Paris').toISOString(), '2026-11-25T23:30:00.000Z');
  });

  test('two working days are never less than two days, nor more than five', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (now) => {
          const days = (now.getTime() - overdueFrom(now, 'UTC').getTime()) / 86_400_000;
          assert.ok(days >= 2 && days <= 5, String(days));
        },
      ),
    );
  });

  test('thirty days and the time waited', () => {
    const now = new Date('2026-11-24T10:00:00Z');
    assert.equal(expiredFrom(now).toISOString(), '2026-10-25T10:00:00.000Z');
    assert.deepEqual(waited(new Date('2026-11-22T07:30:00Z'), now), { days: 2, hours: 2 });
    assert.deepEqual(waited(new Date('2026-11-24T10:00:01Z'), now), { days: 0, hours: 0 });
  });
});

describe('who decides', () => {
  const actor = (...roles: [Role, string | null][]) => ({
    personId: 'p',
    roles: roles.map(([role, organisationId]) => ({ role, organisationId })),
  });

  test('administrators, directors and HR officers alone', () => {
    assert.equal(decidesLinks(actor(['administrator', null])), true);
    assert.equal(decidesLinks(actor(['digital-director', 'a'])), true);
    assert.equal(decidesLinks(actor(['hr-officer', 'a'])), true);
    for (const role of ['agent', 'auditor', 'product-team', 'data-producer', 'api-consumer'] as const) {
      assert.equal(decidesLinks(actor([role, 'a'])), false, role);
    }
  });

  test('for the organisations in which they hold that role', () => {
    const many = actor(
      ['agent', 'x'],
      ['hr-officer', 'a'],
      ['digital-director', 'a'],
      ['digital-director', 'b'],
    );
    assert.deepEqual(organisationsDecidedBy(many), ['a', 'b']);
    assert.deepEqual(deciderOf(many), { kind: 'person', personId: 'p', role: 'hr-officer' });
    assert.deepEqual(deciderOf(actor(['hr-officer', 'a'], ['administrator', null])), {
      kind: 'person',
      personId: 'p',
      role: 'administrator',
    });
  });
});

test('what may become of a link', () => {
  const cases = [
    ['waiting', 'accepted', true],
    ['waiting', 'refused', true],
    ['refused', 'accepted', true],
    ['refused', 'refused', false],
    ['accepted', 'refused', false],
    ['accepted', 'accepted', false],
  ] as const;
  for (const [state, decision, may] of cases)
    assert.equal(mayBecome(state, decision), may, `${state} ${decision}`);
});

describe('a decision as typed', () => {
  const faultsOf = (decision: string, reason: string) => {
    const typed = decisionAsTyped({ decision, reason });
    return 'faults' in typed ? typed.faults.map(({ field }) => field) : typed;
  };
  test('is good, or each wrong field is named', () => {
    assert.deepEqual(faultsOf('accepted', ' '), { decision: 'accepted', reason: null });
    assert.deepEqual(faultsOf('refused', ' Partie.\r\nVoir RH. '), {
      decision: 'refused',
      reason: 'Partie.\nVoir RH.',
    });
    assert.deepEqual(faultsOf('', ''), ['decision']);
    assert.deepEqual(faultsOf('refused', '\n'), ['reason']);
    assert.deepEqual(faultsOf('accepted', 'x'.repeat(1001)), ['reason']);
    assert.deepEqual(faultsOf('accepted', 'a\u0000b'), ['reason']);
    assert.deepEqual(faultsOf('waiting', 'x'.repeat(1001)), ['decision', 'reason']);
  });
});
