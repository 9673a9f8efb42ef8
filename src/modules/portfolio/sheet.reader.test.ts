// Files that are read, and files that are refused, within bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { isSocleError } from '#platform/errors.ts';
import { fileOf } from './portfolio.test-support.ts';
import { bytesOfFile, openSheet, type SheetLimits, type SheetRow, type SheetSource } from './sheet.reader.ts';

async function read(source: SheetSource, limits?: SheetLimits) {
  const sheet = await openSheet(source, limits);
  const rows: SheetRow[] = [];
  for await (const row of sheet.rows) rows.push(row);
  return { headers: sheet.headers, rows, ending: sheet.ending() };
}

async function refusal(source: SheetSource, limits?: SheetLimits): Promise<string> {
  try {
    await read(source, limits);
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

test('200 MB are refused in bounded memory', async () => {
  const piece = Buffer.from(`${'x'.repeat(65_534)},\n`);
  const before = process.memoryUsage().rss;
  let peak = before;
  let given = 0;
  const huge = async function* (chunk: Buffer) {
    yield Buffer.from('a,b\n');
    for (given = 0; given < 200e6; given += chunk.length) {
      peak = Math.max(peak, process.memoryUsage().rss);
      yield chunk;
    }
  };
  assert.equal(await refusal({ name: 'rows', bytes: huge(piece) }), 'portfolio.file-too-large');
  assert.ok(given < 160e6, 'it stops reading at the bound');
  assert.equal(
    await refusal({ name: 'one line', bytes: huge(Buffer.alloc(65_536, 'y')) }),
    'portfolio.cell-too-long',
  );
  assert.ok(peak - before < 150e6, `${Math.round((peak - before) / 1e6)} MB more than before`);
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
