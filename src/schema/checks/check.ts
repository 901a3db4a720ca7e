import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Commitment } from '../commitments/commitment.js';
import { LegalBasis } from '../departments/department.js';
import { Verdict } from '../enums.js';
import { Labelled } from '../labelled.js';
import { CreditList, ListEntry } from '../lists/list.js';
import { Measure, ServiceMatter } from '../measures/measure.js';
import { Node } from '../node.js';
import { CreditRecord } from '../records/record.js';
import { DateTimeScalar, UnifiedSocialCreditCode } from '../scalars.js';
import { Subject } from '../subjects/subject.js';

@InputType({ description: '自然人证件 Travels in variables only; never logged, never in an error.' })
export class PersonDocumentInput {
  @Field(() => String, { nullable: true, defaultValue: '身份证', description: '证件类型' })
  type: string | null;
  @Field(() => String, { description: '证件号码' })
  number: string;
  @Field(() => String, { description: '姓名' })
  name: string;
}

@InputType({ description: '信用核查 Exactly one of code and person; name, when given, is compared with the register.' })
export class CheckCreditInput {
  @Field(() => UnifiedSocialCreditCode, { nullable: true, description: '统一社会信用代码' })
  code?: string | null;
  @Field(() => PersonDocumentInput, { nullable: true, description: '自然人证件' })
  person?: PersonDocumentInput | null;
  @Field(() => String, { nullable: true, description: '名称' })
  name?: string | null;
  @Field(() => String, { description: '政务服务事项编码 It is the purpose of the check.' })
  matter: string;
}

@InputType({ description: '批量核查的一行 A malformed code is this row’s own error.' })
export class CheckRowInput {
  @Field(() => String, { nullable: true, description: '统一社会信用代码' })
  code?: string | null;
  @Field(() => PersonDocumentInput, { nullable: true, description: '自然人证件' })
  person?: PersonDocumentInput | null;
  @Field(() => String, { nullable: true, description: '名称' })
  name?: string | null;
}

@InputType({ description: '批量信用核查 At most 1,000 rows.' })
export class CheckCreditsInput {
  @Field(() => [CheckRowInput], { description: '各行' })
  rows: CheckRowInput[];
  @Field(() => String, { description: '政务服务事项编码' })
  matter: string;
}

@ObjectType({
  description: '核查发现 Names the measure, the provision that allows it for this matter, and what triggered it.',
})
export class CreditFinding {
  @Labelled('OPEN', () => Measure, '措施')
  measure: Measure;
  @Labelled('OPEN', () => Verdict, '效果')
  effect: keyof typeof Verdict;
  @Labelled('OPEN', () => LegalBasis, '法律依据')
  basis: LegalBasis;
  @Labelled('OPEN', () => ListEntry, '触发的名单信息', { nullable: true })
  listEntry: ListEntry | null;
  @Labelled('OPEN', () => CreditRecord, '触发的信用信息', { nullable: true })
  record: CreditRecord | null;
  @Labelled('OPEN', () => Commitment, '触发的违诺', { nullable: true })
  commitment: Commitment | null;
}

@ObjectType({ description: '核查来源 How fresh each list is that the matter looks at.' })
export class CheckSource {
  @Labelled('OPEN', () => CreditList, '名单')
  list: CreditList;
  @Labelled('OPEN', () => DateTimeScalar, '数据截至 Null for the county’s own lists.', { nullable: true })
  receivedUpTo: string | null;
  @Labelled('OPEN', () => Boolean, '已过时')
  stale: boolean;
}

@ObjectType({ implements: Node, description: '信用核查记录 A check with its receipt; it stays as it was answered.' })
export class CreditCheck extends Node {
  @Labelled('GOVERNMENT', () => String, '回执号')
  receiptNo: string;
  @Labelled('GOVERNMENT', () => Verdict, '结论')
  verdict: keyof typeof Verdict;
  @Labelled('GOVERNMENT', () => DateTimeScalar, '核查时间')
  checkedAt: string;
  @Labelled('GOVERNMENT', () => ServiceMatter, '政务服务事项')
  matter: ServiceMatter;
  @Labelled('GOVERNMENT', () => String, '办件编号', { nullable: true })
  caseNo: string | null;
  @Labelled('GOVERNMENT', () => Subject, '被核查主体', { nullable: true })
  subject: Subject | null;
  @Labelled('GOVERNMENT', () => Boolean, '查有此主体')
  subjectFound: boolean;
  @Labelled('GOVERNMENT', () => Boolean, '名称相符 Null when no name was given.', { nullable: true })
  nameMatches: boolean | null;
  @Labelled('GOVERNMENT', () => [CreditFinding], '发现')
  findings: CreditFinding[];
  @Labelled('GOVERNMENT', () => [CheckSource], '来源')
  sources: CheckSource[];
}

@ObjectType({ description: '信用核查结果' })
export class CheckCreditPayload {
  @Labelled('OPEN', () => CreditCheck, '核查记录')
  check: CreditCheck;
}

@ObjectType({ description: '批量核查的一行结果' })
export class CheckCreditsItem {
  @Labelled('OPEN', () => Int, '行号 From 1, in the order sent.')
  row: number;
  @Labelled('OPEN', () => CreditCheck, '核查记录 Null where the row is malformed.', { nullable: true })
  check: CreditCheck | null;
  @Labelled('OPEN', () => String, '该行的错误', { nullable: true })
  error: string | null;
}

@ObjectType({ description: '批量核查结果' })
export class CheckCreditsPayload {
  @Labelled('OPEN', () => [CheckCreditsItem], '各行结果')
  items: CheckCreditsItem[];
}
