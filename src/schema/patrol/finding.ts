import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AccessEvent } from '../audit/accessEvent.js';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { FindingAction, FindingOutcome, FindingState, PatrolRuleCode } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar, DateTimeScalar, JSONObject } from '../scalars.js';
import { Subject } from '../subjects/subject.js';
import { PatrolRule } from './rule.js';

@ObjectType({ description: '巡查问题的办理步骤' })
export class PatrolStep {
  @Labelled('GOVERNMENT', () => DateTimeScalar, '时间', { nullable: true })
  at: string;
  @Labelled('GOVERNMENT', () => FindingAction, '步骤', { nullable: true })
  action: keyof typeof FindingAction;
  @Labelled('GOVERNMENT', () => FindingState, '其后状态', { nullable: true })
  state: keyof typeof FindingState;
  @Labelled('GOVERNMENT', () => String, '说明', { nullable: true })
  note: string | null;
  @Labelled('GOVERNMENT', () => Department, '办理部门', { nullable: true })
  department: Department | null;
  @Labelled('AUDIT', () => String, '办理人', { nullable: true })
  by: string | null;
}

@ObjectType({
  implements: Node,
  description: '巡查问题 A fact that a rule found: a case with an owner, a term and an outcome.',
})
export class PatrolFinding extends Node {
  @Labelled('OPEN', () => PatrolRule, '规则')
  rule: PatrolRule;
  @Labelled('OPEN', () => String, '所用限值的版本')
  ruleVersion: string;
  @Labelled('OPEN', () => Department, '责任部门', { nullable: true })
  department: Department | null;
  @Labelled('OPEN', () => DateScalar, '发现日期')
  foundOn: string;
  @Labelled('OPEN', () => DateScalar, '办理期限')
  dueOn: string;
  @Labelled('OPEN', () => FindingState, '状态')
  state: keyof typeof FindingState;
  @Labelled('OPEN', () => Boolean, '是否逾期')
  overdue: boolean;
  @Labelled('OPEN', () => Int, '数量 Events, subjects, texts or rows, as the rule counts.')
  observed: number;
  @Labelled('OPEN', () => DateTimeScalar, '起于')
  firstAt: string;
  @Labelled('OPEN', () => DateTimeScalar, '止于')
  lastAt: string;
  @Labelled('GOVERNMENT', () => JSONObject, '要点 Counts, dates and kinds.', { nullable: true })
  detail: Record<string, unknown> | null;
  @Labelled('GOVERNMENT', () => Node, '所涉信息 Null where there is none, or the caller may not read it.', {
    nullable: true,
  })
  target: Node | null;
  @Labelled('GOVERNMENT', () => String, '承办人', { nullable: true })
  assignee: string | null;
  @Labelled('GOVERNMENT', () => String, '办结理由', { nullable: true })
  outcomeReason: string | null;
  @Labelled('OPEN', () => DateScalar, '办结日期', { nullable: true })
  closedOn: string | null;
  @Labelled('OPEN', () => [PatrolStep], '办理过程')
  steps: PatrolStep[];
  @Labelled('AUDIT', () => String, '当事人（用户标识） Whose doing it is.', { nullable: true })
  concerned: string | null;
  @Labelled('AUDIT', () => [AccessEvent], '所涉访问日志 Those that are still kept.', { nullable: true })
  events: AccessEvent[] | null;
  @Labelled('AUDIT', () => [Subject], '所涉主体 Those that the caller may read.', { nullable: true })
  subjects: Subject[] | null;
}

export const PatrolFindingConnection = connectionOf('PatrolFinding', '巡查问题', () => PatrolFinding);

@ObjectType({ description: '巡查问题数 By rule, department and state.' })
export class PatrolCount {
  @Labelled('OPEN', () => PatrolRule, '规则')
  rule: PatrolRule;
  @Labelled('OPEN', () => Department, '责任部门', { nullable: true })
  department: Department | null;
  @Labelled('OPEN', () => FindingState, '状态')
  state: keyof typeof FindingState;
  @Labelled('OPEN', () => Int, '数量')
  count: number;
  @Labelled('OPEN', () => Int, '其中逾期')
  overdue: number;
}

@InputType({ description: '巡查问题筛选条件 All that are given must hold.' })
export class PatrolFindingFilter {
  @Field(() => [PatrolRuleCode], { nullable: true, description: '规则' })
  rules?: (keyof typeof PatrolRuleCode)[] | null;
  @Field(() => [FindingState], { nullable: true, description: '状态' })
  states?: (keyof typeof FindingState)[] | null;
  @Field(() => String, { nullable: true, description: '责任部门统一社会信用代码' })
  department?: string | null;
  @Field(() => Boolean, { nullable: true, description: '是否逾期' })
  overdue?: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: '发现日期起，含' })
  foundFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '发现日期止，含' })
  foundTo?: string | null;
}

@InputType({ description: '巡查 Without days: all that came since the last patrol.' })
export class RunPatrolInput {
  @Field(() => DateScalar, { nullable: true, description: '起始日期，含' })
  from?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '截止日期，含' })
  to?: string | null;
}

@InputType({ description: '交办、退回补充' })
export class AssignFindingInput {
  @Field(() => ID, { description: '巡查问题标识' })
  id: string;
  @Field(() => String, { nullable: true, description: '责任部门统一社会信用代码 Without one it stays whose it is.' })
  department?: string | null;
  @Field(() => String, { nullable: true, description: '承办人（用户标识）' })
  to?: string | null;
  @Field(() => Int, { nullable: true, description: '新的办理期限，工作日 1 to 60, from tomorrow.' })
  workdays?: number | null;
  @Field(() => String, { description: '交办意见' })
  note: string;
}

@InputType({ description: '答复' })
export class AnswerFindingInput {
  @Field(() => ID, { description: '巡查问题标识' })
  id: string;
  @Field(() => String, { description: '说明与整改情况' })
  explanation: string;
}

@InputType({ description: '办结' })
export class CloseFindingInput {
  @Field(() => ID, { description: '巡查问题标识' })
  id: string;
  @Field(() => FindingOutcome, { description: '结论' })
  outcome: keyof typeof FindingOutcome;
  @Field(() => String, { description: '理由' })
  reason: string;
}

@ObjectType({ description: '巡查问题办理结果' })
export class FindingPayload {
  @Labelled('OPEN', () => PatrolFinding, '巡查问题')
  finding: PatrolFinding;
}

@ObjectType({ description: '一条规则的新问题数' })
export class FoundByRulePayload {
  @Labelled('OPEN', () => PatrolRuleCode, '规则')
  rule: keyof typeof PatrolRuleCode;
  @Labelled('OPEN', () => Int, '新问题数')
  count: number;
  @Labelled('OPEN', () => Int, '其中事实数 Facts in them: more, where many of one owner were gathered in one.')
  facts: number;
}

@ObjectType({ description: '巡查结果' })
export class RunPatrolPayload {
  @Labelled('OPEN', () => DateScalar, '起始日期', { nullable: true })
  from: string | null;
  @Labelled('OPEN', () => DateScalar, '截止日期', { nullable: true })
  to: string | null;
  @Labelled('OPEN', () => [FoundByRulePayload], '新发现 Every rule, also with 0.')
  found: FoundByRulePayload[];
  @Labelled('OPEN', () => [PatrolCount], '全部问题')
  summary: PatrolCount[];
}
