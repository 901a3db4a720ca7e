import fc from 'fast-check';
import { RENEWED } from './county.js';

/** A fault of the rule catalogue, put into a row that was right: which columns say what. */
export interface Fault {
  readonly rule: string;
  readonly changes: Readonly<Record<string, unknown>>;
}

/** What every item has under its own prefix: permits XK_, penalties CF_. */
const shared = (prefix: string): Fault[] => [
  { rule: 'USCC_INVALID', changes: { [`${prefix}XDR_SHXYM`]: '914403001922038217' } },
  { rule: 'REQUIRED_MISSING', changes: { [`${prefix}NR`]: '' } },
  { rule: 'REQUIRED_MISSING', changes: { [`${prefix}NR`]: null } },
  { rule: 'SUBJECT_KIND_MISMATCH', changes: { [`${prefix}XDR_LB`]: '自然人' } },
  { rule: 'DATE_INVALID', changes: { [`${prefix}JDRQ`]: '2026-02-30' } },
  { rule: 'DATE_IN_FUTURE', changes: { [`${prefix}JDRQ`]: '2098-01-01' } },
  { rule: 'ENUM_UNKNOWN', changes: { [`${prefix}XDR_LB`]: '外星人' } },
  { rule: 'FULL_WIDTH', changes: { [`${prefix}XDR_SHXYM`]: '９１370830MA9YYY010N' } },
  { rule: 'LETTER_CASE', changes: { [`${prefix}XDR_SHXYM`]: '91370830ma9yyy010n' } },
  { rule: 'WHITESPACE', changes: { [`${prefix}NR`]: '　示例内容　' } },
  { rule: 'DATE_FORMAT', changes: { [`${prefix}JDRQ`]: '2026年3月2日' } },
  { rule: 'LATE_REPORT', changes: { [`${prefix}JDRQ`]: '2026-01-05' } },
  { rule: 'NAME_MISMATCH', changes: { [`${prefix}XDR_MC`]: '另一名称有限公司' } },
  { rule: 'SUBJECT_NOT_IN_REGISTRY', changes: { [`${prefix}XDR_SHXYM`]: RENEWED } },
  {
    rule: 'NO_UNIFIED_CODE',
    changes: { [`${prefix}XDR_LB`]: '个体工商户', [`${prefix}XDR_SHXYM`]: '00000000000000000X' },
  },
  {
    rule: 'LINKED_BY_REGISTRATION_NO',
    changes: { [`${prefix}XDR_SHXYM`]: '', [`${prefix}XDR_GSZC`]: '370830200000006' },
  },
  { rule: 'PERSONAL_DATA_IN_TEXT', changes: { [`${prefix}NR`]: '电话 13800005678' } },
  { rule: 'VALUE_TOO_LONG', changes: { [`${prefix}NR`]: '示'.repeat(4_001) } },
];

const OF_PERMITS: Fault[] = [
  { rule: 'OUTSIDE_CATALOGUE', changes: { XK_LYDWDM: '91330100799655058B' } },
  { rule: 'DATE_ORDER', changes: { XK_YXQZ: '2026-03-02', XK_YXQZI: '2026-03-01' } },
  { rule: 'AUTHORITY_UNKNOWN', changes: { XK_XKJGDM: '11370800MB28559184' } },
  { rule: 'JUNK_FILLER', changes: {} },
  { rule: 'JUNK_BLANK', changes: {} },
  { rule: 'JUNK_HEADER', changes: {} },
  { rule: 'CLASS_PUBLIC', changes: {} },
];
const OF_PENALTIES: Fault[] = [
  { rule: 'OUTSIDE_CATALOGUE', changes: { CF_SY: '当事人血型为 O' } },
  { rule: 'AMOUNT_INVALID', changes: { CF_CFLB: '罚款', CF_NR_FK: '二千元' } },
  { rule: 'CLASS_UNDECIDED', changes: { CF_CFLB: '行政拘留', CF_JDRQ: '2026-05-10', CF_YXQ: '2027-05-10' } },
  { rule: 'CLASS_MINOR', changes: { CF_CFLB: '警告', CF_JDRQ: '2026-05-10', CF_YXQ: '2027-05-10' } },
  { rule: 'CLASS_GENERAL', changes: { CF_CFLB: '罚款', CF_NR_FK: '3', CF_JDRQ: '2026-05-10', CF_YXQ: '2027-05-10' } },
  { rule: 'CLASS_SERIOUS', changes: { CF_CFLB: '罚款', CF_NR_FK: '30', CF_JDRQ: '2026-05-10', CF_YXQ: '2027-05-10' } },
];
const OF_PERSONS: Fault[] = [
  { rule: 'CITIZEN_ID_INVALID', changes: { XK_XDR_ZJHM: '370830198502300014' } },
  { rule: 'CLASS_NOT_PUBLIC', changes: {} },
];

export const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  XZXK_FR: [...shared('XK_'), ...OF_PERMITS],
  XZCF_FR: [...shared('CF_'), ...OF_PENALTIES],
  XZXK_ZRR: OF_PERSONS,
};

/** What a row of a batch is made of: which document it is about, which faults it has, and what else stands where. */
export interface Sketch {
  readonly document: number;
  readonly faults: readonly number[];
  readonly noise: readonly (readonly [place: number, value: unknown])[];
}

/** Cells that nobody meant: of another type, of other letters, nested, with what SQL, JSON or a terminal might choke on. */
const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom<unknown>('\u0000', "'; drop table subject; --", '=1+1', '\ud800', '٢٠٢٦', '  ', 'null', '-', '１'),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 }),
  fc.dictionary(fc.string({ maxLength: 3 }), fc.integer(), { maxKeys: 2 }),
);

export const sketches = fc.record({
  item: fc.constantFrom('XZXK_FR', 'XZXK_FR', 'XZCF_FR', 'XZCF_FR', 'XZXK_ZRR'),
  asOf: fc.constantFrom('2026-11-18T00:00:00Z', '2026-11-19T00:00:00Z', '2026-11-20T00:00:00Z'),
  rows: fc.array(
    fc.record({
      document: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 900 })),
      faults: fc.array(fc.nat(1_000), { maxLength: 2 }),
      noise: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(60), noise), { maxLength: 3 }) },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  ),
});
export type Batch = typeof sketches extends fc.Arbitrary<infer T> ? T : never;
