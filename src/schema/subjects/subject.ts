import { Field, InputType, Int, InterfaceType, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { SubjectKind } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node, typeOf } from '../node.js';
import { DateScalar, UnifiedSocialCreditCode } from '../scalars.js';

@InputType({ description: '主体筛选 All conditions together.' })
export class SubjectFilter {
  @Field(() => String, { nullable: true, description: '名称包含 Part of a present or former name.' })
  nameContains?: string | null;
  @Field(() => [UnifiedSocialCreditCode], { nullable: true, description: '统一社会信用代码' })
  codes?: string[] | null;
  @Field(() => [SubjectKind], { nullable: true, description: '主体类型' })
  kinds?: (keyof typeof SubjectKind)[] | null;
}

@ObjectType({ description: '曾用名' })
export class FormerName {
  @Labelled('OPEN', () => String, '名称')
  name: string;
  @Labelled('OPEN', () => DateScalar, '使用至 The last day of use, where known.', { nullable: true })
  until: string | null;
}

@ObjectType({ description: '信用概要 Counts of what the caller may see, never of what is hidden from it.' })
export class CreditSummary {
  @Labelled('OPEN', () => Int, '行政许可数')
  permits: number;
  @Labelled('OPEN', () => Int, '行政处罚数')
  penalties: number;
  @Labelled('OPEN', () => Int, '有效严重失信名单数')
  activeBlackListEntries: number;
  @Labelled('OPEN', () => Int, '有效守信激励名单数')
  activeRedListEntries: number;
  @Labelled('OPEN', () => Int, '履行中承诺数')
  openCommitments: number;
  @Labelled('OPEN', () => Int, '违诺数')
  breachedCommitments: number;
}

@InterfaceType({ implements: Node, description: '信用主体 Organisation or natural person.', resolveType: typeOf })
export abstract class Subject extends Node {
  @Labelled('OPEN', () => SubjectKind, '主体类型')
  kind: keyof typeof SubjectKind;
  @Labelled('OPEN', () => String, '名称')
  name: string;
}

@ObjectType({ implements: Subject, description: '法人和非法人组织' })
export class Organisation extends Subject {
  @Labelled('OPEN', () => UnifiedSocialCreditCode, '统一社会信用代码 Null for a provisional subject that has none.', {
    nullable: true,
  })
  code: string | null;
  @Labelled('OPEN', () => Boolean, '临时主体 Known from a record only, not yet from the register.')
  provisional: boolean;
  @Labelled('OPEN', () => [FormerName], '曾用名 Newest first.')
  formerNames: FormerName[];
  @Labelled('OPEN', () => Organisation, '所属主体 Of a branch.', { nullable: true })
  parent: Organisation | null;
  @Labelled('OPEN', () => String, '工商注册号', { nullable: true })
  registrationNo: string | null;
  @Labelled(
    'PERSONAL',
    () => String,
    '法定代表人（经营者） OPEN for organisations; of an individual business PERSONAL.',
    { nullable: true },
  )
  legalRepresentative: string | null;
  @Labelled('OPEN', () => DateScalar, '成立日期', { nullable: true })
  registeredOn: string | null;
  @Labelled('OPEN', () => String, '住所', { nullable: true })
  address: string | null;
  @Labelled('OPEN', () => String, '行业代码', { nullable: true })
  industryCode: string | null;
  @Labelled('OPEN', () => String, '登记状态', { nullable: true })
  registrationState: string | null;
  @Labelled('OPEN', () => DateScalar, '注销、吊销日期 Since when the register says so.', { nullable: true })
  closedOn: string | null;
  @Labelled('OPEN', () => Organisation, '归并至 The subject that this one has turned out to be; its rows are there.', {
    nullable: true,
  })
  mergedInto: Organisation | null;
  @Labelled('OPEN', () => CatalogueItem, '数据来源事项 Whose item said last what is known of it.', { nullable: true })
  sourceItem: CatalogueItem | null;
  @Labelled('OPEN', () => Department, '数据来源部门', { nullable: true })
  sourceDepartment: Department | null;
}

@ObjectType({ implements: Subject, description: '自然人 Found by few (reference.md, Who may); elsewhere masked.' })
export class NaturalPerson extends Subject {
  @Labelled(
    'PERSONAL',
    () => String,
    '公民身份号码 Masked (`370830********0013`) unless the caller may see it whole.',
    { nullable: true },
  )
  citizenId: string | null;
}

export const SubjectConnection = connectionOf('Subject', '信用主体', () => Subject);
