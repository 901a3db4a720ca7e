import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { ExchangeCaseKind, ExchangeCaseState } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { Subject } from '../subjects/subject.js';

@ObjectType({
  implements: Node,
  description:
    '交换待办 What the exchange brought back to a department: a row that a partner rejected, or its word about one.',
})
export class ExchangeCase extends Node {
  @Labelled('GOVERNMENT', () => ExchangeCaseKind, '待办种类')
  kind: keyof typeof ExchangeCaseKind;
  @Labelled('GOVERNMENT', () => ExchangeCaseState, '待办状态')
  state: keyof typeof ExchangeCaseState;
  @Labelled('GOVERNMENT', () => String, '交换对象 As the settings call it.')
  partner: string;
  @Labelled('GOVERNMENT', () => Department, '承办部门')
  department: Department;
  @Labelled('GOVERNMENT', () => Subject, '信用主体 Null where the caller may not read it.', { nullable: true })
  subject: Subject | null;
  @Labelled('GOVERNMENT', () => String, '信息范围 ITEM/…, LIST/… or COMMITMENT.', { nullable: true })
  scope: string | null;
  @Labelled('GOVERNMENT', () => String, '文书号', { nullable: true })
  documentNo: string | null;
  @Labelled('GOVERNMENT', () => String, '事由 Ids and phone numbers masked.', { nullable: true })
  reason: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '产生日期')
  openedOn: string;
  @Labelled('GOVERNMENT', () => String, '答复', { nullable: true })
  answer: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '办结日期', { nullable: true })
  closedOn: string | null;
}

export const ExchangeCaseConnection = connectionOf('ExchangeCase', '交换待办', () => ExchangeCase);

@ObjectType({ description: '交换状态 How the delivery to one partner stands; counts and ages, no row.' })
export class ExchangePartnerStatus {
  @Labelled('GOVERNMENT', () => String, '交换对象')
  partner: string;
  @Labelled('GOVERNMENT', () => Int, '待发送')
  pending: number;
  @Labelled('GOVERNMENT', () => Int, '待回执')
  waitingForAnswer: number;
  @Labelled('GOVERNMENT', () => Int, '已接收')
  accepted: number;
  @Labelled('GOVERNMENT', () => Int, '被退回')
  rejected: number;
  @Labelled('GOVERNMENT', () => Int, '已搁置')
  parked: number;
  @Labelled('GOVERNMENT', () => Int, '最早一件已等待秒数 Null: nothing waits.', { nullable: true })
  ageSeconds: number | null;
  @Labelled('GOVERNMENT', () => Int, '连续失败次数')
  failures: number;
  @Labelled('GOVERNMENT', () => String, '最近一次失败', { nullable: true })
  lastError: string | null;
  @Labelled('GOVERNMENT', () => DateTimeScalar, '最近一次送达', { nullable: true })
  deliveredAt: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '最近一次对账的业务日期', { nullable: true })
  reconciledOn: string | null;
  @Labelled('GOVERNMENT', () => Int, '最近一次对账的差异数', { nullable: true })
  differences: number | null;
}

@InputType({ description: '答复交换待办' })
export class AnswerExchangeCaseInput {
  @Field(() => ID, { description: '待办标识' })
  id: string;
  @Field(() => String, { description: '答复 What was decided, and by which document.' })
  answer: string;
}

@InputType({ description: '重报' })
export class ResubmitExchangeCaseInput {
  @Field(() => ID, { description: '待办标识' })
  id: string;
  @Field(() => String, { description: '说明 What was put right.' })
  note: string;
}

@ObjectType({ description: '交换待办办理结果' })
export class ExchangeCasePayload {
  @Labelled('OPEN', () => ExchangeCase, '交换待办')
  case: ExchangeCase;
}
