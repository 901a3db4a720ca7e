import { TODAY, TOMORROW, YESTERDAY } from '../cast.js';
import { people } from './subjects.js';
import {
  AS_OF,
  departmentId,
  digest,
  newId,
  OWN_DEPARTMENTS,
  referenceTo,
  type Standing,
  tellingText,
  type World,
} from './world.js';

type Columns = Record<string, unknown>;
type RecordType = 'PERMIT' | 'PENALTY' | 'OTHER';

const TYPENAME = { PERMIT: 'PermitRecord', PENALTY: 'PenaltyRecord', OTHER: 'CatalogueRecord' } as const;
const ITEM = { PERMIT: 'XZXK', PENALTY: 'XZCF', OTHER: 'XZQZ' } as const;

const BODY: Record<RecordType, Columns> = {
  PERMIT: {
    document_name: '准予行政许可决定书',
    category: '普通',
    certificate_name: '示例许可证',
    certificate_no: 'SL0001',
    content: '示例事项',
    valid_from: '2026-01-10',
    valid_to: '2027-01-09',
  },
  PENALTY: {
    violation: '示例违法行为',
    facts: '示例违法事实',
    basis: '《示例法》第一条',
    categories: ['罚款'],
    content: '罚款人民币20000元',
    severity: 'GENERAL',
    fine: 20000,
    confiscation: 100,
  },
  OTHER: { values: { XZQZ_ZL: '查封', XZQZ_YJ: '《示例法》第二条' } },
};

const PUBLIC = { public_from: '2026-01-10', public_until: '2027-01-09', expires_on: '2031-01-10' };
const HIDDEN = { public_from: null, public_until: null, expires_on: '2031-01-10', severity: 'MINOR' };
const REVOKED = { ...PUBLIC, state: 'REVOKED', revoked_on: YESTERDAY };

export async function record(
  world: World,
  situation: string,
  about: string,
  more: Columns & { type?: RecordType },
  standing?: Standing,
): Promise<string> {
  const { type = 'PENALTY', ...columns } = more;
  const personal = people.has(about);
  const id = (columns.id as string | undefined) ?? newId();
  const another = departmentId('another');
  await world.insert('credit_record', {
    id,
    item_id: referenceTo('item', type === 'OTHER' ? ITEM.OTHER : `${ITEM[type]}_${personal ? 'ZRR' : 'FR'}`),
    record_type: type,
    disclosure: personal ? 'AUTHORISED' : 'PUBLIC',
    subject_id: world.subject(about),
    subject_kind: personal ? 'NATURAL_PERSON' : about === 'government' ? 'GOVERNMENT_BODY' : 'ENTERPRISE',
    authority_id: another,
    provider_id: another,
    document_no: `示例〔2026〕${world.rows.length}号`,
    decided_on: '2026-01-10',
    state: 'ACTIVE',
    business_key: digest(),
    content_hash: digest(),
    as_of: AS_OF,
    received_on: '2026-01-11',
    values: {},
    ...BODY[type],
    ...PUBLIC,
    ...columns,
  });
  return world.add(TYPENAME[type], situation, id, standing);
}

const by = (name: Parameters<typeof departmentId>[0]) => ({
  authority_id: departmentId(name),
  provider_id: departmentId(name),
});

export async function seedRecords(world: World): Promise<void> {
  await record(world, 'public', 'another', { type: 'PERMIT' });
  await record(world, 'public on its last day', 'another', { type: 'PERMIT', public_until: TODAY, expires_on: TODAY });
  await record(world, 'public about own', 'own', { type: 'PERMIT' });
  await record(world, 'not public', 'another', HIDDEN);
  await record(world, 'not public', 'business', HIDDEN);
  await record(world, 'not public about own', 'own', HIDDEN);
  await record(world, 'publicity ended', 'another', { public_until: YESTERDAY });
  await record(world, 'publicity not begun', 'another', { public_from: TOMORROW });
  await record(world, 'government item', 'another', { disclosure: 'GOVERNMENT' });
  await record(world, 'authorised item', 'another', { disclosure: 'AUTHORISED' });
  await record(world, 'revoked', 'another', REVOKED);
  await record(world, 'revoked about own', 'own', REVOKED);
  await record(world, 'expired', 'another', { type: 'PERMIT', expires_on: YESTERDAY });
  await record(world, 'expired about own', 'own', { type: 'PERMIT', expires_on: YESTERDAY });
  await record(world, 'of a person', 'stranger', { type: 'PERMIT', ...HIDDEN });
  await record(world, 'of a person about own', 'person own', HIDDEN, { self: 'person' });
  await record(world, 'of a person marked public by mistake', 'stranger', { disclosure: 'PUBLIC' });
  await record(world, 'of a government body', 'government', HIDDEN);
  await record(world, 'of a government body by an authorised item', 'government', { disclosure: 'AUTHORISED' });
  await record(world, 'of a government body revoked', 'government', REVOKED);
  await record(world, 'other item', 'another', { type: 'OTHER' });
  for (const [name, standing] of OWN_DEPARTMENTS) {
    const mine = by(name);
    const decided = { ...HIDDEN, authority_id: departmentId(name) };
    await record(world, 'public of own department', 'another', { type: 'PERMIT', ...mine }, standing);
    await record(
      world,
      'not public of own department',
      'another',
      { ...HIDDEN, provider_id: mine.provider_id },
      standing,
    );
    await record(world, 'not public decided by own department', 'another', decided, standing);
    await record(world, 'not public of own department', `business of ${name}`, { ...HIDDEN, ...mine }, standing);
    await record(
      world,
      'authorised item of own department',
      'another',
      { disclosure: 'AUTHORISED', ...mine },
      standing,
    );
    await record(world, 'revoked of own department', 'another', { ...REVOKED, ...mine }, standing);
    await record(world, 'repaired of own department', 'another', { state: 'REPAIRED', ...mine }, standing);
    await record(world, 'of a person by own department', `person of ${name}`, { ...HIDDEN, ...mine }, standing);
    const revoked = { ...REVOKED, ...mine };
    await record(world, 'of a person revoked by own department', `person of ${name}`, revoked, standing);
  }
  await seedTexts(world);
}

const PENALTY_TEXTS = ['violation', 'facts', 'basis', 'content'];

async function seedTexts(world: World): Promise<void> {
  await telling(world, 'with personal texts', 'another', 'PENALTY', PENALTY_TEXTS);
  await telling(world, 'with personal texts about own', 'own', 'PENALTY', PENALTY_TEXTS);
  await telling(world, 'with personal texts', 'another', 'PERMIT', ['document_name', 'content']);
  await telling(world, 'with personal texts', 'another', 'OTHER', ['XZQZ_YJ']);
  for (const [name, standing] of OWN_DEPARTMENTS) {
    const situation = 'with personal texts of own department';
    await telling(world, situation, 'another', 'PENALTY', PENALTY_TEXTS, by(name), standing);
  }
}

async function telling(
  world: World,
  situation: string,
  about: string,
  type: RecordType,
  columns: readonly string[],
  more: Columns = {},
  standing?: Standing,
): Promise<void> {
  const id = newId();
  const citizenId = people.get('stranger')?.number as string;
  const texts = Object.fromEntries(columns.map((column) => [column, tellingText(world, column, citizenId)]));
  const department = (more.provider_id as string | undefined) ?? departmentId('another');
  const masked = await world.personalTexts(id, world.subject(about), department, texts);
  const shown = type === 'OTHER' ? { values: { XZQZ_ZL: '查封', ...masked } } : masked;
  await record(world, situation, about, { type, ...shown, personal_text: true, ...more, id }, standing);
}
