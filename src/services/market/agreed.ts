import { type CatalogueItem, natureOf } from '../../catalogue/types.js';
import { bodyOf } from '../../permissions/sending.js';
import type { DateString } from '../../platform/clock.js';
import { type BilingualText, type ErrorCode, HubError } from '../../platform/errors.js';
import { referenceId } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { DepartmentFacts } from '../collection/lookups.js';
import { type ItemPlan, planOf } from '../collection/plan.js';
import type { Session } from '../session.js';

/** 归集共享协议 What an agreement says to a submission of one of its items. */
export interface Agreed {
  readonly id: string;
  readonly documentNo: string;
  /** who brings, as the register calls it */
  readonly body: { readonly id: string; readonly code: string; readonly name: string };
  /** field codes of the item */
  readonly fields: readonly string[];
  /** the last day on which what is brought may count, where the agreement takes it along; null: it stays for its own term */
  readonly countsUntil: DateString | null;
  /** the office that concluded it */
  readonly department: DepartmentFacts;
}

/** SQL of an agreement `a` with its body `s` and its office `d`, for the item of that id. */
export const agreedColumns = (itemId: unknown) => sql`
  a.id, a.document_no as "documentNo", json_build_object('id', s.id, 'code', s.code, 'name', s.name) as body,
  (select array(select jsonb_array_elements_text(one->'fields')) from jsonb_array_elements(a.items) one
    where one->>'itemId' = ${itemId}::uuid::text) as fields,
  case when a.after_end = 'WITHDRAW' then a.valid_to::text end as "countsUntil",
  json_build_object('id', d.id, 'code', d.code, 'name', d.name, 'functions', d.functions) as department`;
export const AGREED_TABLES = sql`collection_agreement a join subject s on s.id = a.body_id join department d on d.id = a.department_id`;

/** 条例 art. 17: outside its agreement nothing is collected from a body. The text says so by name. */
const outside = (code: ErrorCode, { zh, en }: BilingualText): HubError =>
  new HubError(code, { zh: `OUTSIDE_AGREEMENT：${zh}`, en: `OUTSIDE_AGREEMENT: ${en}` }, 'item');

/**
 * The agreement in force on the day that lets the actor's body bring the item, read as the body itself.
 * @throws FORBIDDEN where none names it, PRECONDITION_FAILED where the one that does has ended or not begun
 */
export async function demandAgreement(
  { actor, query }: Pick<Session, 'actor' | 'query'>,
  item: CatalogueItem,
  received: DateString,
): Promise<Agreed> {
  if (natureOf(item) !== 'MARKET') {
    throw outside('FORBIDDEN', {
      zh: '行业协会商会与信用服务机构只报送市场信用信息',
      en: 'associations and agencies bring market information alone',
    });
  }
  const itemId = referenceId('item', item.code);
  const [found] = await query<Agreed & { inForce: boolean; from: DateString; until: DateString }>(sql`
    select ${agreedColumns(itemId)}, a.state = 'IN_FORCE' and ${received}::date between a.valid_from and a.valid_to as "inForce",
      a.valid_from::text as "from", least(a.valid_to, a.ended_on)::text as until
    from ${AGREED_TABLES}
    where a.body_id = ${actor.subjectId}::uuid and a.body_role = ${bodyOf(actor)} and ${itemId}::uuid = any(a.item_ids)
      and a.state in ('IN_FORCE', 'ENDED')
    order by "inForce" desc, a.confirmed_on desc, a.id desc limit 1`);
  if (!found) {
    throw outside('FORBIDDEN', {
      zh: `没有与该机构订立的、列有 ${item.code} 的归集共享协议`,
      en: `no agreement with this body names ${item.code}`,
    });
  }
  const { inForce, from, until, ...agreed } = found;
  if (inForce) return agreed;
  throw outside(
    'PRECONDITION_FAILED',
    received < from
      ? { zh: `协议 ${agreed.documentNo} 自 ${from} 起生效`, en: `agreement ${agreed.documentNo} begins on ${from}` }
      : { zh: `协议 ${agreed.documentNo} 已于 ${until} 终止`, en: `agreement ${agreed.documentNo} ended on ${until}` },
  );
}

/** The item with the fields that the agreement names: any other column is one that it lacks. */
export const agreedPlan = ({ item }: ItemPlan, { fields }: Agreed): ItemPlan =>
  planOf({ ...item, fields: item.fields.filter(({ name }) => fields.includes(name)) });
