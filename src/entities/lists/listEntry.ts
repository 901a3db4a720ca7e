import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { ImportBatch } from '../collection/importBatch.js';
import { bool, byPostgres, day, instant, int, nullable, text, uuid } from '../columns.js';
import { Department } from '../departments/department.js';
import { CreditRecord } from '../records/creditRecord.js';
import { Revised } from '../revised.js';
import { Subject, type SubjectKind } from '../subjects/subject.js';
import { CreditList } from './creditList.js';

export type ListEntryState =
  | 'PROPOSED'
  | 'NOTIFIED'
  | 'LISTED'
  | 'SUSPENDED'
  | 'REPAIRED'
  | 'EXPIRED'
  | 'REVOKED'
  | 'WITHDRAWN';

/** 名单信息 One subject on one list; the state stored is the last one decided, today's is ENTRY_STATE's. */
@Entity({ tableName: 'list_entry' })
export class ListEntry extends Revised<'disputed' | 'personalText' | 'enteredOn'> {
  @PrimaryKey(uuid())
  id: string;
  @ManyToOne(() => CreditList, { ref: true })
  list: Ref<CreditList>;
  @ManyToOne(() => Subject, { ref: true })
  subject: Ref<Subject>;
  @Property(text())
  subjectKind: SubjectKind;
  @ManyToOne(() => Department, { ref: true })
  department: Ref<Department>;
  @Property(text())
  state: ListEntryState;
  @Property(text(nullable))
  reason: string | null;
  @Property(text())
  documentNo: string;
  @Property(day())
  proposedOn: string;
  @Property(text(nullable))
  proposedBy: string | null;
  @Property(day(nullable))
  servedOn: string | null;
  @Property(day(nullable))
  listedOn: string | null;
  @Property(text(nullable))
  confirmedBy: string | null;
  @Property(day(nullable))
  endsOn: string | null;
  @Property(day(nullable))
  removedOn: string | null;
  @Property(bool())
  disputed = false;
  @Property(day(byPostgres))
  enteredOn: string;
  @Property(text())
  businessKey: string;
  @Property(text(nullable))
  contentHash: string | null;
  @Property(instant())
  asOf: Date;
  @ManyToOne(() => ImportBatch, { ref: true, nullable: true })
  batch: Ref<ImportBatch> | null;
  @Property(int(nullable))
  rowNo: number | null;
  @Property(bool())
  personalText = false;
  /** what the listing rests on: revoked, it takes the entry with it */
  @ManyToOne(() => CreditRecord, { ref: true, nullable: true })
  record: Ref<CreditRecord> | null;
}
