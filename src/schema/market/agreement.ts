import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { AfterEnd, AgreementReader, AgreementState, MarketBody, Purpose } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar, UnifiedSocialCreditCode } from '../scalars.js';
import { Subject } from '../subjects/subject.js';

@ObjectType({ description: '协议数据项 An item that the body may bring, with the fields agreed.' })
export class AgreedItem {
  @Labelled('COLLECTED', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('COLLECTED', () => [String], '字段编码')
  fields: string[];
}

@ObjectType({ description: '协议查询方 A role that may read what is brought, and what for.' })
export class AgreedReader {
  @Labelled('COLLECTED', () => AgreementReader, '角色')
  role: keyof typeof AgreementReader;
  @Labelled('COLLECTED', () => [Purpose], '查询用途')
  purposes: (keyof typeof Purpose)[];
}

@ObjectType({
  implements: Node,
  description:
    '归集共享协议 With one association or credit-service body: what it may bring, and who may read it (条例 art. 17).',
})
export class CollectionAgreement extends Node {
  @Labelled('COLLECTED', () => String, '协议编号')
  documentNo: string;
  @Labelled('COLLECTED', () => String, '文书摘要 SHA-256 of the signed text.')
  documentHash: string;
  @Labelled('COLLECTED', () => Subject, '报送机构')
  body: Subject;
  @Labelled('COLLECTED', () => MarketBody, '机构类别')
  role: keyof typeof MarketBody;
  @Labelled('COLLECTED', () => [AgreedItem], '数据项')
  items: AgreedItem[];
  @Labelled('COLLECTED', () => [AgreedReader], '查询方')
  readers: AgreedReader[];
  @Labelled('COLLECTED', () => DateScalar, '起始日期')
  validFrom: string;
  @Labelled('COLLECTED', () => DateScalar, '截止日期 The last day.')
  validTo: string;
  @Labelled('COLLECTED', () => AfterEnd, '终止后处置')
  afterEnd: keyof typeof AfterEnd;
  @Labelled('COLLECTED', () => AgreementState, '状态')
  state: keyof typeof AgreementState;
  @Labelled('COLLECTED', () => Department, '订立单位')
  department: Department;
  @Labelled('COLLECTED', () => DateScalar, '拟订日期')
  proposedOn: string;
  @Labelled('COLLECTED', () => DateScalar, '确认日期', { nullable: true })
  confirmedOn: string | null;
  @Labelled('COLLECTED', () => DateScalar, '终止日期', { nullable: true })
  endedOn: string | null;
  @Labelled('COLLECTED', () => String, '终止事由', { nullable: true })
  endReason: string | null;
  @Labelled('COLLECTED', () => String, '终止文书号', { nullable: true })
  endDocumentNo: string | null;
}

export const CollectionAgreementConnection = connectionOf(
  'CollectionAgreement',
  '归集共享协议',
  () => CollectionAgreement,
);

@InputType({ description: '协议数据项' })
export class AgreedItemInput {
  @Field(() => String, { description: '数据项编码 Of market information.' })
  item: string;
  @Field(() => [String], {
    nullable: true,
    description: '字段编码 Default: all of the item’s; the required ones always.',
  })
  fields?: string[] | null;
}

@InputType({ description: '协议查询方' })
export class AgreedReaderInput {
  @Field(() => AgreementReader, { description: '角色' })
  role: keyof typeof AgreementReader;
  @Field(() => [Purpose], { description: '查询用途' })
  purposes: (keyof typeof Purpose)[];
}

@InputType({ description: '拟订归集共享协议 As it was signed; another officer confirms it.' })
export class ProposeAgreementInput {
  @Field(() => UnifiedSocialCreditCode, { description: '报送机构的统一社会信用代码' })
  body: string;
  @Field(() => MarketBody, { description: '机构类别' })
  role: keyof typeof MarketBody;
  @Field(() => String, { description: '协议编号' })
  documentNo: string;
  @Field(() => String, { description: '文书摘要 SHA-256 of the signed text, in hex.' })
  documentHash: string;
  @Field(() => [AgreedItemInput], { description: '数据项' })
  items: AgreedItemInput[];
  @Field(() => [AgreedReaderInput], { description: '查询方 The subject and the body itself need not be named.' })
  readers: AgreedReaderInput[];
  @Field(() => DateScalar, { description: '起始日期' })
  validFrom: string;
  @Field(() => DateScalar, { description: '截止日期 The last day.' })
  validTo: string;
  @Field(() => AfterEnd, { description: '终止后处置' })
  afterEnd: keyof typeof AfterEnd;
}

@InputType({ description: '确认归集共享协议 By another officer than the one who proposed it.' })
export class ConfirmAgreementInput {
  @Field(() => ID, { description: '协议标识' })
  id: string;
}

@InputType({ description: '终止归集共享协议 At once.' })
export class EndAgreementInput {
  @Field(() => ID, { description: '协议标识' })
  id: string;
  @Field(() => String, { description: '事由' })
  reason: string;
  @Field(() => String, { description: '文书号' })
  documentNo: string;
}

@ObjectType({ description: '归集共享协议办理结果' })
export class CollectionAgreementPayload {
  @Labelled('OPEN', () => CollectionAgreement, '归集共享协议')
  agreement: CollectionAgreement;
}
