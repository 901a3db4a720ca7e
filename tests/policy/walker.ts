import { type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import type { Role } from '../../src/permissions/roles.js';
import type { Answer, GraphqlError } from '../kit/hub.js';
import { fieldOutcome, type Stage } from './expected.js';

/** Fields whose value depends on who looks, by contract: counts of what the caller may see, and places in a page. */
const RELATIVE = /^(CreditSummary\.|PageInfo\.|Viewer\.)|Edge\.cursor$|\.totalCount$/;

export interface Visit {
  coordinate: string;
  value: unknown;
}

/**
 * Holds one answer against expected.csv, field by field. What it finds it adds to `faults`; what it sees with a value,
 * to `reached`.
 */
export class FieldWalk {
  readonly faults: string[] = [];
  readonly reached = new Set<string>();
  /** leaf values of rows as the auditor sees them, whole: `row id / coordinate` */
  readonly whole = new Map<string, unknown>();

  constructor(private readonly schema: GraphQLSchema) {}

  answer(answer: Answer<Record<string, unknown>>, key: string, situation: string, role: Role, stage: Stage): void {
    const errors = new Map(
      answer.errors.filter(({ path }) => path?.[0] === key).map((error) => [error.path?.join('.') ?? '', error]),
    );
    const row = answer.data?.[key] as Record<string, unknown>;
    this.#object(row, key, { situation, role, stage, rowId: key === 'viewer' ? null : String(row.id), errors });
    for (const [path, { extensions }] of errors)
      this.faults.push(`${where(situation, role, stage)}: ${path} ${extensions.code}`);
  }

  #object(object: Record<string, unknown>, path: string, at: At): void {
    for (const [alias, value] of Object.entries(object)) {
      const [type, field] = alias.split('__');
      if (!type || !field) continue;
      this.#field(`${type}.${field}`, value, `${path}.${alias}`, at);
    }
  }

  #field(coordinate: string, value: unknown, path: string, at: At): void {
    const expected = fieldOutcome(coordinate, at.situation, at.role, at.stage);
    const error = at.errors.get(path);
    at.errors.delete(path);
    const fault = this.#compare(coordinate, value, expected, error, at);
    if (fault) this.faults.push(`${where(at.situation, at.role, at.stage)}: ${coordinate} ${fault}`);
    if (value !== null && !error) this.reached.add(coordinate);
    this.#below(value, path, at);
  }

  #below(value: unknown, path: string, at: At): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.#below(item, `${path}.${index}`, at);
    } else if (value !== null && typeof value === 'object') {
      // What is below a list or a connection is no field of the row itself.
      this.#object(value as Record<string, unknown>, path, { ...at, rowId: null });
    }
  }

  #compare(
    coordinate: string,
    value: unknown,
    expected: string,
    error: GraphqlError | undefined,
    { rowId, role, stage }: At,
  ): string | null {
    const said = error?.extensions.code ?? null;
    if (/^(FORBIDDEN|PURPOSE_REQUIRED|CONSENT_REQUIRED)$/.test(expected)) {
      return said === expected && value === null ? null : `is ${said ?? shown(value)}, not ${expected}`;
    }
    if (said) return `is ${said}, not ${expected}`;
    const key = `${rowId}/${coordinate}`;
    if (!rowId || !this.#isLeaf(coordinate) || RELATIVE.test(coordinate)) return null;
    if (role === 'AUDITOR' && stage === 'case') this.whole.set(key, value);
    // The auditor walks first, so that there is always a whole value to compare with.
    const whole = this.whole.get(key);
    if (expected === 'masked') return isMaskOf(value, whole) ? null : `shows ${shown(value)}, not a mask`;
    return JSON.stringify(value) === JSON.stringify(whole) ? null : `shows another value than the auditor's`;
  }

  #isLeaf(coordinate: string): boolean {
    const [type = '', field = ''] = coordinate.split('.');
    const object = this.schema.getType(type);
    const output = isObjectType(object) ? object.getFields()[field]?.type : undefined;
    return output !== undefined && isLeafType(getNamedType(output));
  }
}

interface At {
  situation: string;
  role: Role;
  stage: Stage;
  /** null below the row's own fields */
  rowId: string | null;
  errors: Map<string, GraphqlError>;
}

const where = (situation: string, role: Role, stage: Stage) => `${role} with ${stage}, ${situation}`;
const shown = (value: unknown) => (value === null ? 'null' : 'a value');

/** Stars, and something less than the whole. */
const isMaskOf = (value: unknown, whole: unknown): boolean => {
  const text = JSON.stringify(value);
  return text.includes('*') && text !== JSON.stringify(whole) && !JSON.stringify(whole).includes('*');
};

/** Every row that an answer names, wherever it stands. */
export function namedRows(value: unknown, found: { typename: string; id: string }[] = []) {
  if (Array.isArray(value)) for (const item of value) namedRows(item, found);
  else if (value !== null && typeof value === 'object') {
    const { __typename: typename, id } = value as Record<string, unknown>;
    if (typeof typename === 'string' && typeof id === 'string') found.push({ typename, id });
    for (const item of Object.values(value)) namedRows(item, found);
  }
  return found;
}
