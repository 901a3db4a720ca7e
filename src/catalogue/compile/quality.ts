import { FUNCTIONS } from '../functions.js';
import { QUALITY_RULES } from '../quality/index.js';
import { DIMENSIONS, LEVELS, type QualityRule, STEPS, type Step } from '../quality/types.js';
import { RULE_SETS } from '../rules/index.js';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** An example in a cell: what its last row says otherwise than the item's sample row. */
function exampleText({ examples, workbooksOnly }: QualityRule): string {
  if (workbooksOnly) return '仅工作簿 workbooks only';
  return examples
    .map(({ item, rows, before }) => {
      const said = Object.entries(rows.at(-1) ?? {}).slice(0, 3);
      const values = said.map(
        ([field, value]) => `${field}=${value.length > 20 ? `${value.slice(0, 12)}…` : value || '空'}`,
      );
      const came = before ? `先有 after an ${before.asOf} batch` : rows.length > 1 ? `${rows.length} 行 rows` : '';
      return `\`${item}\` ${[came, ...values].filter(Boolean).join('，') || '样例行 the sample row'}`;
    })
    .join('<br>');
}

/** docs/generated/quality-rules.md: the rules as who owns them may read and check them. */
export function printQualityRules(): string {
  const rules = Object.entries(QUALITY_RULES) as [string, QualityRule][];
  const ofStep = (step: Step) =>
    table(
      ['code', '级别 level', '维度 dimension', '规则 rule', '责任部门 owner', '样例 examples（均作为测试运行）'],
      rules
        .filter(([, rule]) => rule.step === step)
        .map(([code, rule]) => [
          `\`${code}\``,
          LEVELS[rule.level].zh,
          rule.dimension ? DIMENSIONS[rule.dimension].zh : '—',
          `${rule.zh}<br>${rule.en}`,
          FUNCTIONS[rule.owner].zh,
          exampleText(rule),
        ]),
    );
  return `${[
    '# 数据质量规则 Quality rules',
    'Printed from src/catalogue/quality by `npm run generate`; not edited by hand. A row goes through the steps in this order; `ImportRow.steps` shows what each of them came to. Every example is run as a test.',
    table(
      ['级别 level', '含义'],
      Object.values(LEVELS).map(({ zh, en }) => [zh, en]),
    ),
    ...(Object.keys(STEPS) as Step[]).flatMap((step) => [
      `## ${STEPS[step].zh} ${step}`,
      `${STEPS[step].en}.`,
      ofStep(step),
    ]),
    '## 分类所依规则集 Rule sets of the classification',
    'Periods and thresholds, each with the day from which it holds; a record keeps the version that was applied to it.',
    table(
      ['规则集 kind', '版本 version', '生效日 from'],
      RULE_SETS.map(({ kind, version, effectiveFrom }) => [`\`${kind}\``, `\`${version}\``, effectiveFrom]),
    ),
  ].join('\n\n')}\n`;
}
