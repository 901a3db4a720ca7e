import { RECORD_STATE } from '../../permissions/states.js';
import { type Sql, sql } from '../../platform/sql.js';
import { type Page, type PageRequest, readPage } from '../reading/page.js';
import type { Session } from '../session.js';
import { RECORD } from './shape.js';

export interface RecordConditions {
  items?: string[] | null;
  states?: string[] | null;
  decidedFrom?: string | null;
  decidedTo?: string | null;
}

export function recordsWhere({ items, states, decidedFrom, decidedTo }: RecordConditions): Sql[] {
  return [
    ...(items ? [sql`item_id in (select item.id from catalogue_item item where item.code = any(${items}))`] : []),
    ...(states ? [sql`${sql.raw(RECORD_STATE)} = any(${states})`] : []),
    ...(decidedFrom ? [sql`decided_on >= ${decidedFrom}::date`] : []),
    ...(decidedTo ? [sql`decided_on <= ${decidedTo}::date`] : []),
  ];
}

export const pageOfRecords = (session: Session, filter: RecordConditions, page: PageRequest): Promise<Page> =>
  readPage(session, RECORD, recordsWhere(filter), page);
