import { LAW } from '../../catalogue/law.js';
import { PATROL_CODES, patrolRule } from '../../catalogue/patrol/index.js';
import { PATROL_OWNERS, type PatrolExample } from '../../catalogue/patrol/types.js';
import { LABEL_NAMES, LABELS } from '../../permissions/labels.js';
import { BY_PAPER, LEAST, RETENTION, type Retention } from '../../permissions/retention.js';

const groundOf = (key: keyof typeof LAW): string => {
  const { title, article } = LAW[key];
  return /（.+）$|号$/.test(title) ? `${title}${article ?? ''}` : `《${title}》${article ?? ''}`;
};
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** docs/generated/patrol.md: the rules of the patrol and the terms of the log, as tables that a lawyer can check. */
export function printPatrol(): string {
  return `${[
    '# 巡查规则与日志保存期限 Rules of the patrol, and how long the log is kept',
    'Printed from src/catalogue/patrol and src/permissions/retention.ts by `npm run generate`; not edited by hand. The examples are run as tests (tests/db/patrol).',
    '## 规则 Rules',
    table(
      ['code', '名称', '责任部门 owner', '工作日 working days', '依据 ground'],
      PATROL_CODES.map((code) => {
        const { name, owner, workdays, bases } = patrolRule(code);
        return [`\`${code}\``, name, PATROL_OWNERS[owner], String(workdays), bases.map(groundOf).join('；')];
      }),
    ),
    ...PATROL_CODES.map(ruleText),
    '## 访问日志保存期限 Retention by label',
    'An entry that touched several labels is kept for the longest of their terms; one that a finding rests on, until that finding is closed.',
    table(
      ['label', '月 months', '依据 ground'],
      [
        ['无标记 none (verbs, refusals)', ...termOf(LEAST)],
        ...LABEL_NAMES.map((label) => [`\`${label}\` ${LABELS[label].zh}`, ...termOf(RETENTION[label])]),
        ['持授权书、委托书 by a consent or a power', ...termOf(BY_PAPER)],
      ],
    ),
  ].join('\n\n')}\n`;
}

const termOf = ({ months, zh, bases }: Retention): string[] => [
  String(months),
  `${zh}：${bases.map(groundOf).join('；')}`,
];

function ruleText(code: (typeof PATROL_CODES)[number]): string {
  const { name, zh, en, thresholds, examples } = patrolRule(code);
  return [
    `### ${name} \`${code}\``,
    `${zh}。${en.charAt(0).toUpperCase()}${en.slice(1)}.`,
    table(
      ['自 from', '限值 threshold', '依据 ground'],
      thresholds.map(({ effectiveFrom, definition, bases }) => [
        effectiveFrom,
        `\`${JSON.stringify(definition)}\``,
        bases.map(groundOf).join('；'),
      ]),
    ),
    examples.map(exampleText).join('\n'),
  ].join('\n\n');
}

const exampleText = ({ zh, found }: PatrolExample): string =>
  `- ${zh} → ${found === 0 ? '不构成问题 nothing' : `${found} 条 found`}`;
