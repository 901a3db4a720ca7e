import type { Role } from '../../../src/permissions/roles.js';
import { CONSENTING, CONSENTS, callerOf, purposeOf, SELVES, YESTERDAY } from '../cast.js';
import { entry } from './entries.js';
import { commitment } from './others.js';
import { record } from './records.js';
import { departmentId, digest, newId, referenceTo, type Standing, type World } from './world.js';

export const POWER = newId();

export async function consent(
  world: World,
  situation: string,
  about: string,
  columns: Record<string, unknown> = {},
  standing?: Standing,
): Promise<string> {
  const id = (columns.id as string | undefined) ?? newId();
  await world.insert('consent', {
    id,
    kind: 'CONSENT',
    subject_id: world.subject(about),
    subject_kind: about === 'consenting' ? 'NATURAL_PERSON' : 'ENTERPRISE',
    recipient_role: 'AGENCY',
    ...('recipient_role' in columns ? {} : { recipient_user: 'somebody else' }),
    labels: ['AUTHORISED', 'PERSONAL'],
    item_ids: [],
    purpose: 'COMMENDATION',
    expires_on: '2099-12-31',
    document_no: `示例授〔2026〕${world.rows.length}号`,
    document_hash: digest(),
    granted_on: YESTERDAY,
    granted_by: 'somebody else',
    ...columns,
  });
  return world.add('Consent', situation, id, standing);
}

const TAKEN = { department_id: departmentId('hall'), witness: '示例见证人' };
const HIDDEN = { public_from: null, public_until: null, expires_on: '2031-01-10', severity: 'MINOR' };
const LISTED = { state: 'LISTED', listed_on: '2026-02-01', ends_on: '2029-01-31' };

/** One person consents to each role that consents are given to; what else it has stays closed to them. */
export async function seedConsents(world: World): Promise<void> {
  for (const [role, { id, use }] of Object.entries(CONSENTS) as [
    Role & keyof typeof CONSENTS,
    { id: string; use: string },
  ][]) {
    const { user } = callerOf(role).actor;
    const recipient =
      role === 'SERVICE_HALL' ? { recipient_department_id: departmentId('hall') } : { recipient_user: user };
    const columns = { id, recipient_role: role, ...recipient, purpose: purposeOf(role), ...TAKEN };
    await consent(world, 'to the caller', 'consenting', columns, { only: [role] });
    await world.insert('consent_use', {
      consent_id: id,
      n: 1,
      use_id: use,
      actor: user,
      role,
      at: '2026-11-01T00:00:00Z',
    });
  }
  // Every column has a value somewhere: of each kind of recipient, with a count, with items, withdrawn.
  await consent(world, 'by own', 'own', {
    uses: 3,
    item_ids: [referenceTo('item', 'XZCF_FR')],
    withdrawn_on: YESTERDAY,
  });
  await consent(world, 'by own', 'own', {
    recipient_role: 'SERVICE_HALL',
    recipient_department_id: departmentId('another'),
    ...TAKEN,
  });
  await consent(world, 'of others', 'another');
  await consent(
    world,
    'power of the caller',
    'another',
    {
      id: POWER,
      kind: 'POWER_OF_ATTORNEY',
      recipient_role: 'SUBJECT',
      agent_id: SELVES.person,
      labels: [],
      purpose: null,
      ...TAKEN,
    },
    { self: 'person' },
  );
  await record(world, 'of a consenting person', 'consenting', HIDDEN);
  await record(world, 'of a consenting person by a government item', 'consenting', {
    ...HIDDEN,
    disclosure: 'GOVERNMENT',
  });
  await record(world, 'of a consenting person revoked', 'consenting', {
    ...HIDDEN,
    state: 'REVOKED',
    revoked_on: YESTERDAY,
  });
  await entry(world, 'of a consenting person', 'consenting', 'another', LISTED);
  await entry(world, 'of a consenting person proposed', 'consenting', 'another', { state: 'PROPOSED' });
  await commitment(world, 'of a consenting person', 'consenting', 'another');
  if (world.subject('consenting') !== CONSENTING) throw new Error('another person consents than the cast says');
}
