import type { CatalogueItem } from '../../catalogue/types.js';
import type { DateString } from '../../platform/clock.js';
import { type BilingualText, HubError } from '../../platform/errors.js';
import { referenceId } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { Session } from '../session.js';

/** 条例 art. 10: outside the catalogue nothing is collected. The text says so by name. */
export const outsideCatalogue = (field: string, { zh, en }: BilingualText): HubError =>
  new HubError('BAD_USER_INPUT', { zh: `OUTSIDE_CATALOGUE：${zh}`, en: `OUTSIDE_CATALOGUE: ${en}` }, field);

/**
 * Rows received on the day are judged by the catalogue of that day: an item that some version retired is refused from
 * then on, and one that a version added is none before. Asked of Postgres, which refuses the batch too.
 * @throws {HubError} BAD_USER_INPUT (field item)
 */
export async function demandInForce(
  { query }: Pick<Session, 'query'>,
  { code }: Pick<CatalogueItem, 'code'>,
  received: DateString,
): Promise<void> {
  const [life] = await query<{ from: string | null; until: string | null }>(sql`
    select effective_from::text as "from", effective_until::text as "until" from catalogue_item
    where id = ${referenceId('item', code)}`);
  if (!life) throw outsideCatalogue('item', { zh: '清单中没有该数据项', en: 'the catalogue has no such item' });
  if (life.until !== null && received >= life.until) {
    throw outsideCatalogue('item', {
      zh: `该数据项自 ${life.until} 起已退出清单`,
      en: `the item left the catalogue on ${life.until}`,
    });
  }
  if (life.from !== null && received < life.from) {
    throw outsideCatalogue('item', {
      zh: `该数据项自 ${life.from} 起列入清单`,
      en: `the item is in the catalogue from ${life.from}`,
    });
  }
}
