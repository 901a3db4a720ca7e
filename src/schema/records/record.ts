import { Field, Float, ID, InputType, InterfaceType, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { PenaltySeverity, RecordState } from '../enums.js';
import { Labelled } from '../labelled.js';
import { ListEntry } from '../lists/list.js';
import { Node, typeOf } from '../node.js';
import { DateScalar, JSONObject } from '../scalars.js';
import { Subject } from '../subjects/subject.js';

@InputType({ description: '信用信息筛选 All conditions together.' })
export class RecordFilter {
  @Field(() => [String], { nullable: true, description: '事项编码 Catalogue items, by code.' })
  items?: string[] | null;
  @Field(() => [RecordState], { nullable: true, description: '状态' })
  states?: (keyof typeof RecordState)[] | null;
  @Field(() => DateScalar, { nullable: true, description: '决定日期自 Inclusive.' })
  decidedFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '决定日期至 Inclusive.' })
  decidedTo?: string | null;
}

@InterfaceType({ implements: Node, description: '信用信息 One record of a catalogue item.', resolveType: typeOf })
export abstract class CreditRecord extends Node {
  @Labelled('OPEN', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('OPEN', () => Subject, '信用主体')
  subject: Subject;
  @Labelled('OPEN', () => String, '文书号', { nullable: true })
  documentNo: string | null;
  @Labelled('OPEN', () => Department, '认定机关')
  authority: Department;
  @Labelled('OPEN', () => DateScalar, '决定日期')
  decidedOn: string;
  @Labelled(
    'OPEN',
    () => DateScalar,
    '公示起始日期 Null: not public. Computed from the rule set, never taken from a file.',
    { nullable: true },
  )
  publicFrom: string | null;
  @Labelled('OPEN', () => DateScalar, '公示截止日期 The last public day; with publicFrom, null: open-ended.', {
    nullable: true,
  })
  publicUntil: string | null;
  @Labelled('OPEN', () => RecordState, '状态')
  state: keyof typeof RecordState;
  @Labelled('OPEN', () => Boolean, '异议中 Under objection: shown with the record wherever the record is shown.')
  disputed: boolean;
}

@ObjectType({ implements: CreditRecord, description: '行政许可信息（双公示）' })
export class PermitRecord extends CreditRecord {
  @Labelled('OPEN', () => String, '许可决定文书名称', { nullable: true })
  documentName: string | null;
  @Labelled('OPEN', () => String, '许可类别')
  category: string;
  @Labelled('OPEN', () => String, '许可证书名称', { nullable: true })
  certificateName: string | null;
  @Labelled('OPEN', () => String, '许可编号', { nullable: true })
  certificateNo: string | null;
  @Labelled('OPEN', () => String, '许可内容 Ids and phone numbers masked for whoever may not see them.')
  content: string;
  @Labelled('OPEN', () => DateScalar, '有效期自', { nullable: true })
  validFrom: string | null;
  @Labelled('OPEN', () => DateScalar, '有效期至 Null: long-term.', { nullable: true })
  validTo: string | null;
}

@ObjectType({ implements: CreditRecord, description: '行政处罚信息（双公示）' })
export class PenaltyRecord extends CreditRecord {
  @Labelled('OPEN', () => String, '违法行为类型')
  violation: string;
  @Labelled('OPEN', () => String, '违法事实 Ids and phone numbers masked for whoever may not see them.', {
    nullable: true,
  })
  facts: string | null;
  @Labelled('OPEN', () => String, '处罚依据')
  basis: string;
  @Labelled('OPEN', () => [String], '处罚类别 Kinds of 行政处罚法 art. 9.')
  categories: string[];
  @Labelled('OPEN', () => String, '处罚内容 Ids and phone numbers masked for whoever may not see them.')
  content: string;
  @Labelled('OPEN', () => PenaltySeverity, '失信程度 Null while under review.', { nullable: true })
  severity: keyof typeof PenaltySeverity | null;
  @Labelled('OPEN', () => Float, '罚款金额（元）', { nullable: true })
  fine: number | null;
  @Labelled('OPEN', () => Float, '没收金额（元）', { nullable: true })
  confiscation: number | null;
}

@ObjectType({ implements: CreditRecord, description: '其他信用信息 A record of any other catalogue item.' })
export class CatalogueRecord extends CreditRecord {
  @Labelled(
    'OPEN',
    () => JSONObject,
    "数据 Values under the item's own field names, the keys that the caller may not see left out.",
  )
  values: Record<string, unknown>;
}

export const CreditRecordConnection = connectionOf('CreditRecord', '信用信息', () => CreditRecord);

@InputType({ description: '撤销信用信息 The document it rested on was revoked or found wrong (条例 art. 40).' })
export class RevokeRecordInput {
  @Field(() => ID, { description: '信用信息标识' })
  id: string;
  @Field(() => String, { description: '撤销文书号' })
  documentNo: string;
  @Field(() => String, { description: '撤销理由 Told in public where the record was public: it names nobody.' })
  reason: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: '撤销文书日期 From which the three working days of the withdrawal count; default today.',
  })
  documentOn?: string | null;
}

@ObjectType({ description: '撤销结果' })
export class RevokeRecordPayload {
  @Labelled('OPEN', () => CreditRecord, '信用信息')
  record: CreditRecord;
  @Labelled('OPEN', () => [ListEntry], '一并撤销的名单信息 Listings that rested on the record, and fell with it.')
  revokedEntries: ListEntry[];
}
