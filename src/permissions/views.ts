import { setting } from './predicates.js';
import { GUARDED } from './rows.js';

/** What is read across tables: every part of it under the row security of its own table, by the rights of its reader. */
export interface View {
  readonly name: string;
  readonly select: string;
}

/** 曾用名 A subject's own, and the names of those that have turned out to be it. */
const SUBJECT_FORMER_NAME: View = {
  name: 'subject_former_name',
  select: `
  select id, subject_id, name, name_key, until from former_name
  union all
  select f.id, s.merged_into, f.name, f.name_key, f.until from subject s join former_name f on f.subject_id = s.id
  where s.merged_into is not null
  union all
  select id, merged_into, name, name_key, merged_on from subject where merged_into is not null and kind <> 'NATURAL_PERSON'`,
};

const today = setting('today', 'date');

interface Part {
  readonly from: string;
  readonly kind: string;
  readonly on: string;
  readonly title: string;
  readonly where: string;
  readonly subject?: string;
  readonly item?: string;
  readonly department?: string;
  /** SQL of the GraphQL type of the row it is told by */
  readonly type: string;
  readonly sourceId?: string;
  readonly label: string;
}

/** One row of a table as an event; all of its names are columns of that one table. */
const part = ({ from, kind, on, title, where, subject, item, department, type, sourceId, label }: Part): string => `
  select ${kind} || ':' || id as id, ${subject ?? 'subject_id'} as subject_id, ${kind} as kind, ${on} as happened_on,
    ${title} as title, ${item ?? 'null::uuid'} as item_id, ${department ?? 'null::uuid'} as department_id,
    ${type} as source_type, ${sourceId ?? 'id'} as source_id, ${label} as label
  from ${from} where ${where}`;

const subjectPart = (kind: string, on: string, title: string, where: string, subject = 'id'): string =>
  part({
    from: 'subject',
    kind: `'${kind}'`,
    on,
    title,
    where: `kind <> 'NATURAL_PERSON' and ${where}`,
    subject,
    item: 'source_item_id',
    department: 'source_department_id',
    type: `'Organisation'`,
    label: `'OPEN'`,
  });

const nameOf = (table: string, column: string) => `(select x.name from ${table} x where x.id = ${column})`;
const codeOf = (table: string, column: string) => `(select x.code from ${table} x where x.id = ${column})`;

const recordPart = (kind: string, on: string, where: string): string =>
  part({
    from: 'credit_record',
    kind,
    on,
    title: `coalesce(document_name, violation, ${nameOf('catalogue_item', 'item_id')})`,
    where,
    item: 'item_id',
    department: 'authority_id',
    type: `case record_type when 'PERMIT' then 'PermitRecord' when 'PENALTY' then 'PenaltyRecord' else 'CatalogueRecord' end`,
    label: GUARDED.credit_record.label,
  });

const RECORD_KIND = `case record_type when 'PERMIT' then 'PERMITTED' when 'PENALTY' then 'PENALISED'
    else case ${codeOf('catalogue_item', 'item_id')} when 'XZJC' then 'INSPECTED' when 'XZJL' then 'HONOURED' when 'CXRY' then 'HONOURED'
      when 'XYCN' then 'PROMISED' when 'SFCP' then 'JUDGED' when 'SFZX' then 'JUDGED' else 'RECORDED' end end`;

const entryPart = (kind: string, on: string, where: string): string =>
  part({
    from: 'list_entry',
    kind,
    on,
    title: nameOf('credit_list', 'list_id'),
    where,
    department: 'department_id',
    type: `'ListEntry'`,
    label: GUARDED.list_entry.label,
  });

const commitmentPart = (kind: string, on: string, where: string): string =>
  part({
    from: 'commitment',
    kind,
    on,
    title: `case kind when 'APPROVAL_SUBSTITUTION' then '审批替代型承诺' when 'VOLUNTARY_DISCLOSURE' then '主动公开型承诺'
      when 'INDUSTRY_SELF_DISCIPLINE' then '行业自律型承诺' when 'CREDIT_REPAIR' then '信用修复型承诺'
      when 'PROOF_NOTIFICATION' then '证明事项告知承诺' else '政务服务承诺' end`,
    where,
    department: 'department_id',
    type: `'Commitment'`,
    label: GUARDED.commitment.label,
  });

/** 市场信用信息 Told with its own source, and only to whom its own table's row security shows it. */
const marketPart = part({
  from: 'market_record',
  kind: `'MARKET'`,
  on: 'decided_on',
  title: nameOf('catalogue_item', 'item_id'),
  where: 'true',
  item: 'item_id',
  type: `'MarketRecord'`,
  label: GUARDED.market_record.label,
});

/** 全生命周期主体数据链 One organisation's whole time line, from its registration to its end. */
const LIFECYCLE_EVENT: View = {
  name: 'lifecycle_event',
  select: [
    subjectPart('REGISTERED', 'registered_on', 'name', 'registered_on is not null'),
    subjectPart('CLOSED', 'closed_on', 'registration_state', 'closed_on is not null'),
    subjectPart('MERGED', 'merged_on', 'name', 'merged_into is not null', 'merged_into'),
    part({
      from: 'former_name',
      kind: `'RENAMED'`,
      on: 'until',
      title: 'name',
      where: 'until is not null',
      type: `'Organisation'`,
      sourceId: 'subject_id',
      label: `'OPEN'`,
    }),
    recordPart(RECORD_KIND, 'decided_on', 'true'),
    recordPart(`'REVOKED'`, 'revoked_on', `state = 'REVOKED' and revoked_on is not null`),
    recordPart(`'REPAIRED'`, `(revised_at at time zone 'Asia/Shanghai')::date`, `state = 'REPAIRED'`),
    recordPart(`'EXPIRED'`, 'expires_on', `state = 'ACTIVE' and expires_on < ${today}`),
    entryPart(`'PROPOSED'`, 'proposed_on', 'listed_on is null'),
    entryPart(`'LISTED'`, 'listed_on', 'listed_on is not null'),
    entryPart('state', 'removed_on', `state in ('REPAIRED', 'REVOKED', 'EXPIRED') and removed_on is not null`),
    entryPart(`'EXPIRED'`, 'ends_on', `state in ('LISTED', 'SUSPENDED') and ends_on < ${today}`),
    marketPart,
    commitmentPart(`'PROMISED'`, 'made_on', 'true'),
    commitmentPart(
      `case state when 'FULFILLED' then 'KEPT' when 'PARTLY_FULFILLED' then 'PARTLY_KEPT' else state end`,
      'settled_on',
      `settled_on is not null and state <> 'OPEN'`,
    ),
  ].join('\n  union all'),
};

export const VIEWS: readonly View[] = [SUBJECT_FORMER_NAME, LIFECYCLE_EVENT];
