import { createHash } from 'node:crypto';

/** Columns whose every value becomes a text that stands nowhere else; what decides or is compared stays as it is. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  subject: ['name', 'registration_no', 'representative', 'address', 'industry_code', 'registration_state'],
  subject_representative: ['name'],
  former_name: ['name'],
  credit_record: [
    'document_no',
    'document_name',
    'category',
    'certificate_name',
    'certificate_no',
    'content',
    'violation',
    'facts',
    'basis',
    'values',
  ],
  list_entry: ['reason', 'document_no', 'proposed_by'],
  commitment: ['content', 'made_by'],
  consent: ['recipient_user', 'document_no', 'granted_by', 'witness'],
  credit_check: ['receipt_no', 'case_no', 'checked_by'],
  import_batch: ['submitted_by', 'unknown_columns'],
  import_row: ['values'],
  collection_agreement: ['document_no', 'end_reason', 'end_document_no', 'proposed_by', 'confirmed_by'],
  market_record: ['agreement_no', 'document_no', 'values'],
  access_event: ['actor', 'case_no', 'receipt_no'],
  sealed_case: ['case_no', 'document_no', 'reason', 'sealed_by', 'lift_document_no', 'lift_reason', 'lifted_by'],
};
const NUMBERS: Readonly<Record<string, readonly string[]>> = { credit_record: ['fine', 'confiscation'] };

/** A text that stands in one place of the database, and a number. */
export const MARK = /暗[0-9a-f]{12}|(?<![\w-])8700\d{5}(?![\w-])/g;

type Row = Readonly<Record<string, unknown>>;

/** Puts a sentinel in the place of every value, and remembers of which columns they are. */
export class Planter {
  /** `table.column` → sentinels */
  readonly planted = new Map<string, string[]>();
  #numbers = 870_000_000;

  plant = (table: string, row: Row): Record<string, unknown> => {
    const planted: Record<string, unknown> = { ...row };
    for (const column of TEXTS[table] ?? []) {
      if (row[column] != null && !this.#stays(table, column, row))
        planted[column] = this.#text(table, column, row, row[column]);
    }
    for (const column of NUMBERS[table] ?? []) {
      if (row[column] == null) continue;
      planted[column] = ++this.#numbers;
      this.#note(table, column, String(this.#numbers));
    }
    return planted;
  };

  #stays(table: string, column: string, row: Row): boolean {
    // masked in place; whole only beside it (seed/world.ts has their secrets)
    if (row['personal_text'] === true && ['credit_record', 'list_entry', 'commitment'].includes(table))
      return ['document_name', 'content', 'violation', 'facts', 'basis', 'reason', 'values'].includes(column);
    if (table === 'subject' && column === 'name') return row['kind'] === 'NATURAL_PERSON';
    if (table === 'subject' && column === 'representative') return row['kind'] === 'INDIVIDUAL_BUSINESS';
    // to whom a consent is given decides; so does the law that a penalty rests on
    if (column === 'recipient_user') return row[column] !== 'somebody else';
    return column === 'basis' && String(row[column]).includes('食品安全法');
  }

  #text(table: string, column: string, row: Row, value: unknown, at = ''): unknown {
    if (Array.isArray(value)) return value.map((one, i) => this.#text(table, column, row, one, `${at}.${i}`));
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, this.#text(table, column, row, one, `${at}.${key}`)]),
      );
    }
    if (typeof value !== 'string') return value;
    // A case is met by its number, so that equal ones stay equal.
    const place = column === 'case_no' ? value : `${row['id'] ?? row['subject_id'] ?? row['batch_id']}${at}`;
    const mark = `暗${createHash('sha256').update(`${column}|${place}`).digest('hex').slice(0, 12)}`;
    this.#note(table, column, mark);
    return mark;
  }

  #note(table: string, column: string, mark: string): void {
    const place = `${table}.${column}`;
    this.planted.set(place, [...(this.planted.get(place) ?? []), mark]);
  }
}
