import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { bool, day, nullable, text, uuid } from '../columns.js';
import { Department } from '../departments/department.js';
import { ServiceMatter } from '../measures/serviceMatter.js';
import { Revised } from '../revised.js';
import { Subject, type SubjectKind } from '../subjects/subject.js';

export type CommitmentKind =
  | 'APPROVAL_SUBSTITUTION'
  | 'VOLUNTARY_DISCLOSURE'
  | 'INDUSTRY_SELF_DISCIPLINE'
  | 'CREDIT_REPAIR'
  | 'PROOF_NOTIFICATION'
  | 'GOVERNMENT_SERVICE';
export type CommitmentState = 'OPEN' | 'FULFILLED' | 'PARTLY_FULFILLED' | 'BREACHED' | 'REPAIRED';

/** 信用承诺 `code` is the 承诺编码: division, day and serial. */
@Entity({ tableName: 'commitment' })
export class Commitment extends Revised<'personalText'> {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  code: string;
  @Property(text())
  kind: CommitmentKind;
  @ManyToOne(() => Subject, { ref: true })
  subject: Ref<Subject>;
  @Property(text())
  subjectKind: SubjectKind;
  @Property(text())
  content: string;
  @Property(day())
  madeOn: string;
  @Property(text())
  madeBy: string;
  @Property(day(nullable))
  dueOn: string | null;
  @Property(text())
  state: CommitmentState;
  @ManyToOne(() => Department, { ref: true })
  department: Ref<Department>;
  @ManyToOne(() => ServiceMatter, { ref: true, nullable: true })
  matter: Ref<ServiceMatter> | null;
  @Property(day(nullable))
  settledOn: string | null;
  @Property(text(nullable))
  settlementDocumentNo: string | null;
  @Property(text(nullable))
  settlementNote: string | null;
  @Property(bool())
  personalText = false;
}
