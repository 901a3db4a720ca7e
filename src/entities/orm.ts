import { MikroORM } from '@mikro-orm/postgresql';
import { type OrmOptions, ormOptions } from './connection.js';
import { ENTITIES } from './index.js';

export { isMigrated, migrate } from './migrate.js';

/** The unit of work over the weak login. Every request forks its `em`; reads never go through it. */
export function openOrm(appUrl: string, options: OrmOptions = {}): Promise<MikroORM> {
  return MikroORM.init({ ...ormOptions(appUrl, options), entities: [...ENTITIES] });
}
