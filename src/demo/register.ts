import type { DemoOrganisation } from './cast.js';
import { DEPARTMENTS } from './cast.js';
import { ALL_ORGANISATIONS } from './organisations.js';
import type { DemoRecord, ReportAge, Row } from './rows.js';
import { REGISTERED_AT, RENAMED_AT, slashed } from './rows.js';

/** 市场主体登记: everybody as once registered, and then those that took another name. */
export function registrations(): DemoRecord[] {
  const first = ALL_ORGANISATIONS.map((one) => registered(one, REGISTERED_AT, one.formerName ?? one.name));
  const renamed = ALL_ORGANISATIONS.filter(({ formerName }) => formerName).map((one) =>
    registered(one, RENAMED_AT, one.name),
  );
  return [...first, ...renamed];
}

function registered(one: DemoOrganisation, age: ReportAge, name: string): DemoRecord {
  const row: Row = {
    DJ_TYSHXYDM: one.code,
    DJ_ZTMC: name,
    DJ_ZTLX: one.class,
    DJ_FDDBR: one.representative,
    DJ_GSZCH: one.registrationNo ?? '',
    DJ_CLRQ: slashed(one.registeredOn),
    DJ_ZS: one.address,
    DJ_HYDM: one.industry,
    DJ_DJJG: DEPARTMENTS.APPROVAL.name,
    DJ_ZT: one.state,
  };
  return { item: 'DJ_SCZT', department: 'APPROVAL', age, documentNo: '', row };
}
