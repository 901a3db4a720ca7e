import { ObjectType } from 'type-graphql';
import { CatalogueItem, ReportingCycle } from '../catalogue/item.js';
import { Department } from '../departments/department.js';
import { Labelled } from '../labelled.js';
import { DateScalar } from '../scalars.js';

@ObjectType({ description: '报送任务 What a department owes under one item of the catalogue, and when.' })
export class ReportingDuty {
  @Labelled('GOVERNMENT', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('GOVERNMENT', () => Department, '提供单位')
  department: Department;
  @Labelled('GOVERNMENT', () => ReportingCycle, '更新周期')
  cycle: ReportingCycle;
  @Labelled('GOVERNMENT', () => DateScalar, '上次报送日期 Of the last batch of which a row was accepted.', {
    nullable: true,
  })
  lastReportedOn: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '应报期间起 Null where every decision is reported.', { nullable: true })
  periodFrom: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '应报期间止', { nullable: true })
  periodTo: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '下次截止日期 So many working days after the period.', { nullable: true })
  nextDueOn: string | null;
  @Labelled('GOVERNMENT', () => Boolean, '逾期 The day has passed and nothing came.')
  overdue: boolean;
}
