import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  faultsOfMembership,
  givesItsRole,
  isLastAdministrator,
  needsSecondFactor,
  overlapsOneHeld,
  periodAsTyped,
  rolesThatCount,
} from './memberships.rules.ts';
import type { Membership } from './memberships.types.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const HERE = '7f0a3b1e-0000-4000-8000-000000000000';
const at = (text: string) => new Date(text);
const membership = (more: Partial<Membership> = {}): Membership => ({
  id: 'm',
  personId: 'p',
  role: 'agent',
  organisationId: HERE,
  startsAt: at('2026-01-01T00:00:00Z'),
  endsAt: null,
  ...more,
});

test('a role is held from its first moment and no longer at its end', () => {
  const period = { startsAt: at('2026-01-01T00:00:00Z'), endsAt: at('2026-02-01T00:00:00Z') };
  assert.deepEqual(
    [
      '2025-12-31T23:59:59.999Z',
      '2026-01-01T00:00:00Z',
      '2026-01-31T23:59:59.999Z',
      '2026-02-01T00:00:00Z',
    ].map((moment) => givesItsRole(period, at(moment))),
    [false, true, true, false],
  );
});

test('the typed last day is included', () => {
  const input = { role: 'agent', organisationId: HERE, from: '2026-01-01', until: '2026-01-31' };
  assert.deepEqual(faultsOfMembership(input, NOW), []);
  assert.equal(periodAsTyped(input, NOW).endsAt?.toISOString(), '2026-02-01T00:00:00.000Z');
  assert.equal(periodAsTyped({ ...input, from: '' }, NOW).startsAt, NOW);
});

test('wrong fields of a membership are named', () => {
  const input = { role: 'agent', organisationId: HERE, from: '', until: '' };
  const fields = (change: object) =>
    faultsOfMembership({ ...input, ...change }, NOW).map(({ field }) => field);
  assert.deepEqual(fields({}), []);
  assert.deepEqual(fields({ role: 'king' }), ['role']);
  assert.deepEqual(fields({ organisationId: '' }), ['organisationId']);
  assert.deepEqual(fields({ role: 'citizen' }), ['organisationId']);
  assert.deepEqual(fields({ role: 'citizen', organisationId: '' }), []);
  assert.deepEqual(fields({ role: 'administrator', organisationId: '' }), []);
  assert.deepEqual(fields({ from: '2026-13-01' }), ['from']);
  assert.deepEqual(fields({ until: '2026-11-23' }), ['until'], 'ends before it starts today');
});

test('two memberships overlap exactly when some moment is in both', () => {
  const moment = fc.integer({ min: 0, max: 20 });
  const period = fc.tuple(moment, fc.option(moment)).filter(([from, to]) => to === null || to > from);
  fc.assert(
    fc.property(period, period, ([fromA, toA], [fromB, toB]) => {
      const a = membership({ startsAt: new Date(fromA), endsAt: toA === null ? null : new Date(toA) });
      const b = membership({ startsAt: new Date(fromB), endsAt: toB === null ? null : new Date(toB) });
      const shared = Array.from({ length: 30 }, (_, i) => new Date(i)).some(
        (now) => givesItsRole(a, now) && givesItsRole(b, now),
      );
      assert.equal(overlapsOneHeld(a, [b]), shared);
      assert.equal(overlapsOneHeld({ ...a, role: 'auditor' }, [b]), false);
    }),
  );
});

test('the last administrator is kept', () => {
  const one = membership({ id: '1', role: 'administrator' });
  const two = membership({ id: '2', role: 'administrator' });
  assert.equal(isLastAdministrator(one, [one, two], NOW), false);
  assert.equal(isLastAdministrator(one, [one, { ...two, endsAt: NOW }], NOW), true);
  assert.equal(isLastAdministrator({ ...one, endsAt: NOW }, [one], NOW), false, 'it no longer counts itself');
  assert.equal(isLastAdministrator(membership(), [], NOW), false);
});

test('guarded roles count only with a second factor', () => {
  const roles = [
    { role: 'agent', organisationId: HERE },
    { role: 'administrator', organisationId: null },
  ] as const;
  assert.equal(needsSecondFactor(roles), true);
  assert.equal(needsSecondFactor([roles[0]]), false);
  assert.deepEqual(rolesThatCount(roles, true), roles);
  assert.deepEqual(rolesThatCount(roles, false), [roles[0]]);
});
