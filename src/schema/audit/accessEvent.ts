import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { Consent } from '../consents/consent.js';
import { Department } from '../departments/department.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateTimeScalar } from '../scalars.js';

@ObjectType({ implements: Node, description: '访问日志 One look at guarded data, one verb, or one refusal.' })
export class AccessEvent extends Node {
  @Labelled('AUDIT', () => DateTimeScalar, '时间', { nullable: false })
  at: string;
  @Labelled('AUDIT', () => String, '角色')
  role: string;
  @Labelled('AUDIT', () => Department, '部门', { nullable: true })
  department: Department | null;
  @Labelled('AUDIT', () => String, '查询用途', { nullable: true })
  purpose: string | null;
  @Labelled('AUDIT', () => String, '操作 Root fields asked for.')
  operation: string;
  @Labelled('AUDIT', () => String, '核查回执号', { nullable: true })
  receiptNo: string | null;
  @Labelled('AUDIT', () => String, '结果 OK, or the code of the refusal.')
  outcome: string;
  @Labelled('AUDIT', () => [String], '安全标记 Of the data that left.')
  labels: string[];
  @Labelled('AUDIT', () => Boolean, '已封存 Its case is sealed today: whom it is about is not shown it.')
  sealed: boolean;
  @Labelled('AUDIT', () => Consent, '所持授权书 The consent that was stated, where the caller may read it.', {
    nullable: true,
  })
  consent: Consent | null;
  @Labelled('AUDIT', () => Consent, '所持委托书 The power by which somebody acted for the subject.', { nullable: true })
  power: Consent | null;
}

export const AccessEventConnection = connectionOf('AccessEvent', '访问日志', () => AccessEvent);

@InputType({ description: '访问日志筛选条件 All that are given must hold.' })
export class AccessEventFilter {
  @Field(() => [String], { nullable: true, description: '角色' })
  roles?: string[] | null;
  @Field(() => String, { nullable: true, description: '部门统一社会信用代码' })
  department?: string | null;
  @Field(() => [String], { nullable: true, description: '查询用途' })
  purposes?: string[] | null;
  @Field(() => String, { nullable: true, description: '案号' })
  caseNo?: string | null;
  @Field(() => [String], { nullable: true, description: '操作 Root fields; an event of several matches by any.' })
  operations?: string[] | null;
  @Field(() => [String], { nullable: true, description: '结果 OK, or codes of refusals.' })
  outcomes?: string[] | null;
  @Field(() => ID, { nullable: true, description: '所持授权书 The consent that was stated.' })
  consent?: string | null;
  @Field(() => ID, { nullable: true, description: '所持委托书' })
  power?: string | null;
  @Field(() => Boolean, { nullable: true, description: '已封存 True: those of sealed cases; false: the others.' })
  sealed?: boolean | null;
  @Field(() => DateTimeScalar, { nullable: true, description: '起始时间，含' })
  from?: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: '截止时间，不含' })
  to?: string | null;
}
