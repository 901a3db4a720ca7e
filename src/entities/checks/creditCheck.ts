import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { bool, instant, json, nullable, text, uuid } from '../columns.js';
import { Department } from '../departments/department.js';
import { ServiceMatter } from '../measures/serviceMatter.js';
import { Subject, type SubjectKind } from '../subjects/subject.js';

export type Verdict = 'CLEAR' | 'REWARDED' | 'CAUTION' | 'RESTRICTED' | 'UNKNOWN';

/** How fresh a list was that the check looked at; `receivedUpTo` is an instant with `Z`, null for OWN and never received lists. */
export interface StoredSource {
  listId: string;
  receivedUpTo: string | null;
  stale: boolean;
}

/** 信用核查 A receipt: written once, never changed. */
@Entity({ tableName: 'credit_check' })
export class CreditCheck {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  receiptNo: string;
  @Property(text())
  verdict: Verdict;
  @Property(instant())
  checkedAt: Date;
  @ManyToOne(() => ServiceMatter, { ref: true })
  matter: Ref<ServiceMatter>;
  @Property(text(nullable))
  caseNo: string | null;
  @ManyToOne(() => Subject, { ref: true, nullable: true })
  subject: Ref<Subject> | null;
  @Property(text(nullable))
  subjectKind: SubjectKind | null;
  @Property(bool())
  subjectFound: boolean;
  @Property(bool(nullable))
  nameMatches: boolean | null;
  @ManyToOne(() => Department, { ref: true })
  department: Ref<Department>;
  @Property(text())
  checkedBy: string;
  @Property(json())
  sources: StoredSource[];
}
