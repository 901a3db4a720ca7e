import type { KeyObject } from 'node:crypto';
import { isSignedBy, type SignedHead } from './head.js';
import { Frontier, rootOf, type Tree } from './merkle.js';
import { type Gone, type Retirement, retires } from './retirement.js';
import type { StoredEntry } from './store.js';

/** What a verifier looks at; only the key, the heads and the entries are needed. */
export interface Evidence {
  tree: Tree;
  publicKey: KeyObject;
  heads: readonly SignedHead[];
  /** canonical text of each entry, in the log's order, or what is left of it; null where its place is empty */
  entries: AsyncIterable<StoredEntry>;
  /** hashes kept outside the database, where there are such */
  copy: readonly Buffer[] | null;
  /** hashes beside the entries in the database, where they are looked at */
  stored: readonly Buffer[] | null;
}

/** One thing that is wrong, and where: entries count from 0, `to` is the first that is not meant. */
export interface Fault {
  kind:
    | 'HEAD_FORGED'
    | 'CUT'
    | 'MISSING'
    | 'ALTERED'
    | 'INSERTED'
    | 'MOVED'
    | 'HASH_ALTERED'
    | 'COPY_ALTERED'
    | 'ROOT'
    | 'RETIREMENT_FORGED';
  from: number;
  to: number;
  what: string;
}

export interface Verdict {
  whole: boolean;
  /** entries found, those included of which only the hash is left */
  size: number;
  /** places whose entries went when their time was over, by a signed retirement; `to` is the first that is not meant */
  retired: { from: number; to: number }[];
  /** hex, of the entries found */
  root: string;
  headsChecked: number;
  faults: Fault[];
}

/** Whether the log is what its heads say, and where it is not. */
export async function verifyLog({ tree, publicKey, heads, entries, copy, stored }: Evidence): Promise<Verdict> {
  const { found, retired, forged } = await read(tree, publicKey, entries);
  const good = heads.filter((head) => isSignedBy(publicKey, head)).sort((a, b) => a.size - b.size);
  const faults: Fault[] = heads
    .filter((head) => !good.includes(head))
    .map(({ size, at }) => fault('HEAD_FORGED', 0, size, `a head of ${at} is not signed with the log's key`));
  faults.push(...forged);

  const present = found.filter((leaf) => leaf !== null);
  if (copy) {
    faults.push(...againstHeads(tree, copy, good, 'COPY_ALTERED', 'the hashes kept outside the database'));
    faults.push(...compared(found, copy));
    if (stored) faults.push(...storedHashes(stored, copy));
  } else {
    faults.push(...found.flatMap((leaf, i) => (leaf ? [] : fault('MISSING', i, i + 1, `entry ${i} is missing`))));
    faults.push(...againstHeads(tree, present, good, 'ROOT', 'the entries'));
  }
  return {
    whole: faults.length === 0,
    size: present.length,
    retired,
    root: rootOf(tree, present).toString('hex'),
    headsChecked: good.length,
    faults,
  };
}

/** Hashes by place. What is gone counts by its hash where a signed retirement names it, and else is missing. */
async function read(tree: Tree, publicKey: KeyObject, entries: AsyncIterable<StoredEntry>) {
  const found: (Buffer | null)[] = [];
  const gone: Gone[] = [];
  const retirements = new Map<string, Retirement>();
  for await (const entry of entries) {
    if (entry === null || typeof entry === 'string') {
      found.push(entry === null ? null : tree.leaf(entry));
      continue;
    }
    // What stands in another place than it says is no entry of this one.
    if (entry.gone.seq === found.length) gone.push(entry.gone);
    if (entry.retirement) retirements.set(entry.retirement.id, entry.retirement);
    found.push(null);
  }
  const places: number[] = [];
  const forged: Fault[] = [];
  for (const [id, some] of Map.groupBy(gone, ({ retirement }) => retirement)) {
    const retirement = retirements.get(id);
    if (retirement && retires(publicKey, retirement, some)) {
      for (const { seq, leaf } of some) {
        found[seq] = Buffer.from(leaf, 'hex');
        places.push(seq);
      }
      continue;
    }
    const [first, last] = [Math.min(...some.map(({ seq }) => seq)), Math.max(...some.map(({ seq }) => seq))];
    forged.push(
      fault(
        'RETIREMENT_FORGED',
        first,
        last + 1,
        `entries of ${first} to ${last} are said to be past their term, and no signature of the log says so`,
      ),
    );
  }
  return { found, retired: rangesOf(places), forged };
}

/** Places in order as ranges. */
function rangesOf(places: readonly number[]): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const place of places.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === place) last.to = place + 1;
    else ranges.push({ from: place, to: place + 1 });
  }
  return ranges;
}

const fault = (kind: Fault['kind'], from: number, to: number, what: string): Fault => ({ kind, from, to, what });

/** Signed heads of all sizes; of those that don't fit, the first says after which entry the trouble begins. */
function againstHeads(
  tree: Tree,
  leaves: readonly Buffer[],
  heads: readonly SignedHead[],
  kind: Fault['kind'],
  of: string,
): Fault[] {
  const rootAt = rootsAt(tree, leaves, new Set(heads.map(({ size }) => size)));
  let fits = 0;
  for (const { size, root, at } of heads) {
    if (size > leaves.length) {
      return [
        fault('CUT', leaves.length, size, `${of} end before entry ${leaves.length}; a head of ${at} says ${size}`),
      ];
    }
    if (rootAt.get(size) !== root) {
      return [fault(kind, fits, size, `${of} from ${fits} to ${size - 1} are not those that were signed at ${at}`)];
    }
    fits = size;
  }
  return [];
}

/** The roots of the trees of those sizes, in one walk. */
function rootsAt(tree: Tree, leaves: readonly Buffer[], sizes: ReadonlySet<number>): Map<number, string> {
  const roots = new Map<number, string>();
  const frontier = new Frontier(tree);
  const note = () => {
    if (sizes.has(frontier.size)) roots.set(frontier.size, frontier.root().toString('hex'));
  };
  note();
  for (const leaf of leaves) {
    frontier.push(leaf);
    note();
  }
  return roots;
}

/** Entry by entry: what is gone, what was altered in its place, what never was in the log, and what stands elsewhere. */
function compared(found: readonly (Buffer | null)[], copy: readonly Buffer[]): Fault[] {
  const placeOf = new Map(copy.map((leaf, i) => [leaf.toString('hex'), i]));
  const places = found.map((leaf) => (leaf ? (placeOf.get(leaf.toString('hex')) ?? null) : null));
  const there = new Set(places);
  const faults: Fault[] = [];
  const gone = copy.flatMap((_leaf, i) => (there.has(i) ? [] : [i]));
  const strange = new Set(found.flatMap((leaf, i) => (leaf && places[i] === null ? [i] : [])));
  let end = copy.length;
  while (end > 0 && gone.at(-1) === end - 1 && !strange.has(end - 1)) {
    gone.pop();
    end--;
  }
  for (const i of gone) {
    if (strange.delete(i)) faults.push(fault('ALTERED', i, i + 1, `entry ${i} is not what it was`));
    else faults.push(fault('MISSING', i, i + 1, `entry ${i} is missing`));
  }
  if (end < copy.length) {
    faults.push(fault('CUT', end, copy.length, `entries ${end} to ${copy.length - 1} are missing at the end`));
  }
  for (const i of strange) faults.push(fault('INSERTED', i, i + 1, `entry ${i} was never taken into the log`));
  let last = -1;
  for (const [i, place] of places.entries()) {
    if (place === null) continue;
    if (place < last) faults.push(fault('MOVED', i, i + 1, `entry ${place} stands in place ${i}`));
    else last = place;
  }
  return faults.sort((a, b) => a.from - b.from);
}

/** The hashes in the database are no proof of anything; one that differs tells that somebody was there. */
const storedHashes = (stored: readonly Buffer[], copy: readonly Buffer[]): Fault[] =>
  copy.flatMap((leaf, i) =>
    stored[i] && !stored[i].equals(leaf)
      ? [fault('HASH_ALTERED', i, i + 1, `the hash beside entry ${i} in the database is not the one kept outside`)]
      : [],
  );
