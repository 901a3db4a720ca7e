import { itemOf } from '../../catalogue/index.js';
import { MARKET_BODIES, natureOf, type SubjectKind } from '../../catalogue/types.js';
import type { Purpose } from '../../permissions/purposes.js';
import { type BodyRole, type ReaderRole, readerOf } from '../../permissions/sending.js';
import type { DateString } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { referenceId, uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { departmentOf } from '../departments/acting.js';
import { requiredDocumentNo } from '../documentNo.js';
import type { Session, WriteSession } from '../session.js';

export interface ProposeAgreement {
  /** unified code of the body */
  readonly body: string;
  readonly role: BodyRole;
  readonly documentNo: string;
  /** SHA-256 of the signed text, hex */
  readonly documentHash: string;
  readonly items: readonly {
    readonly item: string;
    /** field codes; absent: all of the item's */
    readonly fields?: readonly string[] | null;
  }[];
  readonly readers: readonly { readonly role: ReaderRole; readonly purposes: readonly Purpose[] }[];
  readonly validFrom: DateString;
  readonly validTo: DateString;
  readonly afterEnd: 'KEEP' | 'WITHDRAW';
}

/** What a body can be by the register: 行业协会商会 are 社会团体; a public office brings nothing by agreement. */
const BODY_KINDS: Readonly<Record<BodyRole, readonly SubjectKind[]>> = {
  ASSOCIATION: ['SOCIAL_ORGANISATION'],
  AGENCY: ['ENTERPRISE', 'PUBLIC_INSTITUTION', 'OTHER_ORGANISATION'],
};
const MOST_ITEMS = 50;

const wrong = (field: string, zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, field);

/**
 * 拟订归集共享协议 As it was signed; in force once another officer confirms it. Answers its uuid.
 * @throws BAD_USER_INPUT, NOT_FOUND (body), CONFLICT (documentNo) where it has been entered
 */
export async function proposeAgreement(session: WriteSession, input: ProposeAgreement): Promise<string> {
  const { actor, today } = session;
  const department = departmentOf(actor);
  const documentNo = requiredDocumentNo(input.documentNo);
  const documentHash = input.documentHash.trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(documentHash)) {
    throw wrong(
      'documentHash',
      '须为文书的 SHA-256 摘要（64 位十六进制）',
      'takes the SHA-256 of the document, in hex',
    );
  }
  const { validFrom, validTo } = input;
  if (validTo < validFrom || validTo < today) {
    throw wrong('validTo', '截止日期不得早于起始日期和今日', 'is neither before validFrom nor in the past');
  }
  const items = itemsOf(input);
  const readers = readersOf(input);
  const body = await bodyByCode(session, input);
  const id = uuidv7();
  const made = await session.asVerb('proposeAgreement', () =>
    session.query(sql`
      insert into collection_agreement (id, document_no, document_hash, body_id, body_role, item_ids, items, readers, valid_from,
        valid_to, after_end, state, department_id, proposed_on, proposed_by, revised_by)
      values (${id}, ${documentNo}, ${documentHash}, ${body}, ${input.role}, ${items.map(({ itemId }) => itemId)}::uuid[],
        ${JSON.stringify(items)}::jsonb, ${readers}::text[], ${validFrom}::date, ${validTo}::date, ${input.afterEnd}, 'PROPOSED',
        ${department.id}, ${today}::date, ${actor.user}, ${actor.user})
      on conflict do nothing returning id`),
  );
  if (made.length === 0) {
    const text = { zh: '该编号的协议已录入', en: 'the agreement of this number has been entered' };
    throw new HubError('CONFLICT', text, 'documentNo');
  }
  await session.answer(id);
  return id;
}

function itemsOf({ items, role }: ProposeAgreement): { itemId: string; fields: string[] }[] {
  if (items.length === 0 || items.length > MOST_ITEMS) {
    throw wrong('items', `须列 1 至 ${MOST_ITEMS} 个数据项`, `takes 1 to ${MOST_ITEMS} items`);
  }
  const seen = new Set<string>();
  return items.map(({ item: code, fields }) => {
    const item = itemOf(code);
    if (!item) throw wrong('items', `清单中没有数据项 ${code}`, `the catalogue has no item ${code}`);
    if (natureOf(item) !== 'MARKET') {
      throw wrong(
        'items',
        `${code} 是公共信用信息，不依协议归集`,
        `${code} is public information, which comes under no agreement`,
      );
    }
    if (!item.bodies?.some((body) => body === role)) {
      throw wrong('items', `${code} 不由该类机构提供`, `${code} is not for a body of this kind to bring`);
    }
    if (seen.has(code)) throw wrong('items', `${code} 重复`, `${code} stands twice`);
    seen.add(code);
    const names = item.fields.map(({ name }) => name);
    const chosen = fields == null ? names : names.filter((name) => fields.includes(name));
    const unknown = (fields ?? []).find((name) => !names.includes(name));
    if (unknown !== undefined) throw wrong('items', `${code} 没有所列字段`, `${code} has not all of these fields`);
    const missing = item.fields.find(({ required, name }) => required === true && !chosen.includes(name));
    if (missing) {
      throw wrong(
        'items',
        `${code} 的必填字段 ${missing.name} 须列入协议`,
        `${missing.name} of ${code} is required, and so must be agreed`,
      );
    }
    return { itemId: referenceId('item', code), fields: chosen };
  });
}

function readersOf({ readers }: ProposeAgreement): string[] {
  const all = readers.flatMap(({ role, purposes }) => purposes.map((purpose) => readerOf(role, purpose)));
  if (all.length === 0 || readers.some(({ purposes }) => purposes.length === 0)) {
    throw wrong('readers', '须载明查询角色及其用途', 'names who may read it, each with a purpose');
  }
  return [...new Set(all)].sort();
}

async function bodyByCode(session: Session, { body, role }: ProposeAgreement): Promise<string> {
  const [found] = await session.query<{ id: string; kind: SubjectKind; provisional: boolean }>(sql`
    select id, kind, provisional from subject where code = ${body} and merged_into is null`);
  if (!found) throw new HubError('NOT_FOUND', { zh: '未找到该机构', en: 'there is no such organisation' }, 'body');
  if (found.provisional || !BODY_KINDS[role].includes(found.kind)) {
    throw wrong(
      'body',
      '须为已登记的、与角色相符的机构',
      'is an organisation of the register, of a kind that fits the role',
    );
  }
  return found.id;
}

// One list in two floors: the catalogue knows no roles, the policy no catalogue.
MARKET_BODIES satisfies readonly BodyRole[];
