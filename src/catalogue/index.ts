import { isFunctionCode } from './functions.js';
import { CCWL } from './items/ccwl.js';
import { CPCC } from './items/cpcc.js';
import { CXRY } from './items/cxry.js';
import { DJ_SCZT } from './items/djSczt.js';
import { DJ_SHTT } from './items/djShtt.js';
import { DJ_SYDW } from './items/djSydw.js';
import { DXZT } from './items/dxzt.js';
import { FLFW } from './items/flfw.js';
import { GJJ } from './items/gjj.js';
import { HTLY } from './items/htly.js';
import { HYPJ } from './items/hypj.js';
import { JYYC } from './items/jyyc.js';
import { NSXY } from './items/nsxy.js';
import { NSZT } from './items/nszt.js';
import { SC_HYJC } from './items/scHyjc.js';
import { SC_XYPJ } from './items/scXypj.js';
import { SC_ZLCN } from './items/scZlcn.js';
import { SFCP } from './items/sfcp.js';
import { SFZX } from './items/sfzx.js';
import { SHBX } from './items/shbx.js';
import { XYCN } from './items/xycn.js';
import { XZBC } from './items/xzbc.js';
import { XZCF_FR } from './items/xzcfFr.js';
import { XZCF_ZRR } from './items/xzcfZrr.js';
import { XZCJ } from './items/xzcj.js';
import { XZJC } from './items/xzjc.js';
import { XZJF } from './items/xzjf.js';
import { XZJL } from './items/xzjl.js';
import { XZQR } from './items/xzqr.js';
import { XZQZ } from './items/xzqz.js';
import { XZXK_FR } from './items/xzxkFr.js';
import { XZXK_ZRR } from './items/xzxkZrr.js';
import { XZZS } from './items/xzzs.js';
import { YBJG } from './items/ybjg.js';
import { YDZT } from './items/ydzt.js';
import { YQZT } from './items/yqzt.js';
import { YSZT } from './items/yszt.js';
import { YZSX_MD } from './items/yzsxMd.js';
import { ZSCQ_QL } from './items/zscqQl.js';
import { ZSCQ_SX } from './items/zscqSx.js';
import { ZXZL_MD } from './items/zxzlMd.js';
import { ZYZG } from './items/zyzg.js';
import { LAW } from './law.js';
import { LISTS } from './lists.js';
import { MATTERS } from './matters.js';
import { MEASURES, TRIGGERS } from './measures.js';
import { isForbiddenHeader } from './rules/forbidden.js';
import { RULE_SETS } from './rules/index.js';
import { EXPIRY_RULES, PUBLICITY_RULES } from './rules/publicity.js';
import { sectorFaults } from './rules/sectors.js';
import { type CatalogueItem, MARKET_BODIES } from './types.js';
import { versionFaults } from './versions.js';

/** 公共信用信息数据清单: outside it nothing is collected (条例 art. 10). */
export const CATALOGUE: readonly CatalogueItem[] = [
  DJ_SCZT,
  XZXK_FR,
  XZXK_ZRR,
  XZCF_FR,
  XZCF_ZRR,
  XZQZ,
  XZQR,
  XZZS,
  XZJF,
  XZCJ,
  XZBC,
  XZJL,
  XZJC,
  YZSX_MD,
  // the channels of 汶政字〔2022〕9号 二（二）2: 登记, 市场监管, 司法, 社保, 医保, 纳税, 公积金, 仓储物流, 知识产权, 水, 电, 气, 电信
  DJ_SHTT,
  DJ_SYDW,
  JYYC,
  CPCC,
  FLFW,
  SFCP,
  SFZX,
  SHBX,
  YBJG,
  NSZT,
  NSXY,
  GJJ,
  CCWL,
  ZSCQ_QL,
  ZSCQ_SX,
  YSZT,
  YDZT,
  YQZT,
  DXZT,
  // honours, commitments, contracts, professions, evaluations, campaigns
  CXRY,
  XYCN,
  HTLY,
  ZYZG,
  HYPJ,
  ZXZL_MD,
  // 市场信用信息: from associations and credit-service bodies, under an agreement, apart from all of the above
  SC_ZLCN,
  SC_HYJC,
  SC_XYPJ,
];

const byCode = new Map(CATALOGUE.map((item) => [item.code, item]));
export const itemOf = (code: string): CatalogueItem | undefined => byCode.get(code);

/** What is wrong with the reference data, each fault by name; empty when all of it holds together. */
export function catalogueFaults(items: readonly CatalogueItem[] = CATALOGUE): string[] {
  return [
    ...twice(
      'catalogue item',
      items.map(({ code }) => code),
    ),
    ...twice(
      'list',
      LISTS.map(({ code }) => code),
    ),
    ...twice(
      'matter',
      MATTERS.map(({ code }) => code),
    ),
    ...twice(
      'measure',
      MEASURES.map(({ code }) => code),
    ),
    ...twice(
      'rule set',
      RULE_SETS.map(({ version }) => version),
    ),
    ...items.flatMap(itemFaults),
    ...LISTS.flatMap(({ code, function: of, bases }) => [
      ...unknownBases(`list ${code}`, bases),
      ...(isFunctionCode(of) ? [] : [`list ${code}: function ${of} is not known`]),
    ]),
    ...MATTERS.flatMap(({ code, function: of }) =>
      isFunctionCode(of) ? [] : [`matter ${code}: function ${of} is not known`],
    ),
    ...triggerFaults(),
    ...sectorFaults(),
    ...RULE_SETS.flatMap(({ version, bases }) => unknownBases(`rule set ${version}`, bases)),
  ];
}

/** @throws {Error} that names every fault: the start must not go on over law that doesn't hold together */
export function assertCatalogue(): void {
  const faults = catalogueFaults();
  if (faults.length > 0) throw new Error(`the reference data is faulty:\n${faults.join('\n')}`);
}

function itemFaults(item: CatalogueItem): string[] {
  const at = `catalogue item ${item.code}`;
  const names = new Set(item.fields.map(({ name }) => name));
  const parts = new Set(item.fields.map(({ part }) => part));
  const headers = item.fields.flatMap(({ name, label, aliases = [] }) => [name, label, ...aliases]);
  const must = (part: (typeof item.fields)[number]['part']) =>
    part && !parts.has(part) ? [`${at}: no field is its ${part}`] : [];
  const ruled = (kind: string, rules: readonly { kind: string }[]) =>
    rules.some((rule) => rule.kind === kind) ? [] : [`${at}: no rule ${kind}`];
  return [
    ...(/^[A-Z][A-Z_]{1,31}$/.test(item.code) ? [] : [`${at}: a code is capital letters and _`]),
    ...(item.bases.length > 0 ? [] : [`${at}: no legal basis`]),
    ...unknownBases(at, item.bases),
    ...(item.providerFunctions.length > 0 || item.yields === 'MARKET' ? [] : [`${at}: nobody provides it`]),
    ...item.providerFunctions
      .filter((code) => code !== 'ANY' && !isFunctionCode(code))
      .map((code) => `${at}: function ${code} is not known`),
    ...twice(`${at}: header`, headers),
    ...[...item.key, ...(item.dateOrders ?? []).flat()]
      .filter((name) => !names.has(name))
      .map((name) => `${at}: ${name} is none of its fields`),
    ...item.fields
      .filter(({ type, options }) => type === 'ENUM' && !options?.length)
      .map(({ name }) => `${at}: ${name} has no options`),
    ...must('subjectName'),
    ...must(item.subjectKinds.includes('NATURAL_PERSON') ? 'personDocumentNumber' : 'subjectCode'),
    ...(item.yields === 'SUBJECT' ? [] : must('decidedOn')),
    // a state rests on no document: its row is the subject's one and only
    ...(item.yields === 'SUBJECT' || (item.yields === 'RECORD' && item.key.length === 0) ? [] : must('documentNo')),
    ...legalFaults(at, item),
    ...marketFaults(at, item),
    ...exampleFaults(at, item),
    ...(['PERMIT', 'PENALTY', 'RECORD'].includes(item.yields)
      ? [...must('authorityCode'), ...must('sourceCode'), ...must('content')]
      : []),
    ...(item.yields === 'PERMIT' ? ruled('PUBLICITY_PERMIT', PUBLICITY_RULES) : []),
    ...(item.yields === 'PENALTY' ? ruled('EXPIRY_PENALTY', EXPIRY_RULES) : []),
    ...(item.yields === 'RECORD'
      ? [...ruled(`PUBLICITY_${item.code}`, PUBLICITY_RULES), ...ruled(`EXPIRY_${item.code}`, EXPIRY_RULES)]
      : []),
    ...(item.yields === 'LIST_ENTRY' ? must('list') : []),
  ];
}

/** What no item may be, whoever writes it: 条例 art. 20 and 42, and the rules of the field for what is no dishonesty. */
function legalFaults(at: string, item: CatalogueItem): string[] {
  const ofPersons = item.subjectKinds.includes('NATURAL_PERSON');
  const others = item.fields.filter(({ name, label, aliases = [] }) =>
    [name, label, ...aliases].some((header) => isForbiddenHeader(header)),
  );
  const conditions = item.fields.flatMap(({ required }) => (typeof required === 'object' ? [required] : []));
  return [
    ...(ofPersons && item.disclosure === 'PUBLIC' ? [`${at}: a natural person's is never PUBLIC (条例 art. 20)`] : []),
    ...(ofPersons && item.subjectKinds.length > 1 ? [`${at}: persons and organisations are items of their own`] : []),
    ...(item.disclosure === 'PUBLIC' && !item.bases.includes('SD_XYTL_20')
      ? [`${at}: PUBLIC without the provision that says so`]
      : []),
    ...item.fields.filter(({ label }) => label.trim() === '').map(({ name }) => `${at}: ${name} has no label`),
    ...others.map(({ name }) => `${at}: ${name} is forbidden content`),
    ...conditions.flatMap(({ field, is }) => {
      const options = item.fields.find(({ name }) => name === field)?.options ?? [];
      return is.filter((value) => !options.includes(value)).map((value) => `${at}: ${field} is never ${value}`);
    }),
    ...(item.cycle.workdays > 0 ? [] : [`${at}: no working day to report in`]),
    ...versionFaults(item.code).map((fault) => `${at}: ${fault}`),
  ];
}

/** 条例 art. 8, 17 and 21: market information is of organisations, under an agreement, authorised, and never public. */
function marketFaults(
  at: string,
  { yields, disclosure, bodies = [], providerFunctions, subjectKinds, fields }: CatalogueItem,
) {
  if (yields !== 'MARKET') return bodies.length > 0 ? [`${at}: public information comes under no agreement`] : [];
  const parts = new Set(fields.map(({ part }) => part));
  return [
    ...(bodies.length > 0 && bodies.every((body) => MARKET_BODIES.includes(body)) ? [] : [`${at}: nobody brings it`]),
    ...(providerFunctions.length > 0 ? [`${at}: no department provides market information`] : []),
    ...(disclosure === 'AUTHORISED'
      ? []
      : [`${at}: market information is shown by authorisation alone (条例 art. 21)`]),
    ...(subjectKinds.includes('NATURAL_PERSON') ? [`${at}: market information is of organisations alone`] : []),
    ...(['validTo', 'sourceCode', 'content'] as const)
      .filter((part) => !parts.has(part))
      .map((part) => `${at}: no field is its ${part}`),
  ];
}

function exampleFaults(at: string, { fields, examples: { accepted, refused } }: CatalogueItem): string[] {
  const names = new Set(fields.map(({ name }) => name));
  return [
    ...(accepted.length > 0 ? [] : [`${at}: no example of a row that is taken`]),
    ...(refused.length > 0 ? [] : [`${at}: no example of a row that is refused`]),
    ...[...accepted, ...refused.map(({ row }) => row)]
      .flatMap((row) => Object.keys(row))
      .filter((name) => !names.has(name))
      .map((name) => `${at}: its example has ${name}, which is none of its fields`),
  ];
}

function triggerFaults(): string[] {
  const lists = new Set(LISTS.map(({ code }) => code));
  const campaigns = new Set(LISTS.filter(({ campaign }) => campaign).map(({ code }) => code));
  const matters = new Set(MATTERS.map(({ code }) => code));
  const measures = new Set(MEASURES.map(({ code }) => code));
  return TRIGGERS.flatMap(({ matter, measure, list, penalty, breachedCommitment, basis }) => {
    const at = `trigger ${matter}/${measure}/${list ?? penalty?.kind ?? 'breach'}`;
    const causes = [list, penalty, breachedCommitment].filter(Boolean).length;
    return [
      ...(causes === 1 ? [] : [`${at}: ${causes} causes instead of one`]),
      ...(matters.has(matter) ? [] : [`${at}: matter ${matter} is not known`]),
      ...(measures.has(measure) ? [] : [`${at}: measure ${measure} is not known`]),
      ...(!list || lists.has(list) ? [] : [`${at}: list ${list} is not known`]),
      ...(list && campaigns.has(list) ? [`${at}: a campaign's list sets nothing off`] : []),
      ...unknownBases(at, [basis]),
    ];
  });
}

const unknownBases = (at: string, bases: readonly string[]): string[] =>
  bases.filter((key) => !Object.hasOwn(LAW, key)).map((key) => `${at}: legal basis ${key} is not known`);

const twice = (what: string, codes: readonly string[]): string[] =>
  [...new Set(codes.filter((code, i) => codes.indexOf(code) !== i))].map((code) => `${what} ${code} stands twice`);
