import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { PersonDocumentInput } from '../checks/check.js';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { ConsentKind, ConsentLabel, ConsentRecipient, ConsentState, Purpose } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar, UnifiedSocialCreditCode } from '../scalars.js';
import { NaturalPerson, Subject } from '../subjects/subject.js';

@ObjectType({
  implements: Node,
  description:
    '授权书、委托书 What a subject allowed in writing (条例 art. 21): a recipient uses it by `x-hub-consent`, an agent by `x-hub-acting-for`.',
})
export class Consent extends Node {
  @Labelled('OPEN', () => ConsentKind, '授权种类')
  kind: keyof typeof ConsentKind;
  @Labelled('OPEN', () => ConsentState, '授权状态')
  state: keyof typeof ConsentState;
  @Labelled('OPEN', () => Subject, '授权主体 Null where the caller may not read it.', { nullable: true })
  subject: Subject | null;
  @Labelled('OPEN', () => ConsentRecipient, '被授权人类别')
  recipientRole: keyof typeof ConsentRecipient;
  @Labelled('OPEN', () => Department, '被授权部门', { nullable: true })
  recipientDepartment: Department | null;
  @Labelled('OPEN', () => String, '被授权机构的用户标识', { nullable: true })
  recipientUser: string | null;
  @Labelled('OPEN', () => NaturalPerson, '受托人 Null where the caller may not read it.', { nullable: true })
  agent: NaturalPerson | null;
  @Labelled('OPEN', () => [ConsentLabel], '授权的安全标记')
  labels: (keyof typeof ConsentLabel)[];
  @Labelled('OPEN', () => [CatalogueItem], '授权的信息事项')
  items: CatalogueItem[];
  @Labelled('OPEN', () => Purpose, '查询用途', { nullable: true })
  purpose: keyof typeof Purpose | null;
  @Labelled('OPEN', () => Int, '授权次数 Null: any number.', { nullable: true })
  uses: number | null;
  @Labelled('OPEN', () => Int, '剩余次数', { nullable: true })
  usesLeft: number | null;
  @Labelled('OPEN', () => DateScalar, '授权期限 The last day.')
  expiresOn: string;
  @Labelled('OPEN', () => String, '文书号')
  documentNo: string;
  @Labelled('OPEN', () => String, '文书摘要 SHA-256, hex.')
  documentHash: string;
  @Labelled('OPEN', () => DateScalar, '授权日期')
  grantedOn: string;
  @Labelled('OPEN', () => Department, '受理窗口 Where it was not given by the subject online.', { nullable: true })
  takenBy: Department | null;
  @Labelled('AUDIT', () => String, '见证人', { nullable: true })
  witness: string | null;
  @Labelled('OPEN', () => DateScalar, '撤回日期', { nullable: true })
  withdrawnOn: string | null;
}

export const ConsentConnection = connectionOf('Consent', '授权书', () => Consent);

@InputType({
  description: '授权 By the subject, who names nobody; at the counter exactly one of code, subject and person.',
})
export class GrantConsentInput {
  @Field(() => UnifiedSocialCreditCode, { nullable: true, description: '统一社会信用代码' })
  code?: string | null;
  @Field(() => ID, { nullable: true, description: '主体标识' })
  subject?: string | null;
  @Field(() => PersonDocumentInput, { nullable: true, description: '自然人证件' })
  person?: PersonDocumentInput | null;
  @Field(() => ConsentRecipient, { description: '被授权人类别 SERVICE_HALL, AGENCY or ASSOCIATION.' })
  recipientRole: keyof typeof ConsentRecipient;
  @Field(() => String, { nullable: true, description: '被授权部门代码 Of SERVICE_HALL.' })
  recipientDepartment?: string | null;
  @Field(() => String, {
    nullable: true,
    description: '被授权机构的用户标识 The token’s `sub`: of AGENCY, ASSOCIATION.',
  })
  recipientUser?: string | null;
  @Field(() => [ConsentLabel], { nullable: true, description: '授权的安全标记' })
  labels?: (keyof typeof ConsentLabel)[] | null;
  @Field(() => [String], { nullable: true, description: '授权的信息事项编码' })
  items?: string[] | null;
  @Field(() => Purpose, { description: '查询用途' })
  purpose: keyof typeof Purpose;
  @Field(() => Int, { nullable: true, description: '授权次数 Null: any number.' })
  uses?: number | null;
  @Field(() => DateScalar, { description: '授权期限 The last day.' })
  expiresOn: string;
  @Field(() => String, { description: '文书号' })
  documentNo: string;
  @Field(() => String, { description: '文书摘要 SHA-256, hex.' })
  documentHash: string;
  @Field(() => String, { nullable: true, description: '见证人 At the counter.' })
  witness?: string | null;
}

@InputType({ description: '委托代办 Exactly one of code, subject and person; who acts for it is a natural person.' })
export class GrantPowerInput {
  @Field(() => UnifiedSocialCreditCode, { nullable: true, description: '统一社会信用代码' })
  code?: string | null;
  @Field(() => ID, { nullable: true, description: '主体标识' })
  subject?: string | null;
  @Field(() => PersonDocumentInput, { nullable: true, description: '自然人证件' })
  person?: PersonDocumentInput | null;
  @Field(() => PersonDocumentInput, { description: '受托人证件' })
  agent: PersonDocumentInput;
  @Field(() => DateScalar, { description: '委托期限 The last day.' })
  expiresOn: string;
  @Field(() => String, { description: '文书号' })
  documentNo: string;
  @Field(() => String, { description: '文书摘要 SHA-256, hex.' })
  documentHash: string;
  @Field(() => String, { description: '见证人' })
  witness: string;
}

@InputType({ description: '撤回授权 At once.' })
export class WithdrawConsentInput {
  @Field(() => ID, { description: '授权书标识' })
  id: string;
  @Field(() => String, { nullable: true, description: '见证人 At the counter.' })
  witness?: string | null;
}

@ObjectType({ description: '授权办理结果' })
export class ConsentPayload {
  @Labelled('OPEN', () => Consent, '授权书')
  consent: Consent;
}
