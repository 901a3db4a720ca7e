import { createHash } from 'node:crypto';
import { requiredWhen } from '../catalogue/conditions.js';
import { assertCatalogue, CATALOGUE } from '../catalogue/index.js';
import { LAW } from '../catalogue/law.js';
import { LISTS } from '../catalogue/lists.js';
import { MATTERS } from '../catalogue/matters.js';
import { MEASURES, TRIGGERS } from '../catalogue/measures.js';
import { CATEGORIES, dataElementOf, nationalCodeOf, standardOf } from '../catalogue/national.js';
import { RULE_SETS } from '../catalogue/rules/index.js';
import { termOf } from '../catalogue/terms.js';
import { lifeOf } from '../catalogue/versions.js';
import { referenceId } from '../platform/ids.js';
import { type Sql, sql } from '../platform/sql.js';

/** Runs one statement as the owner of the tables, inside the caller's transaction. */
export type OwnerQuery = <T>(statement: Sql<T>) => Promise<T[]>;

interface Table {
  readonly name: string;
  /** column and its type in Postgres; the first ones make the row the same row */
  readonly columns: readonly (readonly [string, string])[];
  readonly keys: number;
  readonly rows: readonly object[];
}

const id = ['id', 'uuid'] as const;
const text = (...names: string[]) => names.map((name) => [name, 'text'] as const);

/** All reference data as rows, in an order in which what is named is there already. Ids follow from the codes. */
function tables(): Table[] {
  const basisId = (key: string) => referenceId('basis', key);
  return [
    {
      name: 'legal_basis',
      columns: [id, ...text('key', 'title', 'article', 'rank'), ['valid_from', 'date'], ['valid_to', 'date']],
      keys: 1,
      rows: Object.entries(LAW).map(([key, { title, article, rank, validFrom, validTo }]) => ({
        id: basisId(key),
        key,
        title,
        article,
        rank,
        valid_from: validFrom,
        valid_to: validTo,
      })),
    },
    {
      name: 'catalogue_item',
      columns: [
        id,
        ...text('code', 'name', 'disclosure', 'yields'),
        ['provider_functions', 'text[]'],
        ['subject_kinds', 'text[]'],
        ['fields', 'jsonb'],
        ...text('version'),
        ['effective_from', 'date'],
        ['effective_until', 'date'],
        ['cycle', 'jsonb'],
        ['business_key', 'text[]'],
        ...text('national_category', 'national_code', 'disclosure_term'),
      ],
      keys: 1,
      rows: CATALOGUE.map((item) => ({
        id: referenceId('item', item.code),
        code: item.code,
        name: item.name,
        disclosure: item.disclosure,
        yields: item.yields,
        provider_functions: item.providerFunctions,
        subject_kinds: item.subjectKinds,
        fields: item.fields.map((field) => ({
          name: field.name,
          label: field.label,
          type: field.type,
          required: field.required === true,
          requiredWhen: requiredWhen(field, item),
          options: field.options ?? null,
          maxLength: field.maxLength ?? null,
          security: field.security,
          standard: standardOf(field),
          dataElement: dataElementOf(field),
        })),
        version: lifeOf(item.code)?.version,
        effective_from: lifeOf(item.code)?.from,
        effective_until: lifeOf(item.code)?.until,
        cycle: item.cycle,
        business_key: item.key,
        national_category: CATEGORIES[item.category],
        national_code: nationalCodeOf(item.code),
        disclosure_term: termOf(item),
      })),
    },
    {
      name: 'catalogue_item_basis',
      columns: [
        ['item_id', 'uuid'],
        ['basis_id', 'uuid'],
      ],
      keys: 2,
      rows: CATALOGUE.flatMap(({ code, bases }) =>
        bases.map((key) => ({ item_id: referenceId('item', code), basis_id: basisId(key) })),
      ),
    },
    {
      name: 'rule_set',
      columns: [id, ...text('kind', 'version'), ['effective_from', 'date'], ['definition', 'jsonb']],
      keys: 1,
      rows: RULE_SETS.map(({ kind, version, effectiveFrom, bases, definition }) => ({
        id: referenceId('rule', version),
        kind,
        version,
        effective_from: effectiveFrom,
        definition: { ...(definition as object), bases },
      })),
    },
    {
      name: 'credit_list',
      columns: [
        id,
        ...text('code', 'name', 'color', 'origin', 'function'),
        ['term_months', 'int'],
        ['cycle_days', 'int'],
      ],
      keys: 1,
      rows: LISTS.map((list) => ({
        id: referenceId('list', list.code),
        code: list.code,
        name: list.name,
        color: list.color,
        origin: list.origin,
        function: list.function,
        term_months: list.termMonths,
        cycle_days: list.cycleDays,
      })),
    },
    {
      name: 'credit_list_basis',
      columns: [
        ['list_id', 'uuid'],
        ['basis_id', 'uuid'],
      ],
      keys: 2,
      rows: LISTS.flatMap(({ code, bases }) =>
        bases.map((key) => ({ list_id: referenceId('list', code), basis_id: basisId(key) })),
      ),
    },
    {
      name: 'measure',
      columns: [id, ...text('code', 'name', 'kind')],
      keys: 1,
      rows: MEASURES.map((measure) => ({ id: referenceId('measure', measure.code), ...measure })),
    },
    {
      name: 'service_matter',
      columns: [id, ...text('code', 'name', 'function', 'national_code')],
      keys: 1,
      rows: MATTERS.map(({ nationalCode, ...matter }) => ({
        id: referenceId('matter', matter.code),
        ...matter,
        national_code: nationalCode,
      })),
    },
    {
      name: 'measure_trigger',
      columns: [
        id,
        ['measure_id', 'uuid'],
        ['matter_id', 'uuid'],
        ['list_id', 'uuid'],
        ...text('penalty_kind', 'penalty_law'),
        ['within_months', 'int'],
        ['breached_commitment', 'boolean'],
        ...text('effect'),
        ['basis_id', 'uuid'],
      ],
      keys: 1,
      rows: TRIGGERS.map(({ matter, measure, list, penalty, breachedCommitment, effect, basis }) => ({
        id: referenceId('trigger', `${matter}/${measure}/${list ?? penalty?.kind ?? 'breach'}`),
        measure_id: referenceId('measure', measure),
        matter_id: referenceId('matter', matter),
        list_id: list ? referenceId('list', list) : null,
        penalty_kind: penalty?.kind ?? null,
        penalty_law: penalty?.law ?? null,
        within_months: penalty?.withinMonths ?? null,
        breached_commitment: breachedCommitment ?? false,
        effect,
        basis_id: basisId(basis),
      })),
    },
  ];
}

/**
 * Loads all reference data, as the owner, in the caller's transaction: adds what is missing, puts right what changed,
 * never gives a code another id and never deletes. Does nothing when this version's data is what was loaded last.
 * @returns whether anything had to be loaded
 * @throws {Error} that names every fault of the reference data, before anything is written
 */
export async function loadReferenceData(query: OwnerQuery): Promise<boolean> {
  assertCatalogue();
  const loads = tables();
  const hash = createHash('sha256').update(JSON.stringify(loads)).digest('hex');
  await query(
    sql`create table if not exists reference_loaded (hash text not null, at timestamptz not null default clock_timestamp())`,
  );
  const [last] = await query<{ hash: string }>(sql`select hash from reference_loaded order by at desc limit 1`);
  if (last?.hash === hash) return false;
  for (const table of loads) await load(query, table);
  await query(sql`insert into reference_loaded (hash) values (${hash})`);
  return true;
}

function load(query: OwnerQuery, { name, columns, keys, rows }: Table): Promise<unknown[]> {
  const names = columns.map(([column]) => `"${column}"`);
  const changed = names.slice(keys);
  const update =
    changed.length > 0
      ? `do update set ${changed.map((column) => `${column} = excluded.${column}`).join(', ')}`
      : 'do nothing';
  return query(sql`
    insert into ${sql.raw(name)} (${sql.raw(names.join(', '))})
    select ${sql.raw(names.join(', '))} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(${sql.raw(columns.map(([column, type]) => `"${column}" ${type}`).join(', '))})
    on conflict (${sql.raw(names.slice(0, keys).join(', '))}) ${sql.raw(update)}`);
}
