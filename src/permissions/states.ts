import { once, setting } from './predicates.js';

// Texts of SQL that row security, the functions beneath it and the reads say alike.

export const today = setting('today', 'date');
export const subject = setting('subject', 'uuid');
/** 归并 The subject that the caller is, and those that have turned out to be it: what names one of them is about it. */
export const subjectGroup = once((of) => `subject_group(${of('subject')}::uuid)`);
export const department = setting('department', 'uuid');
export const functions = `string_to_array(${setting('functions')}, ',')`;

/** The state that a row has today, without a job that turns it: the last day counts, the day after does not. */
export const RECORD_STATE = `case when state = 'ACTIVE' and expires_on < ${today} then 'EXPIRED' else state end`;
export const ENTRY_STATE = `case when state in ('LISTED', 'SUSPENDED') and ends_on < ${today} then 'EXPIRED' else state end`;

// `least` passes over nulls: an end that is not set is no end.
export const lasts = (...ends: string[]) =>
  `coalesce(${ends.length > 1 ? `least(${ends.join(', ')})` : ends[0]}, 'infinity') >= ${today}`;
export const recordActive = `(state = 'ACTIVE' and ${lasts('expires_on')})`;
export const RECORD_PUBLIC = `(subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= ${today} and ${lasts('expires_on', 'public_until')})`;
export const entryActive = `(state = 'LISTED' and listed_on <= ${today} and ${lasts('ends_on')})`;
export const ENTRY_PUBLIC = `(subject_kind <> 'NATURAL_PERSON' and ${entryActive})`;
export const exists = (from: string, where: string) => `exists (select 1 from ${from} where ${where})`;

export const role = setting('role');
/** 授权书 in force for this caller and this purpose. `k` is a row of consent. */
export const consentFits = `k.kind = 'CONSENT' and k.withdrawn_on is null and k.expires_on >= ${today} and k.purpose = ${setting('purpose')}
    and k.recipient_role = ${role} and (k.recipient_department_id = ${department} or k.recipient_user = ${setting('user')})`;

/** 委托书 in force by which this caller may act for its subject. */
export const POWER_IN_FORCE = `(kind = 'POWER_OF_ATTORNEY' and recipient_role = ${role} and agent_id = ${subject} and withdrawn_on is null and expires_on >= ${today})`;
/** The state of a consent today; only its uses are counted, and only by whom it may be read. */
const used = '(select count(*)::int from consent_use u where u.consent_id = id)';
export const CONSENT_STATE = `case when withdrawn_on is not null then 'WITHDRAWN' when expires_on < ${today} then 'EXPIRED' when uses <= ${used} then 'EXHAUSTED' else 'ACTIVE' end`;
export const CONSENT_USES_LEFT = `case when uses is not null then greatest(uses - ${used}, 0) end`;

/** The state of a seal today; a case is sealed while one of its seals is SEALED. */
export const SEAL_STATE = `case when lifted_on is not null then 'LIFTED' when sealed_until < ${today} then 'ENDED' else 'SEALED' end`;

/** States in which a finding still waits for somebody, and whether it has waited too long. */
export const FINDING_PENDING = `state in ('OPEN', 'ASSIGNED', 'EXPLAINED')`;
export const FINDING_OVERDUE = `(${FINDING_PENDING} and due_on < ${today})`;
export const INSPECTION_ITEM_STATE = `case when result is null then 'DRAWN' when result = 'CONFORMS' then 'CONFORMS' when accepted_on is not null then 'ACCEPTED' when rectified_on is not null then 'RECTIFIED' else 'TO_RECTIFY' end`;
export const INSPECTION_ITEM_OVERDUE = `(result in ('TO_RECTIFY', 'VIOLATION') and rectified_on is null and due_on < ${today})`;

/** 归集共享协议 The state today: the last day counts. */
export const AGREEMENT_STATE = `case when state = 'IN_FORCE' and valid_to < ${today} then 'ENDED' else state end`;

/** What anybody can read today, as row security says it: what a patrol looks through for what should not be there. */
