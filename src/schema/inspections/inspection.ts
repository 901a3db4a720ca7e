import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import {
  InspectionItemState,
  InspectionKind,
  InspectionResult,
  InspectionSource,
  InspectionState,
  PatrolRuleCode,
} from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { PatrolFinding } from '../patrol/finding.js';
import { PatrolRule } from '../patrol/rule.js';
import { DateScalar } from '../scalars.js';

@ObjectType({ description: '检查情况汇总 Of one department, of the pieces that the caller may read.' })
export class InspectionSummary {
  @Labelled('OPEN', () => Department, '部门')
  department: Department;
  @Labelled('OPEN', () => Int, '抽取')
  drawn: number;
  @Labelled('OPEN', () => Int, '已查')
  inspected: number;
  @Labelled('OPEN', () => Int, '符合')
  conforming: number;
  @Labelled('OPEN', () => Int, '尚未整改到位')
  toRectify: number;
  @Labelled('OPEN', () => Int, '逾期未报整改')
  overdue: number;
  @Labelled('OPEN', () => Int, '整改到位')
  accepted: number;
}

@ObjectType({
  implements: Node,
  description: '检查、专项整治 Of departments, by a sample that can be drawn again from its seed.',
})
export class Inspection extends Node {
  @Labelled('OPEN', () => InspectionKind, '种类')
  kind: keyof typeof InspectionKind;
  @Labelled('OPEN', () => String, '名称')
  title: string;
  @Labelled('OPEN', () => String, '文书号')
  documentNo: string;
  @Labelled('OPEN', () => DateScalar, '检查期间起，含')
  fromOn: string;
  @Labelled('OPEN', () => DateScalar, '检查期间止，含')
  toOn: string;
  @Labelled('OPEN', () => InspectionSource, '抽取来源')
  source: keyof typeof InspectionSource;
  @Labelled('OPEN', () => [Department], '受检部门')
  departments: Department[];
  @Labelled('OPEN', () => [PatrolRule], '巡查规则范围 Empty: all.')
  rules: PatrolRule[];
  @Labelled('OPEN', () => [CatalogueItem], '信息事项范围 Empty: all.')
  catalogueItems: CatalogueItem[];
  @Labelled('OPEN', () => Int, '每部门抽取数')
  sampleSize: number;
  @Labelled('GOVERNMENT', () => String, '随机种子', { nullable: true })
  seed: string | null;
  @Labelled('GOVERNMENT', () => Int, '总体数', { nullable: true })
  frameSize: number | null;
  @Labelled('GOVERNMENT', () => String, '总体摘要 SHA-256 of all ids that could be drawn, in order.', {
    nullable: true,
  })
  frameHash: string | null;
  @Labelled('OPEN', () => InspectionState, '状态')
  state: keyof typeof InspectionState;
  @Labelled('OPEN', () => DateScalar, '开展日期')
  openedOn: string;
  @Labelled('OPEN', () => DateScalar, '办结日期', { nullable: true })
  closedOn: string | null;
  @Labelled('OPEN', () => String, '结论', { nullable: true })
  conclusion: string | null;
  @Labelled('OPEN', () => [InspectionSummary], '按部门汇总')
  summary: InspectionSummary[];
}

@ObjectType({ implements: Node, description: '检查件 One piece of a sample.' })
export class InspectionItem extends Node {
  @Labelled('OPEN', () => Inspection, '检查', { nullable: true })
  inspection: Inspection | null;
  @Labelled('OPEN', () => Int, '序号')
  ordinal: number;
  @Labelled('OPEN', () => Department, '受检部门')
  department: Department;
  @Labelled('GOVERNMENT', () => PatrolFinding, '所查巡查问题', { nullable: true })
  finding: PatrolFinding | null;
  @Labelled('GOVERNMENT', () => Node, '所查信息 Null where the caller may not read it.', { nullable: true })
  target: Node | null;
  @Labelled('OPEN', () => InspectionItemState, '状态')
  state: keyof typeof InspectionItemState;
  @Labelled('OPEN', () => InspectionResult, '结果', { nullable: true })
  result: keyof typeof InspectionResult | null;
  @Labelled('GOVERNMENT', () => String, '检查（验收）意见', { nullable: true })
  note: string | null;
  @Labelled('OPEN', () => DateScalar, '检查日期', { nullable: true })
  inspectedOn: string | null;
  @Labelled('OPEN', () => DateScalar, '整改期限', { nullable: true })
  dueOn: string | null;
  @Labelled('OPEN', () => Boolean, '是否逾期未报整改')
  overdue: boolean;
  @Labelled('GOVERNMENT', () => String, '整改情况', { nullable: true })
  rectification: string | null;
  @Labelled('OPEN', () => DateScalar, '报整改日期', { nullable: true })
  rectifiedOn: string | null;
  @Labelled('OPEN', () => DateScalar, '验收日期', { nullable: true })
  acceptedOn: string | null;
}

export const InspectionConnection = connectionOf('Inspection', '检查', () => Inspection);
export const InspectionItemConnection = connectionOf('InspectionItem', '检查件', () => InspectionItem);

@InputType({ description: '开展检查 The sample is drawn at once.' })
export class OpenInspectionInput {
  @Field(() => InspectionKind, { description: '种类' })
  kind: keyof typeof InspectionKind;
  @Field(() => String, { description: '名称' })
  title: string;
  @Field(() => String, { description: '文书号' })
  documentNo: string;
  @Field(() => DateScalar, { description: '检查期间起，含' })
  fromOn: string;
  @Field(() => DateScalar, { description: '检查期间止，含' })
  toOn: string;
  @Field(() => InspectionSource, { description: '抽取来源' })
  source: keyof typeof InspectionSource;
  @Field(() => [String], { description: '受检部门统一社会信用代码' })
  departments: string[];
  @Field(() => [PatrolRuleCode], { nullable: true, description: '巡查规则 Of FINDINGS.' })
  rules?: (keyof typeof PatrolRuleCode)[] | null;
  @Field(() => [String], { nullable: true, description: '信息事项编码 Of RECORDS.' })
  items?: string[] | null;
  @Field(() => Int, { description: '每部门抽取数 1 to 500.' })
  sampleSize: number;
  @Field(() => String, { nullable: true, description: '随机种子 To draw as an earlier time; by chance without one.' })
  seed?: string | null;
}

@InputType({ description: '检查结果' })
export class RecordInspectionInput {
  @Field(() => ID, { description: '检查件标识' })
  id: string;
  @Field(() => InspectionResult, { description: '结果' })
  result: keyof typeof InspectionResult;
  @Field(() => String, { description: '检查意见' })
  note: string;
  @Field(() => Int, { nullable: true, description: '整改期限，工作日 1 to 60; 10 without.' })
  workdays?: number | null;
}

@InputType({ description: '整改报告' })
export class ReportRectificationInput {
  @Field(() => ID, { description: '检查件标识' })
  id: string;
  @Field(() => String, { description: '整改情况' })
  rectification: string;
}

@InputType({ description: '整改验收' })
export class AcceptRectificationInput {
  @Field(() => ID, { description: '检查件标识' })
  id: string;
  @Field(() => Boolean, { description: '是否到位' })
  accepted: boolean;
  @Field(() => String, { description: '验收意见' })
  note: string;
  @Field(() => Int, { nullable: true, description: '不到位时的新期限，工作日' })
  workdays?: number | null;
}

@InputType({ description: '检查办结' })
export class CloseInspectionInput {
  @Field(() => ID, { description: '检查标识' })
  id: string;
  @Field(() => String, { description: '结论' })
  conclusion: string;
}

@ObjectType({ description: '检查办理结果' })
export class InspectionPayload {
  @Labelled('OPEN', () => Inspection, '检查')
  inspection: Inspection;
}

@ObjectType({ description: '检查件办理结果' })
export class InspectionItemPayload {
  @Labelled('OPEN', () => InspectionItem, '检查件')
  item: InspectionItem;
}
