import { describe, expect, test } from '@jest/globals';
import { type GraphQLSchema, isObjectType } from 'graphql';
import type { Role } from '../../src/permissions/roles.js';
import type { Answer, Hub } from '../kit/hub.js';
import { CALLERS, callerOf, optionsOf } from './cast.js';
import { rootDocument } from './documents.js';
import { fieldOutcome, linesOf, STAGES, type Stage, within } from './expected.js';
import { PAYLOADS } from './fields.js';
import type { Seed } from './seed/index.js';
import { operationOf, type Use, useOf } from './uses.js';

type Outcome = 'may' | 'FORBIDDEN' | 'PURPOSE_REQUIRED' | 'NOT_FOUND' | 'PRECONDITION_FAILED';

function expectedOutcome(cell: string, stage: Stage): Outcome {
  if (cell === '') return 'FORBIDDEN';
  if (cell === 'not found') return 'NOT_FOUND';
  if (cell === 'precondition') return 'PRECONDITION_FAILED';
  return within(cell, 'may', stage) ? 'may' : 'PURPOSE_REQUIRED';
}

const outcomeOf = ({ errors }: Answer<unknown>): string => errors[0]?.extensions.code ?? 'may';

/** Tables that verbs write; a refused one leaves them as they were. */
const WRITTEN = ['list_entry', 'commitment', 'credit_check', 'credit_check_finding', 'row_revision', 'personal_text'];

/** Every root field × every role, with each purpose, both ways. */
export function describeVerbs(hub: () => Hub, seeded: () => Seed, schema: () => GraphQLSchema): void {
  describe('verbs', () => {
    const roots = (operation: 'query' | 'mutation') => {
      const type = operation === 'query' ? schema().getQueryType() : schema().getMutationType();
      return Object.keys(type?.getFields() ?? {});
    };
    const ask = async (operation: 'query' | 'mutation', root: string, use: Use, role: Role, stage: Stage) => {
      const options = await optionsOf(hub(), callerOf(role, 'organisation', use.clerk), stage);
      return hub().graphql(rootDocument(schema(), root, operation, use.text), use.variables, options);
    };
    const counts = async () => {
      const each = WRITTEN.map((table) => `(select count(*) from ${table}) as ${table}`);
      return (await seeded().world.owner.query(`select ${each.join(', ')}`)).rows[0];
    };

    test('every root field has a line, and every line a root field', () => {
      const lines = new Set(linesOf('verb').map(({ target }) => target));
      expect([...lines].sort()).toEqual([...roots('query'), ...roots('mutation')].sort());
    });

    test('viewer.may names what the lines allow', async () => {
      for (const caller of CALLERS) {
        const { data } = await hub().graphql('{ viewer { may } }', {}, await optionsOf(hub(), caller, 'nothing'));
        const allowed = linesOf('verb')
          .filter(({ cells }) => cells[caller.role] !== '')
          .map(({ target }) => target);
        expect([caller.role, ...data.viewer.may]).toEqual([caller.role, ...[...new Set(allowed)].sort()]);
      }
    });

    const queries = linesOf('verb').filter(({ target }) => operationOf(target) === 'query');
    test.each(queries.map((line) => [`${line.target}, ${line.situation}`, line] as const))(
      '%s',
      async (_name, line) => {
        const faults: string[] = [];
        for (const role of Object.keys(line.cells) as Role[]) {
          for (const stage of STAGES) {
            const use = await useOf(seeded(), line.target, line.situation, role);
            const answer = await ask('query', line.target, use, role, stage);
            const expected = expectedOutcome(line.cells[role], stage);
            if (outcomeOf(answer) !== expected)
              faults.push(`${role} with ${stage} is ${outcomeOf(answer)}, not ${expected}`);
          }
        }
        expect(faults).toEqual([]);
      },
    );

    const payloads = new Set<string>();
    const mutations = linesOf('verb').filter(({ target }) => operationOf(target) === 'mutation');
    test.each(mutations.map((line) => [`${line.target}, ${line.situation}`, line] as const))(
      '%s',
      async (_name, line) => {
        const faults: string[] = [];
        for (const role of Object.keys(line.cells) as Role[]) {
          const expected = expectedOutcome(line.cells[role], 'nothing');
          const use = await useOf(seeded(), line.target, line.situation, role);
          const before = await counts();
          const answer = await ask('mutation', line.target, use, role, 'nothing');
          if (outcomeOf(answer) !== expected) faults.push(`${role} is ${outcomeOf(answer)}, not ${expected}`);
          if (expected === 'may') {
            for (const name of namesIn(answer.data)) {
              payloads.add(name);
              if (fieldOutcome(name, 'any', role, 'nothing') !== 'value') faults.push(`${role} is shown ${name}`);
            }
          } else if (answer.data !== null || JSON.stringify(await counts()) !== JSON.stringify(before)) {
            faults.push(`${role} was refused and yet something came of it`);
          }
        }
        expect(faults).toEqual([]);
      },
    );

    test('every field of every payload was reached', () => {
      const all = Object.values(schema().getTypeMap()).flatMap((type) =>
        isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
      );
      expect(all.filter((name) => PAYLOADS.test(name) && !payloads.has(name))).toEqual([]);
    });
  });
}

/** Fields with a value, as `Type.field`: the documents name them so. */
function namesIn(value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found);
  else if (value !== null && typeof value === 'object') {
    for (const [alias, inner] of Object.entries(value)) {
      const [type, field] = alias.split('__');
      if (type && field && inner !== null) found.push(`${type}.${field}`);
      namesIn(inner, found);
    }
  }
  return found;
}
