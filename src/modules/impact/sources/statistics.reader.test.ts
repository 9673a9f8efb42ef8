// Reading documents, and the rules of sources, as tables of cases.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MeasureLine } from '../indicators/indicators.types.ts';
import { valueAt } from './json-pointer.rules.ts';
import {
  dayAsWritten,
  faultsOfSource,
  isTypeOf,
  MOST_LINES,
  nextRunAfter,
  numberAsWritten,
} from './sources.rules.ts';
import { readCsvStatistics } from './statistics-csv.reader.ts';
import { readJsonStatistics } from './statistics-json.reader.ts';
import { StatisticsUnreadable } from './statistics-unreadable.ts';

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

/** The document as it may arrive: cut anywhere, also within a character. */
async function* cut(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(reading: AsyncGenerator<MeasureLine[]>): Promise<MeasureLine[]> {
  const lines: MeasureLine[] = [];
  for await (const portion of reading) lines.push(...portion);
  return lines;
}

/** What comes of a reading: the number of its lines, or why there are none and where. */
async function fate(reading: AsyncGenerator<MeasureLine[]>): Promise<string | number> {
  try {
    return (await read(reading)).length;
  } catch (error) {
    assert.ok(error instanceof StatisticsUnreadable, String(error));
    return error.message;
  }
}

test('a JSON document gives its lines, or says why not', async () => {
  const good = '[{"d":"2026-11-01","v":3,"s":"é, ]\\" 😀"},{"d":1,"v":"x"}]';
  for (const size of [1, 2, 3, 7, 1_000]) {
    assert.deepEqual(await read(readJsonStatistics(cut(good, size), { ...places, segment: '/s' })), [
      { day: '2026-11-01', value: 3, segment: 'é, ]" 😀' },
      { day: '', value: Number.NaN, segment: '' },
    ]);
  }
  const cases = [
    ['[{"v": NaN}]', '', 'unreadable'],
    ['{"a":[]}', '', 'no-list'],
    ['{"a":[]}', '/a', 0],
    ['{"b":[[1,2],{"a":"x]"}],"a":[1, {"a":[]}],"c":"\\""}', '/a', 2],
    ['{"a":[[0],{"b":[1,2,3]}]}', '/a/1/b', 3],
    ['{"a":{"a":[1]}}', '/a/b', 'no-list'],
    ['{"a":[1],"a":[2]}', '/a', 'unreadable'],
    ['{"a":[1]', '/a', 'unreadable'],
    ['{"a":[1]}}', '/a', 'unreadable'],
    ['[1,]', '', 'unreadable'],
    ['[,1]', '', 'unreadable'],
    ['[1}', '', 'unreadable'],
    ['[1] x', '', 'unreadable'],
    ['', '', 'unreadable'],
    ['12', '', 'no-list'],
    ['['.repeat(200_000), '', 'unreadable'],
  ] as const;
  for (const [text, list, expected] of cases) {
    for (const size of [1, 5, 10_000]) {
      if (text.length > 1_000 && size < 100) continue;
      assert.equal(
        await fate(readJsonStatistics(cut(text, size), { ...places, list })),
        expected,
        text.slice(0, 99),
      );
    }
  }
  assert.equal(
    await fate(readJsonStatistics(cut(`[${'0,'.repeat(MOST_LINES)}0]`, 65_536), places)),
    'too-many-lines',
  );
});

test('a CSV text gives its lines by the names of its columns', async () => {
  const csvPlaces = { day: 'jour', value: 'appels', segment: '' };
  const good = '\uFEFFjour;appels\r\n2026-11-01;"3,5"\r\nx;\r\n';
  for (const size of [1, 3, 1_000]) {
    assert.deepEqual(await read(readCsvStatistics(cut(good, size), csvPlaces)), [
      { day: '2026-11-01', value: 3.5, segment: '' },
      { day: '', value: Number.NaN, segment: '' },
    ]);
  }
  const cases = [
    ['a,b\n1,2', 'no-column, line 1'],
    ['', 'no-column'],
    ['jour,appels', 0],
    ['jour,appels\n2026-01-01,1\n"2026', 'unreadable, line 3'],
    [`jour,appels\n${'x'.repeat(20_000)}`, 'unreadable, line 2'],
    [`jour,appels\n${'2026-11-01,1\n'.repeat(MOST_LINES + 1)}`, 'too-many-lines'],
  ] as const;
  for (const [text, expected] of cases)
    assert.equal(await fate(readCsvStatistics(cut(text, 65_536), csvPlaces)), expected, text.slice(0, 99));
});

test('what is read piece by piece is what JSON.parse reads, and no text makes a reader fail otherwise', async () => {
  const document = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(fc.jsonValue()).map((list) => JSON.stringify({ a: list })),
  );
  await fc.assert(
    fc.asyncProperty(document, fc.integer({ min: 1, max: 20 }), async (text, size) => {
      await fate(readCsvStatistics(cut(text, size), { day: 'a', value: 'b', segment: 'c' }));
      for (const list of ['', '/a']) {
        const found = await fate(readJsonStatistics(cut(text, size), { ...places, list }));
        let expected: number | null = null;
        try {
          const whole = valueAt(JSON.parse(text), list);
          if (Array.isArray(whole)) expected = whole.length;
        } catch {}
        assert.equal(typeof found === 'number' ? found : null, expected, text);
      }
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
