import { requiredWhen } from '../conditions.js';
import { FUNCTIONS, isFunctionCode } from '../functions.js';
import { CATALOGUE } from '../index.js';
import { type BasisKey, LAW } from '../law.js';
import { LISTS } from '../lists.js';
import { CATEGORIES, dataElementOf, nationalCodeOf, standardOf, UNCERTAIN } from '../national.js';
import { FORBIDDEN_CONTENT, SEALED_LAW } from '../rules/collection.js';
import { FORBIDDEN_ACTS, SENSITIVE_CONTENT } from '../rules/forbidden.js';
import { termOf } from '../terms.js';
import {
  type CatalogueField,
  type CatalogueItem,
  type Disclosure,
  type MarketBody,
  type Nature,
  natureOf,
  type ReportingCycle,
  type SubjectKind,
} from '../types.js';
import { CATALOGUE_VERSIONS, lifeOf } from '../versions.js';

const DISCLOSURES: Record<Disclosure, string> = { PUBLIC: '公开公示', AUTHORISED: '授权查询', GOVERNMENT: '政务共享' };
const KINDS: Record<SubjectKind, string> = {
  ENTERPRISE: '企业',
  INDIVIDUAL_BUSINESS: '个体工商户',
  COOPERATIVE: '农民专业合作社',
  BRANCH: '分支机构',
  SOCIAL_ORGANISATION: '社会组织',
  PUBLIC_INSTITUTION: '事业单位',
  GOVERNMENT_BODY: '政府机构',
  OTHER_ORGANISATION: '其他组织',
  NATURAL_PERSON: '自然人',
};
const PERIODS: Record<ReportingCycle['every'], string> = {
  EVENT: '每一决定作出后',
  MONTH: '每月结束后',
  QUARTER: '每季度结束后',
  HALF_YEAR: '每半年结束后',
  YEAR: '每年结束后',
};
const SURE = { TEXT: '已读原文', COPY: '已读转载', MEMORY: '待核' } as const;
const TYPES: Record<CatalogueField['type'], string> = {
  TEXT: '文本',
  NAME: '名称',
  NUMBER: '编号',
  UNIFIED_CODE: '统一社会信用代码',
  ORGANISATION_CODE: '组织机构代码',
  REGISTRATION_NO: '工商注册号',
  ID_NUMBER: '证件号码',
  DATE: '日期',
  AMOUNT_10K: '金额（万元，六位小数）',
  ENUM: '单选',
  KINDS: '处罚种类（多选）',
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Of a basis: title and article, and whether its text was read. */
const basisText = (key: BasisKey): string => {
  const { title, article, sure } = LAW[key];
  return `${title}${article ? ` ${article}` : ''}${sure === 'MEMORY' ? '（待核）' : ''}`;
};

const subjectsOf = ({ subjectKinds }: CatalogueItem): string =>
  subjectKinds.length === 8 ? '法人和非法人组织' : subjectKinds.map((kind) => KINDS[kind]).join('、');

const BODIES: Record<MarketBody, string> = { ASSOCIATION: '行业协会商会', AGENCY: '信用服务机构' };
const NATURES: Record<Nature, string> = { PUBLIC: '公共信用信息', MARKET: '市场信用信息' };

const providersOf = ({ providerFunctions, bodies }: CatalogueItem): string =>
  bodies
    ? `${bodies.map((body) => BODIES[body]).join('、')}（依归集共享协议）`
    : providerFunctions.map((code) => (isFunctionCode(code) ? FUNCTIONS[code].zh : '各部门')).join('、');

const cycleOf = ({ cycle }: CatalogueItem): string => `${PERIODS[cycle.every]} ${cycle.workdays} 个工作日内`;

const keyOf = ({ key, fields }: CatalogueItem): string =>
  ['主体', ...key.map((name) => fields.find((field) => field.name === name)?.label ?? name)].join(' + ');

function lifeText({ code }: CatalogueItem): string {
  const life = lifeOf(code);
  return `${life?.version ?? '—'}${life?.until ? `（自 ${life.until} 退出）` : ''}`;
}

const requirement = (field: CatalogueField, item: CatalogueItem): string =>
  requiredWhen(field, item) ?? (field.required ? '必填' : '选填');

const fieldRow = (item: CatalogueItem) => (field: CatalogueField) => [
  `\`${field.name}\``,
  field.label,
  `${TYPES[field.type]}${field.maxLength ? `，至多 ${field.maxLength} 字` : ''}`,
  requirement(field, item),
  (field.options ?? []).join('、') || '—',
  field.security,
  standardOf(field) ?? '—',
  dataElementOf(field) ?? '—',
];

function itemText(item: CatalogueItem): string {
  return [
    `### ${item.name} \`${item.code}\``,
    [
      `- 法律依据：${item.bases.map(basisText).join('；')}`,
      `- 信息性质：${NATURES[natureOf(item)]}；披露方式：${DISCLOSURES[item.disclosure]}；期限：${termOf(item)}`,
      `- 适用主体：${subjectsOf(item)}；提供单位（职能）：${providersOf(item)}；更新周期：${cycleOf(item)}`,
      `- 业务主键：${keyOf(item)}；国家目录：${CATEGORIES[item.category]}，代码 ${nationalCodeOf(item.code) ?? '待核'}；清单版本：${lifeText(item)}`,
      ...(item.forbids ? [`- 本项文本不得含：${item.forbids.join('、')}`] : []),
    ].join('\n'),
    table(
      ['字段编码', '字段名称', '类型', '必填', '值域', '安全标记', '取值标准', '数据元'],
      item.fields.map(fieldRow(item)),
    ),
  ].join('\n\n');
}

/** docs/generated/catalogue.md: the catalogue as tables that a lawyer can check. */
export function printCatalogue(): string {
  return `${[
    '# 公共信用信息数据清单 Catalogue of public credit information',
    'Printed from src/catalogue by `npm run generate`; not edited by hand. Outside it nothing is collected (山东省社会信用条例 第十条).',
    `${UNCERTAIN}；法律依据后注“待核”的，其条文未见原文。`,
    '## 清单版本 Versions',
    table(
      ['版本', '施行', '说明', '增列', '退出'],
      CATALOGUE_VERSIONS.map(({ version, effectiveFrom, zh, adds, retires }) => [
        version,
        effectiveFrom,
        zh,
        adds.map((code) => `\`${code}\``).join(' ') || '—',
        retires.map((code) => `\`${code}\``).join(' ') || '—',
      ]),
    ),
    '## 信息事项 Items',
    table(
      [
        '事项',
        '编码',
        '信息性质',
        '国家目录类别',
        '披露方式',
        '有效期限',
        '适用主体',
        '提供单位',
        '更新周期',
        '法律依据',
      ],
      CATALOGUE.map((item) => [
        item.name,
        `\`${item.code}\``,
        NATURES[natureOf(item)],
        CATEGORIES[item.category],
        DISCLOSURES[item.disclosure],
        termOf(item),
        subjectsOf(item),
        providersOf(item),
        cycleOf(item),
        item.bases.map(basisText).join('<br>'),
      ]),
    ),
    '## 名单 Lists',
    table(
      ['名单', '编码', '来源', '认定职能', '期限（月）', '公示', '法律依据'],
      LISTS.map(({ name, code, origin, function: of, termMonths, campaign, bases }) => [
        name,
        `\`${code}\``,
        origin === 'OWN' ? '本县认定' : '外部认定',
        FUNCTIONS[of].zh,
        String(termMonths ?? '—'),
        campaign ? '否（专项治理，自然人）' : '组织公示',
        bases.map(basisText).join('<br>'),
      ]),
    ),
    '## 禁止归集 What is refused by name',
    table(
      ['依据', '列名含（该行退回，值不存）', '文本言及（该行退回，值不存）'],
      [
        [
          FORBIDDEN_CONTENT.bases.map(basisText).join('<br>'),
          FORBIDDEN_CONTENT.definition.headers.join('、'),
          `${FORBIDDEN_CONTENT.definition.phrases.join('、')}，后接“为、是、：”`,
        ],
        [
          SENSITIVE_CONTENT.bases.map(basisText).join('<br>'),
          SENSITIVE_CONTENT.definition.headers.join('、'),
          `${SENSITIVE_CONTENT.definition.phrases.join('、')}，后接“为、是、：”`,
        ],
        [
          FORBIDDEN_ACTS.bases.map(basisText).join('<br>'),
          FORBIDDEN_ACTS.definition.headers.join('、'),
          FORBIDDEN_ACTS.definition.acts
            .map(({ words, of }) => `${words.join('、')}${of === 'NATURAL_PERSON' ? '（仅自然人）' : ''}`)
            .join('；'),
        ],
        [
          SEALED_LAW.bases.map(basisText).join('<br>'),
          '—',
          `依据含“${SEALED_LAW.definition.words.join('、')}”的，自 ${SEALED_LAW.effectiveFrom} 起`,
        ],
      ],
    ),
    '## 各事项字段 Fields',
    ...CATALOGUE.map(itemText),
    '## 法律依据 Provisions',
    table(
      ['依据', '层级', '施行', '核对'],
      Object.entries(LAW).map(([, { title, article, rank, validFrom, validTo, sure }]) => [
        `${title}${article ? ` ${article}` : ''}`,
        rank,
        validTo ? `${validFrom} 至 ${validTo}` : validFrom,
        SURE[sure],
      ]),
    ),
  ].join('\n\n')}\n`;
}
