import { Int, ObjectType } from 'type-graphql';
import { LegalBasis } from '../departments/department.js';
import { PatrolOwnerKind, PatrolRuleCode } from '../enums.js';
import { Labelled } from '../labelled.js';
import { DateScalar, JSONObject } from '../scalars.js';

@ObjectType({ description: '巡查规则的限值 From a day on.' })
export class PatrolThreshold {
  @Labelled('OPEN', () => String, '版本')
  version: string;
  @Labelled('OPEN', () => DateScalar, '施行日期')
  effectiveFrom: string;
  @Labelled('OPEN', () => JSONObject, '限值')
  definition: Record<string, unknown>;
}

@ObjectType({ description: '巡查规则的示例 Run as tests.' })
export class PatrolRuleExample {
  @Labelled('OPEN', () => String, '情形')
  text: string;
  @Labelled('OPEN', () => Int, '发现问题数')
  found: number;
}

@ObjectType({ description: '巡查规则 What a patrol looks for, and on which ground.' })
export class PatrolRule {
  @Labelled('OPEN', () => PatrolRuleCode, '编码')
  code: keyof typeof PatrolRuleCode;
  @Labelled('OPEN', () => String, '名称')
  name: string;
  @Labelled('OPEN', () => String, '内容')
  sentence: string;
  @Labelled('OPEN', () => PatrolOwnerKind, '责任部门的确定')
  owner: keyof typeof PatrolOwnerKind;
  @Labelled('OPEN', () => Int, '办理期限 Working days from the day after it was found.')
  workdays: number;
  @Labelled('OPEN', () => [LegalBasis], '依据')
  bases: LegalBasis[];
  @Labelled('OPEN', () => [PatrolThreshold], '限值')
  thresholds: PatrolThreshold[];
  @Labelled('OPEN', () => [PatrolRuleExample], '示例')
  examples: PatrolRuleExample[];
}
