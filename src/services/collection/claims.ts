import { ORGANISATION_KINDS, type SubjectKind } from '../../catalogue/types.js';
import { canonicalDocument, isUnifiedCode, PLACEHOLDER_CODE } from './identifiers.js';
import type { Lookups, SubjectFacts } from './lookups.js';
import { maskName } from './masking.js';
import type { ItemPlan } from './plan.js';
import { levelled } from './text.js';
import type { TidyRow } from './tidy.js';

/** Whom a row is about, as far as the row and the register say. */
export type Claim =
  | { readonly by: 'code'; readonly code: string; readonly subject: SubjectFacts | undefined }
  | { readonly by: 'registrationNo'; readonly subject: SubjectFacts }
  /**
   * an individual business without a code: found again by its record alone, never joined to another; its operator counts
   * as the public sees it, so that what was exported is found again
   */
  | { readonly by: 'nobody'; readonly identity: string }
  | {
      readonly by: 'document';
      readonly type: string;
      readonly number: string;
      readonly index: string;
      readonly subject: SubjectFacts | undefined;
    };

export type ClaimFault = 'REQUIRED_MISSING' | 'USCC_INVALID' | 'CITIZEN_ID_INVALID';

export const INDIVIDUAL = '个体工商户';

/** reference.md, Rows: codes. A fault where the row names nobody that could be meant. */
export function claimOf(plan: ItemPlan, row: TidyRow, lookups: Lookups, received: string): Claim | ClaimFault {
  const value = (part: Parameters<ItemPlan['at']>[0]) => row.values[plan.at(part)] ?? '';
  if (plan.at('personDocumentNumber') >= 0) {
    const type = value('personDocumentType');
    const sent = value('personDocumentNumber');
    if (type === '' || sent === '') return 'REQUIRED_MISSING';
    const number = canonicalDocument(type, sent, received);
    if (number === null) return 'CITIZEN_ID_INVALID';
    const index = lookups.personIndex(type, number);
    return { by: 'document', type, number, index, subject: lookups.personByIndex(index) };
  }
  const code = value('subjectCode');
  if (code !== '' && code !== PLACEHOLDER_CODE) {
    return isUnifiedCode(code) ? { by: 'code', code, subject: lookups.subjectByCode(code) } : 'USCC_INVALID';
  }
  const number = value('registrationNo');
  const linked = number === '' ? undefined : lookups.subjectByRegistrationNo(number);
  if (linked) return { by: 'registrationNo', subject: linked };
  if (code === '') return 'REQUIRED_MISSING';
  // the register names everybody it holds, and a list nobody without a code
  const mayBeNameless = plan.item.yields !== 'SUBJECT' && plan.item.yields !== 'LIST_ENTRY';
  return mayBeNameless && value('subjectCategory') === INDIVIDUAL
    ? { by: 'nobody', identity: `${levelled(value('subjectName'))}|${maskName(levelled(value('representative')))}` }
    : 'USCC_INVALID';
}

/** What makes two rows be about the same subject, for the business key. */
export function identityOf(claim: Claim): string {
  switch (claim.by) {
    case 'code':
      return `code:${claim.code}`;
    case 'registrationNo':
      return claim.subject.code ? `code:${claim.subject.code}` : `id:${claim.subject.id}`;
    case 'document':
      return `document:${claim.index}`;
    case 'nobody':
      return `nobody:${claim.identity}`;
  }
}

/** The code that the subject is known by, if any. */
export const codeOf = (claim: Claim): string | null =>
  claim.by === 'code' ? claim.code : claim.by === 'registrationNo' ? claim.subject.code : null;

const BY_CODE: readonly (readonly [string, SubjectKind])[] = [
  ['11', 'GOVERNMENT_BODY'],
  ['12', 'PUBLIC_INSTITUTION'],
  ['13', 'SOCIAL_ORGANISATION'],
  ['5', 'SOCIAL_ORGANISATION'],
  ['91', 'ENTERPRISE'],
  ['92', 'INDIVIDUAL_BUSINESS'],
  ['93', 'COOPERATIVE'],
];
const BY_CATEGORY: Readonly<Record<string, SubjectKind>> = {
  企业: 'ENTERPRISE',
  个体工商户: 'INDIVIDUAL_BUSINESS',
  农民专业合作社: 'COOPERATIVE',
  分支机构: 'BRANCH',
  社会组织: 'SOCIAL_ORGANISATION',
  事业单位: 'PUBLIC_INSTITUTION',
  机关单位: 'GOVERNMENT_BODY',
  其他组织: 'OTHER_ORGANISATION',
};

/** By GB 32100's first two places; a prefix that is not known is an organisation of another kind, not an error. */
export const kindOfCode = (code: string): SubjectKind =>
  BY_CODE.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'OTHER_ORGANISATION';

/** By the register's own 主体类型; the code decides between company and cooperative, where the register says 企业. */
export function kindOfRegister(category: string, code: string): SubjectKind {
  const kind = BY_CATEGORY[category] ?? kindOfCode(code);
  return kind === 'ENTERPRISE' && kindOfCode(code) === 'COOPERATIVE' ? 'COOPERATIVE' : kind;
}

/** Whether the item is about that kind of subject; every kind of organisation alike, unless the item names fewer. */
function isOfItem({ item: { subjectKinds, yields } }: ItemPlan, claim: Claim): boolean {
  if (subjectKinds.length === ORGANISATION_KINDS.length || claim.by === 'document') return true;
  const code = codeOf(claim);
  const known = claim.by === 'nobody' ? 'INDIVIDUAL_BUSINESS' : claim.subject?.kind;
  // the register says itself what kind a subject is: the row's own word counts, and its code
  const kind = yields === 'SUBJECT' && code !== null ? kindOfCode(code) : known;
  return subjectKinds.includes(kind ?? kindOfCode(code ?? ''));
}

/** Whether the row's class of subject, the item, and the code's own class contradict each other. */
export function kindMismatch(plan: ItemPlan, category: string, claim: Claim): boolean {
  if (!isOfItem(plan, claim)) return true;
  if (plan.at('subjectCategory') < 0) return false;
  const ofPersons = plan.item.subjectKinds.includes('NATURAL_PERSON');
  if (plan.item.yields !== 'SUBJECT') {
    if (ofPersons) return category === '法人及非法人组织' || category === INDIVIDUAL;
    if (category === '自然人') return true;
  }
  const code = codeOf(claim);
  if (code === null) return false;
  return (kindOfCode(code) === 'INDIVIDUAL_BUSINESS') !== (category === INDIVIDUAL);
}
