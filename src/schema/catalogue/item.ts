import { Int, ObjectType } from 'type-graphql';
import { Department, LegalBasis } from '../departments/department.js';
import { Disclosure, InformationNature, ReportingPeriod, SubjectKind } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar } from '../scalars.js';

@ObjectType({ description: '数据项 One field of a catalogue item.' })
export class CatalogueField {
  @Labelled('OPEN', () => String, '字段编码')
  name: string;
  @Labelled('OPEN', () => String, '字段名称')
  label: string;
  @Labelled('OPEN', () => Boolean, '必填 Without conditions; conditional ones are false here and checked by row.')
  required: boolean;
  @Labelled('OPEN', () => String, '类型')
  type: string;
  @Labelled('OPEN', () => [String], '选项', { nullable: true })
  options: string[] | null;
  @Labelled('OPEN', () => String, '条件必填 When it is required, in words.', { nullable: true })
  requiredWhen: string | null;
  @Labelled('OPEN', () => Int, '最大长度', { nullable: true })
  maxLength: number | null;
  @Labelled('OPEN', () => String, '安全标记 Of its value, by the labels of the policy.')
  security: string;
  @Labelled('OPEN', () => String, '取值标准 The national standard of its form.', { nullable: true })
  standard: string | null;
  @Labelled('OPEN', () => String, '数据元 Identifier by GB/T 39445; null until the text was read.', { nullable: true })
  dataElement: string | null;
}

@ObjectType({ description: '更新周期 How often an item is reported, and within how many working days.' })
export class ReportingCycle {
  @Labelled('OPEN', () => ReportingPeriod, '周期')
  every: keyof typeof ReportingPeriod;
  @Labelled('OPEN', () => Int, '工作日 Of the decision, or after the end of the period.')
  workdays: number;
}

@ObjectType({
  implements: Node,
  description:
    '公共信用信息数据清单事项 What may be collected, from whom, on what basis; anything outside is refused (条例 art. 10).',
})
export class CatalogueItem extends Node {
  @Labelled('OPEN', () => String, '事项编码')
  code: string;
  @Labelled('OPEN', () => String, '事项名称')
  name: string;
  @Labelled('OPEN', () => [LegalBasis], '法律依据')
  legalBasis: LegalBasis[];
  @Labelled('OPEN', () => InformationNature, '信息性质 MARKET comes under an agreement, and is kept apart.')
  nature: keyof typeof InformationNature;
  @Labelled('OPEN', () => Disclosure, '披露方式')
  disclosure: keyof typeof Disclosure;
  @Labelled('OPEN', () => [Department], '提供单位 None of market information: its bodies bring it by agreement.')
  providers: Department[];
  @Labelled('OPEN', () => [SubjectKind], '适用主体')
  subjectKinds: (keyof typeof SubjectKind)[];
  @Labelled('OPEN', () => [CatalogueField], '数据项')
  fields: CatalogueField[];
  @Labelled('OPEN', () => String, '清单版本 The version of the catalogue that added it.')
  version: string;
  @Labelled('OPEN', () => DateScalar, '起始日期 The first day; null: as long as there is a catalogue.', {
    nullable: true,
  })
  effectiveFrom: string | null;
  @Labelled('OPEN', () => DateScalar, '退出日期 The day from which it is collected no more.', { nullable: true })
  effectiveUntil: string | null;
  @Labelled('OPEN', () => ReportingCycle, '更新周期')
  cycle: ReportingCycle;
  @Labelled('OPEN', () => [String], '业务主键 Field codes that, with the subject, make a row the same row.')
  businessKey: string[];
  @Labelled('OPEN', () => String, '国家目录类别 Of 全国公共信用信息基础目录.')
  nationalCategory: string;
  @Labelled('OPEN', () => String, '国家目录代码 Null until the text was read.', { nullable: true })
  nationalCode: string | null;
  @Labelled('OPEN', () => String, '有效期限 How long it is public, and how long it counts.')
  disclosureTerm: string;
}
