import type { SectorDefinition } from '../../catalogue/rules/sectors.js';
import type { RuleSet } from '../../catalogue/rules/severity.js';
import type { SubjectKind } from '../../catalogue/types.js';
import type { Keys, WrappedKey } from '../../platform/crypto.js';
import { sql } from '../../platform/sql.js';
import { IDENTITY_COLUMNS, openIdentity, personIndex, SEALED_IDENTITY, type SealedIdentity } from '../personal.js';
import type { Session } from '../session.js';
import { JOIN_SURVIVOR } from '../subjects/survivor.js';
import { canonicalDocument, isUnifiedCode } from './identifiers.js';
import type { DepartmentFacts, ListFacts, Lookups, SubjectFacts } from './lookups.js';
import { sectorTables } from './penaltyTable.js';
import type { ItemPlan } from './plan.js';
import { levelled } from './text.js';
import type { TidyRow } from './tidy.js';

/** What does not change while a batch is read: departments and lists by their codes, and the sectors' own tables. */
export interface Standing {
  readonly departments: ReadonlyMap<string, DepartmentFacts>;
  readonly lists: ReadonlyMap<string, ListFacts>;
  readonly sectors: readonly RuleSet<SectorDefinition>[];
}

export async function standing(session: Session): Promise<Standing> {
  const departments = await session.query<DepartmentFacts>(sql`select id, code, name, functions from department`);
  const lists = await session.query<ListFacts>(
    sql`select id, code, origin, function, term_months as "termMonths" from credit_list`,
  );
  return {
    departments: new Map(departments.map((department) => [department.code, department])),
    lists: new Map(lists.map((list) => [list.code, list])),
    sectors: await sectorTables(session),
  };
}

interface SubjectRow {
  /** the code by which it was asked for: that of a subject merged into it, maybe */
  askedCode: string | null;
  absorbedCodes: string[];
  id: string;
  code: string | null;
  kind: SubjectKind;
  provisional: boolean;
  registrationNo: string | null;
  nameKey: string;
  formerNames: string[];
}

/** Asks once for all that the rows of a chunk name. */
export async function lookUp(
  session: Session,
  plan: ItemPlan,
  rows: readonly TidyRow[],
  { standing: { departments, lists }, keys, received }: { standing: Standing; keys: Keys; received: string },
): Promise<Lookups> {
  const [codes, numbers, indexes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [codeAt, numberAt] = [plan.at('subjectCode'), plan.at('registrationNo')];
  const [typeAt, documentAt] = [plan.at('personDocumentType'), plan.at('personDocumentNumber')];
  const indexOf = (type: string, number: string) => personIndex(keys, type, number);
  for (const { values } of rows) {
    const code = values[codeAt] ?? '';
    if (isUnifiedCode(code)) codes.add(code);
    else if (values[numberAt]) numbers.add(values[numberAt]);
    const [type, sent] = [values[typeAt], values[documentAt]];
    const number = type && sent ? canonicalDocument(type, sent, received) : null;
    if (type && number) indexes.add(indexOf(type, number));
  }
  const byCode = new Map<string, SubjectFacts>();
  const byNumber = new Map<string, SubjectFacts | null>();
  for (const row of await subjects(session, [...codes], [...numbers])) {
    const codes = [row.code, ...row.absorbedCodes].filter((code) => code !== null);
    const facts = {
      ...row,
      names: [row.nameKey, ...row.formerNames],
      identities: row.absorbedCodes.length > 0 ? codes.map((code) => `code:${code}`) : [],
    };
    if (row.askedCode) byCode.set(row.askedCode, facts);
    if (row.registrationNo && !row.provisional) {
      const other = byNumber.get(row.registrationNo);
      byNumber.set(row.registrationNo, other === undefined || other?.id === row.id ? facts : null);
    }
  }
  const byIndex = indexes.size > 0 ? await persons(session, [...indexes], keys) : new Map<string, SubjectFacts>();
  return {
    subjectByCode: (code) => byCode.get(code),
    subjectByRegistrationNo: (number) => byNumber.get(number) ?? undefined,
    personByIndex: (index) => byIndex.get(index),
    personIndex: indexOf,
    departmentByCode: (code) => departments.get(code),
    listByCode: (code) => lists.get(code),
  };
}

function subjects(session: Session, codes: readonly string[], numbers: readonly string[]): Promise<SubjectRow[]> {
  if (codes.length + numbers.length === 0) return Promise.resolve([]);
  const named = numbers.length > 0 ? sql`or (n.registration_no = any(${numbers}) and not n.provisional)` : sql``;
  return session.query<SubjectRow>(sql`
    select s.id, s.code, n.code as "askedCode", s.kind, s.provisional, n.registration_no as "registrationNo", s.name_key as "nameKey",
      array(select f.name_key from subject_former_name f where f.subject_id = s.id) as "formerNames",
      array(select a.code from subject a where a.merged_into = s.id and a.code is not null) as "absorbedCodes"
    from subject n ${JOIN_SURVIVOR} where n.code = any(${codes}) ${named}`);
}

async function persons(session: Session, indexes: readonly string[], keys: Keys): Promise<Map<string, SubjectFacts>> {
  const found = await session.query<
    SealedIdentity & WrappedKey & { id: string; survivor: string; index: string; indexes: string[] }
  >(sql`
    select p.subject_id as id, s.id as survivor, encode(p.blind_index, 'hex') as index, ${IDENTITY_COLUMNS},
      array(select encode(o.blind_index, 'hex') from subject a join person_identity o on o.subject_id = a.id
        where a.merged_into = s.id) || (select encode(o.blind_index, 'hex') from person_identity o where o.subject_id = s.id)
        as indexes
    from ${SEALED_IDENTITY} join subject n on n.id = p.subject_id ${JOIN_SURVIVOR} where p.blind_index = any(${indexes.map((index) => Buffer.from(index, 'hex'))})`);
  return new Map(
    found.map(({ id, survivor, index, indexes: all, ...sealed }) => [
      index,
      {
        id: survivor,
        code: null,
        kind: 'NATURAL_PERSON',
        provisional: false,
        names: [levelled(openIdentity(keys, id, sealed).name)],
        identities: all.length > 1 ? all.map((one) => `document:${one}`) : [],
      },
    ]),
  );
}
