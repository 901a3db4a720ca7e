import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { type Hub, startHub } from '../kit/hub.js';
import { randomOf } from '../planner/operations.js';

const REQUESTS = 10_000;
const AT_ONCE = 16;
const CHECK = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { verdict subject { name
  ... on NaturalPerson { citizenId } } findings { effect listEntry { documentNo } } } } }`;

let hub: Hub;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
beforeAll(async () => {
  // Two connections for readers, two for writers: every connection meets every actor, in every order.
  hub = await startHub({ env: { HUB_POOL: '2' } });
});
afterAll(async () => {
  agent.destroy();
  await hub.remove();
});

interface Ask {
  name: string;
  headers: Record<string, string>;
  body: string;
}

const post = ({ headers, body }: Ask): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } };
    const sent = request(`${hub.url}/graphql`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve(text.replace(/"traceId":"[^"]+"/g, '"traceId":""')));
    });
    sent.on('error', reject).end(body);
  });

const { bigFine, courtDebtor, promiseBreaker, clean } = ORGANISATIONS;
const { number, name } = PERSONS.permitAndPenalty;
const QUERIES: [string, object][] = [
  ['{ viewer { role department { code } may } }', {}],
  [
    'query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { name legal: ... on Organisation { legalRepresentative } records { totalCount nodes { id documentNo } } commitments { totalCount nodes { state content } } listEntries { nodes { state reason } } } }'.replace(
      'legal: ',
      '',
    ),
    { code: promiseBreaker.code },
  ],
  [
    'query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { name records(first: 50) { totalCount nodes { id __typename ... on PenaltyRecord { facts severity } } } accessLog: listEntries(activeOnly: false) { totalCount } } }',
    { code: bigFine.code },
  ],
  ['{ records(first: 5) { totalCount nodes { id subject { id name } documentNo } } }', {}],
  [
    '{ subjects(first: 3, filter: { kinds: [NATURAL_PERSON] }) { totalCount nodes { id name ... on NaturalPerson { citizenId } } } }',
    {},
  ],
  [
    'query ($list: String!) { listEntries(list: $list) { totalCount nodes { id state subject { name } reason } } }',
    { list: 'SXBZXR' },
  ],
  [CHECK, { input: { matter: 'CZZJXM', code: courtDebtor.code } }],
  [CHECK, { input: { matter: 'CZZJXM', person: { number, name } } }],
];

/** Operations × roles, each with its own answer. */
async function asks(): Promise<Ask[]> {
  const purpose = { 'x-hub-purpose': 'SUPERVISION', 'x-hub-case': '2026-1' };
  const department = (code: string) => ({ role: 'DEPARTMENT' as const, department: code, user: 'one' });
  const roles: [string, Record<string, string>][] = [
    ['PUBLIC', {}],
    ['MARKET', { authorization: `Bearer ${await hub.token(department(DEPARTMENTS.MARKET.code))}`, ...purpose }],
    ['HRSS', { authorization: `Bearer ${await hub.token(department(DEPARTMENTS.HRSS.code))}` }],
    [
      'HALL',
      { authorization: `Bearer ${await hub.token({ role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code })}` },
    ],
    ['SUBJECT', { authorization: `Bearer ${await hub.token({ role: 'SUBJECT', subject: clean.code })}` }],
    [
      'AUDITOR',
      { authorization: `Bearer ${await hub.token({ role: 'AUDITOR' })}`, 'x-hub-purpose': 'AUDIT', 'x-hub-case': '1' },
    ],
  ];
  return roles.flatMap(([role, headers]) =>
    QUERIES.map(([query, variables], i) => ({
      name: `${role} ${i}`,
      headers,
      body: JSON.stringify({ query, variables }),
    })),
  );
}

test(`${REQUESTS} requests of six actors over keep-alive and two connections: nobody is answered with another's view`, async () => {
  const all = await asks();
  const alone = new Map<string, string>();
  for (const ask of all) {
    // A check makes its asker one who has checked: what is read afterwards may show more, so each is asked twice.
    await post(ask);
  }
  for (const ask of all) alone.set(ask.name, await post(ask));
  expect(new Set(alone.values()).size).toBeGreaterThanOrEqual(20);
  const random = randomOf(370830);
  const faults: string[] = [];
  let left = REQUESTS;
  const worker = async () => {
    while (left-- > 0) {
      const ask = random.pick(all);
      if ((await post(ask)) !== alone.get(ask.name)) faults.push(ask.name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(faults).toEqual([]);
}, 300_000);
