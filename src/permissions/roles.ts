/** Who acts. Department, duties and subject are facts of the actor, never part of a role's name. */
export interface RoleText {
  zh: string;
  en: string;
  /** facts without which the role is nobody: a token that lacks one is refused */
  needs: readonly ('department' | 'subject')[];
  /** of the open net: where trusted documents are required, it sends nothing else */
  trustedDocuments?: true;
}

export const ROLES = {
  PUBLIC: { zh: '社会公众', en: 'anyone, without a token', needs: [], trustedDocuments: true },
  SUBJECT: { zh: '信用主体', en: 'an organisation or person about itself', needs: ['subject'], trustedDocuments: true },
  SERVICE_HALL: {
    zh: '政务服务大厅',
    en: 'the service hall at its counter',
    needs: ['department'],
    trustedDocuments: true,
  },
  DEPARTMENT: { zh: '行业主管部门', en: 'a department of the county', needs: ['department'] },
  CREDIT_OFFICE: { zh: '信用管理机构', en: 'the credit office', needs: ['department'] },
  COURT: { zh: '人民法院', en: "the people's court", needs: ['department'] },
  ASSOCIATION: { zh: '行业协会商会', en: 'an industry association', needs: [] },
  ORGANISATION_DEPARTMENT: { zh: '组织部门', en: 'the organisation department', needs: ['department'] },
  CADRE_OFFICER: { zh: '干部人事人员', en: "a unit's cadre staff", needs: ['department'] },
  GOVERNMENT_OFFICE: { zh: '政府办公室', en: 'the government office', needs: ['department'] },
  ANALYST: { zh: '统计分析人员', en: 'an analyst', needs: ['department'] },
  AGENCY: { zh: '信用服务机构', en: 'a credit service agency', needs: [] },
  EXCHANGE: { zh: '共享交换平台', en: 'a platform above or beside the county', needs: [] },
  SYSTEM_ADMIN: { zh: '系统管理员', en: 'runs the system, sees no credit data', needs: [] },
  SECURITY_ADMIN: { zh: '安全管理员', en: 'sees policy and accounts, no credit data', needs: [] },
  AUDITOR: { zh: '安全审计员', en: 'reads the audit log, and by case what it is about', needs: [] },
} as const satisfies Record<string, RoleText>;

export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as Role[];
export const isRole = (name: string): name is Role => Object.hasOwn(ROLES, name);

/** The role of Postgres by which a request acts: it may what the policy prints for it, and logs in nowhere. */
export const postgresRole = (role: Role): string => `hub_${role.toLowerCase()}`;

export const POSTGRES_ROLES: readonly string[] = ROLE_NAMES.map(postgresRole);

export const asksTrustedDocuments = (role: Role): boolean => 'trustedDocuments' in ROLES[role];

/** As what a department acts when it sends its own information: a court is a court. */
export const senderRole = (functions: readonly string[]): Role =>
  functions.includes('COURT') ? 'COURT' : 'DEPARTMENT';
