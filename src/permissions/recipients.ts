import { ROLES, type Role } from './roles.js';

/** To whom a subject may give something in writing, and by what the paper names it. Unlisted means no. */
export const RECIPIENTS = {
  SERVICE_HALL: 'department',
  AGENCY: 'user',
  ASSOCIATION: 'user',
  SUBJECT: 'agent',
} as const satisfies Partial<Record<Role, 'department' | 'user' | 'agent'>>;
export type Recipient = keyof typeof RECIPIENTS;

/** As what an agent acts: as the subject that gave it the power. */
export const AGENT: Recipient = 'SUBJECT';

/** Acts as the subject that it is, and not for others at a counter. */
export const speaksForItself = (role: Role): boolean => (ROLES[role].needs as readonly string[]).includes('subject');
