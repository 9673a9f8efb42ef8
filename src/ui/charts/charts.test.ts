// Charts on any data: finite coordinates inside the picture, escaped words, complete tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Html } from '#ui/html.ts';
import { barChart } from './bar-chart.ts';
import type { ChartValue } from './chart.types.ts';
import { distributionChart } from './distribution-chart.ts';
import { fanChart } from './fan-chart.ts';
import { lineChart } from './line-chart.ts';
import { sparkline } from './sparkline.ts';
import { stackedBarChart } from './stacked-bar-chart.ts';
import { textWidth } from './text-fit.ts';

// A formatter that never writes what the tests look for, even for a value that it should not get.
const formatValue = (value: number) => (Number.isFinite(value) ? value.toPrecision(3) : 'bad value');
const base = { id: 'c', locale: 'fr', title: 'Titre', formatValue } as const;

const value: fc.Arbitrary<ChartValue> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
  { weight: 2, arbitrary: fc.double() },
  fc.constantFrom(
    null,
    undefined,
    0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.MAX_VALUE,
    -1e308,
    5e-324,
    1e-12,
  ),
);
const values = fc.array(value, { maxLength: 40 });
// Words whose letters cannot spell what the tests look for.
const name = fc
  .array(fc.constantFrom('mot', 'Ministère', '<b>', '"', 'é', '漢字', 'très-long'.repeat(9), ''), {
    maxLength: 12,
  })
  .map((words) => words.join(' '));
const names = fc.array(name, { maxLength: 9 });
const position = fc.oneof(
  fc.double(),
  fc.integer({ min: 1990, max: 2040 }),
  fc.date({ noInvalidDate: false }),
);
const reference = fc.option(fc.record({ value: fc.double(), label: name }), { nil: undefined });

/** Every number of a path's data as pairs of coordinates, for the absolute commands and the h, v, l used here. */
function pathPlaces(data: string): [x: number, y: number][] {
  const places: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command = '', rest = ''] of data.matchAll(/([MLHVZhvl])([^MLHVZhvl]*)/g)) {
    const numbers = (rest.match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? []).map(Number);
    if (command === 'H') x = numbers[0] as number;
    else if (command === 'V') y = numbers[0] as number;
    else if (command === 'h') x += numbers[0] as number;
    else if (command === 'v') y += numbers[0] as number;
    else {
      for (let i = 0; i < numbers.length; i += 2) [x, y] = [numbers[i] as number, numbers[i + 1] as number];
      for (let i = 0; i < numbers.length; i += 2)
        places.push([numbers[i] as number, numbers[i + 1] as number]);
    }
    places.push([x, y]);
  }
  return places;
}

function attribute(tag: string, name: string): number {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? 0 : Number(found);
}

/** Fails when a picture says a value that is no number, or draws outside its view box. */
function assertSound(markup: string): void {
  assert.doesNotMatch(markup, /NaN|undefined|Infinity|\[object/);
  assert.doesNotMatch(markup, /style=/);
  const ids = [...markup.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
  assert.equal(new Set(ids).size, ids.length, 'every id stands once');
  for (const [, head = '', body = ''] of markup.matchAll(/<svg([^>]*)>(.*?)<\/svg>/gs)) {
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(head) as unknown as [
      string,
      number,
      number,
    ];
    const fontSize = attribute(head, 'font-size');
    const inside = (x: number, y: number, what: string) => {
      assert.ok(
        x >= -0.2 && x <= Number(width) + 0.2 && y >= -0.2 && y <= Number(height) + 0.2,
        `${what} at ${x},${y}`,
      );
    };
    const drawn = body.replace(/<defs>.*?<\/defs>/gs, '');
    for (const [tag] of drawn.matchAll(/<(?:rect|circle|path)\b[^>]*>/g)) {
      const moved = /transform="translate\(([^,]*),([^)]*)\)"/.exec(tag);
      if (moved) inside(Number(moved[1]), Number(moved[2]), tag);
      else for (const [x, y] of pathPlaces(/\sd="([^"]*)"/.exec(tag)?.[1] ?? '')) inside(x, y, tag);
      if (tag.startsWith('<circle')) inside(attribute(tag, 'cx'), attribute(tag, 'cy'), tag);
      if (tag.startsWith('<rect')) {
        assert.ok(attribute(tag, 'width') >= 0 && attribute(tag, 'height') >= 0, tag);
        inside(attribute(tag, 'x'), attribute(tag, 'y'), tag);
        inside(
          attribute(tag, 'x') + attribute(tag, 'width'),
          attribute(tag, 'y') + attribute(tag, 'height'),
          tag,
        );
      }
    }
    for (const [tag, , , text = ''] of drawn.matchAll(/<(text|tspan)( [^>]* )?[^>]*>([^<]*)/g)) {
      if (!/\sx="/.test(tag)) continue;
      const shown = text.replace(/&\w+;|&#\d+;/g, '"');
      const long = textWidth(shown, fontSize);
      const x = attribute(tag, 'x');
      const end =
        tag.includes('"end"') ||
        (tag.startsWith('<tspan') && drawn.includes('socle-chart__label" text-anchor="end"'));
      const start = end ? x - long : tag.includes('"middle"') ? x - long / 2 : x;
      inside(start, attribute(tag, 'y'), tag);
      inside(start + long, attribute(tag, 'y'), tag);
    }
  }
}

function check<T extends unknown[]>(
  draw: (...data: T) => Html,
  ...arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }
): void {
  fc.assert(
    fc.property(fc.tuple(...(arbitraries as fc.Arbitrary<unknown>[])), (data) => {
      assertSound(String(draw(...(data as T))));
    }),
    { numRuns: 150 },
  );
}

const formatLabel = (at: Date | number) => {
  const number = Number(at);
  return Number.isFinite(number) ? number.toPrecision(6) : 'bad position';
};

test('a line chart stays inside its picture for any data', () => {
  const series = fc.array(fc.record({ name, values }), { maxLength: 20 });
  const options = fc.record({ markers: fc.boolean(), fromZero: fc.boolean() });
  check(
    (positions, lines, mark, more) =>
      lineChart({ ...base, formatLabel, positions, series: lines, reference: mark, ...more }),
    fc.array(position, { maxLength: 40 }),
    series,
    reference,
    options,
  );
});

test('a bar chart stays inside its picture for any data', () => {
  check(
    (bars, mark) => barChart({ ...base, bars, reference: mark }),
    fc.array(fc.record({ label: name, value, highlighted: fc.boolean() }), { maxLength: 30 }),
    reference,
  );
});

test('a stacked bar chart stays inside its picture for any data', () => {
  check(
    (parts, rows, scale) => stackedBarChart({ ...base, parts, rows, scale }),
    names,
    fc.array(fc.record({ label: name, values }), { maxLength: 12 }),
    fc.constantFrom('share', 'total'),
  );
});

test('a fan chart stays inside its picture for any data', () => {
  check(
    (positions, median, bands, observed, mark) =>
      fanChart({ ...base, formatLabel, positions, median, bands, observed, reference: mark }),
    fc.array(position, { maxLength: 30 }),
    values,
    fc.array(fc.record({ name, low: values, high: values }), { maxLength: 4 }),
    fc.option(fc.record({ name, values }), { nil: undefined }),
    reference,
  );
});

test('a distribution chart stays inside its picture for any data', () => {
  check(
    (data, classes, marker) =>
      distributionChart({ ...base, values: data, classes, marker, formatCount: String }),
    values,
    fc.oneof(fc.integer(), fc.double()),
    reference,
  );
});

test('a sparkline stays inside its picture for any data', () => {
  check((data) => sparkline({ values: data, label: 'a' }), values);
});

const lines = lineChart({
  ...base,
  id: 'cost',
  title: 'Coût <script>',
  subtitle: '"M€" & <plus>',
  description: '<i>',
  source: 'a < b',
  formatLabel: (year) => `<${year}>`,
  positions: [2021, 2020],
  series: [
    { name: 'A & B', values: [3, null] },
    { name: '<C>', values: [1, 2] },
  ],
}).toString();

test('words are escaped wherever they stand', () => {
  for (const raw of ['<script>', '<plus>', '<i>', 'a < b', '<2020>', 'A & B', '<C>'])
    assert.ok(!lines.includes(raw), raw);
  assert.ok(lines.includes('Coût &lt;script&gt;'));
});

test('a picture is named and described by elements of its own', () => {
  const pictures = [
    ...lines.matchAll(
      /<svg[^>]*role="img" aria-labelledby="([^"]*)" aria-describedby="([^"]*)"[^>]*><title id="([^"]*)">[^<]+<\/title><desc id="([^"]*)">/g,
    ),
  ];
  assert.equal(pictures.length, 2);
  for (const [, label, description, title, desc] of pictures)
    assert.deepEqual([label, description], [title, desc]);
});

/** The cells of the data table, a list for each row, headers included. */
function cells(markup: string): string[][] {
  const [table = ''] = /<table.*<\/table>/s.exec(markup) ?? [];
  return [...table.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell),
  );
}

test('the table of a line chart has a row for each position, in order, and says what is missing', () => {
  assert.deepEqual(cells(lines), [
    ['Période', 'A &amp; B', '&lt;C&gt;'],
    ['&lt;2020&gt;', 'non connu', '2.00'],
    ['&lt;2021&gt;', '3.00', '1.00'],
  ]);
});

test('the table of a bar chart holds names in full', () => {
  const label = 'Un très long nom de projet '.repeat(8).trim();
  const markup = String(
    barChart({
      ...base,
      bars: [
        { label, value: -2 },
        { label: 'B', value: null },
      ],
    }),
  );
  assert.deepEqual(cells(markup), [
    ['Catégorie', 'Valeur'],
    [label, '-2.00'],
    ['B', 'non connu'],
  ]);
});

test('the table of a stacked bar chart holds every part', () => {
  const markup = String(
    stackedBarChart({
      ...base,
      parts: ['a', 'b'],
      rows: [
        { label: 'R', values: [1, 3] },
        { label: 'S', values: [2] },
      ],
    }),
  );
  assert.deepEqual(cells(markup), [
    ['Catégorie', 'a', 'b'],
    ['R', '1.00', '3.00'],
    ['S', '2.00', 'non connu'],
  ]);
});

test('the parts of a row fill the width in proportion', () => {
  const markup = String(
    stackedBarChart({ ...base, parts: ['a', 'b'], rows: [{ label: 'R', values: [1, 3] }] }),
  );
  const widths = [...markup.matchAll(/<rect class="socle-chart__part [^"]*" [^>]*width="([^"]*)"/g)].map(
    (m) => Number(m[1]),
  );
  assert.equal(widths.length, 4);
  for (const at of [0, 2])
    assert.ok(Math.abs((widths[at + 1] as number) / (widths[at] as number) - 3) < 0.01);
});

test('the table of a fan chart holds the observed values, the median and both ends of each band', () => {
  const markup = String(
    fanChart({
      ...base,
      formatLabel: String,
      positions: [2024, 2025],
      median: [null, 5],
      bands: [{ name: '90 %', low: [null, 3], high: [null, 8] }],
      observed: { name: 'Constaté', values: [4, null] },
    }),
  );
  assert.deepEqual(cells(markup), [
    ['Période', 'Constaté', 'Médiane', '90 %, bas', '90 %, haut'],
    ['2024', '4.00', 'non connu', 'non connu', 'non connu'],
    ['2025', 'non connu', '5.00', '3.00', '8.00'],
  ]);
});

test('the classes of a distribution count every known value once', () => {
  fc.assert(
    fc.property(values, (data) => {
      const known = data.filter((one) => typeof one === 'number' && Number.isFinite(one)).length;
      const counted = cells(String(distributionChart({ ...base, values: data, formatCount: String })))
        .slice(1)
        .reduce((sum, row) => sum + Number(row[2]), 0);
      assert.equal(counted, known);
    }),
  );
});

test('a chart without a known value says so and has neither picture nor table', () => {
  const empty = String(
    lineChart({ ...base, formatLabel: String, positions: [1], series: [{ name: 'a', values: [null] }] }),
  );
  assert.ok(empty.includes('Aucune donnée à représenter.'));
  assert.doesNotMatch(empty, /<svg|<table/);
});

test('two ticks are never written alike', () => {
  const markup =
    String(barChart({ ...base, bars: [{ label: 'a', value: 1 }] })) +
    String(
      lineChart({
        ...base,
        formatValue: (n) => n.toFixed(0),
        formatLabel: String,
        positions: [1, 2],
        series: [
          { name: 'a', values: [0, 1] },
          { name: 'b', values: [1, 0] },
        ],
      }),
    );
  const ticks = [...markup.matchAll(/text-anchor="end">(\d+)<\/text>/g)].map((m) => m[1]);
  assert.deepEqual(ticks, ['0', '1', '0', '1']);
});

test('a sparkline without a label is hidden from assistive technology, and with one is an image', () => {
  assert.match(String(sparkline({ values: [1, 2] })), /aria-hidden="true"/);
  assert.match(
    String(sparkline({ values: [1, 2], label: 'a "b"' })),
    /role="img" aria-label="a &quot;b&quot;"/,
  );
  assert.equal(String(sparkline({ values: [null, Number.NaN] })), '');
});
