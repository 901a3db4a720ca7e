import { ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
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
}

export const AccessEventConnection = connectionOf('AccessEvent', '访问日志', () => AccessEvent);
