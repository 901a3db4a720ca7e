import { functionOfName, isFunctionCode } from '../../catalogue/functions.js';
import { HubError } from '../../platform/errors.js';
import { referenceId } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { OwnerQuery } from '../reference.js';
import { openTable } from './csv.js';
import { examine, unusable } from './encoding.js';
import { canonicalCode } from './identifiers.js';
import { clean, levelled } from './text.js';

export interface DepartmentsResult {
  /** read and stored, whether new or there already */
  readonly loaded: number;
  /** stored without a function, because neither the file nor the name says one */
  readonly undecided: readonly { readonly code: string; readonly name: string }[];
}

interface DepartmentRow {
  readonly code: string;
  readonly name: string;
  /** null: the file says nothing */
  readonly functions: readonly string[] | null;
}

const CODE = ['统一社会信用代码', '部门代码', '代码'];
const NAME = ['名称', '部门名称', '单位名称'];
const FUNCTIONS = ['职能', '职能代码'];

/**
 * Loads departments from a CSV file as the owner, all or none. A department that is there keeps its id; what the file
 * does not say of it stays.
 * @throws {HubError} BAD_USER_INPUT for a file, code, name or function that can't be used, naming the line
 */
export async function loadDepartments(query: OwnerQuery, path: string): Promise<DepartmentsResult> {
  const rows = await readDepartments(path);
  const undecided: { code: string; name: string }[] = [];
  const stored = rows.map(({ code, name, functions }) => {
    const byName = functionOfName(name);
    const decided = functions ?? (byName ? [byName] : null);
    if (!decided) undecided.push({ code, name });
    return { id: referenceId('department', code), code, name, functions: decided };
  });
  await query(sql`
    insert into department as d (id, code, name, functions)
    select id, code, name, coalesce(functions, '{}') from jsonb_to_recordset(${JSON.stringify(stored)}::jsonb)
      as r(id uuid, code text, name text, functions text[])
    on conflict (code) do update set name = excluded.name,
      functions = case when excluded.functions = '{}' then d.functions else excluded.functions end`);
  return { loaded: stored.length, undecided };
}

async function readDepartments(path: string): Promise<DepartmentRow[]> {
  const [header = [], ...lines] = await openTable(path, await examine(path));
  const place = (names: readonly string[]) => header.findIndex((cell) => names.includes(levelled(clean(cell))));
  const [codeAt, nameAt, functionsAt] = [place(CODE), place(NAME), place(FUNCTIONS)];
  if (codeAt < 0 || nameAt < 0) {
    throw unusable({ zh: '表头须有 统一社会信用代码 与 名称', en: 'the header line needs 统一社会信用代码 and 名称' });
  }
  const byCode = new Map<string, DepartmentRow>();
  lines.forEach((cells, i) => {
    const wrong = (zh: string, en: string) =>
      new HubError('BAD_USER_INPUT', { zh: `第 ${i + 1} 行：${zh}`, en: `row ${i + 1}: ${en}` }, 'file');
    const code = canonicalCode(cells[codeAt] ?? '');
    const name = clean(cells[nameAt] ?? '');
    const said = functionsAt < 0 ? '' : clean(cells[functionsAt] ?? '');
    if (!code) throw wrong('统一社会信用代码无效', 'a code whose check digit is wrong');
    if (name === '') throw wrong('名称为空', 'no name');
    const functions =
      said === ''
        ? null
        : said
            .toUpperCase()
            .split(/[\s,，;；、|]+/)
            .filter(Boolean);
    if (functions && !functions.every(isFunctionCode)) throw wrong('职能代码未知', 'a function that is not known');
    byCode.set(code, { code, name, functions });
  });
  if (byCode.size === 0) throw unusable({ zh: '文件没有部门', en: 'the file holds no department' });
  return [...byCode.values()];
}
