import { DEPARTMENTS } from '../../src/demo/cast.js';
import { addDays } from '../../src/platform/clock.js';
import { referenceId } from '../../src/platform/ids.js';
import type { Line } from './copy.js';
import type { Source } from './ids.js';
import type { MadeSubject } from './subjects.js';

const departments = Object.values(DEPARTMENTS).map(({ code }) => referenceId('department', code));
const LAWS = [
  '《中华人民共和国食品安全法》第一百二十二条',
  '《中华人民共和国产品质量法》第四十九条',
  '《建设工程质量管理条例》第六十四条',
];
const KINDS = ['警告', '罚款', '没收违法所得', '罚款', '责令停产停业', '罚款', '吊销许可证件', '罚款'];
const CATEGORIES = ['普通', '特许', '核准', '登记'];

export const RECORD_COLUMNS = [
  ...['id', 'item_id', 'record_type', 'disclosure', 'subject_id', 'subject_kind', 'authority_id', 'provider_id'],
  ...['document_no', 'decided_on', 'public_from', 'public_until', 'state', 'expires_on', 'rule_version'],
  ...['business_key', 'content_hash', 'as_of', 'received_on', 'document_name', 'category', 'certificate_name'],
  ...['certificate_no', 'content', 'valid_from', 'valid_to', 'violation', 'facts', 'basis', 'categories', 'severity'],
  ...['fine', 'values', 'revised_by'],
] as const;
type Values = Partial<Record<(typeof RECORD_COLUMNS)[number], Line[number]>>;

/**
 * Records, skewed as a county's are: the square of an even number leaves most subjects with a handful and the first
 * few with thousands.
 */
export function* records(count: number, of: readonly MadeSubject[], source: Source): Generator<Line> {
  for (let serial = 1; serial <= count; serial++) {
    const at = source.whole(2 ** 30) / 2 ** 30;
    const subject = of[Math.floor(at * at * of.length)] as MadeSubject;
    const values = { ...common(serial, subject, source), ...ofType(serial, subject, source) };
    yield RECORD_COLUMNS.map((name) => (values as Values)[name] ?? null);
  }
}

function common(serial: number, { id, kind }: MadeSubject, source: Source): Values {
  const department = source.pick(departments);
  return {
    id: source.id(),
    disclosure: kind === 'NATURAL_PERSON' ? 'AUTHORISED' : 'PUBLIC',
    subject_id: id,
    subject_kind: kind,
    authority_id: department,
    provider_id: department,
    state: source.whole(50) === 0 ? 'REVOKED' : 'ACTIVE',
    business_key: `bench-${serial}`,
    content_hash: `bench-${serial}`,
    as_of: `${source.today}T00:00:00Z`,
    received_on: source.today,
    values: '{}',
    revised_by: 'bench',
  };
}

function ofType(serial: number, subject: MadeSubject, source: Source): Values {
  const share = source.whole(100);
  const person = subject.kind === 'NATURAL_PERSON';
  if (share < 70) return permit(serial, person, source);
  if (share < 95 || person) return penalty(serial, person, source);
  const decided = source.dayWithin(1_500);
  return {
    item_id: referenceId('item', 'XZJL'),
    record_type: 'OTHER',
    document_no: `汶（演示）奖〔${decided.slice(0, 4)}〕${serial}号`,
    decided_on: decided,
    public_from: decided,
  };
}

function permit(serial: number, person: boolean, source: Source): Values {
  const decided = source.dayWithin(1_800);
  const until = addDays(decided, 365 * (1 + source.whole(8)));
  return {
    item_id: referenceId('item', person ? 'XZXK_ZRR' : 'XZXK_FR'),
    record_type: 'PERMIT',
    document_no: `汶（演示）许字〔${decided.slice(0, 4)}〕${serial}号`,
    decided_on: decided,
    public_from: person ? null : decided,
    public_until: person ? null : until,
    expires_on: until,
    document_name: '准予行政许可决定书',
    category: source.pick(CATEGORIES),
    certificate_name: '许可证',
    certificate_no: `XK${String(serial).padStart(8, '0')}`,
    content: `准予从事第${(serial % 37) + 1}类经营活动，范围以许可证副本所载为准`,
    valid_from: decided,
    valid_to: until,
  };
}

function penalty(serial: number, person: boolean, source: Source): Values {
  const decided = source.dayWithin(1_500);
  const severity = source.pick(['MINOR', 'GENERAL', 'GENERAL', 'SERIOUS'] as const);
  const years = { MINOR: 0, GENERAL: 1, SERIOUS: 3 }[severity];
  const open = years > 0 && !person;
  return {
    item_id: referenceId('item', person ? 'XZCF_ZRR' : 'XZCF_FR'),
    record_type: 'PENALTY',
    document_no: `汶（演示）罚字〔${decided.slice(0, 4)}〕${serial}号`,
    decided_on: decided,
    public_from: open ? decided : null,
    public_until: open ? addDays(decided, 365 * years) : null,
    violation: `违反第${(serial % 41) + 1}项管理规定`,
    facts: `经查，当事人存在第${(serial % 41) + 1}项违规情形，事实清楚，证据确凿`,
    basis: source.pick(LAWS),
    categories: [source.pick(KINDS)],
    severity,
    content: '依法给予行政处罚，限期改正',
    fine: source.whole(400) * 500,
  };
}
