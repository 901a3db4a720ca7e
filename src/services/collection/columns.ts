import { isForbiddenHeader } from '../../catalogue/rules/forbidden.js';
import type { CatalogueField } from '../../catalogue/types.js';
import type { Rejection } from './issues.js';
import { maskText } from './masking.js';
import type { ItemPlan } from './plan.js';
import { clean, levelled } from './text.js';

/** Where a column's values go: to the field at that place, nowhere, or nowhere and the row with them (条例 art. 42). */
export type Target = number | 'dropped' | 'forbidden';

/** A cell that could not be read for what it said. */
export interface UnreadCell {
  readonly place: number;
  readonly code: Extract<Rejection, 'DIGITS_LOST' | 'CELL_ERROR'>;
}

/** One row as it came, by the places of the item's fields. */
export interface RawRow {
  readonly cells: readonly string[];
  /** a column of forbidden content had a value */
  readonly forbidden: boolean;
  /** cells of a workbook that are blank here because what stood in them is not what was meant */
  readonly unread?: readonly UnreadCell[];
}

/** The first column of a workbook of rejected rows. It is read by people, and dropped when the rows come back. */
export const REASONS_HEADER = '退回原因';

const MANY = 200;

/** Finds the field of a header by its Chinese name or field code, whatever brackets, width, case and spaces. */
export class Columns {
  readonly #fields: ReadonlyMap<string, number>;
  readonly #blank: ReadonlySet<string>;
  readonly #targets = new Map<string, Target>();
  readonly #unknown: string[] = [];
  readonly #width: number;
  #known = 0;

  constructor(
    plan: ItemPlan,
    private readonly today: string,
  ) {
    this.#width = plan.fields.length;
    this.#fields = new Map(plan.fields.flatMap((field, i) => headersOf(field).map((header) => [header, i] as const)));
    this.#blank = new Set([...(plan.item.leftBlank ?? []).flatMap(headersOf), REASONS_HEADER]);
  }

  /** headers that the item lacks, as they came */
  get unknown(): readonly string[] {
    return this.#unknown;
  }

  /** how many of the headers met are the item's */
  get known(): number {
    return this.#known;
  }

  target(header: string): Target {
    const known = this.#targets.get(header);
    if (known !== undefined) return known;
    const target = this.#find(header);
    this.#targets.set(header, target);
    return target;
  }

  /** The targets of a header line: a column that names the same field as one before it is dropped and reported. */
  line(headers: readonly string[]): Target[] {
    const taken = new Set<Target>();
    return headers.map((header) => {
      const target = this.target(header);
      if (typeof target !== 'number') return target;
      if (!taken.has(target)) {
        taken.add(target);
        return target;
      }
      this.#report(header);
      return 'dropped';
    });
  }

  /** A row of values in the order of `line`'s targets. */
  row(targets: readonly Target[], values: readonly string[]): RawRow {
    const cells = new Array<string>(this.#width).fill('');
    let forbidden = false;
    for (let i = 0; i < targets.length && i < values.length; i += 1) {
      const target = targets[i] as Target;
      if (typeof target === 'number') cells[target] = values[i] as string;
      else if (target === 'forbidden' && clean(values[i] as string) !== '') forbidden = true;
    }
    return { cells, forbidden };
  }

  /** A row whose values stand under their headers, as a message brings it. */
  record(values: Readonly<Record<string, unknown>>): RawRow {
    const headers = Object.keys(values);
    return this.row(
      this.line(headers),
      headers.map((header) => textOf(values[header])),
    );
  }

  #find(header: string): Target {
    const level = levelled(clean(header));
    if (level === '') return 'dropped';
    const place = this.#fields.get(level);
    if (place !== undefined) {
      this.#known += 1;
      return place;
    }
    if (this.#blank.has(level)) return 'dropped';
    this.#report(header);
    return isForbiddenHeader(level) ? 'forbidden' : 'dropped';
  }

  #report(header: string): void {
    const text = clean(header).slice(0, MANY);
    const shown = maskText(text, this.today) ?? text;
    if (this.#unknown.length < MANY && !this.#unknown.includes(shown)) this.#unknown.push(shown);
  }
}

const headersOf = ({ name, label, aliases = [] }: CatalogueField): string[] => [name, label, ...aliases].map(levelled);

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
