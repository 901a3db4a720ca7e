import { hash as digest } from 'node:crypto';

/** Hash functions a log can be made with; SM3 is GB/T 32905. Both give 32 bytes. */
export const HASHES = { 'SHA-256': 'sha256', SM3: 'sm3' } as const;
export type HashName = keyof typeof HASHES;
export const HASH_BYTES = 32;

/** The tree of RFC 6962 §2.1 (RFC 9162 §2.1): a leaf and a node are hashed apart, so that one can't pass for the other. */
export interface Tree {
  readonly name: HashName;
  leaf(entry: string): Buffer;
  node(left: Buffer, right: Buffer): Buffer;
  /** root of no leaves */
  readonly empty: Buffer;
}

export function treeOf(name: HashName): Tree {
  const hash = (...parts: Buffer[]) => digest(HASHES[name], Buffer.concat(parts), 'buffer');
  const [LEAF, NODE] = [Buffer.of(0), Buffer.of(1)];
  return {
    name,
    leaf: (entry) => hash(LEAF, Buffer.from(entry)),
    node: (left, right) => hash(NODE, left, right),
    empty: hash(),
  };
}

/** The right edge of a growing tree: a hash for every 1 bit of its size, so that a leaf costs no look at the others. */
export class Frontier {
  readonly #peaks: Buffer[] = [];
  #size = 0;

  constructor(private readonly tree: Tree) {}

  get size(): number {
    return this.#size;
  }

  push(leaf: Buffer): void {
    let hash = leaf;
    for (let bit = this.#size; bit & 1; bit >>>= 1) hash = this.tree.node(this.#peaks.pop() as Buffer, hash);
    this.#peaks.push(hash);
    this.#size++;
  }

  root(): Buffer {
    if (this.#size === 0) return this.tree.empty;
    return this.#peaks.reduceRight((right, left) => this.tree.node(left, right));
  }
}

/** Root of `leaves[from, to)`. */
export function rootOf(tree: Tree, leaves: readonly Buffer[], from = 0, to = leaves.length): Buffer {
  const frontier = new Frontier(tree);
  for (let i = from; i < to; i++) frontier.push(leaves[i] as Buffer);
  return frontier.root();
}

/** The largest power of two below `n`: where a tree of `n` leaves splits. */
const splitOf = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** Proof that leaf `index` stands in the tree of the first `size` leaves: the hashes beside its path, from below. */
export function inclusionProof(tree: Tree, leaves: readonly Buffer[], index: number, size = leaves.length): Buffer[] {
  const path = (from: number, to: number): Buffer[] => {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...path(from, middle), rootOf(tree, leaves, middle, to)]
      : [...path(middle, to), rootOf(tree, leaves, from, middle)];
  };
  return path(0, size);
}

/** RFC 9162 §2.1.3.2 */
export function provesInclusion(
  tree: Tree,
  leaf: Buffer,
  index: number,
  size: number,
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  if (index < 0 || index >= size) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (sn === 0) return false;
    if (fn & 1 || fn === sn) {
      hash = tree.node(beside, hash);
      for (; !(fn & 1) && fn !== 0; fn >>>= 1) sn >>>= 1;
    } else {
      hash = tree.node(hash, beside);
    }
    fn >>>= 1;
    sn >>>= 1;
  }
  return sn === 0 && hash.equals(root);
}

/** Proof that the tree of the first `first` leaves is how the tree of the first `second` began. */
export function consistencyProof(
  tree: Tree,
  leaves: readonly Buffer[],
  first: number,
  second = leaves.length,
): Buffer[] {
  const path = (from: number, to: number, whole: boolean): Buffer[] => {
    if (first === to) return whole ? [] : [rootOf(tree, leaves, from, to)];
    const middle = from + splitOf(to - from);
    return first <= middle
      ? [...path(from, middle, whole), rootOf(tree, leaves, middle, to)]
      : [...path(middle, to, false), rootOf(tree, leaves, from, middle)];
  };
  return first === 0 || first === second ? [] : path(0, second, true);
}

/** RFC 9162 §2.1.4.2; a tree of none begins every tree. */
export function provesConsistency(
  tree: Tree,
  first: { size: number; root: Buffer },
  second: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root);
  if (first.size === 0) return proof.length === 0 && first.root.equals(tree.empty);
  // A first tree that is a whole subtree of the second is not repeated in the proof.
  const [start, ...rest] = Number.isInteger(Math.log2(first.size)) ? [first.root, ...proof] : proof;
  if (!start) return false;
  let [fn, sn] = [first.size - 1, second.size - 1];
  for (; fn & 1; fn >>>= 1) sn >>>= 1;
  let [before, after] = [start, start];
  for (const beside of rest) {
    if (sn === 0) return false;
    if (fn & 1 || fn === sn) {
      before = tree.node(beside, before);
      after = tree.node(beside, after);
      for (; !(fn & 1) && fn !== 0; fn >>>= 1) sn >>>= 1;
    } else {
      after = tree.node(after, beside);
    }
    fn >>>= 1;
    sn >>>= 1;
  }
  return sn === 0 && before.equals(first.root) && after.equals(second.root);
}
