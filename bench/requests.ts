import type { Asked, Data, ServerName, Workload } from './workloads/types.js';

/** One HTTP request, ready to be sent again and again. */
export interface Call {
  path: string;
  headers: Record<string, string>;
  body: string;
}
export type Calls = Record<ServerName, Call[]>;

const JSON_TYPE = { 'content-type': 'application/json' };

/** Each of a workload's requests, for each server. */
export function callsOf(workload: Workload, asked: readonly Asked[], hubHeaders: Record<string, string>): Calls {
  return {
    hub: asked.map(({ hub }) => ({
      path: '/graphql',
      headers: { ...JSON_TYPE, ...hubHeaders },
      body: JSON.stringify(hub),
    })),
    limit: asked.map(({ limit }) => ({ path: `/${workload.name}`, headers: JSON_TYPE, body: JSON.stringify(limit) })),
    postgraphile: asked.map(({ postgraphile }) => ({
      path: '/graphql',
      headers: { ...JSON_TYPE, 'x-bench-workload': workload.name },
      body: JSON.stringify(postgraphile),
    })),
  };
}

/** @throws {Error} on anything but 200 and an answer without errors */
export async function ask(url: string, { path, headers, body }: Call): Promise<Data> {
  const response = await fetch(url + path, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.status !== 200 || text.includes('"errors":'))
    throw new Error(`${response.status} ${text.slice(0, 600)}`);
  return JSON.parse(text);
}

/** PostGraphile's cursors are its own: they are asked of it, and put into its requests. */
export async function withCursors(url: string, workload: Workload, asked: Asked[]): Promise<Asked[]> {
  const { cursors } = workload;
  if (!cursors) return asked;
  const found: Asked[] = [];
  for (const one of asked) {
    const query = { query: cursors.query, variables: { id: cursors.id(one) } };
    const headers = { ...JSON_TYPE, 'x-bench-workload': workload.name };
    const after = cursors.at(await ask(url, { path: '/graphql', headers, body: JSON.stringify(query) }));
    found.push({ ...one, postgraphile: { ...one.postgraphile, variables: { after } } });
  }
  return found;
}
