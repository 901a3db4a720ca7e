import { type ReplayStart, replayFrom } from '../services/exchange/reconcile.js';
import type { Exchange } from './exchange.js';

/** 重放 Puts everything from a number or a day on back among what is due; the next delivery sends it. Null while one is under way. */
export function replay(exchange: Exchange, id: string, start: ReplayStart): Promise<number | null> {
  const partner = exchange.partner(id);
  return exchange.alone(partner.id, (held) => held.as((session) => replayFrom(session, start)));
}
