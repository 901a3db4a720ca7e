import { type Actor, ANONYMOUS } from './actor.js';

/** As what a patrol runs that nobody asked for: the scheduled one, and the operator's command. */
export const PATROLLER: Actor = { ...ANONYMOUS, role: 'AUDITOR', user: 'hub patrol', purpose: 'AUDIT' };
