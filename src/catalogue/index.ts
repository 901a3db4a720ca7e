import { isFunctionCode } from './functions.js';
import { DJ_SCZT } from './items/djSczt.js';
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
import { YZSX_MD } from './items/yzsxMd.js';
import { LAW } from './law.js';
import { LISTS } from './lists.js';
import { MATTERS } from './matters.js';
import { MEASURES, TRIGGERS } from './measures.js';
import { RULE_SETS } from './rules/index.js';
import { EXPIRY_RULES, PUBLICITY_RULES } from './rules/publicity.js';
import type { CatalogueItem } from './types.js';

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
    ...(item.providerFunctions.length > 0 ? [] : [`${at}: nobody provides it`]),
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
    ...(item.yields === 'SUBJECT' ? [] : [...must('documentNo'), ...must('decidedOn')]),
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

function triggerFaults(): string[] {
  const lists = new Set(LISTS.map(({ code }) => code));
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
      ...unknownBases(at, [basis]),
    ];
  });
}

const unknownBases = (at: string, bases: readonly string[]): string[] =>
  bases.filter((key) => !Object.hasOwn(LAW, key)).map((key) => `${at}: legal basis ${key} is not known`);

const twice = (what: string, codes: readonly string[]): string[] =>
  [...new Set(codes.filter((code, i) => codes.indexOf(code) !== i))].map((code) => `${what} ${code} stands twice`);
