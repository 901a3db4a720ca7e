import { type DemoOrganisation, ORGANISATIONS, PERSONS } from './cast.js';
import { LABELS, LICENCE_REVOKED, MARKET_OFFENCES, type Offence, OTHER_OFFENCES, PERSON_OFFENCES } from './offences.js';
import { ALL_PERSONS, CROWD } from './organisations.js';
import {
  type DemoRecord,
  decidedBy,
  decidedOn,
  documentNo,
  type Fate,
  OPEN_ENDED,
  organisationHead,
  personHead,
  type ReportAge,
  type Row,
  slashed,
  tenThousands,
} from './rows.js';
import { seeded } from './seeded.js';

const MARKET_AGES: readonly ReportAge[] = [0, 0, 21, 21, 63, 63, 126, 210, 330, 900, 2000];
// The others report seldom; two of each offence, on the same day.
const OTHER_AGE: ReportAge = 210;
const TWICE = [0, 1];

interface Decision {
  readonly head: Row;
  readonly offence: Offence;
  readonly age: ReportAge;
  readonly before: number;
  readonly serial: number;
}

function decided(
  item: 'XZCF_FR' | 'XZCF_ZRR',
  today: string,
  { head, offence, age, before, serial }: Decision,
): DemoRecord {
  const day = decidedOn(today, age, before);
  const number = documentNo(offence.word, day, serial);
  const { fine, confiscated, licence } = offence;
  const row = {
    ...head,
    CF_WSH: number,
    CF_WFXW: offence.violation,
    CF_SY: offence.facts,
    CF_YJ: offence.basis,
    CF_CFLB: offence.kinds,
    CF_NR: contentOf(offence),
    CF_NR_FK: fine === undefined ? '' : tenThousands(fine),
    CF_NR_WFFF: confiscated === undefined ? '' : tenThousands(confiscated),
    CF_NR_ZKDX: licence ?? '',
    CF_JDRQ: slashed(day),
    CF_YXQ: OPEN_ENDED,
    ...decidedBy(offence.department, ['CF_CFJG', 'CF_CFJGDM', 'CF_SJLY', 'CF_SJLYDM']),
  };
  return { item, department: offence.department, age, documentNo: number, row };
}

function contentOf({ kinds, fine, confiscated }: Offence): string {
  const amounts = [
    ...(fine === undefined ? [] : [`罚款人民币${fine}元`]),
    ...(confiscated === undefined ? [] : [`没收人民币${confiscated}元`]),
  ];
  return [kinds.replaceAll(';', '、'), ...amounts].join('；');
}

const fate =
  (state: Fate['state'], daysAgo: number, reason: string) =>
  (record: DemoRecord): DemoRecord => ({
    ...record,
    fate: { state, daysAgo, reason, documentNo: `${record.documentNo}（${state === 'REVOKED' ? '撤销' : '修复'}）` },
  });
const repaired = fate('REPAIRED', 10, '失信行为已纠正，准予信用修复');
const revoked = fate('REVOKED', 12, '行政复议决定撤销原处罚');

/** Penalties of organisations, of every class and state, those of the cast first. */
export function organisationPenalties(today: string): DemoRecord[] {
  const random = seeded('penalties');
  let serial = 0;
  const punish = (whom: DemoOrganisation, offence: Offence, age: ReportAge): DemoRecord => {
    serial += 1;
    const head = organisationHead('CF', whom, age);
    return decided('XZCF_FR', today, { head, offence, age, before: random.whole(6), serial });
  };
  const {
    licenceRevoked,
    bigFine,
    individualBusiness,
    marketOffender,
    wageArrears,
    safetyOffender,
    repaired: mended,
  } = ORGANISATIONS;
  const cast = [
    punish(licenceRevoked, LICENCE_REVOKED, 210),
    punish(bigFine, { ...(OTHER_OFFENCES[2] as Offence), fine: 3_200_000 }, 210),
    punish(individualBusiness, LABELS, 63),
    punish(marketOffender, MARKET_OFFENCES[4] as Offence, 126),
    punish(wageArrears, OTHER_OFFENCES[7] as Offence, 210),
    punish(safetyOffender, OTHER_OFFENCES[1] as Offence, 210),
    repaired(punish(mended, MARKET_OFFENCES[3] as Offence, 126)),
  ];
  const crowd = Array.from({ length: 110 }, (_, i) => {
    const record = punish(random.pick(CROWD), random.pick(MARKET_OFFENCES), random.pick(MARKET_AGES));
    if (record.age < 63 || record.age > 900) return record;
    return i % 9 === 0 ? repaired(record) : i % 13 === 0 ? revoked(record) : record;
  });
  const others = OTHER_OFFENCES.flatMap((offence) => TWICE.map(() => punish(random.pick(CROWD), offence, OTHER_AGE)));
  const personal = punish(CROWD[7] as DemoOrganisation, LABELS, 0);
  const told = `经营标签不符合规定的预包装食品，经办人${PERSONS.permitOnly.name}（身份证${PERSONS.permitOnly.number}，电话19900000002）`;
  const all = [...cast, ...crowd, ...others, { ...personal, row: { ...personal.row, CF_SY: told } }];
  return [...all, ...reportedAgain(all), ...refused((whom) => punish(whom, LABELS, 0))];
}

/** Two of three weeks ago come again today: one with a fact put right, one as it was. */
function reportedAgain(all: readonly DemoRecord[]): DemoRecord[] {
  const [first, second] = all.filter(({ department, age }) => department === 'MARKET' && age === 21);
  if (!first || !second) return [];
  return [
    { ...first, age: 0, row: { ...first.row, CF_SY: `${first.row['CF_SY']}（更正：案发地为示例路）` } },
    { ...second, age: 0 },
  ];
}

function refused(punish: (whom: DemoOrganisation) => DemoRecord): DemoRecord[] {
  const [one, two, three] = CROWD as [DemoOrganisation, DemoOrganisation, DemoOrganisation, ...DemoOrganisation[]];
  const spoiled = (record: DemoRecord, spoil: Row): DemoRecord => ({ ...record, row: { ...record.row, ...spoil } });
  const twice = punish(three);
  return [
    spoiled(punish(one), { CF_NR_FK: '' }),
    spoiled(punish(two), { CF_NR_FK: '三千元' }),
    twice,
    spoiled(twice, { BZ: '重复报送' }),
  ];
}

/** Penalties of natural persons, never public. */
export function personPenalties(today: string): DemoRecord[] {
  const random = seeded('person penalties');
  let serial = 0;
  return [PERSONS.permitAndPenalty, ...ALL_PERSONS.slice(66)].map((whom) => {
    serial += 1;
    const offence = serial === 1 ? (PERSON_OFFENCES[0] as Offence) : random.pick(PERSON_OFFENCES);
    const age = serial === 1 ? 63 : random.pick<ReportAge>([63, 900]);
    const head = personHead('CF', whom);
    const record = decided('XZCF_ZRR', today, { head, offence, age, before: random.whole(6), serial });
    return random.once(8)
      ? { ...record, row: { ...record.row, CF_SY: `${offence.facts}，联系电话19900000003` } }
      : record;
  });
}
