import { storeOutage } from '../services/exchange/receipts.js';
import {
  compareSides,
  daysToCompare,
  ourSide,
  type Reconciliation,
  sentBefore,
  storeDifferences,
  storeReconciliation,
} from '../services/exchange/reconcile.js';
import type { Exchange } from './exchange.js';
import { Outage, Unsigned } from './receiver.js';

/** The days that this partner has not been asked about since something of theirs moved. Null where a delivery is under way. */
export const daysDue = (exchange: Exchange, id: string, through: string): Promise<string[] | null> =>
  exchange.alone(exchange.partner(id).id, (held) => held.as((session) => daysToCompare(session, through)));

const NONE = { lost: [], doubled: [], altered: [], unknown: [] };

/**
 * 日对账 Both sides of one business date. Equal count and digest end it; else the partner's rows say which are lost
 * (sent again by the next delivery), doubled or altered (cases). Null where a delivery is under way; DOWN where the
 * partner is.
 */
export async function reconcile(exchange: Exchange, id: string, date: string): Promise<Reconciliation | 'DOWN' | null> {
  const partner = exchange.partner(id);
  return exchange.alone(id, async (held) => {
    const receiver = await exchange.receiver(partner);
    try {
      const ours = await held.as((session) => ourSide(session, date));
      const theirs = await receiver.held(date);
      const same = theirs.count === ours.rows.length && theirs.hash === ours.hash;
      const compared = same ? NONE : compareSides(ours, await theirs.rows());
      const before = await held.as((session) => sentBefore(session, compared.unknown));
      const differences = { ...compared, unknown: compared.unknown.filter((key) => !before.has(key)) };
      const { rows: _rows, open: _open, ...counts } = ours;
      const result = { partner: id, date, ...counts, partnerHash: theirs.hash, ...differences };
      await held.as(async (session) => {
        await storeDifferences(session, differences, date);
        await storeReconciliation(session, result);
      });
      return result;
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      await held.as((session) => storeOutage(session, partner, error.message, error instanceof Unsigned));
      return 'DOWN' as const;
    } finally {
      await receiver.close();
    }
  });
}
