import { impossibleCitizenId, registrationNo, unifiedCode } from '../../src/demo/identifiers.js';
import { addDays } from '../../src/platform/clock.js';
import type { Keys } from '../../src/platform/crypto.js';
import { CITIZEN_DOCUMENT } from '../../src/services/collection/identifiers.js';
import { maskName, maskNumber } from '../../src/services/collection/masking.js';
import { levelled } from '../../src/services/collection/text.js';
import { personIndex, sealIdentity } from '../../src/services/personal.js';
import type { Line } from './copy.js';
import type { Source } from './ids.js';
import { organisationName, personName } from './names.js';

export interface MadeSubject {
  readonly id: string;
  readonly kind: string;
  readonly code: string | null;
}

/** One in twenty is a natural person; the others are what a county's register holds. */
const KINDS = [
  ['ENTERPRISE', '91', '有限公司', 60],
  ['INDIVIDUAL_BUSINESS', '92', '商店', 88],
  ['COOPERATIVE', '93', '农民专业合作社', 92],
  ['SOCIAL_ORGANISATION', '52', '商会', 94],
  ['PUBLIC_INSTITUTION', '12', '服务站', 95],
] as const;

export const SUBJECT_COLUMNS = [
  ...['id', 'kind', 'name', 'name_key', 'code', 'registration_no', 'id_masked', 'representative', 'registered_on'],
  ...['address', 'industry_code', 'registration_state', 'as_of', 'revised_by'],
] as const;
export const IDENTITY_COLUMNS = ['subject_id', 'document_type', 'blind_index', 'name_sealed', 'number_sealed'] as const;
export const KEY_COLUMNS = ['subject_id', 'key_id', 'wrapped'] as const;

/** The register: subjects with codes that pass the hub's own checks, and the sealed identities of the persons. */
export function* subjects(
  count: number,
  keys: Keys,
  source: Source,
): Generator<{ line: Line; identity: Line | null; key: Line | null; made: MadeSubject }> {
  const asOf = `${source.today}T00:00:00Z`;
  for (let serial = 1; serial <= count; serial++) {
    const id = source.id();
    const share = serial % 100;
    const kind = KINDS.find(([, , , until]) => share < until);
    if (!kind) {
      yield person(id, serial, keys, asOf);
      continue;
    }
    const [name, prefix, ending] = [kind[0], kind[1], kind[2]];
    const code = unifiedCode(prefix, `YB${String((serial * 7_919) % 1_000_000).padStart(6, '0')}`);
    const called = organisationName(serial, ending);
    const representative = `示例人${serial}`;
    const line: Line = [
      ...[id, name, called, levelled(called), code, prefix.startsWith('9') ? registrationNo(serial) : null, null],
      // of an individual business it is personal, and stands masked
      name === 'INDIVIDUAL_BUSINESS' ? maskName(representative) : representative,
      addDays(source.today, -source.whole(9_000)),
      `山东省济宁市汶上县（演示）示例路${(serial % 999) + 1}号`,
      'F52',
      '存续',
      asOf,
      'bench',
    ];
    yield { line, identity: null, key: null, made: { id, kind: name, code } };
  }
}

function person(id: string, serial: number, keys: Keys, asOf: string) {
  const name = personName(serial);
  const number = impossibleCitizenId(addDays('1960-01-01', Math.floor(serial / 900)), serial % 900);
  const key = keys.newDataKey(id);
  const whole = { documentType: CITIZEN_DOCUMENT, number, name };
  const { nameSealed, numberSealed } = sealIdentity(keys.dataKey(id, key), id, whole);
  const masked = maskName(name);
  const nothing = Array.from({ length: 5 }, () => null);
  const line: Line = [
    id,
    'NATURAL_PERSON',
    masked,
    levelled(masked),
    null,
    null,
    maskNumber(number),
    ...nothing,
    asOf,
    'bench',
  ];
  const index = `\\x${personIndex(keys, CITIZEN_DOCUMENT, number)}`;
  const identity: Line = [id, CITIZEN_DOCUMENT, index, nameSealed, numberSealed];
  return { line, identity, key: [id, key.keyId, key.wrapped], made: { id, kind: 'NATURAL_PERSON', code: null } };
}
