import { Float, Int, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { Department } from '../departments/department.js';
import { QualityDimension } from '../enums.js';
import { Labelled } from '../labelled.js';
import { JSONObject } from '../scalars.js';

@ObjectType({
  description: '质量维度 Rows that a rule of the dimension has found, and the share of those that none has.',
})
export class QualityDimensionLine {
  @Labelled('GOVERNMENT', () => QualityDimension, '维度')
  dimension: keyof typeof QualityDimension;
  @Labelled('GOVERNMENT', () => Int, '问题行数')
  faulty: number;
  @Labelled('GOVERNMENT', () => Float, '合格率 0 to 1; null where nothing was read.', { nullable: true })
  rate: number | null;
  @Labelled('GOVERNMENT', () => JSONObject, '规则命中 Rows by rule.')
  rules: Record<string, number>;
}

@ObjectType({ description: '处置 What was done about it.' })
export class QualityDone {
  @Labelled('GOVERNMENT', () => Int, '退回行数')
  returned: number;
  @Labelled('GOVERNMENT', () => Int, '垃圾行数 Part of returned.')
  junk: number;
  @Labelled('GOVERNMENT', () => JSONObject, '自动纠正 Rows by rule.')
  corrected: Record<string, number>;
  @Labelled('GOVERNMENT', () => Int, '关联补正行数 Linked to their subject by another number.')
  linked: number;
  @Labelled('GOVERNMENT', () => Int, '更新行数')
  revised: number;
  @Labelled('GOVERNMENT', () => Int, '无变化行数')
  unchanged: number;
  @Labelled('GOVERNMENT', () => Int, '转人工复核数')
  reviewsOpened: number;
  @Labelled('GOVERNMENT', () => Int, '已复核数')
  reviewsClosed: number;
}

@ObjectType({ description: '数据质量报告 What a department sent under one item in one month.' })
export class QualityReport {
  @Labelled('GOVERNMENT', () => Department, '提供单位')
  department: Department;
  @Labelled('GOVERNMENT', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('GOVERNMENT', () => String, '月份 YYYY-MM, of the day of receipt.')
  month: string;
  @Labelled('GOVERNMENT', () => Int, '批次数')
  batches: number;
  @Labelled('GOVERNMENT', () => Int, '读取行数')
  read: number;
  @Labelled('GOVERNMENT', () => Int, '入库行数')
  accepted: number;
  @Labelled('GOVERNMENT', () => [QualityDimensionLine], '各维度')
  dimensions: QualityDimensionLine[];
  @Labelled('GOVERNMENT', () => QualityDone, '处置')
  done: QualityDone;
}
