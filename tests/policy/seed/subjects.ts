import { impossibleCitizenId, unifiedCode } from '../../../src/demo/identifiers.js';
import { maskName, maskNumber } from '../../../src/services/collection/masking.js';
import { levelled } from '../../../src/services/collection/text.js';
import { personIndex, sealIdentity } from '../../../src/services/personal.js';
import { CONSENTING, SELVES, type Self } from '../cast.js';
import { AS_OF, newId, OWN_DEPARTMENTS, type Standing, type World } from './world.js';

export interface SeededPerson {
  number: string;
  name: string;
}
export const people = new Map<string, SeededPerson>();
export const codes = new Map<string, string>();

let serial = 0;
const CODE_PREFIX: Record<string, string> = { INDIVIDUAL_BUSINESS: '92', GOVERNMENT_BODY: '11' };

export async function organisation(
  world: World,
  name: string,
  kind: string,
  more: { id?: string; parent?: string; situation: string; standing?: Standing },
): Promise<string> {
  const id = more.id ?? newId();
  const code = unifiedCode(CODE_PREFIX[kind] ?? '91', `MAWAL${String(++serial).padStart(3, '0')}`);
  const title = `汶上示例${name}`;
  const representative = `示例者${serial}`;
  const business = kind === 'INDIVIDUAL_BUSINESS';
  await world.insert('subject', {
    id,
    kind,
    name: title,
    name_key: levelled(title),
    code,
    registration_no: `3708302${String(serial).padStart(8, '0')}`,
    representative: business ? maskName(representative) : representative,
    provisional: false,
    parent_id: more.parent ?? null,
    registered_on: '2015-03-01',
    address: '山东省济宁市汶上县示例路1号',
    industry_code: 'F52',
    registration_state: '存续',
    as_of: AS_OF,
  });
  if (business) {
    await world.insert('subject_representative', { subject_id: id, name: representative });
    world.secrets.push(representative);
  }
  await world.insert('former_name', {
    id: newId(),
    subject_id: id,
    name: `${title}旧名`,
    name_key: levelled(`${title}旧名`),
    until: '2020-01-31',
  });
  world.subjects.set(name, id);
  codes.set(name, code);
  return world.add('Organisation', more.situation, id, more.standing);
}

export async function person(world: World, key: string, situation: string, standing: Standing = {}, id = newId()) {
  const number = impossibleCitizenId('1955-01-01', ++serial);
  const name = `例${String.fromCodePoint(0x4e00 + serial * 7)}${String.fromCodePoint(0x5300 + serial * 11)}`;
  await world.insert('subject', {
    id,
    kind: 'NATURAL_PERSON',
    name: maskName(name),
    name_key: levelled(maskName(name)),
    id_masked: maskNumber(number),
    as_of: AS_OF,
  });
  const sealed = sealIdentity(await world.dataKey(id), id, { documentType: '身份证', number, name });
  await world.insert('person_identity', {
    subject_id: id,
    document_type: '身份证',
    blind_index: `\\x${personIndex(world.keys, '身份证', number)}`,
    name_sealed: sealed.nameSealed,
    number_sealed: sealed.numberSealed,
  });
  world.secrets.push(number, name);
  world.subjects.set(key, id);
  people.set(key, { number, name });
  return world.add('NaturalPerson', situation, id, standing);
}

const itself = (self: Self) => ({ id: SELVES[self], standing: { self } });

export async function seedSubjects(world: World): Promise<void> {
  const another = await organisation(world, 'another', 'ENTERPRISE', { situation: 'another' });
  await organisation(world, 'own', 'ENTERPRISE', { situation: 'own', ...itself('organisation') });
  await organisation(world, 'checked', 'ENTERPRISE', { situation: 'another' });
  await organisation(world, 'branch', 'BRANCH', { situation: 'branch', parent: another });
  await organisation(world, 'government', 'GOVERNMENT_BODY', { situation: 'government body' });
  const business = 'INDIVIDUAL_BUSINESS';
  await organisation(world, 'business', business, { situation: 'individual business' });
  await organisation(world, 'business checked', business, { situation: 'individual business checked' });
  await organisation(world, 'business own', business, { situation: 'individual business own', ...itself('business') });
  await person(world, 'stranger', 'stranger');
  await person(world, 'person own', 'own', { self: 'person' }, SELVES.person);
  await person(world, 'person checked', 'checked');
  await person(world, 'consenting', 'consenting', {}, CONSENTING);
  for (const [name, standing] of OWN_DEPARTMENTS) {
    await organisation(world, `business of ${name}`, business, { situation: 'individual business acted on', standing });
    await person(world, `person of ${name}`, 'acted on by own department', standing);
    await person(world, `promiser of ${name}`, 'promised to own department', standing);
  }
}
