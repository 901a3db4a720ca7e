import { beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import pg from 'pg';
import type { Hub } from '../kit/hub.js';
import { CALLERS, type Caller, callerOf, optionsOf, stated } from './cast.js';
import { coordinates, walkDocument } from './documents.js';
import { fieldOutcome, rowVisible, type Stage, stagesOf } from './expected.js';
import { asWeakLogin, given } from './postgres.js';
import { chunksOf, variablesOf } from './rows.js';
import type { Seed } from './seed/index.js';
import { type Seeded, situationFor } from './seed/world.js';
import { FieldWalk, namedRows } from './walker.js';

/** Payloads of verbs, and what hangs on a root field alone, are reached by asking the root fields (verbs.ts). */
export const PAYLOADS =
  /(Payload|^CheckCreditsItem|^ExchangeCase(Connection|Edge)|^ExchangePartnerStatus|^SealedCase(Connection|Edge))\./;

/** What hangs on no row is reached by its own root (verbs.ts), and with every value by the tests of its street. */
const BY_ROOT =
  /^(ReportingDuty|Publicity\w+|DecisionCount|ReviewItem|QualityReport|QualityDimensionLine|QualityDone|Statistics|StatisticsLine|SubjectMergeConnection|SubjectMergeEdge)\./;
/** The same, where the walk of the verbs looks at every value. */
export const ROOTS_ONLY =
  /^(CollectionAgreement(Connection|Edge)|PatrolFinding(Connection|Edge)|Inspection(Connection|Edge)|PatrolCount)\./;

/** A field whose whole value lives in a side table: who sees it whole in GraphQL is who gets that row of Postgres. */
const SIDES = [
  { table: 'person_identity', column: 'subject_id', coordinate: 'NaturalPerson.citizenId', type: 'NaturalPerson' },
  { table: 'subject_key', column: 'subject_id', coordinate: 'NaturalPerson.citizenId', type: 'NaturalPerson' },
  {
    table: 'subject_representative',
    column: 'subject_id',
    coordinate: 'Organisation.legalRepresentative',
    type: 'Organisation',
    situation: /individual/,
  },
  {
    table: 'personal_text',
    column: 'row_id',
    coordinate: 'PenaltyRecord.facts',
    type: 'PenaltyRecord',
    situation: /texts/,
  },
  { table: 'personal_text', column: 'row_id', coordinate: 'ListEntry.reason', type: 'ListEntry', situation: /texts/ },
  {
    table: 'personal_text',
    column: 'row_id',
    coordinate: 'Commitment.content',
    type: 'Commitment',
    situation: /texts/,
  },
];

/** Every field of every type × every caller × three purposes, in the situation of every row of the seed. */
export function describeFields(hub: () => Hub, seeded: () => Seed, schema: () => GraphQLSchema): void {
  describe('fields', () => {
    let walk: FieldWalk;
    beforeAll(async () => {
      walk = new FieldWalk(schema());
      await walkAs(callerOf('AUDITOR'), 'case');
    });

    async function walkAs(caller: Caller, stage: Stage): Promise<void> {
      const { world } = seeded();
      const rows = world.rows.filter((row) => rowVisible(row.type, situationFor(row, caller), caller.role, stage));
      const options = await optionsOf(hub(), caller, stage);
      for (const chunk of chunksOf(rows, 5)) {
        const answer = await hub().graphql(walkDocument(schema(), chunk.length), variablesOf(chunk), options);
        if (!answer.data) throw new Error(JSON.stringify(answer.errors));
        walk.answer(answer, 'viewer', 'any', caller.role, stage);
        for (const [index, row] of chunk.entries()) {
          if (answer.data[`r${index}`] === null) continue; // rows.ts says so
          walk.answer(answer, `r${index}`, situationFor(row, caller), caller.role, stage);
        }
        noteHiddenRows(answer.data, caller, stage);
      }
    }

    /** No answer names a row, however far down, that the caller may not read. */
    function noteHiddenRows(data: unknown, caller: Caller, stage: Stage): void {
      const known = new Map(seeded().world.rows.map((row) => [row.globalId, row]));
      for (const { id, typename } of namedRows(data)) {
        const row = known.get(id);
        if (row && !rowVisible(typename, situationFor(row, caller), caller.role, stage)) {
          walk.faults.push(
            `${caller.role} with ${stage} is told of ${typename} | ${situationFor(row, caller)} by path`,
          );
        }
      }
    }

    test.each(CALLERS.map((caller) => [`${caller.role} ${caller.self}`, caller] as const))(
      '%s',
      async (_name, caller) => {
        for (const stage of stagesOf(caller.role)) await walkAs(caller, stage);
        expect(walk.faults.splice(0)).toEqual([]);
      },
    );

    test('every field of the schema was reached with a value', () => {
      const missed = coordinates(schema()).filter(
        (name) => !PAYLOADS.test(name) && !BY_ROOT.test(name) && !ROOTS_ONLY.test(name) && !walk.reached.has(name),
      );
      expect(missed).toEqual([]);
    });

    test.each(SIDES)('$coordinate is whole exactly for whom Postgres gives $table', async (side) => {
      const weak = new pg.Client(hub().appUrl);
      await weak.connect();
      const rows = seeded().world.rows.filter(
        ({ type, situation }) => type === side.type && (side.situation?.test(situation) ?? true),
      );
      const faults: string[] = [];
      for (const caller of CALLERS) {
        for (const stage of stagesOf(caller.role)) {
          const ids = rows.map(({ id }) => id);
          const whole = await asWeakLogin(weak, stated(caller, stage), () => given(weak, side.table, ids, side.column));
          for (const row of rows)
            if (whole.has(row.id) !== isWhole(row, caller, stage, side.coordinate)) {
              faults.push(`${caller.role} with ${stage}: ${side.table} of ${row.type} | ${situationFor(row, caller)}`);
            }
        }
      }
      await weak.end();
      expect(faults).toEqual([]);
    });

    const isWhole = (row: Seeded, caller: Caller, stage: Stage, coordinate: string): boolean => {
      const situation = situationFor(row, caller);
      const visible = rowVisible(row.type, situation, caller.role, stage);
      return visible && fieldOutcome(coordinate, situation, caller.role, stage) === 'value';
    };
  });
}
