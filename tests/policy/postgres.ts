import type pg from 'pg';
import { type Actor, settingsOf } from '../../src/permissions/actor.js';
import { TODAY } from './cast.js';

/** Tables by the GraphQL type of their rows. */
export const TABLE_OF: Readonly<Record<string, string>> = {
  Organisation: 'subject',
  NaturalPerson: 'subject',
  PermitRecord: 'credit_record',
  PenaltyRecord: 'credit_record',
  CatalogueRecord: 'credit_record',
  ListEntry: 'list_entry',
  Commitment: 'commitment',
  Consent: 'consent',
  SubjectMerge: 'subject_merge',
  CollectionAgreement: 'collection_agreement',
  MarketRecord: 'market_record',
  CreditCheck: 'credit_check',
  ImportBatch: 'import_batch',
  ExchangeCase: 'exchange_case',
  AccessEvent: 'access_event',
  PatrolFinding: 'patrol_finding',
  Inspection: 'inspection',
  InspectionItem: 'inspection_item',
  SealedCase: 'sealed_case',
  Department: 'department',
  LegalBasis: 'legal_basis',
  CatalogueItem: 'catalogue_item',
  CreditList: 'credit_list',
  Measure: 'measure',
  ServiceMatter: 'service_matter',
};

/** Runs `work` on the weak login with an actor's settings, as the hub does, and takes everything back. */
export async function asWeakLogin<T>(client: pg.Client, actor: Actor, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const settings = Object.entries(settingsOf(actor, TODAY)).flat();
    const calls = Array.from(
      { length: settings.length / 2 },
      (_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, true)`,
    );
    await client.query(`select ${calls.join(', ')}`, settings);
    return await work();
  } finally {
    await client.query('rollback');
  }
}

/** Which of these rows Postgres gives: `column` names what is asked for. */
export async function given(client: pg.Client, table: string, ids: readonly string[], column = 'id') {
  const { rows } = await client.query(`select ${column}::text as id from ${table} where ${column} = any($1)`, [ids]);
  return new Set(rows.map(({ id }) => id as string));
}
