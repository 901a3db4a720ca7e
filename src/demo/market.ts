import { createHash } from 'node:crypto';
import { exampleRow } from '../catalogue/examples.js';
import { itemOf } from '../catalogue/index.js';
import type { CatalogueItem } from '../catalogue/types.js';
import { ANONYMOUS } from '../permissions/actor.js';
import { readerOf } from '../permissions/sending.js';
import { addDays } from '../platform/clock.js';
import { referenceId, uuidv7 } from '../platform/ids.js';
import { sql } from '../platform/sql.js';
import { demandAgreement } from '../services/market/agreed.js';
import type { Session } from '../services/session.js';
import { CLERKS, DEPARTMENTS, type DemoOrganisation } from './cast.js';
import type { County } from './county.js';
import { CROWD } from './organisations.js';
import type { MarketBatch } from './pipeline.js';
import { decidedOn, documentNo, type ReportAge, type Row, slashed } from './rows.js';

// 市场信用信息 What one chamber of commerce brings of its members, under an agreement: nothing follows from any of it.

export const CHAMBER = CROWD.find(({ code }) => code.startsWith('52')) as DemoOrganisation;
const MEMBERS = CROWD.filter(({ code }) => code.startsWith('91')).slice(110, 115);

const ITEMS = ['SC_ZLCN', 'SC_HYJC'] as const;
const READERS = [readerOf('DEPARTMENT', 'ADMINISTRATIVE_ACTION'), readerOf('SERVICE_HALL', 'ADMINISTRATIVE_ACTION')];
const AGE: ReportAge = 21;

/** What a member's row says, beside who it is, under the item's field codes. */
const SAID: readonly (readonly [(typeof ITEMS)[number], Row])[] = [
  ['SC_ZLCN', { SC_ZLCN_NR: '示例：合同到期按期付款', SC_ZLCN_GY: '示例行业诚信经营公约', SC_ZLCN_LX: '全部履行' }],
  ['SC_ZLCN', { SC_ZLCN_NR: '示例：明码标价', SC_ZLCN_GY: '示例行业诚信经营公约', SC_ZLCN_LX: '全部履行' }],
  [
    'SC_ZLCN',
    {
      SC_ZLCN_NR: '示例：七日内处理投诉',
      SC_ZLCN_GY: '示例行业诚信经营公约',
      SC_ZLCN_LX: '部分履行',
      SC_ZLCN_SM: '示例：一件投诉逾期办结',
    },
  ],
  ['SC_HYJC', { SC_HYJC_NR: '示例：评为年度诚信会员', SC_HYJC_LB: '行业表彰', SC_HYJC_YJ: '示例章程第十二条' }],
  ['SC_HYJC', { SC_HYJC_NR: '示例：未按公约公示价格', SC_HYJC_LB: '行业警告', SC_HYJC_YJ: '示例章程第十五条' }],
];

/** The agreement in force, and one batch of each of its items. */
export async function concludeAgreement(county: County): Promise<MarketBatch[]> {
  const { session } = county;
  const { today } = session;
  const received = addDays(today, -AGE);
  const from = addDays(today, -200);
  const items = ITEMS.map((code) => ({
    itemId: referenceId('item', code),
    fields: (itemOf(code) as CatalogueItem).fields.map(({ name }) => name),
  }));
  const number = documentNo('信用协', from, 1);
  await session.query(sql`
    insert into collection_agreement (id, document_no, document_hash, body_id, body_role, item_ids, items, readers, valid_from,
      valid_to, after_end, state, department_id, proposed_on, proposed_by, confirmed_on, confirmed_by, revised_by)
    select ${uuidv7()}, ${number}, ${createHash('sha256').update(number).digest('hex')}, id, 'ASSOCIATION',
      ${items.map(({ itemId }) => itemId)}::uuid[], ${JSON.stringify(items)}::jsonb, ${READERS}::text[], ${from}::date,
      ${addDays(today, 900)}::date, 'KEEP', 'IN_FORCE', ${referenceId('department', DEPARTMENTS.DEVELOPMENT_REFORM.code)},
      ${from}::date, ${CLERKS.proposer}, ${from}::date, ${CLERKS.confirmer}, ${CLERKS.confirmer}
    from subject where code = ${CHAMBER.code}`);
  const [chamber] = await session.query<{ id: string }>(sql`select id from subject where code = ${CHAMBER.code}`);
  const body: Session = {
    ...session,
    actor: { ...ANONYMOUS, role: 'ASSOCIATION', user: CLERKS.importer, subjectId: chamber?.id ?? null },
  };
  const batches: MarketBatch[] = [];
  for (const item of ITEMS) {
    const agreed = await demandAgreement(body, itemOf(item) as CatalogueItem, received);
    batches.push({ item, age: AGE, received, rows: rowsOf(item, today), session: body, agreed });
  }
  return batches;
}

function rowsOf(code: (typeof ITEMS)[number], today: string): Row[] {
  const item = itemOf(code) as CatalogueItem;
  return SAID.flatMap(([of, said], i): Row[] => {
    const member = MEMBERS[i];
    if (of !== code || !member) return [];
    const day = decidedOn(today, AGE, i);
    const row = exampleRow(item, CHAMBER, i + 1, {
      [`${code}_ZTMC`]: member.name,
      [`${code}_TYSHXYDM`]: member.code,
      [`${code}_WSH`]: documentNo('商会', day, i + 1),
      [`${code}_RQ`]: slashed(day),
      [`${code}_SQWH`]: documentNo('授权', day, i + 1),
      [`${code}_SQJZ`]: slashed(addDays(today, 700)),
      ...said,
    });
    return [row];
  });
}
