import { LABEL_NAMES, type Label } from './labels.js';
import {
  active,
  agreed,
  always,
  both,
  checked,
  consented,
  current,
  either,
  given,
  governmentBody,
  isPublic,
  masked,
  named,
  never,
  organisation,
  own,
  ownDepartment,
  type Predicate,
  provided,
  providedOrDecided,
  ran,
  reachable,
  readable,
  sent,
  shared,
  told,
  withCase,
  withPurpose,
} from './predicates.js';
import type { Role } from './roles.js';
import type { RowClass } from './rows.js';

/** Which rows a role reads (reference.md, Who may), by class of row. Postgres obeys it as row security. */
type Rows = Record<RowClass, Predicate>;
/** Which fields of those rows, by label. graphql-shield obeys it; side tables of a label obey it in Postgres too. */
type Fields = Record<Label, Predicate>;

/** Unlisted means no. */
const onlyFields = (cells: Partial<Fields>): Fields => ({
  ...(Object.fromEntries(LABEL_NAMES.map((label) => [label, never])) as Fields),
  ...cells,
});

const NO_ROWS: Rows = {
  organisation: never,
  person: never,
  record: never,
  entry: never,
  commitment: never,
  check: never,
  batch: never,
  event: never,
  consent: never,
  finding: never,
  inspection: never,
  message: never,
  exchangeCase: never,
  exchange: never,
  seal: never,
  notice: never,
  merge: never,
  agreement: never,
  market: never,
};
/**
 * Organisations, and what is public about them: the ten publicities and the lists while public (条例 art. 20), and why a
 * decision that was public is so no more (行政处罚法 art. 48), which names nobody.
 */
const PUBLIC_ROWS: Rows = { ...NO_ROWS, organisation: always, record: isPublic, entry: isPublic, notice: isPublic };

const found = both(current, checked);
const fromOthers = both(withPurpose(), organisation, active, shared);
/** 条例 art. 17, 21: of market information, whom the agreement names, for the purposes that it names, while it counts. */
const toldByAgreement = both(withPurpose(), current, told);
/** 条例 art. 22: own data without a purpose, others' with one; a person only where the department has acted on it. */
const DEPARTMENT_ROWS: Rows = {
  organisation: always,
  person: reachable,
  record: either(isPublic, both(current, ownDepartment), found, fromOthers),
  entry: either(isPublic, both(current, ownDepartment), found, fromOthers),
  commitment: either(both(current, ownDepartment), found, fromOthers),
  check: ran,
  batch: ownDepartment,
  event: never,
  consent: never,
  finding: ownDepartment,
  inspection: ownDepartment,
  message: never,
  exchangeCase: ownDepartment,
  exchange: never,
  seal: ownDepartment,
  notice: either(isPublic, ownDepartment),
  merge: never,
  agreement: never,
  market: toldByAgreement,
};
const DEPARTMENT_FIELDS = onlyFields({
  OPEN: always,
  GOVERNMENT: readable,
  COLLECTED: readable,
  PERSONAL: either(providedOrDecided, checked),
});
/** 条例 art. 21, 个人信息保护法 art. 13: a natural person whole, if the consent opens PERSONAL; else masked. */
const personalByConsent = either(consented, masked(named));
const consentedRecord = both(current, consented);
const consentedEntry = both(active, consented);
const CONSENTED_ROWS: Rows = {
  ...PUBLIC_ROWS,
  person: named,
  record: either(isPublic, consentedRecord),
  entry: either(isPublic, consentedEntry),
  commitment: consentedRecord,
  consent: given,
  batch: sent,
  agreement: provided,
  market: either(both(current, provided), consentedRecord),
};
const CONSENTED_FIELDS = onlyFields({
  OPEN: always,
  GOVERNMENT: consented,
  AUTHORISED: consented,
  PERSONAL: personalByConsent,
  SECRET: consented,
  COLLECTED: readable,
});
const PUBLIC_FIELDS = onlyFields({ OPEN: always });

/** 条例 art. 59, 网络安全等级保护 8.1.4.3: the auditor reads by case, never by curiosity. */
const byCase = both(withPurpose('AUDIT'), withCase);
const forStatistics = both(withPurpose('STATISTICS'), organisation, current);
const forOffice = both(withPurpose(), current);

/** The policy: one literal, from which row security, shield, documents and the roles' root fields are compiled. */
export const MATRIX = {
  PUBLIC: { rows: PUBLIC_ROWS, fields: PUBLIC_FIELDS },
  SUBJECT: {
    rows: {
      organisation: always,
      person: own,
      record: either(isPublic, own),
      entry: either(isPublic, own),
      commitment: own,
      check: own,
      batch: never,
      event: own,
      consent: either(own, given),
      finding: never,
      inspection: never,
      message: never,
      exchangeCase: never,
      exchange: never,
      seal: never,
      notice: isPublic,
      merge: never,
      agreement: never,
      market: own,
    },
    fields: onlyFields({
      OPEN: always,
      GOVERNMENT: own,
      AUTHORISED: own,
      PERSONAL: own,
      AUDIT: own,
      COLLECTED: own,
    }),
  },
  SERVICE_HALL: {
    rows: {
      organisation: always,
      person: either(reachable, named),
      record: either(isPublic, found, consentedRecord),
      entry: either(isPublic, found, consentedEntry),
      commitment: either(found, consentedRecord),
      check: ran,
      batch: never,
      event: never,
      consent: given,
      finding: ownDepartment,
      inspection: ownDepartment,
      message: never,
      exchangeCase: never,
      exchange: never,
      seal: never,
      notice: isPublic,
      merge: never,
      agreement: never,
      market: either(toldByAgreement, consentedRecord),
    },
    fields: onlyFields({
      OPEN: always,
      GOVERNMENT: readable,
      COLLECTED: readable,
      AUTHORISED: consented,
      PERSONAL: either(checked, personalByConsent),
      SECRET: consented,
    }),
  },
  DEPARTMENT: { rows: DEPARTMENT_ROWS, fields: DEPARTMENT_FIELDS },
  COURT: { rows: DEPARTMENT_ROWS, fields: DEPARTMENT_FIELDS },
  CREDIT_OFFICE: {
    rows: {
      organisation: always,
      person: either(withPurpose(), reachable),
      record: either(forOffice, found),
      entry: either(forOffice, found),
      commitment: either(forOffice, found),
      check: ran,
      batch: withPurpose(),
      event: never,
      consent: never,
      // 汶政字〔2022〕9号：巡查检查由县发展和改革局牵头; who looked at whom stays with the auditor (label AUDIT).
      finding: withPurpose(),
      inspection: withPurpose(),
      message: never,
      exchangeCase: withPurpose(),
      exchange: always,
      seal: never,
      notice: either(isPublic, withPurpose()),
      merge: withPurpose(),
      agreement: always,
      market: toldByAgreement,
    },
    fields: onlyFields({
      OPEN: always,
      GOVERNMENT: readable,
      COLLECTED: readable,
      PERSONAL: either(checked, masked(withPurpose())),
    }),
  },
  ANALYST: {
    rows: {
      ...NO_ROWS,
      organisation: always,
      record: forStatistics,
      entry: forStatistics,
      commitment: forStatistics,
      notice: isPublic,
    },
    fields: onlyFields({ OPEN: always, GOVERNMENT: readable }),
  },
  GOVERNMENT_OFFICE: {
    rows: {
      ...PUBLIC_ROWS,
      record: either(isPublic, both(withPurpose(), current, governmentBody)),
      entry: either(isPublic, both(withPurpose(), current, governmentBody)),
      commitment: both(withPurpose(), current, governmentBody),
    },
    fields: onlyFields({ OPEN: always, GOVERNMENT: readable }),
  },
  ORGANISATION_DEPARTMENT: { rows: PUBLIC_ROWS, fields: PUBLIC_FIELDS },
  CADRE_OFFICER: { rows: PUBLIC_ROWS, fields: PUBLIC_FIELDS },
  AGENCY: { rows: CONSENTED_ROWS, fields: CONSENTED_FIELDS },
  ASSOCIATION: { rows: CONSENTED_ROWS, fields: CONSENTED_FIELDS },
  // What its agreement lists (exchange_agreement), as messages; an empty scope means nothing. It sees what it sent.
  EXCHANGE: {
    rows: { ...NO_ROWS, batch: either(ownDepartment, sent), message: agreed },
    fields: onlyFields({ OPEN: always, GOVERNMENT: readable, COLLECTED: readable }),
  },
  // The three administrators stay apart (三员分立): none of them adds to another.
  SYSTEM_ADMIN: { rows: NO_ROWS, fields: PUBLIC_FIELDS },
  SECURITY_ADMIN: { rows: NO_ROWS, fields: onlyFields({ OPEN: always, CONTROL: always }) },
  AUDITOR: {
    rows: {
      organisation: byCase,
      person: byCase,
      record: byCase,
      entry: byCase,
      commitment: byCase,
      check: byCase,
      batch: byCase,
      event: withPurpose('AUDIT'),
      consent: byCase,
      finding: withPurpose('AUDIT'),
      inspection: withPurpose('AUDIT'),
      message: never,
      exchangeCase: byCase,
      exchange: never,
      seal: withPurpose('AUDIT'),
      notice: byCase,
      merge: byCase,
      agreement: byCase,
      market: byCase,
    },
    fields: onlyFields({
      OPEN: always,
      GOVERNMENT: readable,
      AUTHORISED: readable,
      PERSONAL: byCase,
      SECRET: byCase,
      AUDIT: withPurpose('AUDIT'),
      COLLECTED: readable,
    }),
  },
} as const satisfies Record<Role, { rows: Rows; fields: Fields }>;

export const rowsOf = (role: Role): Rows => MATRIX[role].rows;
export const fieldsOf = (role: Role): Fields => MATRIX[role].fields;
