import type { Actor } from './actor.js';
import type { Purpose } from './purposes.js';

/** What can be true of a row for an actor. Each guarded table says how it knows (rows.ts); what it can't know denies. */
export type Fact =
  | 'own'
  | 'ownDepartment'
  | 'ownFunction'
  | 'restsOnOwn'
  | 'ran'
  | 'sent'
  | 'checked'
  | 'reachable'
  | 'providedOrDecided'
  | 'public'
  | 'current'
  | 'active'
  | 'organisation'
  | 'governmentBody'
  | 'shared'
  | 'given'
  | 'granted'
  | 'named'
  | 'consented'
  | 'agreed'
  | 'provided'
  | 'told';

/** `purpose`: it would be allowed if a purpose (or case) were stated; `consent`: with a consent that opens it. */
export type Decision = 'yes' | 'masked' | 'purpose' | 'consent' | 'no';

/** One word of the policy's closed vocabulary, with four faces: a name, a sentence, and the same judgement in code and in SQL. */
export interface Predicate {
  name: string;
  zh: string;
  en: string;
  allows(actor: Actor, is: (fact: Fact) => boolean): Decision;
  /** true where the row may be read whole; settings come from `setting` below */
  sql(is: (fact: Fact) => string): string;
  /** what it is an `either` of */
  any?: readonly Predicate[];
}

/** A setting of the transaction as it stands; an absent one is null and equals nothing. */
export const bare = (name: string): string => `nullif(current_setting('hub.${name}', true), '')`;

/** An expression of settings alone, evaluated once a statement and not once a row. */
export const once = (expression: (setting: (name: string) => string) => string): string =>
  `(select ${expression(bare)})`;

/** A setting, evaluated once a statement. */
export const setting = (name: string, type = 'text'): string =>
  once((of) => `${of(name)}${type === 'text' ? '' : `::${type}`}`);

const plain = (name: string, zh: string, en: string, decision: Decision): Predicate => ({
  name,
  zh,
  en,
  allows: () => decision,
  sql: () => (decision === 'yes' ? 'true' : 'false'),
});

export const always = plain('always', '可', 'always', 'yes');
export const never = plain('never', '不可', 'never', 'no');
/** Fields only: Postgres has already judged the row, by the role's row cells. */
export const readable = plain('readable', '随其行', 'wherever the role may read the row', 'yes');

const fact = (name: Fact, zh: string, en: string): Predicate => ({
  name,
  zh,
  en,
  allows: (_actor, is) => (is(name) ? 'yes' : 'no'),
  sql: (is) => is(name),
});

export const own = fact('own', '本人（本单位）的', 'of the subject itself');
export const ownDepartment = fact('ownDepartment', '本部门提供或认定的', 'provided or decided by the own department');
export const ownFunction = fact('ownFunction', '属本部门职能的', "of the own department's function");
export const ran = fact('ran', '本人核查的', 'run by the caller');
export const sent = fact('sent', '本人报送的', 'sent by the caller itself');
export const checked = fact('checked', '本人核查所示的', 'found or named by a check that the caller ran');
export const reachable = fact(
  'reachable',
  '其可见信息所指的',
  'whom a readable record, entry, commitment or check is about',
);
export const providedOrDecided = fact(
  'providedOrDecided',
  '本部门曾提供或认定其信息的',
  'about whom the own department provided or decided a record',
);
export const isPublic = fact('public', '公示期内的', 'while it is public');
export const current = fact('current', '未归档的', 'not archived (expired, repaired, revoked)');
export const active = fact('active', '有效的', 'in force');
export const organisation = fact('organisation', '法人和非法人组织的', 'about organisations');
export const governmentBody = fact('governmentBody', '政府机构的', 'about government bodies');
export const shared = fact('shared', '公开或政务共享类的', 'of items that are PUBLIC or GOVERNMENT');

export const agreed = fact('agreed', '共享协议所列的', 'that the agreement with it lists');
export const provided = fact(
  'provided',
  '本单位依协议报送（订立）的',
  'that the caller itself brought or concluded, as a body of an agreement',
);
export const told = fact(
  'told',
  '归集共享协议许其查询的',
  'that a collection agreement lets the caller’s role read for its purpose',
);
export const given = fact('given', '授予其本人（本单位）的', 'given to the caller');

const byConsent = (name: 'named' | 'consented', zh: string, en: string): Predicate => ({
  ...fact(name, zh, en),
  allows: (_actor, is) => (is(name) ? 'yes' : 'consent'),
});
/** 条例 art. 21. A consent is stated by its id (x-hub-consent); without it nothing opens. */
export const named = byConsent('named', '所持授权书的主体', 'whom the stated consent is about');
export const consented = byConsent('consented', '所持授权书所及的', 'that the stated consent opens');

/** With a stated purpose; given codes, with one of those. */
export const withPurpose = (...purposes: Purpose[]): Predicate => ({
  name: purposes.length ? `withPurpose(${purposes.join(', ')})` : 'withPurpose',
  zh: purposes.length ? `载明用途 ${purposes.join('、')}` : '载明用途',
  en: purposes.length ? `with the purpose ${purposes.join(' or ')}` : 'with a stated purpose',
  allows: ({ purpose }) => (purpose && (!purposes.length || purposes.includes(purpose)) ? 'yes' : 'purpose'),
  sql: () => once(() => statedPurpose(purposes)),
});

function statedPurpose(purposes: readonly Purpose[]): string {
  return purposes.length
    ? `${bare('purpose')} in (${purposes.map((p) => `'${p}'`).join(', ')})`
    : `${bare('purpose')} is not null`;
}

export const withCase: Predicate = {
  name: 'withCase',
  zh: '载明案号',
  en: 'with a case number',
  allows: ({ caseNo }) => (caseNo ? 'yes' : 'purpose'),
  sql: () => once((of) => `${of('case')} is not null`),
};

/** Masked is not whole: where `inner` holds, the masked value is shown, and Postgres keeps the whole one back. */
export const masked = (inner: Predicate): Predicate => ({
  name: `masked(${inner.name})`,
  zh: `${inner.zh}，脱敏`,
  en: `masked, ${inner.en}`,
  allows: (actor, is) => {
    const decision = inner.allows(actor, is);
    return decision === 'yes' ? 'masked' : decision;
  },
  sql: () => 'false',
});

const WEAKEST: readonly Decision[] = ['no', 'consent', 'purpose', 'masked', 'yes'];
const weaker = (a: Decision, b: Decision) => (WEAKEST.indexOf(a) <= WEAKEST.indexOf(b) ? a : b);
const stronger = (a: Decision, b: Decision) => (weaker(a, b) === a ? b : a);

export const both = (...parts: Predicate[]): Predicate => ({
  name: parts.map((p) => (p.name.includes(' or ') ? `(${p.name})` : p.name)).join(' and '),
  zh: parts.map((p) => p.zh).join('且'),
  en: parts.map((p) => p.en).join(', '),
  allows: (actor, is) => parts.map((p) => p.allows(actor, is)).reduce(weaker),
  sql: (is) => `(${parts.map((p) => p.sql(is)).join(' and ')})`,
});

export const either = (...parts: Predicate[]): Predicate => ({
  name: parts.map((p) => p.name).join(' or '),
  zh: parts.map((p) => p.zh).join('；或'),
  en: parts.map((p) => p.en).join('; or '),
  allows: (actor, is) => parts.map((p) => p.allows(actor, is)).reduce(stronger),
  sql: (is) => `(${parts.map((p) => p.sql(is)).join(' or ')})`,
  any: parts,
});
