import type { Ref } from '@mikro-orm/core';
import { OptionalProps, PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { bool, int, json, nullable, text } from '../columns.js';
import { ImportBatch } from './importBatch.js';

/** 归集行 What was sent, masked, and what was found about it. */
@Entity({ tableName: 'import_row' })
export class ImportRow {
  [PrimaryKeyProp]?: ['batch', 'rowNo'];
  [OptionalProps]?: 'issues';

  @ManyToOne(() => ImportBatch, { primary: true, ref: true })
  batch: Ref<ImportBatch>;
  @PrimaryKey(int())
  rowNo: number;
  @Property(json())
  values: Record<string, unknown>;
  @Property(json())
  issues: unknown[] = [];
  @Property(bool())
  rejected: boolean;
  @Property(text(nullable))
  keyHash: string | null;
  /** of rows stored before the column: null */
  @Property(text(nullable))
  outcome: string | null;
  @Property(text(nullable))
  class: string | null;
}
