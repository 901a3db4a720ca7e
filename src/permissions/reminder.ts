import { type Actor, ANONYMOUS } from './actor.js';

/** As what reminders are made out that nobody asked for: it oversees the collection, and reads for that purpose. */
export const REMINDER: Actor = { ...ANONYMOUS, role: 'CREDIT_OFFICE', user: 'hub remind', purpose: 'SUPERVISION' };
