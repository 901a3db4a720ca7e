import { ObjectType } from 'type-graphql';
import { Department, LegalBasis } from '../departments/department.js';
import { MeasureKind, Verdict } from '../enums.js';
import { Labelled } from '../labelled.js';
import { CreditList } from '../lists/list.js';
import { Node } from '../node.js';

@ObjectType({ implements: Node, description: '政务服务事项 A matter in which credit is checked.' })
export class ServiceMatter extends Node {
  @Labelled('OPEN', () => String, '事项编码')
  code: string;
  @Labelled('OPEN', () => String, '事项名称')
  name: string;
  @Labelled('OPEN', () => Department, '办理部门 The department of its function.', { nullable: true })
  department: Department | null;
  @Labelled('OPEN', () => String, '国家事项编码', { nullable: true })
  nationalCode: string | null;
  @Labelled('OPEN', () => [Measure], '适用措施')
  measures: Measure[];
}

@ObjectType({
  description: '措施触发条件 What sets the measure off in which matter, and the provision that allows exactly that.',
})
export class MeasureTrigger {
  @Labelled('OPEN', () => ServiceMatter, '政务服务事项')
  matter: ServiceMatter;
  @Labelled('OPEN', () => CreditList, '名单', { nullable: true })
  list: CreditList | null;
  @Labelled('OPEN', () => String, '处罚类别', { nullable: true })
  penaltyKind: string | null;
  @Labelled('OPEN', () => Boolean, '违诺 Set off by a decided breach of a commitment.')
  breachedCommitment: boolean;
  @Labelled('OPEN', () => Verdict, '效果')
  effect: keyof typeof Verdict;
  @Labelled('OPEN', () => LegalBasis, '法律依据')
  basis: LegalBasis;
}

@ObjectType({
  implements: Node,
  description: '奖惩措施 Executable only where a provision allows it (全国失信惩戒措施基础清单).',
})
export class Measure extends Node {
  @Labelled('OPEN', () => String, '措施编码')
  code: string;
  @Labelled('OPEN', () => String, '措施名称')
  name: string;
  @Labelled('OPEN', () => MeasureKind, '种类')
  kind: keyof typeof MeasureKind;
  @Labelled('OPEN', () => [MeasureTrigger], '触发条件')
  triggers: MeasureTrigger[];
}
