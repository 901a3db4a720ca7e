import type { Actor, ActorDepartment } from '../../permissions/actor.js';
import { HubError } from '../../platform/errors.js';

/** The department for which the actor acts. @throws FORBIDDEN without one: the act would be nobody's */
export function departmentOf({ department }: Actor): ActorDepartment {
  if (department) return department;
  throw new HubError('FORBIDDEN', { zh: '须以部门身份办理', en: 'only a department may do this' });
}
