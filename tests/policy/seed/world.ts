import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Role } from '../../../src/permissions/roles.js';
import type { FieldCipher, Keys } from '../../../src/platform/crypto.js';
import { referenceId, toGlobalId, uuidv7 } from '../../../src/platform/ids.js';
import { type Compiled, compile, type Sql } from '../../../src/platform/sql.js';
import { maskText } from '../../../src/services/collection/masking.js';
import { dataKeyOf } from '../../../src/services/custody/subjectKeys.js';
import { sealTexts } from '../../../src/services/personal.js';
import { DEPARTMENTS, type DepartmentName, type Self, TODAY } from '../cast.js';
import { rowTarget } from '../expected.js';
import { OTHERWISE } from './otherwise.js';

/** One row of the database and the situation in which expected.csv decides about it. */
export interface Seeded {
  type: string;
  situation: string;
  id: string;
  globalId: string;
  /** roles for whom it is that situation; for the others it is the one of OTHERWISE */
  only?: readonly Role[];
  except?: readonly Role[];
  /** whom the role SUBJECT must be for that situation */
  self?: Self;
}

export type Standing = Partial<Pick<Seeded, 'only' | 'except' | 'self'>>;

/** In which situation the row is for this caller. */
export function situationFor(
  { type, situation, only, except, self }: Seeded,
  caller: { role: Role; self: Self },
): string {
  const { role } = caller;
  const stands = only ? only.includes(role) : !except?.includes(role);
  if (role === 'AUDITOR' || (stands && (role !== 'SUBJECT' || !self || self === caller.self))) return situation;
  const otherwise = OTHERWISE[rowTarget(type)]?.[situation];
  if (!otherwise) throw new Error(`nothing says what ${type} | ${situation} is to others`);
  return otherwise;
}

/** Twice the same rows: in the department of DEPARTMENT, and in the court's for COURT. */
export const OWN_DEPARTMENTS: readonly [DepartmentName, Standing][] = [
  ['own', { except: ['COURT'] }],
  ['court', { only: ['COURT'] }],
];

export const referenceTo = referenceId;
export const departmentId = (name: DepartmentName): string => DEPARTMENTS[name].id;

/** What the owner writes for the walk: rows in every state that a county's data can have. */
export class World {
  readonly rows: Seeded[] = [];
  readonly subjects = new Map<string, string>();
  /** whole texts that a caller who may not see them must not meet anywhere */
  readonly secrets: string[] = [];
  /** what becomes of a row before it is written (sentinels/plant.ts) */
  plant: (table: string, row: Record<string, unknown>) => Record<string, unknown> = (_table, row) => row;

  constructor(
    readonly owner: pg.Client,
    readonly keys: Keys,
  ) {}

  async insert(table: string, given: Record<string, unknown>): Promise<void> {
    const row = this.plant(table, given);
    const columns = Object.keys(row).join(', ');
    await this.owner.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
      [JSON.stringify(row)],
    );
  }

  dataKey(subjectId: string): Promise<FieldCipher> {
    const query = async <T>(statement: Sql<T> | Compiled): Promise<T[]> => {
      const { sql: text, parameters } = compile(statement);
      return (await this.owner.query(text, [...parameters])).rows as T[];
    };
    return dataKeyOf({ query }, this.keys, subjectId);
  }

  add(type: string, situation: string, id: string, standing: Standing = {}): string {
    const self = standing.self ?? (situation.endsWith('own') ? 'organisation' : undefined);
    this.rows.push({ ...standing, self, type, situation, id, globalId: toGlobalId(type, id) });
    return id;
  }

  subject(name: string): string {
    const id = this.subjects.get(name);
    if (!id) throw new Error(`no subject ${name} was seeded`);
    return id;
  }

  /** Splits texts as an import does: masked ones for the row, the whole ones sealed beside it. */
  async personalTexts(
    rowId: string,
    subjectId: string,
    departmentOfRow: string,
    texts: Record<string, string>,
  ): Promise<Record<string, string>> {
    await this.insert('personal_text', {
      row_id: rowId,
      subject_id: subjectId,
      authority_id: departmentOfRow,
      provider_id: departmentOfRow,
      sealed: sealTexts(await this.dataKey(subjectId), rowId, texts),
    });
    return Object.fromEntries(Object.entries(texts).map(([column, text]) => [column, maskText(text, TODAY) as string]));
  }
}

export const newId = uuidv7;
export const digest = (): string => createHash('sha256').update(randomUUID()).digest('hex');
export const AS_OF = '2026-11-01T00:00:00Z';

let phones = 0;
/** A text that names somebody's citizen id and phone number. */
export function tellingText(world: World, about: string, citizenId: string): string {
  const phone = `1380000${String(++phones).padStart(4, '0')}`;
  world.secrets.push(citizenId, phone);
  return `${about}：当事人身份证号${citizenId}，联系电话${phone}。`;
}
