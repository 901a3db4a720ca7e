import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { type Caller, caller, clerk, hall, refusalOf } from './callers.js';

let hub: Hub;
/** one for every look at every table: they are hundreds */
let owner: Client;
beforeAll(async () => {
  hub = await startHub({ env: { HUB_JOBS: '0' } });
  owner = new Client(hub.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await hub?.remove();
});

/** What a refusal may leave: its event, and what the audit log keeps of it. */
const OF_THE_LOG = ['public.access_event', 'public.audit_leaf'];

/** A digest of every table there is, queues of jobs in schemas of their own among them. */
async function everything(): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')
       and has_table_privilege(format('%I.%I', schemaname, tablename), 'select') order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    if (OF_THE_LOG.includes(name)) continue;
    const { rows } = await owner.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from ${name} t`,
    );
    digests[name] = rows[0]?.digest ?? '';
  }
  return digests;
}

const events = async () =>
  (
    await owner.query<{ id: string; operation: string; outcome: string; role: string; actor: string }>(
      'select id, operation, outcome, role, actor from access_event order by at, id',
    )
  ).rows;

// Below each answer stands something that its caller may not see: who looked at the subject.
const FORBIDDEN = '... on Organisation { accessLog(first: 1) { totalCount } }';
const { clean, marketOffender, notified } = ORGANISATIONS;
const input = (root: string, type: string, path: string) =>
  `mutation ($input: ${type}!) { ${root}(input: $input) { ${path.replace('@', FORBIDDEN)} } }`;
const TEXTS = { documentNo: '汶（演示）测〔2026〕1号', reason: '示例事由' };

const market = () => clerk(hub, 'MARKET', 'payload-clerk');
const entryOf = async (code: string) => {
  const [row] = await sql<{ id: string }>(
    hub.ownerUrl,
    'select e.id from list_entry e join subject s on s.id = e.subject_id where s.code = $1',
    [code],
  );
  return row?.id as string;
};
const global = async (id: string) => (await import('../../src/platform/ids.js')).toGlobalId('ListEntry', id);

const MUTATIONS: [string, () => Promise<Caller>, string, () => Promise<object> | object][] = [
  [
    'checkCredit',
    () => hall(hub),
    input('checkCredit', 'CheckCreditInput', 'check { receiptNo subject { id @ } }'),
    () => ({ code: clean.code, matter: 'CZZJXM' }),
  ],
  [
    'makeCommitment',
    () => hall(hub),
    input('makeCommitment', 'MakeCommitmentInput', 'commitment { id subject { id @ } }'),
    () => ({ code: clean.code, kind: 'VOLUNTARY_DISCLOSURE', content: '联系电话13800138000' }),
  ],
  [
    'proposeListing',
    market,
    input('proposeListing', 'ProposeListingInput', 'listEntry { id subject { id @ } }'),
    () => ({ list: 'SCJG_YZWF', code: clean.code, ...TEXTS }),
  ],
  [
    'revokeListing',
    market,
    input('revokeListing', 'ListEntryInput', 'listEntry { id subject { id @ } }'),
    async () => ({ id: await global(await entryOf(marketOffender.code)), documentNo: TEXTS.documentNo }),
  ],
  [
    'withdrawListing',
    () => clerk(hub, 'HRSS', 'payload-clerk'),
    input('withdrawListing', 'ListEntryInput', 'listEntry { id subject { id @ } }'),
    async () => ({ id: await global(await entryOf(notified.code)), documentNo: TEXTS.documentNo }),
  ],
  [
    'grantConsent',
    () => hall(hub),
    input('grantConsent', 'GrantConsentInput', 'consent { id witness }'),
    () => ({
      code: clean.code,
      recipientRole: 'SERVICE_HALL',
      recipientDepartment: DEPARTMENTS.APPROVAL.code,
      labels: ['AUTHORISED'],
      purpose: 'COMMENDATION',
      expiresOn: '2099-12-31',
      documentNo: TEXTS.documentNo,
      documentHash: 'ab'.repeat(32),
      witness: '示例见证人',
    }),
  ],
];

test.each(MUTATIONS)(
  'a mutation whose payload is forbidden leaves no row, no outbox, one refusal in the log: %s',
  async (root, as, document, inputOf) => {
    const ask = await as();
    const variables = { input: await inputOf() };
    for (const headers of [{}, { 'idempotency-key': `payload ${root}` }] as Record<string, string>[]) {
      const [before, logged] = [await everything(), await events()];
      const answer = await ask(document, variables, headers);
      expect([answer.data, refusalOf(answer)]).toEqual([null, 'FORBIDDEN']);
      expect(await everything()).toEqual(before);
      const known = new Set(logged.map(({ id }) => id));
      const left = (await events()).filter(({ id }) => !known.has(id));
      expect(left.map(({ operation, outcome }) => [operation, outcome])).toEqual([[root, 'FORBIDDEN']]);
    }
  },
);

test('the same without what is forbidden does leave something: the digests can tell', async () => {
  const [, as, document, inputOf] = MUTATIONS[1] as (typeof MUTATIONS)[number];
  const before = await everything();
  const { errors } = await (await as())(document.replace(FORBIDDEN, ''), { input: await inputOf() });
  expect(errors).toEqual([]);
  const after = await everything();
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  expect(changed).toEqual(expect.arrayContaining(['public.commitment', 'public.personal_text']));
});

test('nor does a consent’s use come back: it was spent before the answer was known', async () => {
  const itself = await caller(hub, { role: 'SUBJECT', subject: clean.code });
  const { data } = await itself(
    `mutation ($input: GrantConsentInput!) { grantConsent(input: $input) { consent { id } } }`,
    {
      input: {
        recipientRole: 'SERVICE_HALL',
        recipientDepartment: DEPARTMENTS.APPROVAL.code,
        labels: ['AUTHORISED'],
        purpose: 'COMMENDATION',
        uses: 1,
        expiresOn: '2099-12-31',
        documentNo: TEXTS.documentNo,
        documentHash: 'cd'.repeat(32),
      },
    },
  );
  const consent = data.grantConsent.consent.id;
  const headers = { 'x-hub-purpose': 'COMMENDATION', 'x-hub-consent': consent };
  const [, , document, inputOf] = MUTATIONS[0] as (typeof MUTATIONS)[number];
  const ask = await hall(hub);
  expect(refusalOf(await ask(document, { input: await inputOf() }, headers))).toBe('FORBIDDEN');
  expect(refusalOf(await ask('{ viewer { role } }', {}, headers))).toBe('CONSENT_REQUIRED x-hub-consent');
});
