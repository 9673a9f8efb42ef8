// Reading documents, and the rules of sources, as tables of cases.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayAsWritten, faultsOfSource, isTypeOf, nextRunAfter, numberAsWritten } from './sources.rules.ts';
import { readCsvStatistics } from './statistics-csv.rules.ts';
import { readJsonStatistics, valueAt } from './statistics-json.rules.ts';

const places = { list: '', day: '/d', value: '/v', segment: '' };

test('a JSON Pointer leads where RFC 6901 says, and to nothing inherited', () => {
  const document = { foo: ['bar', 'baz'], 'a/b': 1, 'm~n': 8, '': 0 };
  const cases = [
    ['', document],
    ['/foo/0', 'bar'],
    ['/a~1b', 1],
    ['/m~0n', 8],
    ['/', 0],
    ['/__proto__', undefined],
    ['/foo/9', undefined],
  ] as const;
  for (const [pointer, found] of cases) assert.deepEqual(valueAt(document, pointer), found, pointer);
});

test('days and numbers are read as statistics write them', () => {
  const days = [
    ['2026-11-24', '2026-11-24'],
    ['2026-11-24T00:00:00Z', '2026-11-24'],
    ['2026-02-30', ''],
    ['24/11/2026', ''],
    [20261124, ''],
  ] as const;
  for (const [written, day] of days) assert.equal(dayAsWritten(written), day, String(written));
  for (const [written, value] of [
    ['12,5', 12.5],
    ['-3', -3],
    [4, 4],
    ['1e3', 1000],
  ] as const) {
    assert.equal(numberAsWritten(written), value);
  }
  for (const bad of ['NaN', '', 'Infinity', null, {}, '1 000', '0x10'])
    assert.ok(Number.isNaN(numberAsWritten(bad)));
});

test('a JSON document gives its lines, or says why not', () => {
  const good = readJsonStatistics('[{"d":"2026-11-01","v":3},{"d":1,"v":"x"}]', places);
  assert.ok(good.ok);
  assert.deepEqual(good.lines, [
    { day: '2026-11-01', value: 3, segment: '' },
    { day: '', value: Number.NaN, segment: '' },
  ]);
  const outcome = (text: string, list = '') => {
    const reading = readJsonStatistics(text, { ...places, list });
    return reading.ok ? 'read' : reading.outcome;
  };
  assert.equal(outcome('[{"v": NaN}]'), 'unreadable');
  assert.equal(outcome('{"a":[]}'), 'no-list');
  assert.equal(outcome('{"a":[]}', '/a'), 'read');
  assert.equal(outcome(`[${'0,'.repeat(20_000)}0]`), 'too-many-lines');
  assert.equal(outcome('['.repeat(100_000)), 'unreadable');
});

test('a CSV text gives its lines by the names of its columns', () => {
  const csvPlaces = { day: 'jour', value: 'appels', segment: '' };
  const good = readCsvStatistics('\uFEFFjour;appels\r\n2026-11-01;"3,5"\r\nx;\r\n', csvPlaces);
  assert.ok(good.ok);
  assert.deepEqual(good.lines, [
    { day: '2026-11-01', value: 3.5, segment: '' },
    { day: '', value: Number.NaN, segment: '' },
  ]);
  const outcome = (text: string) => {
    const reading = readCsvStatistics(text, csvPlaces);
    return reading.ok ? 'read' : reading.outcome;
  };
  assert.equal(outcome('a,b\n1,2'), 'no-column');
  assert.equal(outcome(''), 'no-column');
  assert.equal(outcome('jour,appels\n"2026'), 'unreadable');
  assert.equal(outcome(`jour,appels\n${'2026-11-01,1\n'.repeat(20_001)}`), 'too-many-lines');
});

test('no text makes a reader throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      readJsonStatistics(text, places);
      readCsvStatistics(text, { day: 'a', value: 'b', segment: 'c' });
    }),
    { numRuns: 200 },
  );
});

test('a source that fails is read again in a quarter of an hour, then twice as late each time, up to a day', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  const minutes = (failures: number) => (nextRunAfter(now, 6, failures).getTime() - now.getTime()) / 60_000;
  assert.deepEqual([0, 1, 2, 3, 50].map(minutes), [360, 15, 30, 60, 1440]);
});

test('the type of the content must fit the format', () => {
  assert.ok(isTypeOf('json', 'application/vnd.api+json; charset=utf-8'));
  assert.ok(isTypeOf('csv', 'Text/CSV'));
  for (const type of [null, 'text/html', 'application/jsonp'])
    assert.ok(!isTypeOf('json', type), String(type));
});

test('an address without https, or with a password in it, is refused', () => {
  const settings = { ...places, format: 'json', everyHours: 24, measure: '', subject: '' } as const;
  const faults = (url: string) =>
    faultsOfSource('address', { ...settings, url }, { mayBeLocal: false, measures: [] }).map(
      ({ field }) => field,
    );
  assert.deepEqual(faults('https://stats.example/a.json'), []);
  for (const url of ['http://stats.example', 'https://u:p@stats.example', 'ftp://x', 'nonsense', '']) {
    assert.deepEqual(faults(url), ['url'], url);
  }
});
