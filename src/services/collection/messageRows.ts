import { HubError } from '../../platform/errors.js';
import { Columns } from './columns.js';
import type { RowSource } from './csv.js';
import type { ItemPlan } from './plan.js';

/** The rows of a message, each an object of values under Chinese headers or field codes. */
export function messageRows(
  plan: ItemPlan,
  rows: readonly Readonly<Record<string, unknown>>[],
  today: string,
): RowSource {
  const columns = new Columns(plan, today);
  let gone = 0;
  async function* records() {
    for (const row of rows) {
      gone += 1;
      yield columns.record(row);
    }
  }
  return { columns, rows: records(), position: () => gone / Math.max(1, rows.length) };
}

/**
 * Text that is equal for equal content, in whatever order an object's members come.
 * @throws {HubError} BAD_USER_INPUT (rows) for values nested deeper than anything that a row could say
 */
export function canonicalText(value: unknown): string {
  try {
    return canonical(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new HubError('BAD_USER_INPUT', { zh: '数据行嵌套过深', en: 'a row is nested too deep' }, 'rows');
  }
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
