import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyProof,
  Frontier,
  inclusionProof,
  provesConsistency,
  provesInclusion,
  rootOf,
  treeOf,
} from '../../../src/audit/merkle.js';

const LARGEST = 64;
const tree = treeOf('SHA-256');
const leaves = Array.from({ length: LARGEST }, (_, i) => tree.leaf(`entry ${i}`));
const heads = Array.from({ length: LARGEST + 1 }, (_, size) => ({ size, root: rootOf(tree, leaves, 0, size) }));
const head = (size: number) => heads[size] as { size: number; root: Buffer };

/** Each byte of each hash of a proof, flipped one at a time. */
function* flipped(proof: readonly Buffer[]): Generator<Buffer[]> {
  for (const [i, hash] of proof.entries()) {
    for (let byte = 0; byte < hash.length; byte++) {
      const bad = Buffer.from(hash);
      bad[byte] = (bad[byte] as number) ^ 0xff;
      yield proof.map((one, at) => (at === i ? bad : one));
    }
  }
}

describe('the tree of RFC 6962', () => {
  // RFC 6962 §2.1, and the test vectors of its reference implementation
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const hashed = inputs.map((hex) =>
    createHash('sha256')
      .update(Buffer.concat([Buffer.of(0), Buffer.from(hex, 'hex')]))
      .digest(),
  );

  test('has the roots of the reference vectors', () => {
    expect(rootOf(tree, []).toString('hex')).toBe(createHash('sha256').digest('hex'));
    expect(roots.map((_, i) => rootOf(tree, hashed, 0, i + 1).toString('hex'))).toEqual(roots);
  });

  test('grows leaf by leaf to the same root as at once', () => {
    const frontier = new Frontier(tree);
    for (const [i, leaf] of leaves.entries()) {
      frontier.push(leaf);
      expect([frontier.size, frontier.root()]).toEqual([i + 1, head(i + 1).root]);
    }
  });

  test('SM3 gives other roots of the same length', () => {
    const sm3 = treeOf('SM3');
    // GB/T 32905-2016 annex A, example 1
    expect(createHash('sm3').update('abc').digest('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    expect(rootOf(sm3, [sm3.leaf('a')])).toHaveLength(32);
    expect(rootOf(sm3, [sm3.leaf('a')])).not.toEqual(rootOf(tree, [tree.leaf('a')]));
  });
});

describe(`proofs at all sizes up to ${LARGEST}`, () => {
  test('of inclusion: the right one holds, with any byte flipped it does not', () => {
    let believed = 0;
    for (let size = 1; size <= LARGEST; size++) {
      const { root } = head(size);
      for (let index = 0; index < size; index++) {
        const leaf = leaves[index] as Buffer;
        const proof = inclusionProof(tree, leaves, index, size);
        expect(provesInclusion(tree, leaf, index, size, proof, root)).toBe(true);
        expect(provesInclusion(tree, leaf, index, size, [...proof, root], root)).toBe(false);
        if (proof.length > 0) expect(provesInclusion(tree, leaf, index, size, proof.slice(1), root)).toBe(false);
        for (const bad of flipped(proof)) if (provesInclusion(tree, leaf, index, size, bad, root)) believed++;
      }
    }
    expect(believed).toBe(0);
  });

  test('of consistency: the right one holds, with any byte flipped it does not', () => {
    let believed = 0;
    for (let second = 1; second <= LARGEST; second++) {
      for (let first = 0; first <= second; first++) {
        const proof = consistencyProof(tree, leaves, first, second);
        expect(provesConsistency(tree, head(first), head(second), proof)).toBe(true);
        expect(provesConsistency(tree, head(first), head(second), [...proof, head(first).root])).toBe(false);
        for (const bad of flipped(proof)) if (provesConsistency(tree, head(first), head(second), bad)) believed++;
      }
    }
    expect(believed).toBe(0);
  });

  test('another place, another size or another leaf is not proven', () => {
    const sizes = fc.integer({ min: 2, max: LARGEST });
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (size, one, two) => {
        const [index, other] = [one % size, two % size];
        fc.pre(index !== other);
        const proof = inclusionProof(tree, leaves, index, size);
        const { root } = head(size);
        expect(provesInclusion(tree, leaves[other] as Buffer, index, size, proof, root)).toBe(false);
        expect(provesInclusion(tree, leaves[index] as Buffer, other, size, proof, root)).toBe(false);
        expect(provesInclusion(tree, leaves[index] as Buffer, size, size, proof, root)).toBe(false);
        const earlier = head(index + 1);
        const wrong = { ...earlier, root: head(other + 1).root };
        expect(provesConsistency(tree, wrong, head(size), consistencyProof(tree, leaves, index + 1, size))).toBe(false);
      }),
      { seed: 370830, numRuns: 1_000 },
    );
  });
});
