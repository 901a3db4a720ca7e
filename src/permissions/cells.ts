import { never, type Predicate } from './predicates.js';
import { ROLE_NAMES, type Role } from './roles.js';

/** Who may, by role. */
export type Cells = Record<Role, Predicate>;

/** Unlisted means no. */
export const only = (cells: Partial<Cells>): Cells => ({
  ...(Object.fromEntries(ROLE_NAMES.map((role) => [role, never])) as Cells),
  ...cells,
});
