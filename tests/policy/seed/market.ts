import { BODIES, TODAY, YESTERDAY } from '../cast.js';
import { organisation } from './subjects.js';
import { AS_OF, departmentId, digest, newId, referenceTo, type Standing, type World } from './world.js';

type Columns = Record<string, unknown>;

const ITEM_OF = { ASSOCIATION: 'SC_ZLCN', AGENCY: 'SC_XYPJ' } as const;
const FIELDS = ['SC_HYJC_WSH', 'SC_HYJC_NR'];

/** One agreement; of whom and for whom, `columns` say. */
export async function agreement(
  world: World,
  situation: string,
  { item = 'SC_HYJC', ...columns }: Columns & { item?: string } = {},
  standing?: Standing,
): Promise<string> {
  const id = newId();
  await world.insert('collection_agreement', {
    id,
    document_no: `示例协〔2026〕${world.rows.length}号`,
    document_hash: digest(),
    body_id: world.subject('another'),
    body_role: 'ASSOCIATION',
    item_ids: [referenceTo('item', item)],
    items: [{ itemId: referenceTo('item', item), fields: FIELDS }],
    readers: ['COURT/COMMENDATION', 'DEPARTMENT/COMMENDATION'],
    valid_from: '2026-01-01',
    valid_to: '2099-12-31',
    after_end: 'KEEP',
    state: 'IN_FORCE',
    department_id: departmentId('reform'),
    proposed_on: YESTERDAY,
    proposed_by: 'somebody else',
    confirmed_on: TODAY,
    confirmed_by: 'a third',
    revision: 1,
    revised_at: AS_OF,
    ...columns,
  });
  return world.add('CollectionAgreement', situation, id, standing);
}

async function marketRecord(
  world: World,
  situation: string,
  about: string,
  columns: Columns & { agreement_id: string },
  standing?: Standing,
): Promise<void> {
  const id = newId();
  await world.insert('market_record', {
    id,
    item_id: referenceTo('item', 'SC_HYJC'),
    agreement_no: '示例协〔2026〕1号',
    body_id: world.subject('another'),
    subject_id: world.subject(about),
    subject_kind: 'ENTERPRISE',
    document_no: `示例自律〔2026〕${world.rows.length}号`,
    decided_on: '2026-03-02',
    expires_on: '2099-12-31',
    state: 'ACTIVE',
    values: { SC_HYJC_NR: '示例内容' },
    business_key: digest(),
    content_hash: digest(),
    as_of: AS_OF,
    received_on: '2026-03-03',
    revision: 1,
    revised_at: AS_OF,
    ...columns,
  });
  world.add('MarketRecord', situation, id, standing);
}

/** 市场信用信息 Of a body of each kind, of another, told of by an agreement and not. */
export async function seedMarket(world: World): Promise<void> {
  const silent = await agreement(world, 'of another body', {
    state: 'ENDED',
    ended_on: TODAY,
    end_reason: '示例理由',
    end_document_no: '示例终〔2026〕1号',
  });
  const [all, purpose] = [['SERVICE_HALL', 'DEPARTMENT', 'COURT', 'CREDIT_OFFICE'], 'ADMINISTRATIVE_ACTION'];
  const telling = await agreement(world, 'of another body', { readers: all.map((role) => `${role}/${purpose}`) });
  const [quiet, told] = [{ agreement_id: silent }, { agreement_id: telling }];
  const revoked = { state: 'REVOKED', revoked_on: YESTERDAY };
  await marketRecord(world, 'about another', 'another', quiet);
  await marketRecord(world, 'about own', 'own', quiet);
  await marketRecord(world, 'that an agreement tells of', 'another', told);
  await marketRecord(world, 'revoked', 'another', { ...told, ...revoked });
  await marketRecord(world, 'revoked about own', 'own', { ...told, ...revoked });
  await marketRecord(world, 'expired', 'another', { ...told, expires_on: YESTERDAY });
  for (const role of ['ASSOCIATION', 'AGENCY'] as const) {
    const name = `body of ${role}`;
    await organisation(world, name, 'SOCIAL_ORGANISATION', { id: BODIES[role], situation: 'another' });
    const item = ITEM_OF[role];
    const its = { body_id: BODIES[role], body_role: role, item };
    const id = await agreement(world, 'of the caller', its, { only: [role] });
    const brought = { agreement_id: id, body_id: BODIES[role], item_id: referenceTo('item', item) };
    await marketRecord(world, 'brought by the caller', 'another', brought, { only: [role] });
    await batch(world, item, id, { only: [role] });
  }
}

async function batch(world: World, item: string, agreementId: string, standing: Standing): Promise<void> {
  const [role] = standing.only ?? [];
  const id = newId();
  await world.insert('import_batch', {
    id,
    item_id: referenceTo('item', item),
    department_id: departmentId('reform'),
    agreement_id: agreementId,
    state: 'COMPLETED',
    received_on: TODAY,
    catalogue_version: '2026-01',
    as_of: AS_OF,
    content_sha256: digest(),
    submitted_by: `walk ${role} organisation`,
    read: 1,
    accepted: 0,
    rejected: 1,
    revised: 0,
    unchanged: 0,
    unknown_columns: ['示例列'],
    corrections: {},
    warnings: {},
    rejections: { REQUIRED_MISSING: 1 },
  });
  await world.insert('import_row', {
    batch_id: id,
    row_no: 1,
    values: { 主体名称: '示例' },
    issues: [{ severity: 'REJECTION', code: 'REQUIRED_MISSING', field: null }],
    rejected: true,
    outcome: 'invalid',
  });
  world.add('ImportBatch', 'sent by the caller', id, standing);
}
