import { LISTS } from '../../src/catalogue/lists.js';
import { fromGlobalId, referenceId } from '../../src/platform/ids.js';
import type { Data } from './types.js';

/** Ten fields of a record: seven of every one, three of its type. */
export const HUB_TEN = `__typename id documentNo decidedOn publicFrom publicUntil state disputed
  ... on PermitRecord { category content validTo } ... on PenaltyRecord { violation content severity }`;
/** PostGraphile knows the table: it is asked for the columns of both types. */
export const PG_TEN = `recordType rowId documentNo decidedOn publicFrom publicUntil state disputed
  category content validTo violation severity`;

export const uuidOf = (id: string): string => fromGlobalId(id)?.uuid ?? id;
const TYPES: Readonly<Record<string, string>> = {
  PermitRecord: 'PERMIT',
  PenaltyRecord: 'PENALTY',
  CatalogueRecord: 'OTHER',
};

/** A record as any of the three answered it. */
export function record(row: Data): unknown {
  const type = row.recordType ?? TYPES[row.__typename];
  const own =
    type === 'PERMIT'
      ? ['category', 'content', 'validTo']
      : type === 'PENALTY'
        ? ['violation', 'content', 'severity']
        : [];
  const names = ['documentNo', 'decidedOn', 'publicFrom', 'publicUntil', 'state', 'disputed', ...own];
  return {
    type,
    id: uuidOf(row.id ?? row.rowId),
    ...Object.fromEntries(names.map((name) => [name, row[name] ?? null])),
  };
}

const LIST_CODES = new Map(LISTS.map(({ code }) => [referenceId('list', code), code]));

/** A check as any of the three answered it: its receipt is its own, all else is the same. */
export function check(answer: Data, findings: Data[], finding: (row: Data) => unknown) {
  if (!/^HC\d{8}[0-9A-Z]{12}$/.test(answer.receiptNo)) throw new Error('no receipt');
  return { verdict: answer.verdict, found: answer.subjectFound, findings: findings.map(finding) };
}
export const sourcesOf = (rows: Data[]): unknown =>
  rows
    .map(({ list, listId, stale }) => ({ list: list?.code ?? list ?? LIST_CODES.get(listId), stale }))
    .sort((a, b) => (a.list < b.list ? -1 : 1));

export const hubFinding = ({ effect, measure, basis, listEntry }: Data) => ({
  effect,
  measure: measure.name,
  title: basis.title,
  article: basis.article,
  documentNo: listEntry?.documentNo ?? null,
  list: listEntry?.list.name ?? null,
});
export const limitFinding = ({ effect, measure, title, article, documentNo, list }: Data) => ({
  effect,
  measure,
  title,
  article,
  documentNo,
  list,
});
export const pgFinding = (row: Data) => ({
  effect: row.effect,
  measure: row.measureByMeasureId.name,
  title: row.legalBasisByBasisId.title,
  article: row.legalBasisByBasisId.article,
  documentNo: row.listEntryByListEntryId?.documentNo ?? null,
  list: row.listEntryByListEntryId?.creditListByListId.name ?? null,
});
export const HUB_FINDINGS = `findings { effect measure { name } basis { title article } listEntry { documentNo list { name } } }`;
export const PG_FINDINGS = `creditCheckFindingsByCheckId(orderBy: [ORDINAL_ASC]) { nodes { effect measureByMeasureId { name }
  legalBasisByBasisId { title article } listEntryByListEntryId { documentNo creditListByListId { name } } } }`;
