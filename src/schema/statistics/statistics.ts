import { Int, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { Department } from '../departments/department.js';
import { StatisticsCounted, StatisticsDimension, SubjectKind } from '../enums.js';
import { Labelled } from '../labelled.js';
import { CreditList } from '../lists/list.js';
import { DateScalar } from '../scalars.js';

@ObjectType({
  description:
    '统计行 One number of subjects and one of records. Those of persons are rounded; small groups are suppressed, which looks like none.',
})
export class StatisticsLine {
  @Labelled('GOVERNMENT', () => CatalogueItem, '事项 Where it is counted by ITEM.', { nullable: true })
  item: CatalogueItem | null;
  @Labelled('GOVERNMENT', () => CreditList, '名单 Where it is counted by LIST.', { nullable: true })
  list: CreditList | null;
  @Labelled('GOVERNMENT', () => Department, '作出决定、认定的部门 Where it is counted by DEPARTMENT.', {
    nullable: true,
  })
  department: Department | null;
  @Labelled('GOVERNMENT', () => String, '决定、列入月份 YYYY-MM, where it is counted by MONTH.', { nullable: true })
  month: string | null;
  @Labelled('GOVERNMENT', () => SubjectKind, '主体类型 Where it is counted by KIND.', { nullable: true })
  kind: keyof typeof SubjectKind | null;
  @Labelled(
    'GOVERNMENT',
    () => [StatisticsDimension],
    '未细分 The dimensions by which this line is not told apart: it holds small groups together.',
  )
  remainderOf: (keyof typeof StatisticsDimension)[];
  @Labelled('GOVERNMENT', () => Int, '主体数 Distinct subjects; null where suppressed.', { nullable: true })
  subjects: number | null;
  @Labelled('GOVERNMENT', () => Int, '条数 Records or entries; null where suppressed.', { nullable: true })
  count: number | null;
  @Labelled('GOVERNMENT', () => Boolean, '不予公布 Nobody, or fewer than may be told.')
  suppressed: boolean;
}

@ObjectType({ description: '统计表 Subjects and records by one dimension or two, over closed quarters.' })
export class Statistics {
  @Labelled('GOVERNMENT', () => StatisticsCounted, '统计对象')
  of: keyof typeof StatisticsCounted;
  @Labelled('GOVERNMENT', () => String, '起始季度')
  from: string;
  @Labelled('GOVERNMENT', () => String, '截止季度')
  to: string;
  @Labelled(
    'GOVERNMENT',
    () => DateScalar,
    '数据截止日 Last day of the last month that is over: what came or went since is not counted.',
  )
  asOf: string;
  @Labelled('GOVERNMENT', () => Int, '公布门槛 Fewest distinct persons of whom a number is told.')
  threshold: number;
  @Labelled('GOVERNMENT', () => Int, '取整基数 To whose multiples numbers that persons are part of are rounded.')
  roundedTo: number;
  @Labelled('GOVERNMENT', () => StatisticsLine, '合计 Counted by itself: no sum of the lines.')
  total: StatisticsLine;
  @Labelled('GOVERNMENT', () => [StatisticsLine], '各行')
  lines: StatisticsLine[];
}
