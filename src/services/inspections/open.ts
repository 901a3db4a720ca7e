import { randomBytes } from 'node:crypto';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { type Sql, sql } from '../../platform/sql.js';
import { requiredDocumentNo } from '../documentNo.js';
import { requiredText } from '../inputs.js';
import { ruleCodes } from '../patrol/reads.js';
import type { Session, WriteSession } from '../session.js';

export interface OpenInspection {
  kind: 'CHECK' | 'CAMPAIGN';
  title: string;
  documentNo: string;
  fromOn: string;
  toOn: string;
  source: 'FINDINGS' | 'RECORDS';
  /** codes */
  departments: readonly string[];
  /** codes of rules; of FINDINGS */
  rules?: readonly string[] | null;
  /** codes of catalogue items; of RECORDS */
  items?: readonly string[] | null;
  /** at most so many of each department */
  sampleSize: number;
  /** to draw as an earlier time; without one it is drawn by chance, and kept */
  seed?: string | null;
}

const MOST = 500;
const wrong = (field: string, zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, field);

/**
 * An inspection with its sample, drawn at once: of each department, the pieces whose digest of seed and id is smallest.
 * With the same seed over the same frame it is the same sample, whoever draws it.
 * @throws BAD_USER_INPUT, PRECONDITION_FAILED where there is nothing to draw from
 */
export async function openInspection(session: WriteSession, input: OpenInspection): Promise<string> {
  const { actor, today } = session;
  const title = requiredText(input.title, 'title', 200);
  const documentNo = requiredDocumentNo(input.documentNo);
  if (input.toOn < input.fromOn) throw wrong('toOn', '截止日期早于起始日期', 'ends before it begins');
  if (input.sampleSize < 1 || input.sampleSize > MOST) {
    throw wrong('sampleSize', `须为 1 至 ${MOST}`, `takes 1 to ${MOST}`);
  }
  const seed = input.seed == null ? randomBytes(16).toString('hex') : input.seed.trim();
  if (!/^[\x21-\x7e]{8,64}$/.test(seed)) {
    throw wrong('seed', '须为 8 至 64 个可见字符', 'takes 8 to 64 printable characters');
  }
  const other = input.source === 'FINDINGS' ? 'items' : 'rules';
  if (input[other]?.length) throw wrong(other, '与抽取来源不符', 'does not go with this source');
  const rules = ruleCodes(input.rules ?? [], 'rules');
  const departments = await idsOf(session, 'department', input.departments, 'departments');
  if (departments.length === 0) throw wrong('departments', '不能为空', 'must not be empty');
  const items = await idsOf(session, 'catalogue_item', input.items ?? [], 'items');
  const id = uuidv7();
  await session.asVerb('openInspection', async () => {
    const frame = frameOf(input, { departments, rules, items });
    const [drawnFrom] = await session.query<{ size: number; hash: string }>(sql`
      select count(*)::int as size, encode(sha256(convert_to(coalesce(string_agg(id::text, ',' order by id), ''), 'UTF8')), 'hex') as hash
      from (${frame}) frame`);
    if (!drawnFrom?.size) {
      throw new HubError('PRECONDITION_FAILED', {
        zh: '该范围内没有可抽取的内容',
        en: 'there is nothing in that scope to draw from',
      });
    }
    await session.query(sql`
      insert into inspection (id, kind, title, document_no, from_on, to_on, source, department_ids, rules, item_ids,
        sample_size, seed, frame_size, frame_hash, opened_on, opened_by)
      values (${id}, ${input.kind}, ${title}, ${documentNo}, ${input.fromOn}::date, ${input.toOn}::date, ${input.source},
        ${departments}::uuid[], ${rules}::text[], ${items}::uuid[], ${input.sampleSize}, ${seed}, ${drawnFrom.size},
        ${drawnFrom.hash}, ${today}::date, ${actor.user})`);
    const target = input.source === 'FINDINGS' ? sql`id, null::text, null::uuid` : sql`null::uuid, 'CreditRecord', id`;
    await session.query(sql`
      with ranked as (
        select id, department, row_number() over (partition by department
          order by sha256(convert_to(${seed} || ':' || id, 'UTF8')), id) as place from (${frame}) frame
      )
      insert into inspection_item (id, inspection_id, ordinal, department_id, finding_id, target_type, target_id)
      select gen_random_uuid(), ${id}, row_number() over (order by department, place), department, ${target}
      from ranked where place <= ${input.sampleSize}`);
  });
  await session.answer(id);
  return id;
}

type Scope = { departments: readonly string[]; rules: readonly string[]; items: readonly string[] };

/** All that could be drawn: id and department. */
function frameOf({ source, fromOn, toOn }: OpenInspection, { departments, rules, items }: Scope): Sql {
  if (source === 'FINDINGS') {
    return sql`select f.id, f.department_id as department from patrol_finding f
      where f.department_id = any(${departments}::uuid[]) and f.found_on between ${fromOn}::date and ${toOn}::date
        and (${rules.length === 0} or f.rule = any(${rules}::text[]))`;
  }
  return sql`select r.id, r.provider_id as department from credit_record r
    where r.provider_id = any(${departments}::uuid[]) and r.received_on between ${fromOn}::date and ${toOn}::date
      and (${items.length === 0} or r.item_id = any(${items}::uuid[]))`;
}

async function idsOf(
  { query }: Session,
  table: 'department' | 'catalogue_item',
  codes: readonly string[],
  field: string,
): Promise<string[]> {
  const wanted = [...new Set(codes.map((code) => code.trim()))];
  if (wanted.length === 0) return [];
  const rows = await query<{ id: string }>(
    sql`select id from ${sql.table(table)} where code = any(${wanted}) order by id`,
  );
  if (rows.length < wanted.length) throw wrong(field, '有未登记的代码', 'a code that is not registered');
  return rows.map(({ id }) => id);
}
