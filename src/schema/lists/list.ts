import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { Department, LegalBasis } from '../departments/department.js';
import { ListColor, ListEntryState, ListOrigin } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar, UnifiedSocialCreditCode } from '../scalars.js';
import { Subject } from '../subjects/subject.js';

@ObjectType({ implements: Node, description: '红黑名单 Screens and print say 严重失信主体名单 for BLACK ones.' })
export class CreditList extends Node {
  @Labelled('OPEN', () => String, '名单编码')
  code: string;
  @Labelled('OPEN', () => String, '名单名称')
  name: string;
  @Labelled('OPEN', () => ListColor, '类别')
  color: keyof typeof ListColor;
  @Labelled('OPEN', () => ListOrigin, '来源')
  origin: keyof typeof ListOrigin;
  @Labelled('OPEN', () => [LegalBasis], '法律依据')
  legalBasis: LegalBasis[];
  @Labelled('OPEN', () => Department, '认定部门 The department of its function.', { nullable: true })
  authority: Department | null;
  @Labelled('OPEN', () => Int, "期限（月） A default: the entry's own endsOn decides.", { nullable: true })
  termMonths: number | null;
}

@ObjectType({ implements: Node, description: '名单信息 One subject on one list, from proposal to exit.' })
export class ListEntry extends Node {
  @Labelled('OPEN', () => CreditList, '名单')
  list: CreditList;
  @Labelled('OPEN', () => Subject, '信用主体')
  subject: Subject;
  @Labelled('OPEN', () => ListEntryState, '状态')
  state: keyof typeof ListEntryState;
  @Labelled('OPEN', () => String, '列入事由 Ids and phone numbers masked for whoever may not see them.', {
    nullable: true,
  })
  reason: string | null;
  @Labelled('OPEN', () => String, '文书号')
  documentNo: string;
  @Labelled('OPEN', () => DateScalar, '列入日期', { nullable: true })
  listedOn: string | null;
  @Labelled('OPEN', () => DateScalar, '截止日期 The last day on the list.', { nullable: true })
  endsOn: string | null;
  @Labelled('OPEN', () => DateScalar, '移出日期', { nullable: true })
  removedOn: string | null;
  @Labelled('OPEN', () => Boolean, '异议中')
  disputed: boolean;
}

export const ListEntryConnection = connectionOf('ListEntry', '名单信息', () => ListEntry);

@InputType({ description: '拟列入 Exactly one of code and subject.' })
export class ProposeListingInput {
  @Field(() => String, { description: '名单编码 An OWN list of the own function.' })
  list: string;
  @Field(() => UnifiedSocialCreditCode, { nullable: true, description: '统一社会信用代码' })
  code?: string | null;
  @Field(() => ID, { nullable: true, description: '主体标识' })
  subject?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: '所依据的信用信息 The record that the listing rests on: revoked, it takes the entry with it.',
  })
  record?: string | null;
  @Field(() => String, { description: '列入事由' })
  reason: string;
  @Field(() => String, { description: '文书号' })
  documentNo: string;
}

@InputType({ description: '名单办理 The next step of one entry.' })
export class ListEntryInput {
  @Field(() => ID, { description: '名单信息标识' })
  id: string;
  @Field(() => String, { nullable: true, description: '文书号' })
  documentNo?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '送达日期 Of the notice; default today.' })
  servedOn?: string | null;
  @Field(() => String, { nullable: true, description: '说明' })
  note?: string | null;
}

@ObjectType({ description: '名单办理结果' })
export class ListEntryPayload {
  @Labelled('OPEN', () => ListEntry, '名单信息')
  listEntry: ListEntry;
}
