import { ID, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { LifecycleKind } from '../enums.js';
import { Labelled } from '../labelled.js';
import { DateScalar } from '../scalars.js';

@ObjectType({ description: '生命周期事件 One event of an organisation’s time line, with the object that tells it.' })
export class LifecycleEvent {
  @Labelled('OPEN', () => LifecycleKind, '事件')
  kind: keyof typeof LifecycleKind;
  @Labelled('OPEN', () => DateScalar, '日期')
  date: string;
  @Labelled('OPEN', () => String, '标题 Ids and phone numbers masked.')
  title: string;
  @Labelled('OPEN', () => CatalogueItem, '来源事项', { nullable: true })
  item: CatalogueItem | null;
  @Labelled('OPEN', () => Department, '来源部门', { nullable: true })
  department: Department | null;
  @Labelled('OPEN', () => ID, '来源对象标识 What `node(id:)` finds.')
  source: string;
}

export const LifecycleEventConnection = connectionOf('LifecycleEvent', '生命周期事件', () => LifecycleEvent);
