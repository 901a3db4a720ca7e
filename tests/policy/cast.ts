import type { Actor, ActorDepartment } from '../../src/permissions/actor.js';
import type { Purpose } from '../../src/permissions/purposes.js';
import { ROLE_NAMES, type Role } from '../../src/permissions/roles.js';
import { referenceId, toGlobalId, uuidv7 } from '../../src/platform/ids.js';
import type { Hub, TokenOptions } from '../kit/hub.js';
import type { Stage } from './expected.js';

/** The business date of the walk: the test's rows are dated around it. */
export const TODAY = '2026-11-20';
export const YESTERDAY = '2026-11-19';
export const TOMORROW = '2026-11-21';
export const CASE = '〔2026〕济审字第1号';

const department = (code: string, name: string, functions: string[]): ActorDepartment => ({
  id: referenceId('department', code),
  code,
  name,
  functions,
});

/** Departments by what they are to the walk: `own` is that of DEPARTMENT, `another` nobody's but its own clerks'. */
export const DEPARTMENTS = {
  own: department('11370830YYD000021W', '汶上县人力资源和社会保障局', ['HRSS']),
  another: department('11370830YYD0000057', '汶上县市场监督管理局', ['MARKET']),
  court: department('11370830YYD0001363', '汶上县人民法院', ['COURT']),
  hall: department('11370830YYD0000132', '汶上县行政审批服务局', ['APPROVAL']),
  reform: department('11370830YYD0001288', '汶上县发展和改革局', ['DEVELOPMENT_REFORM']),
  organisation: department('11370830YYD000152Q', '中共汶上县委组织部', ['ORGANISATION']),
  finance: department('11370830YYD000144X', '汶上县财政局', ['FINANCE']),
  exchange: department('11370830YYD0000800', '汶上县公安局', ['PUBLIC_SECURITY']),
} as const;
export type DepartmentName = keyof typeof DEPARTMENTS;

/** In which department a role acts; `own department` in a situation means this one. */
const DEPARTMENT_OF: Partial<Record<Role, DepartmentName>> = {
  SERVICE_HALL: 'hall',
  DEPARTMENT: 'own',
  COURT: 'court',
  CREDIT_OFFICE: 'reform',
  ORGANISATION_DEPARTMENT: 'organisation',
  CADRE_OFFICER: 'organisation',
  GOVERNMENT_OFFICE: 'finance',
  ANALYST: 'finance',
  EXCHANGE: 'exchange',
};

const PURPOSE_OF: Partial<Record<Role, Purpose>> = {
  SUBJECT: 'SELF',
  ANALYST: 'STATISTICS',
  GOVERNMENT_OFFICE: 'SUPERVISION',
  ORGANISATION_DEPARTMENT: 'PERSONNEL',
  AUDITOR: 'AUDIT',
};
/** Roles to which only one purpose opens anything; for them another one is as good as none. */
export const UNFITTING: Partial<Record<Role, Purpose>> = { ANALYST: 'ADMINISTRATIVE_ACTION', AUDITOR: 'STATISTICS' };

export const purposeOf = (role: Role): Purpose => PURPOSE_OF[role] ?? 'ADMINISTRATIVE_ACTION';

/** Whom the role SUBJECT is: the situation of a row says it. */
export const SELVES = { organisation: uuidv7(), person: uuidv7(), business: uuidv7() } as const;
export type Self = keyof typeof SELVES;

/** Which organisation a token of a body names: whose agreement it acts under. */
export const BODIES = { ASSOCIATION: uuidv7(), AGENCY: uuidv7() } as const;
const bodyOf = (role: Role): string | null => BODIES[role as keyof typeof BODIES] ?? null;

/** The consents by which the person who consents is opened: to whom, and a use of each for Postgres alone. */
export const CONSENTS = {
  SERVICE_HALL: { id: uuidv7(), use: uuidv7() },
  ASSOCIATION: { id: uuidv7(), use: uuidv7() },
  AGENCY: { id: uuidv7(), use: uuidv7() },
} as const;
export const CONSENTING = uuidv7();
const consentOf = (role: Role) => CONSENTS[role as keyof typeof CONSENTS];

/** One caller of the walk, as a token and headers for HTTP and as settings for Postgres. */
export interface Caller {
  role: Role;
  self: Self;
  actor: Actor;
  token: TokenOptions | null;
}

export function callerOf(role: Role, self: Self = 'organisation', name = 'walk'): Caller {
  const own = DEPARTMENT_OF[role] ? DEPARTMENTS[DEPARTMENT_OF[role]] : null;
  const subjectId = role === 'SUBJECT' ? SELVES[self] : bodyOf(role);
  const user = role === 'PUBLIC' ? 'anonymous' : `${name} ${role} ${self}`;
  const actor = { role, user, department: own, subjectId, duties: [], purpose: null, caseNo: null };
  const subject = subjectId ? toGlobalId(self === 'person' ? 'NaturalPerson' : 'Organisation', subjectId) : undefined;
  return { role, self, actor, token: role === 'PUBLIC' ? null : { role, user, department: own?.code, subject } };
}

export const stated = ({ actor }: Caller, stage: Stage, purpose = purposeOf(actor.role)): Actor => ({
  ...actor,
  purpose: stage === 'nothing' ? null : purpose,
  caseNo: stage === 'case' ? CASE : null,
  ...(stage === 'consent'
    ? { consent: { use: consentOf(actor.role).use, subjectId: CONSENTING, labels: ['AUTHORISED', 'PERSONAL'] } }
    : {}),
});

const tokens = new WeakMap<Hub, Map<string, Promise<string>>>();

/** A caller's token of this hub, minted once: it is asked for with every request. */
export async function tokenOf(hub: Hub, { token }: Caller): Promise<string | undefined> {
  if (!token) return undefined;
  const known = tokens.get(hub) ?? new Map<string, Promise<string>>();
  tokens.set(hub, known);
  const claims = JSON.stringify(token);
  const minted = known.get(claims) ?? hub.token(token);
  known.set(claims, minted);
  return minted;
}

export async function optionsOf(hub: Hub, caller: Caller, stage: Stage, purpose = purposeOf(caller.role)) {
  const headers: Record<string, string> = {};
  if (stage !== 'nothing') headers['x-hub-purpose'] = purpose;
  if (stage === 'case') headers['x-hub-case'] = encodeURIComponent(CASE);
  if (stage === 'consent') headers['x-hub-consent'] = toGlobalId('Consent', consentOf(caller.role).id);
  return { token: await tokenOf(hub, caller), headers };
}

/** Every role once, and SUBJECT as each of its selves. */
export const CALLERS: readonly Caller[] = ROLE_NAMES.flatMap((role) =>
  role === 'SUBJECT' ? (Object.keys(SELVES) as Self[]).map((self) => callerOf(role, self)) : [callerOf(role)],
);
