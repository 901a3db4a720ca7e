import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { SealState } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar } from '../scalars.js';

@ObjectType({
  implements: Node,
  description:
    '查询记录封存 While it is in force, whom the look-ups of the case are about is neither shown nor told the number of them.',
})
export class SealedCase extends Node {
  @Labelled('GOVERNMENT', () => Department, '部门', { nullable: true })
  department: Department | null;
  @Labelled('GOVERNMENT', () => String, '案号 As look-ups state it in `x-hub-case`.', { nullable: true })
  caseNo: string | null;
  @Labelled('GOVERNMENT', () => SealState, '封存状态', { nullable: true })
  state: keyof typeof SealState | null;
  @Labelled('GOVERNMENT', () => String, '封存文书号', { nullable: true })
  documentNo: string | null;
  @Labelled('GOVERNMENT', () => String, '封存事由', { nullable: true })
  reason: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '封存日期', { nullable: true })
  sealedOn: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '封存期限 The last day.', { nullable: true })
  sealedUntil: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '解封日期', { nullable: true })
  liftedOn: string | null;
  @Labelled('GOVERNMENT', () => String, '解封文书号', { nullable: true })
  liftDocumentNo: string | null;
  @Labelled('GOVERNMENT', () => String, '解封事由', { nullable: true })
  liftReason: string | null;
}

export const SealedCaseConnection = connectionOf('SealedCase', '查询记录封存', () => SealedCase);

@InputType({ description: '封存 The look-ups of one case of the own department, those before this day too.' })
export class SealCaseInput {
  @Field(() => String, { description: '案号 As look-ups state it in `x-hub-case`.' })
  caseNo: string;
  @Field(() => DateScalar, { description: '封存期限 The last day; not longer than the hub’s longest term.' })
  until: string;
  @Field(() => String, { description: '封存文书号' })
  documentNo: string;
  @Field(() => String, { description: '封存事由' })
  reason: string;
}

@InputType({ description: '解封 Of the case: every seal of it that is in force ends.' })
export class UnsealCaseInput {
  @Field(() => ID, { description: '封存标识' })
  id: string;
  @Field(() => String, { description: '解封文书号' })
  documentNo: string;
  @Field(() => String, { description: '解封事由' })
  reason: string;
}

@ObjectType({ description: '封存办理结果' })
export class SealedCasePayload {
  @Labelled('OPEN', () => SealedCase, '查询记录封存')
  sealedCase: SealedCase;
}
