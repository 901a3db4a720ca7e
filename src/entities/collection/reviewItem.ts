import type { Ref } from '@mikro-orm/core';
import { OptionalProps } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { byPostgres, instant, int, nullable, text, uuid } from '../columns.js';
import { Department } from '../departments/department.js';
import { CreditRecord } from '../records/creditRecord.js';
import { ImportBatch } from './importBatch.js';

/** 人工复核 What no rule decides. */
@Entity({ tableName: 'review_item' })
export class ReviewItem {
  [OptionalProps]?: 'openedAt';

  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  kind: string;
  @ManyToOne(() => CreditRecord, { ref: true, nullable: true })
  record: Ref<CreditRecord> | null;
  @ManyToOne(() => ImportBatch, { ref: true, nullable: true })
  batch: Ref<ImportBatch> | null;
  @Property(int(nullable))
  rowNo: number | null;
  @ManyToOne(() => Department, { ref: true })
  department: Ref<Department>;
  @Property(instant(byPostgres))
  openedAt: Date;
  @Property(instant(nullable))
  closedAt: Date | null;
  @Property(text(nullable))
  closedBy: string | null;
  @Property(text(nullable))
  outcome: 'DECIDED' | 'REVISED' | null;
  /** the class that was decided */
  @Property(text(nullable))
  severity: 'MINOR' | 'GENERAL' | 'SERIOUS' | null;
  @Property(text(nullable))
  reason: string | null;
  @Property(text(nullable))
  documentNo: string | null;
}
