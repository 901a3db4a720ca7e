import { exampleRow } from '../catalogue/examples.js';
import { itemOf } from '../catalogue/index.js';
import type { CatalogueItem, FieldPart } from '../catalogue/types.js';
import { DEPARTMENTS, type DemoFunction, type DemoOrganisation, type DemoPerson } from './cast.js';
import { ALL_PERSONS, CROWD } from './organisations.js';
import { type DemoRecord, decidedOn, documentNo, type ReportAge, type Row, slashed } from './rows.js';

// Two rows of every other channel, about those whose fates are left to chance: nothing follows from any of them.
const OF_ORGANISATIONS = `JYYC CPCC FLFW SFCP SFZX SHBX YBJG NSZT NSXY GJJ CCWL ZSCQ_QL ZSCQ_SX YSZT YDZT YQZT DXZT
  CXRY XYCN HTLY HYPJ`.split(/\s+/);
const OF_PERSONS = ['ZYZG', 'ZXZL_MD'];
const REGISTERS = ['DJ_SHTT', 'DJ_SYDW'];
const AGE: ReportAge = 21;

const enterprises = CROWD.filter(({ code }) => code.startsWith('91'));
const registered = (item: string) => CROWD.filter(({ code }) => code.startsWith(item === 'DJ_SHTT' ? '52' : '12'));

/** 社保, 医保, 纳税, 公积金, 水, 电, 气, 电信 and the others, as their departments report them. */
export function otherChannels(today: string): DemoRecord[] {
  let serial = 0;
  const day = slashed(decidedOn(today, AGE, 3));
  const make = (code: string, whom: (item: CatalogueItem) => Row): DemoRecord => {
    const item = itemOf(code) as CatalogueItem;
    const [first] = item.providerFunctions;
    const department = (first === 'ANY' ? 'MARKET' : first) as DemoFunction;
    serial += 1;
    const number = documentNo('示', day, serial);
    const days = item.fields.filter(({ type, required }) => type === 'DATE' && required === true);
    const row = exampleRow(item, DEPARTMENTS[department], serial, {
      ...Object.fromEntries(days.map(({ name }) => [name, day])),
      ...at(item, { documentNo: number }),
      ...whom(item),
    });
    return { item: code, department, age: AGE, documentNo: number, row };
  };
  return [
    ...OF_ORGANISATIONS.flatMap((code, i) =>
      enterprises.slice(60 + 2 * i, 62 + 2 * i).map((one) => make(code, (item) => organisation(item, one))),
    ),
    ...OF_PERSONS.flatMap((code, i) =>
      ALL_PERSONS.slice(60 + 2 * i, 62 + 2 * i).map((one) => make(code, (item) => person(item, one))),
    ),
    ...REGISTERS.flatMap((code) =>
      registered(code)
        .slice(0, 2)
        .map((one) => make(code, (item) => registration(item, one))),
    ),
  ];
}

/** Values by what they are to the hub, under the item's own field codes. */
function at({ fields }: CatalogueItem, values: Partial<Record<FieldPart, string>>): Row {
  return Object.fromEntries(
    fields.flatMap(({ name, part }) => (part && values[part] !== undefined ? [[name, values[part] as string]] : [])),
  );
}

const organisation = (item: CatalogueItem, { name, code }: DemoOrganisation): Row =>
  at(item, { subjectName: name, subjectCode: code });

const person = (item: CatalogueItem, { name, number }: DemoPerson): Row =>
  at(item, { subjectName: name, personDocumentNumber: number });

const registration = (item: CatalogueItem, one: DemoOrganisation): Row => ({
  ...organisation(item, one),
  ...at(item, {
    representative: one.representative,
    registeredOn: slashed(one.registeredOn),
    address: one.address,
    registrationState: one.state,
  }),
});
