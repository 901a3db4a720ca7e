import { type Sql, sql } from '../../../platform/sql.js';

/** A column that says whose a row is: what a merge moves, and a split may. Our own text, all of it. */
export interface MovedColumn {
  /** as `subject_merge_row.table_name` says */
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** the row carries its subject's kind, which moves too */
  readonly kind?: true;
  /** the row keeps its revisions */
  readonly revised?: true;
  /** of the subject as such: no single row of it is split away */
  readonly whole?: true;
}

/**
 * Everything that hangs on a subject. What is its own stays with it, and goes on finding it: its row, its names, its
 * document and key, the person who represents it. The access log stays as it was written,
 * and is read by the pointer (permissions, subject_group).
 */
export const MOVED: readonly MovedColumn[] = [
  { name: 'credit_record', table: 'credit_record', column: 'subject_id', kind: true, revised: true },
  { name: 'list_entry', table: 'list_entry', column: 'subject_id', kind: true, revised: true },
  { name: 'commitment', table: 'commitment', column: 'subject_id', kind: true, revised: true },
  { name: 'consent', table: 'consent', column: 'subject_id', kind: true, revised: true },
  { name: 'credit_check', table: 'credit_check', column: 'subject_id', kind: true },
  { name: 'market_record', table: 'market_record', column: 'subject_id', kind: true, revised: true },
  { name: 'market_record.body', table: 'market_record', column: 'body_id', revised: true, whole: true },
  { name: 'collection_agreement', table: 'collection_agreement', column: 'body_id', revised: true, whole: true },
  { name: 'consent.agent', table: 'consent', column: 'agent_id', revised: true, whole: true },
  { name: 'subject.parent', table: 'subject', column: 'parent_id', revised: true, whole: true },
  { name: 'subject.merged', table: 'subject', column: 'merged_into', revised: true, whole: true },
];

/** Tables of which single rows can be split away, by the GraphQL type of the row. */
export const SPLITTABLE: Readonly<Record<string, string>> = {
  PermitRecord: 'credit_record',
  PenaltyRecord: 'credit_record',
  CatalogueRecord: 'credit_record',
  ListEntry: 'list_entry',
  Commitment: 'commitment',
  Consent: 'consent',
  CreditCheck: 'credit_check',
  MarketRecord: 'market_record',
};

export interface Writer {
  readonly user: string;
  readonly reason: string;
}

/** `set` of a moved row: whose it is from now on, and of which kind that subject is. */
export const settingOf = ({ column, kind, revised }: MovedColumn, subject: Sql, { user, reason }: Writer): Sql => {
  const parts = [
    sql`${sql.ref(column)} = ${subject}`,
    ...(kind ? [sql`subject_kind = (select owner.kind from subject owner where owner.id = ${subject})`] : []),
    ...(revised ? [sql`revised_by = ${user}, revision_reason = ${reason}`] : []),
  ];
  return sql.join(parts);
};
