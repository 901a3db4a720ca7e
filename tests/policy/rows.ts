import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Hub } from '../kit/hub.js';
import { CALLERS, type Caller, optionsOf, stated, UNFITTING } from './cast.js';
import { rowsDocument } from './documents.js';
import { linesOf, rowTarget, rowVisible, type Stage, stagesOf } from './expected.js';
import { asWeakLogin, given, TABLE_OF } from './postgres.js';
import type { Seed } from './seed/index.js';
import { type Seeded, situationFor } from './seed/world.js';

/** Rows in one request: the hub limits the tokens of a document. */
export const CHUNK = 60;

export const chunksOf = <T>(all: readonly T[], size = CHUNK): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

export const variablesOf = (rows: readonly Seeded[]) =>
  Object.fromEntries(rows.map((row, i) => [`i${i}`, row.globalId]));

async function overHttp(hub: Hub, rows: readonly Seeded[], options: object): Promise<Set<string>> {
  const seen = new Set<string>();
  for (const chunk of chunksOf(rows)) {
    const answer = await hub.graphql(rowsDocument(chunk.length), variablesOf(chunk), options);
    expect(answer.errors).toEqual([]);
    for (const [index, { id, globalId }] of chunk.entries()) {
      const row = answer.data[`r${index}`];
      if (row === null) continue;
      expect(row.id).toBe(globalId);
      seen.add(id);
    }
  }
  return seen;
}

async function inPostgres(client: pg.Client, rows: readonly Seeded[], actor: Parameters<typeof asWeakLogin>[1]) {
  const byTable = Map.groupBy(rows, ({ type }) => TABLE_OF[type] as string);
  return asWeakLogin(client, actor, async () => {
    const seen = new Set<string>();
    for (const [table, some] of byTable) {
      for (const id of await given(
        client,
        table,
        some.map(({ id }) => id),
      ))
        seen.add(id);
    }
    return seen;
  });
}

/** Every row of the seed × every caller × three purposes, asked of GraphQL and of Postgres. */
export function describeRows(hub: () => Hub, seeded: () => Seed): void {
  describe('rows', () => {
    const visible = (row: Seeded, caller: Caller, stage: Stage) =>
      rowVisible(row.type, situationFor(row, caller), caller.role, stage);

    const faultsOf = (seen: Set<string>, caller: Caller, stage: Stage, asked: string): string[] =>
      seeded().world.rows.flatMap((row) => {
        const expected = visible(row, caller, stage);
        if (seen.has(row.id) === expected) return [];
        const situation = `${row.type} | ${situationFor(row, caller)}`;
        return [`${asked}: ${caller.role} with ${stage} ${expected ? 'misses' : 'sees'} ${situation}`];
      });

    let weak: pg.Client;
    const open = async () => {
      weak = new pg.Client(hub().appUrl);
      await weak.connect();
    };

    test.each(CALLERS.map((caller) => [`${caller.role} ${caller.self}`, caller] as const))(
      '%s',
      async (_name, caller) => {
        await open();
        const { rows } = seeded().world;
        const faults: string[] = [];
        try {
          for (const stage of stagesOf(caller.role)) {
            const asked = await overHttp(hub(), rows, await optionsOf(hub(), caller, stage));
            faults.push(...faultsOf(asked, caller, stage, 'GraphQL'));
            const direct = await inPostgres(weak, rows, stated(caller, stage));
            faults.push(...faultsOf(direct, caller, stage, 'Postgres'));
          }
          const unfitting = UNFITTING[caller.role];
          if (unfitting) {
            const asked = await overHttp(hub(), rows, await optionsOf(hub(), caller, 'case', unfitting));
            faults.push(...faultsOf(asked, caller, 'nothing', `GraphQL with ${unfitting}`));
            const direct = await inPostgres(weak, rows, stated(caller, 'case', unfitting));
            faults.push(...faultsOf(direct, caller, 'nothing', `Postgres with ${unfitting}`));
          }
        } finally {
          await weak.end();
        }
        expect(faults).toEqual([]);
      },
    );

    test('every situation of expected.csv has a row, and every row a situation', () => {
      const situations = new Set(seeded().world.rows.map((row) => `${rowTarget(row.type)} | ${row.situation}`));
      expect(
        linesOf('row')
          .map((line) => `${line.target} | ${line.situation}`)
          .sort(),
      ).toEqual([...situations].sort());
    });
  });
}
