import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CatalogueItem, type Disclosure } from '../catalogue/catalogueItem.js';
import { ImportBatch } from '../collection/importBatch.js';
import { amount, bool, day, instant, int, json, nullable, text, texts, uuid } from '../columns.js';
import { Department } from '../departments/department.js';
import { Revised } from '../revised.js';
import { Subject, type SubjectKind } from '../subjects/subject.js';

export type RecordType = 'PERMIT' | 'PENALTY' | 'OTHER';
export type RecordState = 'ACTIVE' | 'EXPIRED' | 'REPAIRED' | 'REVOKED';
export type PenaltySeverity = 'MINOR' | 'GENERAL' | 'SERIOUS';

/** 信用信息 One row for every kind of record; the state stored is the last one decided, today's is RECORD_STATE's. */
@Entity({ tableName: 'credit_record' })
export class CreditRecord extends Revised<'state' | 'disputed' | 'values' | 'personalText' | 'backFilled'> {
  @PrimaryKey(uuid())
  id: string;
  @ManyToOne(() => CatalogueItem, { ref: true })
  item: Ref<CatalogueItem>;
  @Property(text())
  recordType: RecordType;
  @Property(text())
  disclosure: Disclosure;
  @ManyToOne(() => Subject, { ref: true })
  subject: Ref<Subject>;
  @Property(text())
  subjectKind: SubjectKind;
  @ManyToOne(() => Department, { ref: true })
  authority: Ref<Department>;
  @ManyToOne(() => Department, { ref: true })
  provider: Ref<Department>;
  @Property(text(nullable))
  documentNo: string | null;
  @Property(day())
  decidedOn: string;
  @Property(day(nullable))
  publicFrom: string | null;
  @Property(day(nullable))
  publicUntil: string | null;
  @Property(text())
  state: RecordState = 'ACTIVE';
  @Property(day(nullable))
  expiresOn: string | null;
  @Property(bool())
  disputed = false;
  @Property(text(nullable))
  ruleVersion: string | null;
  @Property(text())
  businessKey: string;
  @Property(text())
  contentHash: string;
  /** digest of what the row says in public, where that is not all it says */
  @Property(text(nullable))
  publicHash: string | null;
  /** the row's own words about its subject and authority, as they may be shown */
  @Property(json(nullable))
  heading: Record<string, string> | null;
  @Property(instant())
  asOf: Date;
  @ManyToOne(() => ImportBatch, { ref: true, nullable: true })
  batch: Ref<ImportBatch> | null;
  @Property(int(nullable))
  rowNo: number | null;
  @Property(day())
  receivedOn: string;
  /** 补录: of the batch that brought it first */
  @Property(bool())
  backFilled = false;

  @Property(text(nullable))
  documentName: string | null;
  @Property(text(nullable))
  category: string | null;
  @Property(text(nullable))
  certificateName: string | null;
  @Property(text(nullable))
  certificateNo: string | null;
  @Property(text(nullable))
  content: string | null;
  @Property(day(nullable))
  validFrom: string | null;
  @Property(day(nullable))
  validTo: string | null;

  @Property(text(nullable))
  violation: string | null;
  @Property(text(nullable))
  facts: string | null;
  @Property(text(nullable))
  basis: string | null;
  @Property(texts(nullable))
  categories: string[] | null;
  @Property(text(nullable))
  severity: PenaltySeverity | null;
  /** yuan */
  @Property(amount(nullable))
  fine: string | null;
  /** yuan */
  @Property(amount(nullable))
  confiscation: string | null;

  /** fields of the item that have no column, under their own names, personal data masked */
  @Property(json())
  values: Record<string, unknown> = {};
  @Property(bool())
  personalText = false;
  @Property(day(nullable))
  revokedOn: string | null;
  @Property(text(nullable))
  revocationDocumentNo: string | null;
}
