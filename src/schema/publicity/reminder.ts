import { Int, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { ImportBatch } from '../collection/batch.js';
import { Department } from '../departments/department.js';
import { ReminderKind } from '../enums.js';
import { Labelled } from '../labelled.js';
import { DateScalar } from '../scalars.js';

@ObjectType({ description: '公示提醒 What a department was told that it still can do in time.' })
export class PublicityReminder {
  @Labelled('GOVERNMENT', () => ReminderKind, '提醒事由')
  kind: keyof typeof ReminderKind;
  @Labelled('GOVERNMENT', () => Department, '提供单位')
  department: Department;
  @Labelled('GOVERNMENT', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('GOVERNMENT', () => String, '月份 Of the decisions.')
  month: string;
  @Labelled('GOVERNMENT', () => DateScalar, '截止日期 The last day in time.')
  dueOn: string;
  @Labelled('GOVERNMENT', () => Int, '未报件数 Null: it is the count that is wanting.', { nullable: true })
  decisions: number | null;
  @Labelled('GOVERNMENT', () => ImportBatch, '归集批次 Of the row that went back.', { nullable: true })
  batch: ImportBatch | null;
  @Labelled('GOVERNMENT', () => Int, '行号', { nullable: true })
  rowNo: number | null;
  @Labelled('GOVERNMENT', () => DateScalar, '提醒日期 The last time.')
  toldOn: string;
}
