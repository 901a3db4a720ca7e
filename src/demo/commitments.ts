import type { CommitmentKind, CommitmentState } from '../entities/commitments/commitment.js';
import { addDays } from '../platform/clock.js';
import { CLERKS, type DemoFunction, idOf, ORGANISATIONS, PERSONS } from './cast.js';
import { COUNTY_DIVISION } from './identifiers.js';
import { CROWD } from './organisations.js';
import { documentNo } from './rows.js';

export interface DemoCommitment {
  readonly id: string;
  /** 承诺编码 */
  readonly code: string;
  readonly kind: CommitmentKind;
  /** code of an organisation, or a person's id */
  readonly subject: string;
  readonly content: string;
  readonly madeOn: string;
  readonly madeBy: string;
  readonly dueOn: string | null;
  readonly state: CommitmentState;
  readonly department: DemoFunction;
  readonly matter: string | null;
  readonly settledOn: string | null;
  readonly documentNo: string | null;
  readonly note: string | null;
}

interface Promise {
  readonly kind: CommitmentKind;
  readonly department: DemoFunction;
  readonly matter: string | null;
  readonly content: string;
}

/** 六型承诺 (汶政字〔2022〕9号) */
const PROMISES: readonly Promise[] = [
  {
    kind: 'APPROVAL_SUBSTITUTION',
    department: 'APPROVAL',
    matter: 'RCSPCN',
    content: '承诺已具备许可条件，并在三十日内补齐消防验收材料',
  },
  {
    kind: 'VOLUNTARY_DISCLOSURE',
    department: 'DEVELOPMENT_REFORM',
    matter: null,
    content: '主动公开本单位产品标准和服务承诺',
  },
  {
    kind: 'INDUSTRY_SELF_DISCIPLINE',
    department: 'DEVELOPMENT_REFORM',
    matter: null,
    content: '遵守行业公约，不以低于成本的价格竞争',
  },
  {
    kind: 'CREDIT_REPAIR',
    department: 'DEVELOPMENT_REFORM',
    matter: null,
    content: '承诺所提交修复材料真实有效，不再发生同类违法行为',
  },
  { kind: 'PROOF_NOTIFICATION', department: 'APPROVAL', matter: 'SPJYXK', content: '以承诺代替经营场所使用证明' },
  { kind: 'GOVERNMENT_SERVICE', department: 'FINANCE', matter: 'CZZJXM', content: '承诺按项目申报书使用财政资金' },
];
const STATES: readonly CommitmentState[] = ['OPEN', 'FULFILLED', 'PARTLY_FULFILLED', 'BREACHED', 'REPAIRED'];
const NOTE: Partial<Record<CommitmentState, string>> = {
  FULFILLED: '承诺事项全部履行',
  PARTLY_FULFILLED: '部分材料逾期补交',
  BREACHED: '逾期未补齐材料，经催告仍未履行',
  REPAIRED: '经催告仍未履行，后已改正',
};
// Behind those whom the lists draw from the crowd.
const FIRST_OF_CROWD = 104;

/** Every kind in every state, and those of the cast. */
export function commitments(today: string): DemoCommitment[] {
  const substitution = PROMISES[0] as Promise;
  let serial = 0;
  const make = (key: string, subject: string, promise: Promise, state: CommitmentState): DemoCommitment => {
    serial += 1;
    return commitmentOf(today, { key, subject, promise, state, serial });
  };
  const crowd = PROMISES.flatMap((promise, i) =>
    STATES.map((state, j) => {
      const { code } = CROWD[FIRST_OF_CROWD + i * STATES.length + j] as { code: string };
      return make(`${promise.kind} ${state}`, code, promise, state);
    }),
  );
  const told = {
    ...substitution,
    content: `${substitution.content}，联系人${PERSONS.permitOnly.name}，电话19900000005`,
  };
  return [
    ...crowd,
    make('clean', ORGANISATIONS.clean.code, substitution, 'FULFILLED'),
    make('promiseBreaker', ORGANISATIONS.promiseBreaker.code, substitution, 'BREACHED'),
    make('person', PERSONS.permitOnly.id, PROMISES[4] as Promise, 'OPEN'),
    make('told', ORGANISATIONS.individualBusiness.code, told, 'OPEN'),
  ];
}

interface Sketch {
  readonly key: string;
  readonly subject: string;
  readonly promise: Promise;
  readonly state: CommitmentState;
  readonly serial: number;
}

function commitmentOf(today: string, { key, subject, promise, state, serial }: Sketch): DemoCommitment {
  const { kind, department, matter, content } = promise;
  const isOpen = state === 'OPEN';
  const madeOn = addDays(today, isOpen ? -5 : -160);
  const settledOn = isOpen ? null : addDays(today, -60);
  return {
    id: idOf('commitment', key),
    code: `${COUNTY_DIVISION}${madeOn.replaceAll('-', '')}${String(serial).padStart(6, '0')}`,
    kind,
    subject,
    content,
    madeOn,
    madeBy: CLERKS.hall,
    dueOn: addDays(madeOn, 90),
    state,
    department,
    matter,
    settledOn,
    documentNo: settledOn && documentNo('诺认', settledOn, serial),
    note: NOTE[state] ?? null,
  };
}
