import { GUARDED } from '../../permissions/rows.js';
import { HubError } from '../../platform/errors.js';
import { type Sql, sql } from '../../platform/sql.js';
import { type Page, type PageRequest, readPage } from '../reading/page.js';
import type { Session } from '../session.js';
import { ENTRY } from './shape.js';

export function entriesWhere({ color, activeOnly }: { color: string | null; activeOnly: boolean }): Sql[] {
  return [
    ...(color ? [sql`list_id in (select list.id from credit_list list where list.color = ${color})`] : []),
    ...(activeOnly ? [sql.raw(GUARDED.list_entry.facts.active)] : []),
  ];
}

/** Entries of one list, newest first. @throws BAD_USER_INPUT for a list that there is not */
export async function pageOfEntries(session: Session, code: string, page: PageRequest): Promise<Page> {
  const [list] = await session.query<{ id: string }>(sql`select id from credit_list where code = ${code}`);
  if (!list) throw new HubError('BAD_USER_INPUT', { zh: '没有此名单', en: 'there is no such list' }, 'list');
  return readPage(session, ENTRY, [sql`list_id = ${list.id}`], page);
}
