import { itemOf } from '../catalogue/index.js';
import type { Label } from './labels.js';

/** 共享协议 What one partner is shown, as the agreement with it lists. Unlisted means no. */
export interface Agreement {
  /** item codes, or `*` */
  readonly items: readonly string[];
  /** list codes, or `*` */
  readonly lists: readonly string[];
  readonly commitments: boolean;
  /** of rows; PERSONAL lets those about natural persons pass, masked as they stand */
  readonly labels: readonly Label[];
  /** who a natural person is, whole, sealed to the partner beside the masked row */
  readonly identities: boolean;
  /** by scope (`ITEM/XZCF_FR`, or `ITEM/*`) the fields that are sent; a scope that is not named sends all it has */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** 市平台, 省平台, or a platform beside the county's. */
export const RANKS = ['CITY', 'PROVINCE', 'SIBLING'] as const;
export type Rank = (typeof RANKS)[number];

/**
 * Labels that an agreement can open at all; what is sealed, secret or about officials is nobody's to pass on. What is
 * read with the subject's consent goes upward, where it is collected by law (条例 art. 9), and never sideways.
 */
export const SHAREABLE = ['OPEN', 'GOVERNMENT', 'AUTHORISED', 'PERSONAL'] as const satisfies readonly Label[];
export const mayShare = (rank: Rank, label: Label): boolean =>
  (SHAREABLE as readonly Label[]).includes(label) && !(rank === 'SIBLING' && label === 'AUTHORISED');

/** Whole identities go upward, where rows about persons are matched by them (条例 art. 9), and never sideways. */
export const mayIdentify = (rank: Rank, labels: readonly Label[]): boolean =>
  rank !== 'SIBLING' && labels.includes('PERSONAL');

/** The scopes that row security compares messages with. */
export const scopesOf = ({ items, lists, commitments }: Agreement): string[] => [
  ...items.map((code) => `ITEM/${code}`),
  ...lists.map((code) => `LIST/${code}`),
  ...(commitments ? ['COMMITMENT'] : []),
];

const columnOf = (part: string): string => part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names of an item's fields, and of their columns, whose own label (安全标记) the agreement does not list. */
function withheld({ labels }: Agreement, scope: string): ReadonlySet<string> {
  const [kind, code = ''] = scope.split('/');
  const fields = kind === 'ITEM' ? (itemOf(code)?.fields ?? []) : [];
  return new Set(
    fields
      .filter(({ security }) => !labels.includes(security))
      .flatMap(({ name, part }) => (part ? [name, columnOf(part)] : [name])),
  );
}

/** Of a message's data, the fields that the agreement lists. */
export function agreedFields(
  agreement: Agreement,
  scope: string,
  data: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const listed = agreement.fields[scope] ?? agreement.fields[`${scope.split('/')[0]}/*`];
  const not = withheld(agreement, scope);
  const { values, ...columns } = data;
  const only = (all: object) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !not.has(name) && (listed?.includes(name) ?? true)));
  const kept = only(columns);
  const inValues = values && typeof values === 'object' ? only(values) : {};
  return Object.keys(inValues).length > 0 ? { ...kept, values: inValues } : kept;
}
