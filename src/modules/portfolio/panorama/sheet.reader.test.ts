// Files that are read, and files that are refused, within bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { isSocleError } from '#platform/errors.ts';
import { fileOf } from './panorama.test-support.ts';
import { bytesOfFile, openSheet, type SheetLimits, type SheetRow, type SheetSource } from './sheet.reader.ts';

async function read(source: SheetSource, limits?: SheetLimits) {
  const sheet = await openSheet(source, limits);
  const rows: SheetRow[] = [];
  for await (const row of sheet.rows) rows.push(row);
  return { headers: sheet.headers, rows, ending: sheet.ending() };
}

async function refusal(source: SheetSource, limits?: SheetLimits): Promise<string> {
  try {
    const sheet = await openSheet(source, limits);
    for await (const _ of sheet.rows);
  } catch (error) {
    if (isSocleError(error)) return error.code;
    throw error;
  }
  return 'read';
}

test('rows keep the line of the file where they start, through cells of several lines and blank rows', async () => {
  const { headers, rows } = await read(
    fileOf('\ufeff"a\nb",c\r\n1,"x\ny\nz"\r\n,\r\n\r\n2,"w"\r\n', { size: 3 }),
  );
  assert.deepEqual(headers, ['a\nb', 'c']);
  assert.deepEqual(
    rows.map(({ line, cells }) => [line, cells]),
    [
      [3, ['1', 'x\ny\nz']],
      [8, ['2', 'w']],
    ],
  );
});

test('the delimiter is told from the header, quotes left aside', async () => {
  assert.deepEqual((await read(fileOf('"a,b,c";d\n1;2\n'))).headers, ['a,b,c', 'd']);
  assert.deepEqual((await read(fileOf('"a;b;c",d\n1,2\n'))).headers, ['a;b;c', 'd']);
});

test('trailing empty columns are dropped, in the header and in the rows', async () => {
  const { headers, rows } = await read(fileOf('a,b,,,\n1,2,,,\n3,4\n'));
  assert.deepEqual(headers, ['a', 'b']);
  assert.deepEqual(
    rows.map(({ cells }) => cells),
    [
      ['1', '2'],
      ['3', '4'],
    ],
  );
});

test('a file that cannot be read is refused with the reason', async () => {
  const cases: [string, string | Uint8Array][] = [
    ['portfolio.file-empty', ''],
    ['portfolio.file-empty', '\ufeff'],
    ['portfolio.file-empty', '\n\n  \n'],
    ['portfolio.not-utf8', Buffer.from('nom,coût\né,1\n', 'latin1')],
    ['portfolio.not-utf8', Buffer.from('\ufeffnom,b\n', 'utf16le')],
    ['portfolio.not-text', Buffer.from('504b03040000', 'hex')],
    ['portfolio.not-text', Buffer.from('a,b\n1,\0\n')],
    ['portfolio.not-text', '%PDF-1.7 a,b'],
    ['portfolio.file-cut', 'a,b\n1,"never closed\n2,3\n'],
    ['portfolio.file-cut', 'a,b\n1,2\n3'],
    ['portfolio.file-cut', Buffer.from('a,b\n1,é').subarray(0, -1)],
    ['portfolio.wrong-cells', 'a,b\n1\n2,3\n'],
    ['portfolio.wrong-cells', 'a,b\n1,2,3\n'],
    ['portfolio.broken-csv', 'a,b\n1,"x"y\n'],
    ['portfolio.file-missing', 'missing'],
  ];
  for (const [code, content] of cases) {
    const source =
      content === 'missing' ? { name: 'm', bytes: bytesOfFile('/no/such.csv') } : fileOf(content);
    const found = await refusal(source);
    // A cut inside a letter of two bytes shows as an encoding that does not fit.
    const accepted = code === 'portfolio.file-cut' ? [code, 'portfolio.not-utf8'] : [code];
    assert.ok(accepted.includes(found), `${JSON.stringify(content.toString())}: ${found}, not ${code}`);
  }
});

test('a folder is no file', async () => {
  assert.equal(await refusal({ name: 'tmp', bytes: bytesOfFile('/tmp') }), 'portfolio.file-missing');
});

test('the bounds on size, rows and cells hold', async () => {
  const limits = { bytes: 1_000, rows: 3, cellCharacters: 50 };
  assert.equal(await refusal(fileOf(`a\n${'1\n'.repeat(3)}`), limits), 'read');
  assert.equal(await refusal(fileOf(`a\n${'1\n'.repeat(4)}`), limits), 'portfolio.too-many-rows');
  assert.equal(await refusal(fileOf(`a\n${'1'.repeat(51)}\n`), limits), 'portfolio.cell-too-long');
  assert.equal(await refusal(fileOf(`a\n${'1'.repeat(900)}\n`), limits), 'portfolio.cell-too-long');
  assert.equal(await refusal(fileOf(`a\n${'\n'.repeat(1_000)}`), limits), 'portfolio.file-too-large');
});

test('200 MB are refused, and little is held in memory meanwhile', async () => {
  // What is held, and not what the process has reserved: the collector frees late when there is room.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = held();
  let peak = before;
  let given = 0;
  async function* huge(piece: Buffer) {
    yield Buffer.from('a,b\n');
    for (given = 0; given < 200e6; given += piece.length) {
      if (given % (64 * piece.length) === 0) peak = Math.max(peak, held());
      yield piece;
    }
  }
  const row = Buffer.from(`${'x'.repeat(65_534)},\n`);
  assert.equal(await refusal({ name: 'rows', bytes: huge(row) }), 'portfolio.file-too-large');
  assert.ok(given < 160e6, 'it stops reading at the bound');
  const line = Buffer.alloc(65_536, 'y');
  assert.equal(await refusal({ name: 'one line', bytes: huge(line) }), 'portfolio.cell-too-long');
  assert.ok(given < 10e6, 'a line without end is found early');
  assert.ok(peak - before < 30e6, `${Math.round((peak - before) / 1e6)} MB held`);
});

test('what was written as CSV is read back, however the bytes are cut', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(',', ';'),
      async (written, size, delimiter) => {
        const text = stringify([['one', 'two'], ...written], { delimiter, quoted: true });
        const { rows } = await read(fileOf(text, { size }));
        const expected = written.filter((cells) => cells.some((value) => value.trim() !== ''));
        assert.deepEqual(
          rows.map(({ cells }) => cells),
          expected,
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('no bytes make the reader fail in another way than by a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 50 }),
      async (bytes, size) => {
        await refusal(fileOf(bytes, { size }));
      },
    ),
    { numRuns: 200 },
  );
  const signs = fc.array(fc.constantFrom('"', ',', ';', '\n', '\r', 'a', 'é', ' '), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(signs, async (some) => {
      await refusal(fileOf(some.join('')));
    }),
    { numRuns: 200 },
  );
});
