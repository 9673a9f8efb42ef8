// Cost tables: what is refused and where, and sums that always add up.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readCostTable } from './cost-table.reader.ts';
import {
  centsAsInput,
  centsAsTyped,
  checkedCosts,
  costLineAsInput,
  faultsOfSums,
  sumsByActivity,
  sumsByYear,
  totalsOf,
} from './costs.rules.ts';
import { ACTIVITIES, type CostLine, NATURES, RESOURCES, type TypedCostLine } from './costs.types.ts';

const PROJECT = { startedOn: '2026-03-01', plannedEndOn: '2028-09-30' };
const WRITE = { fr: String, en: String };

const line = (more: Partial<TypedCostLine> = {}): TypedCostLine => ({
  year: '2026',
  activity: 'development',
  resource: 'staff',
  nature: 'one-time',
  commitment: '1000',
  payment: '1000',
  ...more,
});

test('amounts are read as whole cents, whatever the way of writing', () => {
  const cases: [string, number][] = [
    ['', 0],
    ['1250000', 125_000_000],
    ['1 250 000,5', 125_000_050],
    ['1\u202F250\u00A0000.05 €', 125_000_005],
    ['-3', -300],
    ['0,1', 10],
    ['-0', 0],
  ];
  for (const [typed, cents] of cases) assert.equal(centsAsTyped(typed), cents, typed);
  for (const typed of ['1,234.5', '12,345', '1e9', 'beaucoup', '--1', '99999999999999', 'NaN', '0x10']) {
    assert.ok(Number.isNaN(centsAsTyped(typed)), typed);
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (cents) => {
      assert.equal(centsAsTyped(centsAsInput(cents)), cents);
    }),
  );
});

describe('faults name the cell', () => {
  const cases: [string, TypedCostLine[], string[]][] = [
    ['all is well', [line()], []],
    [
      'empty lines count for nothing',
      [line({ year: '', activity: '', resource: '', commitment: '', payment: '' })],
      [],
    ],
    ['below zero', [line(), line({ year: '2027', payment: '-1' })], ['payment_1']],
    ['no amount', [line({ commitment: 'x' })], ['commitment_0']],
    ['before the start', [line({ year: '2025' })], ['year_0']],
    ['after the two years of running', [line({ year: '2031' })], ['year_0']],
    ['in the two years of running', [line({ year: '2030' })], []],
    ['unknown activity', [line({ activity: 'magic' })], ['activity_0']],
    ['unknown resource and nature', [line({ resource: '', nature: 'both' })], ['resource_0', 'nature_0']],
    ['the same key twice', [line(), line({ commitment: '2' })], ['year_1']],
    ['too large', [line({ commitment: '1000000000000' })], ['commitment_0']],
  ];
  for (const [name, lines, fields] of cases) {
    test(name, () => {
      const { faults } = checkedCosts(lines, PROJECT);
      assert.deepEqual(
        faults.map(({ field }) => field),
        fields,
      );
    });
  }
});

test('a table adds up: payments are commitments, of each nature, and the declared cost is their sum', () => {
  const table = (lines: TypedCostLine[]) => checkedCosts(lines, PROJECT).lines;
  const fields = (lines: TypedCostLine[], total: string) =>
    faultsOfSums(table(lines), total, WRITE).map(({ field }) => field);
  assert.deepEqual(
    fields([line({ payment: '400' }), line({ year: '2027', commitment: '0', payment: '600' })], '1000'),
    [],
  );
  assert.deepEqual(fields([line({ payment: '999,99' })], '1000'), ['sums']);
  assert.deepEqual(fields([line()], '1000,01'), ['declaredTotal']);
  assert.deepEqual(fields([line()], ''), ['declaredTotal']);
  // The whole adds up and its natures do not: what is built would pay for what runs.
  assert.deepEqual(
    fields([line({ payment: '0' }), line({ nature: 'recurring', commitment: '0', payment: '1000' })], '1000'),
    ['sums', 'sums'],
  );
});

const anyTable: fc.Arbitrary<CostLine[]> = fc.uniqueArray(
  fc.record(
    {
      year: fc.integer({ min: 2026, max: 2030 }),
      activity: fc.constantFrom(...ACTIVITIES),
      resource: fc.constantFrom(...RESOURCES),
      nature: fc.constantFrom(...NATURES),
      commitmentCents: fc.integer({ min: 0, max: 10_000_000_000_000 }),
      paymentCents: fc.integer({ min: 0, max: 10_000_000_000_000 }),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 60, selector: (one) => `${one.year}/${one.activity}/${one.resource}/${one.nature}` },
);

test('whichever way a table is summed, its sum is the same, to the cent', () => {
  fc.assert(
    fc.property(anyTable, (lines) => {
      const all = totalsOf(lines);
      for (const parts of [sumsByYear(lines), sumsByActivity(lines)]) {
        for (const key of Object.keys(all) as (keyof typeof all)[]) {
          assert.equal(
            parts.reduce((sum, part) => sum + part[key], 0),
            all[key],
          );
        }
      }
      assert.equal(all.oneTimeCents + all.recurringCents, all.commitmentCents);
      assert.equal(all.oneTimePaidCents + all.recurringPaidCents, all.paymentCents);
    }),
  );
});

test('a table written to a file, or shown in a form, is read back as it was', () => {
  fc.assert(
    fc.property(anyTable, (lines) => {
      assert.deepEqual(checkedCosts(lines.map(costLineAsInput), PROJECT), { lines, faults: [] });
      if (lines.length === 0) return;
      const csv = [
        'year,activity,resource,nature,commitment_eur,payment_eur',
        ...lines.map((one) =>
          [
            one.year,
            one.activity,
            one.resource,
            one.nature,
            one.commitmentCents / 100,
            one.paymentCents / 100,
          ].join(','),
        ),
      ].join('\r\n');
      const read = readCostTable(csv);
      assert.ok(Array.isArray(read));
      assert.deepEqual(checkedCosts(read, PROJECT).lines, lines);
    }),
    { numRuns: 40 },
  );
});

test('a table is read from a spreadsheet, in either language, in any order of named columns', () => {
  const expected = [line({ activity: 'cloud-hosting', resource: 'external-services', nature: 'recurring' })];
  const texts = [
    '2026\tHébergement en nuage\tPrestations\tRécurrent\t1000\t1000',
    '2026;hebergement en nuage;PRESTATIONS;recurrent;1000;1000',
    'Year;Activity;Resource;Nature;Committed;Paid\n2026;Cloud hosting;External services;Recurring;1000;1000',
    'payé;engagé;nature;ressource;activité;année\n1000;1000;récurrent;prestations;hébergement en nuage;2026',
    '\uFEFFyear,activity,resource,nature,commitment_eur,payment_eur\r\n2026,cloud-hosting,external-services,recurring,1000,1000\r\n',
  ];
  for (const text of texts) assert.deepEqual(readCostTable(text), expected, text);
  for (const text of ['', 'bonjour', 'a;b;c', '"2026;x', '\u0000'])
    assert.equal(readCostTable(text), 'unreadable', text);
  assert.equal(readCostTable('2026;a;b;c;1;1\n'.repeat(601)), 'too-many');
  fc.assert(fc.property(fc.string(), (text) => void readCostTable(text)));
});
