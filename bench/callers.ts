import { DEPARTMENTS } from '../src/demo/cast.js';
import { type Actor, ANONYMOUS, settingsOf } from '../src/permissions/actor.js';
import type { Keys } from '../src/platform/crypto.js';
import { referenceId } from '../src/platform/ids.js';
import { mintDemoToken } from '../src/server/demoIdentity.js';
import type { Clerk } from './limit/server.js';
import { WORKLOADS } from './workloads/index.js';
import type { Workload } from './workloads/types.js';

const department = (one: { code: string; name: string; functions: readonly string[] }) => ({
  id: referenceId('department', one.code),
  ...one,
});

/** Who asks: a clerk of the service hall, an officer with a purpose, anybody. */
const ACTORS: Readonly<Record<Workload['as'], Actor>> = {
  hall: { ...ANONYMOUS, role: 'SERVICE_HALL', user: 'bench-hall', department: department(DEPARTMENTS.APPROVAL) },
  office: {
    ...ANONYMOUS,
    role: 'CREDIT_OFFICE',
    user: 'bench-office',
    department: department(DEPARTMENTS.DEVELOPMENT_REFORM),
    purpose: 'SUPERVISION',
  },
  public: ANONYMOUS,
};

/** Headers for the hub, by caller. */
export async function hubHeaders(keys: Keys): Promise<Record<Workload['as'], Record<string, string>>> {
  const headers = async ({ role, user, department, purpose }: Actor): Promise<Record<string, string>> =>
    role === 'PUBLIC'
      ? {}
      : {
          authorization: `Bearer ${await mintDemoToken(keys, { user, roles: [role], department: department?.code ?? '' }, '12h')}`,
          ...(purpose ? { 'x-hub-purpose': purpose } : {}),
        };
  return { hall: await headers(ACTORS.hall), office: await headers(ACTORS.office), public: {} };
}

/** Settings for PostGraphile, by workload: the same that the hub would set, the verb's powers where it has one. */
export const settingsFor = (today: string): Record<string, Record<string, string>> =>
  Object.fromEntries(
    WORKLOADS.map(({ name, as, writes }) => [
      name,
      { ...settingsOf(ACTORS[as], today), ...(writes ? { 'hub.verb': 'checkCredits' } : {}) },
    ]),
  );

export const clerk: Clerk = {
  departmentId: ACTORS.hall.department?.id ?? '',
  user: ACTORS.hall.user,
  role: ACTORS.hall.role,
};
