import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Recipient } from '../../permissions/recipients.js';
import { day, int, nullable, text, texts, uuid, uuids } from '../columns.js';
import { Department } from '../departments/department.js';
import { Revised } from '../revised.js';
import { Subject, type SubjectKind } from '../subjects/subject.js';

export type ConsentKind = 'CONSENT' | 'POWER_OF_ATTORNEY';
export type ConsentLabel = 'AUTHORISED' | 'PERSONAL' | 'SECRET';

/** 授权书、委托书 What a subject allowed in writing; its state today is CONSENT_STATE's (ADR 4). */
@Entity({ tableName: 'consent' })
export class Consent extends Revised<'labels' | 'itemIds'> {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  kind: ConsentKind;
  @ManyToOne(() => Subject, { ref: true })
  subject: Ref<Subject>;
  @Property(text())
  subjectKind: SubjectKind;
  @Property(text())
  recipientRole: Recipient;
  @ManyToOne(() => Department, { ref: true, nullable: true })
  recipientDepartment: Ref<Department> | null;
  @Property(text(nullable))
  recipientUser: string | null;
  @ManyToOne(() => Subject, { ref: true, nullable: true })
  agent: Ref<Subject> | null;
  @Property(texts())
  labels: ConsentLabel[] = [];
  @Property(uuids())
  itemIds: string[] = [];
  @Property(text(nullable))
  purpose: string | null;
  @Property(int(nullable))
  uses: number | null;
  @Property(day())
  expiresOn: string;
  @Property(text())
  documentNo: string;
  @Property(text())
  documentHash: string;
  @Property(day())
  grantedOn: string;
  @Property(text())
  grantedBy: string;
  /** whose counter took it */
  @ManyToOne(() => Department, { ref: true, nullable: true })
  department: Ref<Department> | null;
  @Property(text(nullable))
  witness: string | null;
  @Property(day(nullable))
  withdrawnOn: string | null;
}
