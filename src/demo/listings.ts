import { LISTS } from '../catalogue/lists.js';
import { addDays, addMonths } from '../platform/clock.js';
import { type DemoFunction, idOf, ORGANISATIONS, PERSONS } from './cast.js';
import { CROWD } from './organisations.js';
import { documentNo } from './rows.js';

/** States of an OWN list's entry; EXPIRED is LISTED with its last day behind it, as the calendar makes it. */
export const OWN_STATES = [
  'PROPOSED',
  'NOTIFIED',
  'LISTED',
  'SUSPENDED',
  'REPAIRED',
  'EXPIRED',
  'REVOKED',
  'WITHDRAWN',
] as const;
export type OwnState = (typeof OWN_STATES)[number];

export interface DemoEntry {
  readonly id: string;
  readonly list: string;
  readonly department: DemoFunction;
  /** code of an organisation, or a person's id */
  readonly subject: string;
  readonly state: OwnState;
  readonly reason: string;
  readonly documentNo: string;
  readonly proposedOn: string;
  readonly servedOn: string | null;
  readonly listedOn: string | null;
  readonly endsOn: string | null;
  readonly removedOn: string | null;
  readonly note: string;
}

interface OwnList {
  readonly code: string;
  readonly department: DemoFunction;
  readonly word: string;
  readonly reason: string;
  /** who is in which state; whoever is left out comes from the crowd */
  readonly cast: Partial<Record<OwnState, readonly { readonly code: string }[]>>;
}

const { wageArrears, proposed, notified, suspended, repaired, expired, revoked, withdrawn } = ORGANISATIONS;
const OWN_LISTS: readonly OwnList[] = [
  {
    code: 'TQNMGGZ',
    department: 'HRSS',
    word: '人社拟列',
    reason: '拖欠农民工工资数额较大，经责令限期支付逾期未支付',
    cast: {
      PROPOSED: [proposed],
      NOTIFIED: [notified],
      LISTED: [wageArrears],
      SUSPENDED: [suspended],
      REPAIRED: [repaired],
      EXPIRED: [expired],
      REVOKED: [revoked],
      WITHDRAWN: [withdrawn],
    },
  },
  {
    code: 'SCJG_YZWF',
    department: 'MARKET',
    word: '市监拟列',
    reason: '因违反食品安全规定受到较重行政处罚',
    cast: { LISTED: [ORGANISATIONS.marketOffender] },
  },
  {
    code: 'AQSC_YZSX',
    department: 'EMERGENCY',
    word: '应急拟列',
    reason: '存在重大事故隐患拒不整改，受到较重行政处罚',
    cast: { LISTED: [ORGANISATIONS.safetyOffender] },
  },
  {
    code: 'CXDF',
    department: 'DEVELOPMENT_REFORM',
    word: '发改拟列',
    reason: '连续三年诚信经营，经评选为诚信典范',
    cast: { LISTED: [ORGANISATIONS.honestModel] },
  },
];

const NOTE: Record<OwnState, string> = {
  PROPOSED: '拟列入',
  NOTIFIED: '告知',
  LISTED: '确认列入',
  EXPIRED: '确认列入',
  SUSPENDED: '暂停公示和惩戒',
  REPAIRED: '准予信用修复',
  REVOKED: '据以列入的决定被撤销',
  WITHDRAWN: '申辩成立，不予列入',
};
// Each list draws from a stretch of the crowd of its own, behind those of the RECEIVED lists.
const FIRST_OF_CROWD = 62;
const STRETCH = 10;

/** Entries of OWN lists in every state. */
export function ownEntries(today: string): DemoEntry[] {
  return OWN_LISTS.flatMap((list, place) => {
    const crowd = CROWD.slice(FIRST_OF_CROWD + place * STRETCH, FIRST_OF_CROWD + (place + 1) * STRETCH).values();
    const entries = OWN_STATES.flatMap((state) => {
      const known = list.cast[state] ?? [];
      const wanted = state === 'LISTED' ? 3 : 1;
      const more = Array.from({ length: wanted - known.length }, () => crowd.next().value as { code: string });
      return [...known, ...more].map((one, i) => entryOf(today, list, state, one.code, i));
    });
    return list.code === 'TQNMGGZ' ? [...entries, responsiblePerson(today, list)] : entries;
  });
}

/** The person responsible for unpaid wages, named with numbers that only some may see. */
function responsiblePerson(today: string, list: OwnList): DemoEntry {
  const { id, name, number } = PERSONS.responsible;
  const entry = entryOf(today, list, 'LISTED', id, 9);
  return { ...entry, reason: `${name}（身份证${number}，电话19900000004）作为直接责任人员，${list.reason}` };
}

function entryOf(
  today: string,
  { code, department, word, reason }: OwnList,
  state: OwnState,
  subject: string,
  i: number,
): DemoEntry {
  const months = LISTS.find((list) => list.code === code)?.termMonths ?? null;
  const before = (day: string, days: number) => addDays(day, -days);
  // how long ago the state was reached, far enough for each step to have had its days
  const listed = state === 'EXPIRED' ? before(addMonths(today, -(months ?? 0)), 40) : before(today, 200 + i * 17);
  const isListed = !['PROPOSED', 'NOTIFIED', 'WITHDRAWN'].includes(state);
  const proposedOn = state === 'PROPOSED' ? before(today, 3) : isListed ? before(listed, 30) : before(today, 40);
  return {
    id: idOf('entry', `${code} ${state} ${i}`),
    list: code,
    department,
    subject,
    state,
    reason,
    documentNo: documentNo(word, proposedOn, `${OWN_STATES.indexOf(state) + 1}-${i + 1}`),
    proposedOn,
    servedOn: state === 'PROPOSED' ? null : addDays(proposedOn, 4),
    listedOn: isListed ? listed : null,
    endsOn: isListed && months !== null ? addMonths(listed, months) : null,
    removedOn: state === 'REPAIRED' || state === 'REVOKED' ? before(today, 15) : null,
    note: NOTE[state],
  };
}
