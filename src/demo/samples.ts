import type { Sample } from '../server/explorerFacts.js';
import { DEPARTMENTS, ORGANISATIONS } from './cast.js';

const { wageArrears } = ORGANISATIONS;

/** Operations that the explorer offers, each with the role, department and purpose that it is answered for. */
export const SAMPLES: readonly Sample[] = [
  {
    zh: '主体概况与名单',
    en: 'A subject, as anyone sees it',
    role: 'PUBLIC',
    query: `query SubjectOverview($code: UnifiedSocialCreditCode!) {
  subject(code: $code) {
    name
    kind
    summary { penalties activeBlackListEntries }
    listEntries { nodes { state listedOn list { code name } } }
  }
}`,
    variables: { code: wageArrears.code },
  },
  {
    zh: '公示中的行政处罚',
    en: 'Penalties within their publicity',
    role: 'PUBLIC',
    query: `query PublishedPenalties {
  records(first: 50, filter: { items: ["XZCF_FR"] }) {
    totalCount
    nodes { decidedOn documentNo state publicUntil subject { name } authority { name } }
  }
}`,
  },
  {
    zh: '本单位的信用信息与访问记录',
    en: 'One’s own records, and who looked at them',
    role: 'SUBJECT',
    subject: wageArrears.code,
    query: `query OwnRecords {
  viewer {
    subject {
      name
      records(first: 50) { nodes { decidedOn documentNo state publicUntil item { name } authority { name } } }
      accessLog(first: 50) { nodes { at role purpose operation outcome department { name } } }
    }
  }
}`,
  },
  {
    zh: '信用核查（申报财政性资金项目）',
    en: 'A credit check at the counter',
    role: 'SERVICE_HALL',
    department: DEPARTMENTS.APPROVAL.code,
    query: `mutation CheckCredit($input: CheckCreditInput!) {
  checkCredit(input: $input) {
    check {
      receiptNo
      verdict
      subjectFound
      findings { effect measure { name } basis { title article } listEntry { documentNo list { name } } }
      sources { list { code name } stale }
    }
  }
}`,
    variables: { input: { code: wageArrears.code, matter: 'CZZJXM' } },
  },
  {
    zh: '名单信息（各状态）',
    en: 'Entries of the department’s own list, in every state',
    role: 'DEPARTMENT',
    department: DEPARTMENTS.HRSS.code,
    query: `query ListEntries {
  listEntries(list: "TQNMGGZ", first: 100) {
    totalCount
    nodes { documentNo state reason listedOn endsOn subject { name } }
  }
}`,
  },
  {
    zh: '拟列入名单',
    en: 'Propose an entry on a list',
    role: 'DEPARTMENT',
    department: DEPARTMENTS.HRSS.code,
    query: `mutation ProposeListing($input: ProposeListingInput!) {
  proposeListing(input: $input) {
    listEntry { id state documentNo subject { name } list { name } }
  }
}`,
    variables: {
      input: {
        code: ORGANISATIONS.clean.code,
        list: 'TQNMGGZ',
        documentNo: '汶（演示）人社拟列〔2026〕99号',
        reason: '拖欠劳动报酬，经责令仍未支付（演示）',
      },
    },
  },
  {
    zh: '按名称检索主体',
    en: 'Subjects by a part of the name',
    role: 'CREDIT_OFFICE',
    department: DEPARTMENTS.DEVELOPMENT_REFORM.code,
    purpose: 'SUPERVISION',
    caseNo: '日常监督〔2026〕1号',
    query: `query FindSubjects($filter: SubjectFilter) {
  subjects(first: 100, filter: $filter) {
    totalCount
    nodes {
      name
      kind
      ... on Organisation { code }
      summary { penalties permits activeBlackListEntries activeRedListEntries }
    }
  }
}`,
    variables: { filter: { nameContains: '建筑', kinds: ['ENTERPRISE'] } },
  },
  {
    zh: '统计：处罚、主体与名单',
    en: 'Statistics, asked ad hoc',
    role: 'ANALYST',
    department: DEPARTMENTS.DEVELOPMENT_REFORM.code,
    purpose: 'STATISTICS',
    query: `query Statistics {
  enterprises: subjects(first: 1, filter: { kinds: [ENTERPRISE] }) { totalCount }
  individualBusinesses: subjects(first: 1, filter: { kinds: [INDIVIDUAL_BUSINESS] }) { totalCount }
  wageArrears: listEntries(list: "TQNMGGZ", first: 1) { totalCount }
  penalties: records(first: 100, filter: { items: ["XZCF_FR"] }) {
    totalCount
    nodes { decidedOn state authority { name } subject { kind } item { code } }
  }
}`,
  },
  {
    zh: '统计：主体类型 × 部门，含自然人',
    en: 'Statistics, natural persons among them: small groups never',
    role: 'ANALYST',
    department: DEPARTMENTS.DEVELOPMENT_REFORM.code,
    purpose: 'STATISTICS',
    query: `query StatisticsByKind {
  statistics(by: [KIND, DEPARTMENT]) {
    from
    to
    asOf
    threshold
    roundedTo
    total { subjects count suppressed }
    lines { kind department { name } remainderOf subjects count suppressed }
  }
}`,
  },
  {
    zh: '访问日志',
    en: 'The access log',
    role: 'AUDITOR',
    purpose: 'AUDIT',
    caseNo: '审计〔2026〕1号',
    query: `query AccessLog {
  accessEvents(first: 50) { nodes { at role purpose operation outcome receiptNo department { name } } }
}`,
  },
];

const invented = [...Object.values(ORGANISATIONS), ...Object.values(DEPARTMENTS)].map(({ code }) => code);

/** Those that make sense in a database without the demonstration county: what names none of its characters. */
export const SAMPLES_WITHOUT_COUNTY: readonly Sample[] = SAMPLES.filter(
  ({ variables }) => !invented.some((code) => JSON.stringify(variables ?? {}).includes(code)),
).map(({ department, subject, ...sample }) => sample);
