import type { Actor } from './actor.js';

/** Depths, ages and counts without anybody's data: what the machine's operator looks after. */
export const mayReadMetrics = ({ role }: Actor): boolean => role === 'SYSTEM_ADMIN';
