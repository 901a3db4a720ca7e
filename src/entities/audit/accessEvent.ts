import type { Ref } from '@mikro-orm/core';
import { OptionalProps } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { bigint, byPostgres, instant, nullable, text, texts, uuid, uuids } from '../columns.js';
import { Department } from '../departments/department.js';

/** 访问日志 Who looked at or did what, for which purpose, and how it went. */
@Entity({ tableName: 'access_event' })
export class AccessEvent {
  [OptionalProps]?: 'at' | 'subjectIds' | 'labels';

  @PrimaryKey(uuid())
  id: string;
  @Property(instant(byPostgres))
  at: Date;
  @Property(text())
  actor: string;
  @Property(text())
  role: string;
  @ManyToOne(() => Department, { ref: true, nullable: true })
  department: Ref<Department> | null;
  @Property(text(nullable))
  purpose: string | null;
  @Property(text(nullable))
  caseNo: string | null;
  @Property(text())
  operation: string;
  @Property(text())
  operationHash: string;
  @Property(uuids())
  subjectIds: string[] = [];
  @Property(texts())
  labels: string[] = [];
  @Property(text(nullable))
  receiptNo: string | null;
  @Property(text())
  outcome: string;
  /** the consent that the request stated */
  @Property(uuid(nullable))
  consentId: string | null;
  /** the power of attorney by which it acted for another */
  @Property(uuid(nullable))
  onBehalf: string | null;
  /** place in the audit log, from 0; null until it is taken in */
  @Property(bigint({ ...nullable, ...byPostgres }))
  seq: string | null;
}
