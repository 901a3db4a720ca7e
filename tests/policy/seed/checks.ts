import type { Role } from '../../../src/permissions/roles.js';
import { fromGlobalId } from '../../../src/platform/ids.js';
import type { Hub } from '../../kit/hub.js';
import { callerOf, tokenOf, YESTERDAY } from '../cast.js';
import { entry } from './entries.js';
import { commitment } from './others.js';
import { record } from './records.js';
import { codes, people } from './subjects.js';
import { departmentId, type World } from './world.js';

export const CHECKERS = ['SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT'] as const satisfies readonly Role[];

/** A penalty that is public no more and still stands in the way of a food licence (reference.md, SPJYXK). */
const STRUCK_OFF = {
  categories: ['吊销许可证件'],
  basis: '《中华人民共和国食品安全法》第一百二十四条',
  severity: 'SERIOUS',
  decided_on: '2022-12-01',
  public_from: '2022-12-01',
  public_until: '2025-12-01',
  expires_on: '2027-12-01',
};

const CHECK = 'mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { id receiptNo } } }';

/** Runs every checker's own checks through the verb, and lets one record that they found be revoked afterwards. */
export async function seedOwnChecks(world: World, hub: Hub): Promise<Map<Role, string>> {
  await record(world, 'found by own check', 'checked', STRUCK_OFF);
  const revoked = await record(world, 'found by own check then revoked', 'checked', STRUCK_OFF);
  await commitment(world, 'found by own check', 'checked', 'another', { state: 'BREACHED' });
  await entry(world, 'of a person found by own check', 'person checked', 'another', {
    state: 'LISTED',
    listed_on: '2026-02-01',
    ends_on: '2029-01-31',
  });
  const receipts = new Map<Role, string>();
  const inputs = [
    { code: codes.get('checked'), matter: 'SPJYXK' },
    { code: codes.get('checked'), matter: 'RCSPCN' },
    { person: people.get('person checked'), matter: 'SPJYXK' },
    { code: codes.get('business checked'), matter: 'SPJYXK' },
  ];
  for (const role of CHECKERS) {
    const token = await tokenOf(hub, callerOf(role));
    const standing = role === 'DEPARTMENT' ? { except: CHECKERS.filter((other) => other !== role) } : { only: [role] };
    for (const input of inputs) {
      const { data, errors } = await hub.graphql(CHECK, { input }, { token });
      if (errors.length > 0) throw new Error(`${role} could not check: ${JSON.stringify(errors)}`);
      const { id, receiptNo } = data.checkCredit.check;
      if (!receipts.has(role)) receipts.set(role, receiptNo);
      world.add('CreditCheck', 'run by the caller', fromGlobalId(id)?.uuid as string, standing);
    }
  }
  await world.owner.query(`update credit_record set state = 'REVOKED', revoked_on = $2 where id = $1`, [
    revoked,
    YESTERDAY,
  ]);
  await world.owner.query(
    `update credit_check set case_no = '示例案2号', name_matches = true where department_id <> $1`,
    [departmentId('another')],
  );
  return receipts;
}
