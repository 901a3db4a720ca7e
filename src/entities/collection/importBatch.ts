import type { Ref } from '@mikro-orm/core';
import { OptionalProps } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CatalogueItem } from '../catalogue/catalogueItem.js';
import { bool, byPostgres, day, instant, int, json, nullable, text, texts, uuid } from '../columns.js';
import { Department } from '../departments/department.js';

export type BatchState = 'RECEIVED' | 'RUNNING' | 'COMPLETED' | 'FAILED';
/** rows by code */
export type Tally = Record<string, number>;

/** 归集批次 One submission of one department under one item. */
@Entity({ tableName: 'import_batch' })
export class ImportBatch {
  [OptionalProps]?:
    | 'createdAt'
    | 'read'
    | 'accepted'
    | 'rejected'
    | 'revised'
    | 'unchanged'
    | 'unknownColumns'
    | 'backFilled'
    | 'corrections'
    | 'warnings'
    | 'rejections';

  @PrimaryKey(uuid())
  id: string;
  @ManyToOne(() => CatalogueItem, { ref: true })
  item: Ref<CatalogueItem>;
  @ManyToOne(() => Department, { ref: true })
  department: Ref<Department>;
  @Property(text())
  state: BatchState;
  @Property(day())
  receivedOn: string;
  @Property(instant())
  asOf: Date;
  @Property(text({ fieldName: 'content_sha256' }))
  contentSha256: string;
  /** keyed digest of the department's own key for a submission */
  @Property(text(nullable))
  keyHash: string | null;
  /** under which version of the catalogue its rows were judged */
  @Property(text(nullable))
  catalogueVersion: string | null;
  /** of market information: the agreement under which it came */
  @Property(uuid(nullable))
  agreementId: string | null;
  /** a job stands for it */
  @Property(bool())
  queued = false;
  @Property(text())
  submittedBy: string;
  @Property(instant(byPostgres))
  createdAt: Date;
  @Property(instant(nullable))
  finishedAt: Date | null;
  @Property(int())
  read = 0;
  @Property(int())
  accepted = 0;
  @Property(int())
  rejected = 0;
  @Property(int())
  revised = 0;
  @Property(int())
  unchanged = 0;
  @Property(texts())
  unknownColumns: string[] = [];
  /** 补录 */
  @Property(bool())
  backFilled = false;
  @Property(json())
  corrections: Tally = {};
  @Property(json())
  warnings: Tally = {};
  @Property(json())
  rejections: Tally = {};
}
