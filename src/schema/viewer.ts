import { ObjectType } from 'type-graphql';
import { Department } from './departments/department.js';
import { Labelled } from './labelled.js';
import { Subject } from './subjects/subject.js';

@ObjectType({ description: '当前用户 Who asks, and what it may ask for.' })
export class Viewer {
  @Labelled('OPEN', () => String, '角色')
  role: string;
  @Labelled('OPEN', () => Department, '所属部门', { nullable: true })
  department: Department | null;
  @Labelled('OPEN', () => Subject, '所代表的主体', { nullable: true })
  subject: Subject | null;
  @Labelled(
    'OPEN',
    () => [String],
    '可用操作 Names of the root fields that this caller may use, some of them only with a purpose.',
  )
  may: string[];
}
