import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { day, nullable, text, uuid } from '../columns.js';
import { Department } from '../departments/department.js';
import { Revised } from '../revised.js';

/** 查询记录封存 One decision by which the look-ups of a case are kept from whom they are about; its state is SEAL_STATE's. */
@Entity({ tableName: 'sealed_case' })
export class SealedCase extends Revised {
  @PrimaryKey(uuid())
  id: string;
  @ManyToOne(() => Department, { ref: true })
  department: Ref<Department>;
  @Property(text())
  caseNo: string;
  @Property(text())
  documentNo: string;
  @Property(text())
  reason: string;
  @Property(day())
  sealedOn: string;
  /** the last day */
  @Property(day())
  sealedUntil: string;
  @Property(text())
  sealedBy: string;
  @Property(day(nullable))
  liftedOn: string | null;
  @Property(text(nullable))
  liftDocumentNo: string | null;
  @Property(text(nullable))
  liftReason: string | null;
  @Property(text(nullable))
  liftedBy: string | null;
}
