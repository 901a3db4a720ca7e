import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { CommitmentKind, CommitmentState } from '../enums.js';
import { Labelled } from '../labelled.js';
import { ServiceMatter } from '../measures/measure.js';
import { Node } from '../node.js';
import { DateScalar, UnifiedSocialCreditCode } from '../scalars.js';
import { Subject } from '../subjects/subject.js';

@ObjectType({
  implements: Node,
  description: '信用承诺 What a subject promised, and whether it was kept (条例 art. 32).',
})
export class Commitment extends Node {
  @Labelled('GOVERNMENT', () => CommitmentKind, '承诺类型')
  kind: keyof typeof CommitmentKind;
  @Labelled('GOVERNMENT', () => Subject, '承诺人')
  subject: Subject;
  @Labelled('GOVERNMENT', () => String, '承诺内容')
  content: string;
  @Labelled('GOVERNMENT', () => DateScalar, '承诺作出日期')
  madeOn: string;
  @Labelled('GOVERNMENT', () => DateScalar, '承诺有效期', { nullable: true })
  dueOn: string | null;
  @Labelled('GOVERNMENT', () => CommitmentState, '履行状态')
  state: keyof typeof CommitmentState;
  @Labelled('GOVERNMENT', () => Department, '承诺受理单位')
  department: Department;
  @Labelled('GOVERNMENT', () => ServiceMatter, '政务服务事项', { nullable: true })
  matter: ServiceMatter | null;
}

export const CommitmentConnection = connectionOf('Commitment', '信用承诺', () => Commitment);

@InputType({ description: '作出承诺 Exactly one of code and subject.' })
export class MakeCommitmentInput {
  @Field(() => UnifiedSocialCreditCode, { nullable: true, description: '统一社会信用代码' })
  code?: string | null;
  @Field(() => ID, { nullable: true, description: '主体标识' })
  subject?: string | null;
  @Field(() => CommitmentKind, { description: '承诺类型' })
  kind: keyof typeof CommitmentKind;
  @Field(() => String, { nullable: true, description: '政务服务事项编码' })
  matter?: string | null;
  @Field(() => String, { description: '承诺内容' })
  content: string;
  @Field(() => DateScalar, { nullable: true, description: '承诺有效期' })
  dueOn?: string | null;
}

@InputType({ description: '认定履行状态' })
export class SettleCommitmentInput {
  @Field(() => ID, { description: '承诺标识' })
  id: string;
  @Field(() => CommitmentState, { description: '履行状态 FULFILLED, PARTLY_FULFILLED or BREACHED.' })
  state: keyof typeof CommitmentState;
  @Field(() => String, { description: '认定文书号' })
  documentNo: string;
  @Field(() => String, { nullable: true, description: '说明' })
  note?: string | null;
}

@ObjectType({ description: '信用承诺办理结果' })
export class CommitmentPayload {
  @Labelled('OPEN', () => Commitment, '信用承诺')
  commitment: Commitment;
}
