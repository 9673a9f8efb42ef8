// No cell that we write is a formula to a spreadsheet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formulaSafe } from './csv.ts';

const cases: [before: string | number | null, after: string | number | null][] = [
  ['=1+1', "'=1+1"],
  ['+33 1 23', "'+33 1 23"],
  ['-SUM(A1)', "'-SUM(A1)"],
  ['@cmd', "'@cmd"],
  ['\tx', "'\tx"],
  ['a=b', 'a=b'],
  ['', ''],
  [-3.5, -3.5],
  [null, null],
];

for (const [before, after] of cases) {
  test(`${JSON.stringify(before)} is written ${JSON.stringify(after)}`, () =>
    assert.equal(formulaSafe(before), after));
}
