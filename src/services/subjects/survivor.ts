import { sql } from '../../platform/sql.js';

/**
 * Of a subject `n`, the one `s` that it stands for today: itself, or whom it was merged into. `case`, not `coalesce`:
 * Postgres does not take that one for leakproof, and under row security would read the whole register for it.
 */
export const JOIN_SURVIVOR = sql`join subject s on s.id = case when n.merged_into is null then n.id else n.merged_into end`;
