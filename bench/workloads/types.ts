import type { World } from './world.js';

export const SERVERS = ['hub', 'limit', 'postgraphile'] as const;
export type ServerName = (typeof SERVERS)[number];
export const NAMES = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'] as const;
export type WorkloadName = (typeof NAMES)[number];

/** One request, as each of the servers takes it. */
export interface Asked {
  hub: { query: string; variables: object };
  limit: object;
  postgraphile: { query: string; variables: object };
}

// biome-ignore lint/suspicious/noExplicitAny: answers of three servers, told apart by what they are brought to
export type Data = any;

export interface Workload {
  name: WorkloadName;
  title: string;
  /** as whom: which token the hub is shown, which settings PostGraphile is given */
  as: 'hall' | 'office' | 'public';
  /** writes receipts, findings and events */
  writes: boolean;
  asked(world: World): Asked[];
  /** the same for all three where they answered the same */
  same: Record<ServerName, (answer: Data) => unknown>;
  /** cursors of PostGraphile's own kind, fetched before anything is timed */
  cursors?: { query: string; id(asked: Asked): string; at(answer: Data): string };
}
