import type { Role } from '../../src/permissions/roles.js';
import { toGlobalId } from '../../src/platform/ids.js';
import { BODIES, DEPARTMENTS, type DepartmentName, SELVES, TODAY } from './cast.js';
import { consent } from './seed/consents.js';
import { entry, LIST_OF } from './seed/entries.js';
import { exchangeCase } from './seed/exchange.js';
import type { Seed } from './seed/index.js';
import { agreement } from './seed/market.js';
import { merge } from './seed/merges.js';
import { commitment } from './seed/others.js';
import { finding, inspection, piece, RECTIFIED, TO_RECTIFY } from './seed/patrol.js';
import { record } from './seed/records.js';
import { seal } from './seed/seals.js';
import { codes, organisation, people } from './seed/subjects.js';
import { AS_OF, departmentId, digest, newId, type World } from './seed/world.js';

/** One use of a root field: `name(arguments)` and the variables. */
export interface Use {
  text: string;
  variables: Record<string, unknown>;
  /** name of the caller's user, where two persons of one department act */
  clerk?: string;
}

type Make = (at: { world: World; seed: Seed; own: boolean; situation: string; role: Role }) => Promise<Use> | Use;

const plain =
  (text: string): Make =>
  () => ({ text, variables: {} });
const by =
  (type: string, root: string, input: (at: Parameters<Make>[0]) => Promise<object> | object, clerk?: string): Make =>
  async (at) => ({
    text: `($input: ${type}!) { ${root}(input: $input)`,
    variables: { input: await input(at) },
    clerk: at.situation === 'by the proposer' ? PROPOSER : clerk,
  });

const PROPOSER = 'proposer';
const proposedBy = (role: Role) => `${PROPOSER} ${role} organisation`;
/** The walk's own clerk of a role. */
const userOf = (role: Role) => `walk ${role} organisation`;
let serial = 0;
const documentNo = () => `示例办字〔2026〕${++serial}号`;

/** Where the caller's own rows are; a role without such rows is shown those of DEPARTMENT. */
const homeOf = (role: Role): DepartmentName => (role === 'COURT' ? 'court' : 'own');

const entryIn =
  (state: object): ((at: Parameters<Make>[0]) => Promise<object>) =>
  async ({ world, own, role, situation }) => {
    const department = own || situation === 'by the proposer' ? homeOf(role) : 'another';
    const columns = { proposed_by: proposedBy(role), ...state };
    const id = await entry(world, 'listed', 'another', department, columns);
    return { id: toGlobalId('ListEntry', id), documentNo: documentNo() };
  };
/** Who answers for whom: the hall has findings of its own. */
const departmentFor = (role: Role, own: boolean): DepartmentName =>
  !own ? 'another' : role === 'SERVICE_HALL' ? 'hall' : homeOf(role);
const LISTED = { state: 'LISTED', listed_on: '2026-02-01', ends_on: '2029-01-31' };

const step = (root: string, state: object): Make => by('ListEntryInput', root, entryIn(state));

const QUERIES: Record<string, Make> = {
  viewer: plain('{ viewer'),
  node: ({ world }) => ({ text: '($id: ID!) { node(id: $id)', variables: { id: idOf(world, 'another') } }),
  departments: plain('{ departments'),
  catalogue: plain('{ catalogue'),
  lists: plain('{ lists'),
  measures: plain('{ measures'),
  matters: plain('{ matters'),
  subject: () => ({
    text: '($code: UnifiedSocialCreditCode!) { subject(code: $code)',
    variables: { code: codes.get('another') },
  }),
  subjects: plain('{ subjects(first: 5)'),
  records: plain('{ records(first: 5)'),
  listEntries: plain('{ listEntries(list: "SCJG_YZWF", first: 5)'),
  accessEvents: plain('{ accessEvents(first: 5)'),
  consents: plain('{ consents(first: 5)'),
  sealedCases: plain('{ sealedCases(first: 5)'),
  publicityMonitor: plain('{ publicityMonitor(month: "2026-01")'),
  publicityNotices: plain('{ publicityNotices(month: "2026-01")'),
  publicityReminders: plain('{ publicityReminders(dueFrom: "2026-01-01")'),
  reviewItems: plain('{ reviewItems(openOnly: false)'),
  qualityReport: plain(`{ qualityReport(month: "${TODAY.slice(0, 7)}")`),
  marketRecords: plain('{ marketRecords(first: 5)'),
  collectionAgreements: plain('{ collectionAgreements(first: 5)'),
  statistics: plain('{ statistics(by: [KIND, DEPARTMENT], from: "2026-Q1")'),
  subjectMerges: plain('{ subjectMerges(first: 5)'),
  reportingDuties: plain('{ reportingDuties(overdueOnly: false)'),
  patrolRules: plain('{ patrolRules'),
  patrolFindings: plain('{ patrolFindings(first: 5)'),
  patrolSummary: plain('{ patrolSummary'),
  inspections: plain('{ inspections(first: 5)'),
  exchangeCases: plain('{ exchangeCases(first: 5)'),
  exchangeStatus: plain('{ exchangeStatus'),
  creditCheck: async ({ world, seed, own, role }) => ({
    text: '($receiptNo: String!) { creditCheck(receiptNo: $receiptNo)',
    variables: { receiptNo: await receiptOf(world, seed, own, role) },
  }),
  importBatch: async ({ world, own, role }) => ({
    text: '($id: ID!) { importBatch(id: $id)',
    variables: { id: await batchOf(world, own, role) },
  }),
};

const MUTATIONS: Record<string, Make> = {
  checkCredit: by('CheckCreditInput', 'checkCredit', () => ({ code: codes.get('another'), matter: 'CZZJXM' })),
  // One row is malformed, so that an item's error is reached too.
  checkCredits: by('CheckCreditsInput', 'checkCredits', () => ({
    rows: [{ code: codes.get('another') }, { code: '1' }],
    matter: 'CZZJXM',
  })),
  proposeListing: by('ProposeListingInput', 'proposeListing', async ({ world, own, role }) => {
    const name = `proposed ${++serial}`;
    await organisation(world, name, 'ENTERPRISE', { situation: 'another' });
    const list = own ? LIST_OF[homeOf(role)] : LIST_OF.another;
    return { list, code: codes.get(name), reason: '示例事由', documentNo: documentNo() };
  }),
  notifyListing: step('notifyListing', { state: 'PROPOSED' }),
  confirmListing: step('confirmListing', { state: 'NOTIFIED', served_on: '2026-01-12' }),
  withdrawListing: step('withdrawListing', { state: 'NOTIFIED', served_on: '2026-01-12' }),
  revokeListing: step('revokeListing', LISTED),
  revokeRecord: by('RevokeRecordInput', 'revokeRecord', async ({ world, own, role }) => {
    const provider_id = departmentId(own ? homeOf(role) : 'another');
    const id = await record(world, 'public', 'another', { type: 'PERMIT', provider_id });
    return { id: toGlobalId('PermitRecord', id), documentNo: documentNo(), reason: '示例理由' };
  }),
  stateDecisionCount: by('StateDecisionCountInput', 'stateDecisionCount', () => ({
    item: 'XZCF_FR',
    month: '2026-01',
    decisions: 3,
  })),
  decideReview: by('DecideReviewInput', 'decideReview', async ({ world, own, role }) => {
    const department_id = departmentId(own ? homeOf(role) : 'another');
    const record_id = await record(world, 'public', 'another', { type: 'PENALTY', provider_id: department_id });
    const id = newId();
    await world.insert('review_item', { id, kind: 'SEVERITY_UNDECIDED', record_id, department_id, opened_at: AS_OF });
    return { id: toGlobalId('ReviewItem', id), severity: 'MINOR', reason: '示例理由' };
  }),
  makeCommitment: by('MakeCommitmentInput', 'makeCommitment', ({ world, own }) => ({
    subject: own ? toGlobalId('Organisation', SELVES.organisation) : idOf(world, 'another'),
    kind: 'VOLUNTARY_DISCLOSURE',
    content: '示例承诺',
  })),
  submitRecords: by('SubmitRecordsInput', 'submitRecords', ({ situation, role }) => ({
    item: situation.startsWith('received lists')
      ? 'YZSX_MD'
      : situation.startsWith('market')
        ? marketItem(role)
        : 'XZCF_FR',
    idempotencyKey: `walk ${++serial}`,
    rows: [{ 备注: '示例' }],
  })),
  grantConsent: by('GrantConsentInput', 'grantConsent', ({ world, own, role }) => ({
    subject: own ? toGlobalId('Organisation', SELVES.organisation) : idOf(world, 'another'),
    recipientRole: 'AGENCY',
    recipientUser: 'somebody else',
    labels: ['AUTHORISED'],
    purpose: 'COMMENDATION',
    ...paper(role),
  })),
  grantPower: by('GrantPowerInput', 'grantPower', ({ world }) => ({
    subject: idOf(world, 'another'),
    agent: people.get('stranger'),
    ...paper('SERVICE_HALL'),
  })),
  withdrawConsent: by('WithdrawConsentInput', 'withdrawConsent', async ({ world, own, role }) => {
    const self = own && role === 'SUBJECT';
    const id = await consent(world, self ? 'by own' : 'of others', self ? 'own' : 'another', {
      ...(own && role !== 'SUBJECT' ? { department_id: departmentId('hall'), witness: '示例见证人' } : {}),
    });
    return { id: toGlobalId('Consent', id), ...(role === 'SUBJECT' ? {} : { witness: '示例见证人' }) };
  }),
  runPatrol: plain('{ runPatrol(input: { from: "2026-10-01", to: "2026-11-20" })'),
  assignFinding: by('AssignFindingInput', 'assignFinding', async ({ world }) => ({
    id: toGlobalId('PatrolFinding', await finding(world, 'of another department', 'another')),
    note: '请说明',
  })),
  answerFinding: by('AnswerFindingInput', 'answerFinding', async ({ world, own, role }) => ({
    id: toGlobalId('PatrolFinding', await finding(world, 'of another department', departmentFor(role, own))),
    explanation: '示例说明',
  })),
  closeFinding: by('CloseFindingInput', 'closeFinding', async ({ world }) => ({
    id: toGlobalId('PatrolFinding', await finding(world, 'of another department', 'another')),
    outcome: 'DISMISSED',
    reason: '示例理由',
  })),
  openInspection: by('OpenInspectionInput', 'openInspection', () => ({
    kind: 'CAMPAIGN',
    title: '示例专项整治',
    documentNo: documentNo(),
    fromOn: '2026-01-01',
    toOn: TODAY,
    source: 'FINDINGS',
    departments: [DEPARTMENTS.another.code],
    sampleSize: 3,
  })),
  recordInspection: by('RecordInspectionInput', 'recordInspection', async ({ world }) => ({
    id: toGlobalId('InspectionItem', await piece(world, 'of another department', 'another')),
    result: 'CONFORMS',
    note: '示例意见',
  })),
  reportRectification: by('ReportRectificationInput', 'reportRectification', async ({ world, own, role }) => ({
    id: toGlobalId('InspectionItem', await piece(world, 'of another department', departmentFor(role, own), TO_RECTIFY)),
    rectification: '示例整改',
  })),
  acceptRectification: by('AcceptRectificationInput', 'acceptRectification', async ({ world }) => ({
    id: toGlobalId('InspectionItem', await piece(world, 'of another department', 'another', RECTIFIED)),
    accepted: true,
    note: '示例意见',
  })),
  closeInspection: by('CloseInspectionInput', 'closeInspection', async ({ world }) => ({
    id: toGlobalId('Inspection', await inspection(world, 'of another department', 'another')),
    conclusion: '示例结论',
  })),
  answerExchangeCase: by('AnswerExchangeCaseInput', 'answerExchangeCase', async ({ world, own, role }) => {
    const id = await exchangeCase(world, 'of another department', own ? homeOf(role) : 'another');
    return { id: toGlobalId('ExchangeCase', id), answer: '示例答复' };
  }),
  resubmitExchangeCase: by('ResubmitExchangeCaseInput', 'resubmitExchangeCase', async ({ world, own, role }) => {
    const id = await exchangeCase(world, 'of another department', own ? homeOf(role) : 'another');
    return { id: toGlobalId('ExchangeCase', id), note: '示例说明' };
  }),
  sealCase: by('SealCaseInput', 'sealCase', () => ({
    caseNo: `示例案〔走〕${++serial}`,
    until: TODAY,
    documentNo: documentNo(),
    reason: '示例事由',
  })),
  unsealCase: by('UnsealCaseInput', 'unsealCase', async ({ world, own, role }) => ({
    id: toGlobalId('SealedCase', await seal(world, departmentId(own ? homeOf(role) : 'another'), {})),
    documentNo: documentNo(),
    reason: '示例事由',
  })),
  proposeAgreement: by('ProposeAgreementInput', 'proposeAgreement', () => ({
    body: codes.get('another'),
    role: 'AGENCY',
    documentNo: documentNo(),
    documentHash: digest(),
    items: [{ item: 'SC_XYPJ' }],
    readers: [{ role: 'DEPARTMENT', purposes: ['SUPERVISION'] }],
    validFrom: TODAY,
    validTo: '2099-12-31',
    afterEnd: 'KEEP',
  })),
  confirmAgreement: by('ConfirmAgreementInput', 'confirmAgreement', async ({ world, situation, role }) => ({
    id: await proposedAgreement(world, situation === 'by the proposer' ? { proposed_by: proposedBy(role) } : {}),
  })),
  endAgreement: by('EndAgreementInput', 'endAgreement', async ({ world }) => ({
    id: await proposedAgreement(world, {}),
    reason: '示例理由',
    documentNo: documentNo(),
  })),
  mergeSubjects: by('MergeSubjectsInput', 'mergeSubjects', async ({ world }) => {
    const [absorbed, survivor] = await twoOrganisations(world);
    return { absorbed, survivor, reason: '示例理由', documentNo: documentNo() };
  }),
  splitSubject: by('SplitSubjectInput', 'splitSubject', async ({ world }) => {
    const [, into] = await twoOrganisations(world);
    const id = await record(world, 'public', 'another', { type: 'PERMIT', provider_id: departmentId('another') });
    const rows = [toGlobalId('PermitRecord', id)];
    return { subject: idOf(world, 'another'), rows, into, reason: '示例理由', documentNo: documentNo() };
  }),
  confirmMerge: by('ConfirmMergeInput', 'confirmMerge', async ({ world, situation, role }) => ({
    id: await proposal(world, situation === 'by the proposer' ? { proposed_by: proposedBy(role) } : {}),
  })),
  undoMerge: by('UndoMergeInput', 'undoMerge', async ({ world, situation, role }) => {
    const confirmed_by = situation === 'by who confirmed it' ? userOf(role) : 'somebody else';
    const done = { state: 'DONE', confirmed_by, confirmed_on: TODAY, confirmed_at: `${TODAY}T00:00:00Z` };
    return { id: await proposal(world, done), reason: '示例理由', documentNo: documentNo() };
  }),
  settleCommitment: by('SettleCommitmentInput', 'settleCommitment', async ({ world, own, role }) => {
    const id = await commitment(world, 'to another department', 'another', own ? homeOf(role) : 'another');
    return { id: toGlobalId('Commitment', id), state: 'FULFILLED', documentNo: documentNo() };
  }),
};

const SUBSCRIPTIONS: Record<string, Make> = {
  importProgress: async ({ world, own, role }) => ({
    text: '($batch: ID!) { importProgress(batch: $batch)',
    variables: { batch: await batchOf(world, own, role) },
  }),
};

const marketItem = (role: Role): string => (role === 'AGENCY' ? 'SC_XYPJ' : 'SC_ZLCN');

async function proposedAgreement(world: World, columns: object): Promise<string> {
  const state = { state: 'PROPOSED', confirmed_on: null, confirmed_by: null };
  const name = `proposing ${++serial}`;
  await organisation(world, name, 'ENTERPRISE', { situation: 'another' });
  return toGlobalId(
    'CollectionAgreement',
    await agreement(world, 'of another body', { ...state, body_id: world.subject(name), ...columns }),
  );
}

const paper = (role: Role) => ({
  expiresOn: TODAY,
  documentNo: documentNo(),
  documentHash: digest(),
  ...(role === 'SUBJECT' ? {} : { witness: '示例见证人' }),
});

async function twoOrganisations(world: World): Promise<[string, string]> {
  const names = [`absorbed ${++serial}`, `survivor ${serial}`] as const;
  for (const name of names) await organisation(world, name, 'ENTERPRISE', { situation: 'another' });
  return [idOf(world, names[0]), idOf(world, names[1])];
}

async function proposal(world: World, columns: object): Promise<string> {
  await twoOrganisations(world);
  const [from, into] = [world.subject(`absorbed ${serial}`), world.subject(`survivor ${serial}`)];
  return toGlobalId('SubjectMerge', await merge(world, { from_id: from, into_id: into, ...columns }));
}

const idOf = (world: World, name: string): string => toGlobalId('Organisation', world.subject(name));

async function receiptOf(world: World, seed: Seed, own: boolean, role: Role): Promise<string> {
  if (own && role === 'SUBJECT') return receipt(world, `subject_id = '${SELVES.organisation}'`);
  if (own) return seed.receipts.get(role) ?? (seed.receipts.get('DEPARTMENT') as string);
  return receipt(world, `subject_id = '${world.subject('stranger')}'`);
}

async function receipt(world: World, where: string): Promise<string> {
  const { rows } = await world.owner.query(`select receipt_no from credit_check where ${where} limit 1`);
  return rows[0].receipt_no;
}

async function batchOf(world: World, own: boolean, role: Role): Promise<string> {
  if (own && role in BODIES) {
    const { rows } = await world.owner.query(
      'select b.id from import_batch b join collection_agreement a on a.id = b.agreement_id where a.body_role = $1 limit 1',
      [role],
    );
    return toGlobalId('ImportBatch', rows[0].id);
  }
  const name = !own ? 'another' : role === 'EXCHANGE' ? 'exchange' : homeOf(role);
  const { rows } = await world.owner.query('select id from import_batch where department_id = $1 limit 1', [
    departmentId(name),
  ]);
  return toGlobalId('ImportBatch', rows[0].id);
}

export const OPERATIONS = ['query', 'mutation', 'subscription'] as const;
export type Operation = (typeof OPERATIONS)[number];

export function operationOf(root: string): Operation {
  if (root in SUBSCRIPTIONS) return 'subscription';
  return root in QUERIES ? 'query' : 'mutation';
}

/** @throws for a root field that nobody taught the walk to use */
export async function useOf(seed: Seed, root: string, situation: string, role: Role): Promise<Use> {
  const make = QUERIES[root] ?? MUTATIONS[root] ?? SUBSCRIPTIONS[root];
  if (!make) throw new Error(`the walk does not know how to use ${root}`);
  const own = ['any', 'own', 'list of the own function'].includes(situation);
  return make({ world: seed.world, seed, own, situation, role });
}
