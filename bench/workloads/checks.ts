import { check, HUB_FINDINGS, hubFinding, limitFinding, PG_FINDINGS, pgFinding, sourcesOf } from './fields.js';
import type { Data, Workload } from './types.js';

const HUB_ONE = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check {
  receiptNo verdict subjectFound ${HUB_FINDINGS} sources { list { code } stale } } } }`;
const PG_ONE = `mutation ($code: String!, $matter: String!) { checkCredit: benchCheckCredit(input: { code: $code, matterCode: $matter }) { result {
  receiptNo verdict subjectFound ${PG_FINDINGS} sources } } }`;

export const W1: Workload = {
  name: 'W1',
  title: '信用核查 credit check, with its receipt and event',
  as: 'hall',
  writes: true,
  asked: ({ checked, matters }) =>
    checked.map((code, i) => {
      const matter = matters[i % matters.length] as string;
      return {
        hub: { query: HUB_ONE, variables: { input: { code, matter } } },
        limit: { codes: [code], matter },
        postgraphile: { query: PG_ONE, variables: { code, matter } },
      };
    }),
  same: {
    hub: ({ data }: Data) => {
      const one = data.checkCredit.check;
      return { ...check(one, one.findings, hubFinding), sources: sourcesOf(one.sources) };
    },
    limit: (one: Data) => ({ ...check(one, one.findings, limitFinding), sources: sourcesOf(one.sources) }),
    postgraphile: ({ data }: Data) => {
      const one = data.checkCredit.result;
      const sources = typeof one.sources === 'string' ? JSON.parse(one.sources) : one.sources;
      return { ...check(one, one.creditCheckFindingsByCheckId.nodes, pgFinding), sources: sourcesOf(sources) };
    },
  },
};

const ROWS = 1_000;
const HUB_MANY = `mutation ($input: CheckCreditsInput!) { checkCredits(input: $input) { items { row error check {
  receiptNo verdict subjectFound ${HUB_FINDINGS} } } } }`;
const PG_MANY = `mutation ($codes: [String!]!, $matter: String!) { checkCredits: benchCheckCredits(input: { codes: $codes, matterCode: $matter }) { result {
  receiptNo verdict subjectFound ${PG_FINDINGS} } } }`;

export const W5: Workload = {
  name: 'W5',
  title: `批量核查 ${ROWS} rows checked at once`,
  as: 'hall',
  writes: true,
  asked: ({ checked, matters }) =>
    matters.map((matter, turn) => {
      const codes = Array.from({ length: ROWS }, (_, i) => checked[(i + turn * 251) % checked.length] as string);
      return {
        hub: { query: HUB_MANY, variables: { input: { rows: codes.map((code) => ({ code })), matter } } },
        limit: { codes, matter },
        postgraphile: { query: PG_MANY, variables: { codes, matter } },
      };
    }),
  same: {
    hub: ({ data }: Data) =>
      data.checkCredits.items.map((item: Data) => check(item.check, item.check.findings, hubFinding)),
    limit: (rows: Data) => rows.map((row: Data) => check(row, row.findings, limitFinding)),
    postgraphile: ({ data }: Data) =>
      data.checkCredits.result.map((row: Data) => check(row, row.creditCheckFindingsByCheckId.nodes, pgFinding)),
  },
};
