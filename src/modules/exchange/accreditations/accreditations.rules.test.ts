import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Actor, Role } from '#platform/access.ts';
import { accreditationsSeenBy, isDistributor } from './accreditation-access.rules.ts';
import { accreditationEntry } from './accreditation-policy.rules.ts';
import { contactsOf, dueReminder, isOver, reasonAsTyped } from './accreditations.rules.ts';
import { clientEntry, mayRestore, mayRevoke } from './revoked-clients.rules.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

describe('the end of an accreditation', () => {
  const cases: readonly [days: number | null, reminded: number | null, due: number | null][] = [
    [null, null, null],
    [61, null, null],
    [60, null, 60],
    [59, 60, null],
    [16, null, 60],
    [15, 60, 15],
    [15, null, 15],
    [3, 15, null],
    [0, null, null],
    [-1, null, null],
  ];
  for (const [days, remindedDays, due] of cases) {
    test(`${days} days before, reminded ${remindedDays}: ${due}`, () => {
      const validUntil = days === null ? null : inDays(days);
      assert.equal(dueReminder({ validUntil, remindedDays }, NOW), due);
      assert.equal(isOver({ validUntil }, NOW), days !== null && days <= 0);
    });
  }

  test('two reminders at most, whenever and however often the job runs', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 80 }), { maxLength: 60 }), (lefts) => {
        let reminded: number | null = null;
        const sent: number[] = [];
        for (const left of lefts.toSorted((a, b) => b - a)) {
          const due = dueReminder({ validUntil: inDays(left), remindedDays: reminded }, NOW);
          if (due === null) continue;
          sent.push(due);
          reminded = due;
        }
        assert.ok(sent.length <= 2 && new Set(sent).size === sent.length);
        assert.deepEqual(
          sent,
          sent.toSorted((a, b) => b - a),
        );
      }),
    );
  });

  test('contacts are addresses, once each', () => {
    assert.deepEqual(contactsOf({ technicalEmail: 'a@b.example', businessEmail: ' a@b.example' }), [
      'a@b.example',
    ]);
    assert.deepEqual(contactsOf({ technicalEmail: 3, businessEmail: 'none', dpoEmail: 'd@b.example' }), []);
  });

  test('a reason says something', () => {
    assert.equal(reasonAsTyped(' Fuite \r\n de  clés '), 'Fuite\nde  clés');
    for (const typed of ['', '  ', 'ab', 'a'.repeat(2001), 'abc\u0000']) {
      assert.throws(() => reasonAsTyped(typed), /invalid-input/, typed);
    }
  });
});

describe('what gateways are told', () => {
  const accreditation = {
    id: 'a',
    number: 7,
    organisationId: 'o',
    stage: 'sandbox',
    state: 'active',
    purpose: 'Calculer',
    quotaPerMinute: 60,
    validFrom: NOW,
    validUntil: inDays(1),
    grants: [
      { apiId: 'x', scopeName: 'one', isWithdrawn: false },
      { apiId: 'x', scopeName: 'two', isWithdrawn: true },
      { apiId: 'y', scopeName: 'three', isWithdrawn: true },
    ],
    clientIds: ['c'],
  } as const;

  test('the scopes that are granted still, and the API of which none is', () => {
    assert.deepEqual(accreditationEntry(accreditation), {
      kind: 'accreditation',
      id: 'a',
      body: {
        stage: 'sandbox',
        number: 7,
        organisationId: 'o',
        clients: ['c'],
        purpose: 'Calculer',
        validFrom: '2026-11-24T10:00:00.000Z',
        validUntil: '2026-11-25T10:00:00.000Z',
        quotaPerMinute: 60,
        grants: { x: ['one'], y: [] },
      },
    });
  });

  test('nothing of one that is not in force', () => {
    for (const state of ['obsolete', 'revoked', 'expired'] as const) {
      assert.equal(accreditationEntry({ ...accreditation, state }).body, null);
    }
  });

  test('a client is refused while it is revoked or its service is not in use', () => {
    const bodyOf = (isRevoked: boolean, serviceState: 'test' | 'production' | 'suspended' | 'closed') =>
      clientEntry('c', { isRevoked, serviceState }).body;
    assert.deepEqual(bodyOf(true, 'production'), { reason: 'revoked' });
    assert.deepEqual(bodyOf(true, 'suspended'), { reason: 'revoked' });
    assert.deepEqual(bodyOf(false, 'suspended'), { reason: 'suspended' });
    assert.deepEqual(bodyOf(false, 'closed'), { reason: 'closed' });
    assert.equal(bodyOf(false, 'test'), null);
  });
});

test('a consumer lifts its own revocation alone; the distributor takes over', () => {
  assert.ok(mayRevoke('consumer', null) && mayRevoke('distributor', null));
  assert.ok(mayRevoke('distributor', 'consumer') && !mayRevoke('consumer', 'distributor'));
  assert.ok(!mayRevoke('consumer', 'consumer') && !mayRevoke('distributor', 'distributor'));
  assert.ok(mayRestore('consumer', 'consumer') && mayRestore('distributor', 'distributor'));
  assert.ok(mayRestore('distributor', 'consumer') && !mayRestore('consumer', 'distributor'));
  assert.ok(!mayRestore('consumer', null) && !mayRestore('distributor', null));
});

test('who sees which accreditations', () => {
  const actor = (...roles: [Role, string | null][]): Actor => ({
    personId: 'p',
    name: 'P',
    roles: roles.map(([role, organisationId]) => ({ role, organisationId })),
  });
  assert.equal(accreditationsSeenBy(actor(['auditor', 'dis'])), 'all');
  assert.deepEqual(
    accreditationsSeenBy(actor(['api-consumer', 'a'], ['data-producer', 'b'], ['agent', 'c'])),
    {
      consumers: ['a'],
      producers: ['b'],
    },
  );
  assert.deepEqual(accreditationsSeenBy(actor(['citizen', null])), { consumers: [], producers: [] });
  assert.ok(!isDistributor(actor(['data-producer', 'b'])));
});
