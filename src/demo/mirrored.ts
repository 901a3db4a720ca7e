import { LISTS } from '../catalogue/lists.js';
import { addDays, addMonths } from '../platform/clock.js';
import { type DemoFunction, type DemoOrganisation, ORGANISATIONS } from './cast.js';
import { CROWD } from './organisations.js';
import { type DemoRecord, documentNo, OPEN_ENDED, type ReportAge, slashed } from './rows.js';

interface Mirrored {
  readonly list: string;
  readonly department: DemoFunction;
  readonly word: string;
  readonly reason: string;
  /** in force */
  readonly listed: readonly DemoOrganisation[];
  readonly expired: readonly DemoOrganisation[];
}

/** Organisations of the crowd, so many from a place on: nobody is taken twice by those who take different places. */
const some = (from: number, count: number): readonly DemoOrganisation[] => CROWD.slice(from, from + count);

const { courtDebtor, dishonestBody, redAndBlack, taxOffender, procurementOffender, redListed } = ORGANISATIONS;
const MIRRORED: readonly Mirrored[] = [
  {
    list: 'SXBZXR',
    department: 'COURT',
    word: '执',
    reason: '有履行能力而拒不履行生效法律文书确定义务',
    listed: [courtDebtor, dishonestBody, redAndBlack, ...some(20, 7)],
    expired: some(27, 3),
  },
  {
    list: 'ZDSSWF',
    department: 'TAX',
    word: '税稽公',
    reason: '虚开增值税专用发票，经税务机关依法确定',
    listed: [taxOffender, ...some(30, 3)],
    expired: some(33, 2),
  },
  {
    list: 'ZFCG_YZSX',
    department: 'FINANCE',
    word: '财采罚',
    reason: '提供虚假材料谋取中标',
    listed: [procurementOffender, ...some(35, 2)],
    expired: some(37, 1),
  },
  {
    list: 'NSXY_A',
    department: 'TAX',
    word: '税信评',
    reason: '年度纳税缴费信用评价为A级',
    listed: [redListed, redAndBlack, ...some(38, 20)],
    expired: some(58, 3),
  },
];

/** Entries of RECEIVED lists, sent by whoever keeps the list. */
export function mirroredEntries(today: string): DemoRecord[] {
  let serial = 0;
  return MIRRORED.flatMap(({ list, department, word, reason, listed, expired }) => {
    const months = LISTS.find(({ code }) => code === list)?.termMonths ?? null;
    const entry = (one: DemoOrganisation, listedOn: string, endsOn: string, age: ReportAge): DemoRecord => {
      serial += 1;
      const number = documentNo(word, listedOn, serial);
      const row = {
        MD_DM: list,
        MD_ZTMC: one.name,
        MD_TYSHXYDM: one.code,
        MD_WSH: number,
        MD_LRSY: reason,
        MD_LRRQ: slashed(listedOn),
        MD_JZRQ: endsOn,
      };
      return { item: 'YZSX_MD', department, age, documentNo: number, row };
    };
    const inForce = listed.map((one, i) => {
      const listedOn = addDays(today, -30 - 11 * i);
      return entry(one, listedOn, months === null ? OPEN_ENDED : slashed(addMonths(listedOn, months)), 0);
    });
    const over = expired.map((one, i) => {
      const endsOn = addDays(today, -20 - 30 * i);
      return entry(one, addMonths(endsOn, -(months ?? 24)), slashed(endsOn), 0);
    });
    return [...inForce, ...over];
  });
}
