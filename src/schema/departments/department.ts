import { ObjectType } from 'type-graphql';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar, UnifiedSocialCreditCode } from '../scalars.js';

@ObjectType({
  implements: Node,
  description: '部门 A department of the county; lists, matters and items find it by function.',
})
export class Department extends Node {
  @Labelled('OPEN', () => UnifiedSocialCreditCode, '统一社会信用代码')
  code: string;
  @Labelled('OPEN', () => String, '名称')
  name: string;
  @Labelled('OPEN', () => [String], '职能 What it is for, by the codes of the reference data.')
  functions: string[];
}

@ObjectType({
  implements: Node,
  description:
    '法律依据 One provision of law that an item, list or measure rests on; outside its dates it carries nothing.',
})
export class LegalBasis extends Node {
  @Labelled('OPEN', () => String, '名称 Title of the law or document.')
  title: string;
  @Labelled('OPEN', () => String, '条款', { nullable: true })
  article: string | null;
  @Labelled(
    'OPEN',
    () => String,
    '效力层级 Law, administrative regulation, local regulation, departmental rule, document.',
  )
  rank: string;
  @Labelled('OPEN', () => DateScalar, '施行日期')
  validFrom: string;
  @Labelled('OPEN', () => DateScalar, '失效日期 The last day; null while in force.', { nullable: true })
  validTo: string | null;
}
