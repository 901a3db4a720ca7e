import { type Sql, sql } from '../../platform/sql.js';

export const commitmentsWhere = ({ state }: { state: string | null }): Sql[] => (state ? [sql`state = ${state}`] : []);
