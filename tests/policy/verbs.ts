import { describe, expect, test } from '@jest/globals';
import { type GraphQLSchema, isObjectType, type OperationTypeNode } from 'graphql';
import type { Purpose } from '../../src/permissions/purposes.js';
import type { Role } from '../../src/permissions/roles.js';
import type { Answer, Hub } from '../kit/hub.js';
import { allOf, stream } from '../kit/stream.js';
import { CALLERS, callerOf, optionsOf } from './cast.js';
import { rootDocument } from './documents.js';
import { fieldOutcome, linesOf, STAGES, type Stage, within } from './expected.js';
import { PAYLOADS, ROOTS_ONLY } from './fields.js';
import type { Seed } from './seed/index.js';
import { OPERATIONS, type Operation, operationOf, type Use, useOf } from './uses.js';

type Outcome = 'may' | 'FORBIDDEN' | 'PURPOSE_REQUIRED' | 'NOT_FOUND' | 'PRECONDITION_FAILED';

function expectedOutcome(cell: string, stage: Stage): Outcome {
  if (cell === '') return 'FORBIDDEN';
  if (cell === 'not found') return 'NOT_FOUND';
  if (cell === 'precondition') return 'PRECONDITION_FAILED';
  return within(cell, 'may', stage) ? 'may' : 'PURPOSE_REQUIRED';
}

const outcomeOf = ({ errors }: Pick<Answer<unknown>, 'errors'>): string => errors[0]?.extensions.code ?? 'may';

/** Root fields that one purpose opens and no other, whoever asks. */
const ONLY_FOR: Readonly<Record<string, Purpose>> = { statistics: 'STATISTICS' };

/** Tables that verbs write; a refused one leaves them as they were. */
const WRITTEN = [
  'import_batch',
  'list_entry',
  'commitment',
  'credit_check',
  'credit_check_finding',
  'row_revision',
  'personal_text',
  'consent',
  'patrol_run',
  'patrol_finding',
  'patrol_finding_fact',
  'patrol_step',
  'inspection',
  'inspection_item',
  'exchange_case',
  'exchange_change',
  'sealed_case',
  'decision_count',
  'publicity_reminder',
  'publicity_withdrawal',
  'subject',
  'subject_merge',
  'subject_merge_row',
  'collection_agreement',
  'market_record',
];

/** Every root field × every role, with each purpose, both ways. */
export function describeVerbs(hub: () => Hub, seeded: () => Seed, schema: () => GraphQLSchema): void {
  describe('verbs', () => {
    const roots = (operation: Operation) =>
      Object.keys(
        schema()
          .getRootType(operation as OperationTypeNode)
          ?.getFields() ?? {},
      );
    const ask = async (operation: Operation, root: string, use: Use, role: Role, stage: Stage) => {
      const options = await optionsOf(hub(), callerOf(role, 'organisation', use.clerk), stage, ONLY_FOR[root]);
      const document = rootDocument(schema(), root, operation, use.text);
      if (operation !== 'subscription') return hub().graphql(document, use.variables, options);
      const [first = {}] = await allOf(await stream(hub().url, document, use.variables, options));
      return { data: first.data, errors: first.errors ?? [] };
    };
    const counts = async () => {
      const each = WRITTEN.map((table) => `(select count(*) from ${table}) as ${table}`);
      return (await seeded().world.owner.query(`select ${each.join(', ')}`)).rows[0];
    };

    test('every root field has a line, and every line a root field', () => {
      const lines = new Set(linesOf('verb').map(({ target }) => target));
      expect([...lines].sort()).toEqual(OPERATIONS.flatMap(roots).sort());
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

    const payloads = new Set<string>();
    const reads = linesOf('verb').filter(({ target }) => operationOf(target) !== 'mutation');
    test.each(reads.map((line) => [`${line.target}, ${line.situation}`, line] as const))('%s', async (_name, line) => {
      const faults: string[] = [];
      for (const role of Object.keys(line.cells) as Role[]) {
        for (const stage of STAGES) {
          const use = await useOf(seeded(), line.target, line.situation, role);
          const answer = await ask(operationOf(line.target), line.target, use, role, stage);
          const expected = expectedOutcome(line.cells[role], stage);
          if (outcomeOf(answer) !== expected)
            faults.push(`${role} with ${stage} is ${outcomeOf(answer)}, not ${expected}`);
          for (const name of namesIn(answer.data)) {
            if (!PAYLOADS.test(name) && !ROOTS_ONLY.test(name)) continue;
            payloads.add(name);
            if (fieldOutcome(name, 'any', role, stage) !== 'value') faults.push(`${role} is shown ${name}`);
          }
        }
      }
      expect(faults).toEqual([]);
    });

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
      expect(all.filter((name) => (PAYLOADS.test(name) || ROOTS_ONLY.test(name)) && !payloads.has(name))).toEqual([]);
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
