import { ObjectType } from 'type-graphql';
import { Department, LegalBasis } from '../departments/department.js';
import { Disclosure, SubjectKind } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';

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
  @Labelled('OPEN', () => Disclosure, '披露方式')
  disclosure: keyof typeof Disclosure;
  @Labelled('OPEN', () => [Department], '提供单位')
  providers: Department[];
  @Labelled('OPEN', () => [SubjectKind], '适用主体')
  subjectKinds: (keyof typeof SubjectKind)[];
  @Labelled('OPEN', () => [CatalogueField], '数据项')
  fields: CatalogueField[];
}
