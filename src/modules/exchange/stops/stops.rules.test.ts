// Who stops what and until when, what a stop's records say, and how a record is named.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ActorRole } from '#platform/access.ts';
import { accessKeyOf, accessName, periodOf } from '../producers/access-key.rules.ts';
import { effectVerdict, isSilent } from './stop-effect.rules.ts';
import {
  endAsTyped,
  faultsOfStop,
  momentOnClock,
  producersOverseenBy,
  sideOf,
  stopStateAt,
} from './stops.rules.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const actor = (...roles: ActorRole[]) => ({ personId: 'p', name: 'P', roles });

describe('who', () => {
  const mine = { role: 'data-producer', organisationId: 'mine' } as const;
  const auditor = { role: 'auditor', organisationId: 'dis' } as const;
  test('sees the stops of which producers, and acts in whose name', () => {
    assert.deepEqual(producersOverseenBy(actor(mine, mine)), ['mine']);
    assert.equal(producersOverseenBy(actor(mine, auditor)), 'all');
    assert.deepEqual(producersOverseenBy(actor({ role: 'administrator', organisationId: null })), []);
    assert.equal(sideOf(actor(mine, auditor), 'mine'), 'producer');
    assert.equal(sideOf(actor(mine, auditor), 'other'), 'distributor');
  });
});

describe('moments on the State’s clocks', () => {
  const cases: [day: string, hour: string, zone: string, iso: string | null][] = [
    ['2026-07-01', '14:30', 'Europe/Paris', '2026-07-01T12:30:00.000Z'],
    ['2026-12-01', '14:30', 'Europe/Paris', '2026-12-01T13:30:00.000Z'],
    ['2026-03-29', '00:00', 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', '04:00', 'Europe/Paris', '2026-03-29T02:00:00.000Z'],
    ['2026-10-25', '00:00', 'Europe/Paris', '2026-10-24T22:00:00.000Z'],
    ['2026-12-01', '00:00', 'America/Cayenne', '2026-12-01T03:00:00.000Z'],
    ['2026-12-01', '00:00', 'UTC', '2026-12-01T00:00:00.000Z'],
    ['2026-02-30', '00:00', 'UTC', null],
    ['2026-12-01', '24:00', 'UTC', null],
    ['', '', 'UTC', null],
  ];
  for (const [day, hour, zone, iso] of cases) {
    test(`${day} ${hour} in ${zone}`, () =>
      assert.equal(momentOnClock(day, hour, zone)?.toISOString() ?? null, iso));
  }

  test('a period holds both its days', () => {
    assert.deepEqual(periodOf({ from: '2026-10-25', to: '2026-10-25' }, NOW, 'Europe/Paris'), {
      from: new Date('2026-10-24T22:00:00Z'),
      to: new Date('2026-10-25T23:00:00Z'),
    });
    assert.deepEqual(periodOf({ to: 'x' }, NOW, 'UTC'), { from: new Date('2026-11-18T00:00:00Z') });
  });
});

describe('an order', () => {
  const order = {
    apiId: 'a',
    organisationId: null,
    accreditationId: null,
    scope: null,
    reason: 'Motif',
    endsAt: null,
  };
  const cases: [name: string, change: object, fields: string[]][] = [
    ['is well', {}, []],
    ['says why', { reason: 'x' }, ['reason']],
    ['says why in words', { reason: 'a\u0000bc' }, ['reason']],
    ['narrows once', { organisationId: 'o', accreditationId: 'c' }, ['accreditation']],
    ['ends later', { endsAt: NOW }, ['endsAt']],
    ['ends within a year', { endsAt: new Date('2028-01-01') }, ['endsAt']],
    ['ends in an hour', { endsAt: new Date(NOW.getTime() + 3_600_000) }, []],
  ];
  for (const [name, change, fields] of cases) {
    test(name, () =>
      assert.deepEqual(
        faultsOfStop({ ...order, ...change }, NOW).map(({ field }) => field),
        fields,
      ),
    );
  }

  test('ends as typed', () => {
    const end = (duration: string, endDay = '', endHour = '') =>
      endAsTyped({ duration, endDay, endHour }, NOW, 'Europe/Paris');
    assert.deepEqual(end('until-resumed'), { endsAt: null });
    assert.deepEqual(end('four-hours'), { endsAt: new Date('2026-11-24T14:00:00Z') });
    assert.deepEqual(end('moment', '2026-11-25', '8h30'), end('moment'));
    assert.ok('faults' in end('moment'));
    assert.deepEqual(end('moment', '2026-11-25', '08h30'), { endsAt: new Date('2026-11-25T07:30:00Z') });
    assert.ok('faults' in end('constructor'));
  });
});

test('a stop is over when it is resumed or its end has come, told or not', () => {
  const stop = { resumedAt: null, resumedBy: null, endsAt: null };
  assert.equal(stopStateAt(stop, NOW), 'in-force');
  assert.equal(stopStateAt({ ...stop, endsAt: NOW }, NOW), 'ended');
  assert.equal(stopStateAt({ ...stop, resumedAt: NOW }, NOW), 'ended');
  assert.equal(stopStateAt({ ...stop, resumedAt: NOW, resumedBy: 'p' }, NOW), 'resumed');
});

test('one call let through under the stop’s version is a breach; silence proves nothing', () => {
  const effect = { gateways: [], breaches: [], recordsRead: 0, isWhole: true };
  const place = { log: 'l', index: 1, at: NOW, policyVersion: 3 };
  assert.equal(effectVerdict(effect), 'not-yet');
  assert.equal(effectVerdict({ ...effect, recordsRead: 9 }), 'holds');
  assert.equal(effectVerdict({ ...effect, recordsRead: 9, breaches: [place] }), 'breached');
  const gateway = { gateway: 'g', policyVersion: 1, logSize: 1, appliedAt: null, isExact: false };
  const silence = { ...gateway, lastAllowed: null, firstDenied: null };
  assert.equal(isSilent({ ...silence, seenAt: new Date(NOW.getTime() - 10_001) }, NOW), true);
  assert.equal(isSilent({ ...silence, seenAt: NOW }, NOW), false);
});

test('a record’s name leads back to it, and no other text to any', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e12 }),
      fc.nat(),
      fc.stringMatching(/^[a-z][a-z./]{1,30}$/),
      (at, index, log) => {
        const key = { at: new Date(at), index, log };
        assert.deepEqual(accessKeyOf(accessName(key)), key);
      },
    ),
  );
  for (const text of [
    '',
    'x',
    Buffer.from('1 2').toString('base64url'),
    Buffer.from('9e9 1 log').toString('base64url'),
  ]) {
    assert.equal(accessKeyOf(text), null);
  }
});
