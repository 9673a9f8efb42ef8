// The tree against the published vectors of Certificate Transparency and against the definition, word by word.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  consistencyPath,
  EMPTY_ROOT,
  foldRight,
  inclusionPath,
  leafHash,
  nodeHash,
  type Range,
  subtreesOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';

/** The reference leaves of the CT test suite (RFC 6962, whose hashing RFC 9162 keeps). */
const REFERENCE = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leaves = REFERENCE.map((hex) => leafHash(Buffer.from(hex, 'hex')));

/** The definition of RFC 9162, 2.1.1, with nothing clever in it. */
function definition(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return EMPTY_ROOT;
  if (hashes.length === 1) return hashes[0] as Buffer;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(definition(hashes.slice(0, k)), definition(hashes.slice(k)));
}

const rangeHash = (hashes: readonly Buffer[], { start, end }: Range) => definition(hashes.slice(start, end));

test('the empty tree', () => {
  assert.equal(
    EMPTY_ROOT.toString('hex'),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  assert.equal(foldRight([]), EMPTY_ROOT);
});

describe('the roots of the reference leaves', () => {
  ROOTS.forEach((root, i) => {
    test(`${i + 1} leaves`, () => {
      const parts = subtreesOf(0, i + 1).map(({ level, index }) =>
        rangeHash(leaves, { start: index * 2 ** level, end: (index + 1) * 2 ** level }),
      );
      assert.equal(foldRight(parts).toString('hex'), root);
    });
  });
});

test('the reference inclusion proof of leaf 0 in 8', () => {
  const proof = inclusionPath(0, 8).map((range) => rangeHash(leaves, range).toString('hex'));
  assert.deepEqual(proof, [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ]);
});

test('the reference consistency proof from 1 to 8', () => {
  const proof = consistencyPath(1, 8).map((range) => rangeHash(leaves, range).toString('hex'));
  assert.deepEqual(proof, [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ]);
});

const tree = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 70 })
  .map((bytes) => bytes.map((leaf) => leafHash(leaf)));

test('every leaf of every tree is proved, and nothing else is', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.nat(), (hashes, a, b) => {
      const size = hashes.length;
      const index = a % size;
      const proof = inclusionPath(index, size).map((range) => rangeHash(hashes, range));
      const claim = { index, size, leaf: hashes[index] as Buffer, root: definition(hashes) };
      assert.ok(verifyInclusion(claim, proof));
      assert.ok(!verifyInclusion({ ...claim, leaf: leafHash(Buffer.from('another leaf')) }, proof));
      assert.ok(!verifyInclusion({ ...claim, root: EMPTY_ROOT }, proof));
      assert.ok(!verifyInclusion({ ...claim, index: size }, proof));
      assert.ok(!verifyInclusion(claim, [...proof, EMPTY_ROOT]));
      if (proof.length > 0) {
        const at = b % proof.length;
        assert.ok(!verifyInclusion(claim, proof.toSpliced(at, 1, EMPTY_ROOT)));
        assert.ok(!verifyInclusion(claim, proof.toSpliced(at, 1)));
      }
    }),
  );
});

test('every start of every tree is proved, and a changed past is not', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.nat(), (hashes, a, b) => {
      const to = hashes.length;
      const from = 1 + (a % to);
      const proof = consistencyPath(from, to).map((range) => rangeHash(hashes, range));
      const claim = { from, to, oldRoot: definition(hashes.slice(0, from)), newRoot: definition(hashes) };
      assert.ok(verifyConsistency(claim, proof));
      const changed = hashes.with(b % from, leafHash(Buffer.from('changed')));
      assert.ok(!verifyConsistency({ ...claim, newRoot: definition(changed) }, proof));
      assert.ok(!verifyConsistency({ ...claim, oldRoot: definition(changed.slice(0, from)) }, proof));
      assert.ok(!verifyConsistency(claim, [...proof, EMPTY_ROOT]));
    }),
  );
});

test('proofs of what cannot be are refused', () => {
  assert.throws(() => inclusionPath(3, 3), RangeError);
  assert.throws(() => inclusionPath(-1, 3), RangeError);
  assert.throws(() => consistencyPath(0, 3), RangeError);
  assert.throws(() => consistencyPath(4, 3), RangeError);
});
