import { rowsOf } from '../matrix.js';
import { setting } from '../predicates.js';
import { POSTGRES_ROLES, postgresRole, ROLE_NAMES, type Role } from '../roles.js';

const provided = `r.provider_id = ${setting('department', 'uuid')}`;
const cellOf = (role: Role): string =>
  rowsOf(role).batch.sql((fact) => (fact === 'ownDepartment' ? provided : 'false'));

/**
 * How many decisions came, by department, item, day of decision and day of receipt: numbers, and nothing of the rows. It
 * runs as the owner because an archived row was reported all the same, and of natural persons only the number is told;
 * whoever may read a department's batches may have its numbers.
 */
export function printReceipts(): string {
  const cells = new Map<string, Role[]>();
  for (const role of ROLE_NAMES) {
    const cell = cellOf(role);
    if (cell.replace(/[()]/g, '').trim() !== 'false') cells.set(cell, [...(cells.get(cell) ?? []), role]);
  }
  const branches = [...cells].map(
    ([
      cell,
      roles,
    ]) => `  if current_setting('role') in (${roles.map((role) => `'${postgresRole(role)}'`).join(', ')}) then
    return query select r.provider_id, r.item_id, r.decided_on, r.received_on, r.back_filled, count(*)::int
      from public.credit_record r
      where r.item_id = any(items) and r.decided_on between since and upto and ${cell}
      group by 1, 2, 3, 4, 5;
  end if;`,
  );
  return `create or replace function publicity_receipts(since date, upto date, items uuid[])
  returns table ("departmentId" uuid, "itemId" uuid, "decidedOn" date, "receivedOn" date, "backFilled" boolean, n int)
  language plpgsql stable security definer rows 1000 set search_path = pg_catalog, pg_temp as $$
begin
${branches.join('\n')}
end $$;
revoke all on function publicity_receipts(date, date, uuid[]) from public;
grant execute on function publicity_receipts(date, date, uuid[]) to ${POSTGRES_ROLES.join(', ')};`;
}
