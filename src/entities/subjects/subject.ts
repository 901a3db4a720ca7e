import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { bool, byPostgres, day, instant, nullable, text, uuid } from '../columns.js';
import { Revised } from '../revised.js';

export type SubjectKind =
  | 'ENTERPRISE'
  | 'INDIVIDUAL_BUSINESS'
  | 'COOPERATIVE'
  | 'BRANCH'
  | 'SOCIAL_ORGANISATION'
  | 'PUBLIC_INSTITUTION'
  | 'GOVERNMENT_BODY'
  | 'OTHER_ORGANISATION'
  | 'NATURAL_PERSON';

/** 信用主体 Of natural persons the name stands masked here, and whole, sealed, in PersonIdentity. */
@Entity({ tableName: 'subject' })
export class Subject extends Revised<'provisional' | 'sortCode'> {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  kind: SubjectKind;
  @Property(text())
  name: string;
  @Property(text())
  nameKey: string;
  @Property(text(nullable))
  code: string | null;
  @Property(text(nullable))
  registrationNo: string | null;
  @Property(text(nullable))
  idMasked: string | null;
  /** of an individual business masked, whole in SubjectRepresentative */
  @Property(text(nullable))
  representative: string | null;
  @Property(bool())
  provisional = false;
  @ManyToOne(() => Subject, { ref: true, nullable: true })
  parent: Ref<Subject> | null;
  @Property(day(nullable))
  registeredOn: string | null;
  @Property(text(nullable))
  address: string | null;
  @Property(text(nullable))
  industryCode: string | null;
  @Property(text(nullable))
  registrationState: string | null;
  @Property(text(nullable))
  registrationAuthority: string | null;
  @Property(instant())
  asOf: Date;
  @Property(text(nullable))
  contentHash: string | null;
  @Property(text(byPostgres))
  sortCode: string;
  /** 归并 the subject that this one has turned out to be (services/subjects/merging) */
  @Property(uuid({ ...byPostgres, ...nullable }))
  mergedInto: string | null;
  @Property(day({ ...byPostgres, ...nullable }))
  mergedOn: string | null;
  @Property(day({ ...byPostgres, ...nullable }))
  closedOn: string | null;
  /** whose item said last what is known of it */
  @Property(uuid(nullable))
  sourceItemId: string | null;
  @Property(uuid(nullable))
  sourceDepartmentId: string | null;
}
