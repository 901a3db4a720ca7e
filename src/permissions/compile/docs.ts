import { ERROR_CODES } from '../../platform/errors.js';
import { BY_ROW, RELABELLED } from '../exceptions.js';
import { GROUNDS } from '../grounds.js';
import { LABEL_NAMES, LABELS } from '../labels.js';
import { fieldsOf, rowsOf } from '../matrix.js';
import type { Predicate } from '../predicates.js';
import { PURPOSE_NAMES, PURPOSES } from '../purposes.js';
import { ROLE_NAMES, ROLES } from '../roles.js';
import { ROW_CLASSES, type RowClass } from '../rows.js';
import { cellOf, READS, type Root, STREAMS, VERBS } from '../verbs.js';
import type { LabelledField } from './labels.js';

const cell = ({ name, zh, en }: Predicate): string =>
  name === 'never' ? '—' : name === 'always' ? '可 always' : `${zh}<br>${en}`;
const selects = (predicate: Predicate): string =>
  /masked/.test(predicate.name) && !predicate.any ? '—' : cell(predicate);
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** docs/generated/permissions.md: the policy as tables that a lawyer can check. */
export function printPermissions(fields: readonly LabelledField[]): string {
  const classes = Object.keys(ROW_CLASSES) as RowClass[];
  const roots = [READS, VERBS, STREAMS].flatMap((cells) => Object.keys(cells)) as Root[];
  const labelled = fields.filter(({ label }) => label !== null);
  return `${[
    '# 权限 Permissions',
    'Printed from src/permissions by `npm run generate`; not edited by hand. `—` is no: what is not listed is not allowed.',
    '## 角色 Roles',
    table(
      ['role', '中文', 'who'],
      ROLE_NAMES.map((role) => [`\`${role}\``, ROLES[role].zh, ROLES[role].en]),
    ),
    '## 可读的行 Whose rows a role reads',
    'Row security in Postgres. Archived rows (expired, repaired, revoked) are read by their subject, and by the auditor with a case; by nobody else.',
    table(
      ['role', ...classes.map((name) => `${ROW_CLASSES[name].zh}<br>${name}`), '依据 ground'],
      ROLE_NAMES.map((role) => [`\`${role}\``, ...classes.map((name) => cell(rowsOf(role)[name])), GROUNDS[role]]),
    ),
    '## 可读的字段 Which fields of those rows, by label',
    'graphql-shield on the fields; side tables of a label also by row security.',
    table(
      ['role', ...LABEL_NAMES.map((label) => `${LABELS[label].zh}<br>${label}`)],
      ROLE_NAMES.map((role) => [`\`${role}\``, ...LABEL_NAMES.map((label) => cell(fieldsOf(role)[label]))]),
    ),
    '## 操作 Root fields',
    table(
      ['root field', ...ROLE_NAMES.map((role) => `\`${role}\``)],
      roots.map((root) => [`\`${root}\``, ...ROLE_NAMES.map((role) => cell(cellOf(root, role)))]),
    ),
    '## 字段标记 Labels of fields',
    table(
      ['label', 'fields'],
      LABEL_NAMES.map((label) => [
        `${label} ${LABELS[label].zh}`,
        labelled
          .filter((field) => field.label === label)
          .map(({ coordinate }) => `\`${coordinate}\``)
          .join(' ') || '—',
      ]),
    ),
    '## 筛选项 Arguments that select rows',
    'Whoever may not read whole what an argument tells of may not select by it: FORBIDDEN, PURPOSE_REQUIRED or CONSENT_REQUIRED, with the argument as `field`. Arguments that tell of OPEN fields alone, or name what is asked for, are not listed.',
    table(
      ['argument', 'tells of', ...ROLE_NAMES.map((role) => `\`${role}\``)],
      fields.flatMap(({ coordinate, inputs }) =>
        Object.entries(inputs).map(([at, labels]) => [
          `\`${coordinate}(${at})\``,
          labels.join(' '),
          ...ROLE_NAMES.map((role) => labels.map((label) => selects(fieldsOf(role)[label])).join('<br>')),
        ]),
      ),
    ),
    '### 例外 Exceptions',
    [
      ...Object.entries(RELABELLED).map(([field, { label, reason }]) => `- \`${field}\` is ${label}: ${reason}.`),
      ...Object.entries(BY_ROW).map(([field, { reason }]) => `- \`${field}\` depends on its row: ${reason}.`),
    ].join('\n'),
    '## 查询用途 Purposes (条例 art. 22)',
    table(
      ['code', '中文'],
      PURPOSE_NAMES.map((code) => [`\`${code}\``, PURPOSES[code].zh]),
    ),
  ].join('\n\n')}\n`;
}

/** Outcomes of an event: it was answered, or why not. What can't be parsed reaches no operation. */
const OUTCOMES = ['OK', ...ERROR_CODES.filter((code) => !code.startsWith('GRAPHQL_'))];

/** docs/generated/events.md: what leaves an event in the access log, by operation. */
export function printEvents(): string {
  const rowsOfKind = (kind: string, cells: object, when: string) =>
    Object.keys(cells).map((root) => [`\`${root}\``, kind, when]);
  return `${[
    '# 访问日志事件 Events of the access log',
    'Printed from src/permissions by `npm run generate`; not edited by hand. An event says who (`sub` of the token), in which role and department, for which purpose and case, asked what (operation and the SHA-256 of its document), about which subjects, with which labels, and how it ended. It never holds a value of a field.',
    `Outcomes: ${OUTCOMES.map((code) => `\`${code}\``).join(
      ' ',
    )}. A query of several root fields is one event that names them all.`,
    table(
      ['operation', 'kind', 'when'],
      [
        ...rowsOfKind('查询 read', READS, 'a row or field beyond OPEN was read, or the read was refused'),
        ...rowsOfKind('办理 verb', VERBS, 'always: in the transaction of the verb, or after it was refused or failed'),
        ...rowsOfKind('订阅 stream', STREAMS, 'when it is asked for'),
        [
          '`retainAudit`',
          '命令 command',
          'entries past their term were removed: the case is the id of the retirement, the hash its digest',
        ],
      ],
    ),
    '## 标记 Labels',
    table(
      ['label', '中文', 'what'],
      LABEL_NAMES.filter((label) => label !== 'OPEN').map((label) => [
        `\`${label}\``,
        LABELS[label].zh,
        LABELS[label].en,
      ]),
    ),
  ].join('\n\n')}\n`;
}
