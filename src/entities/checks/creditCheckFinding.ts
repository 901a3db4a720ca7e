import type { Ref } from '@mikro-orm/core';
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { int, text } from '../columns.js';
import { Commitment } from '../commitments/commitment.js';
import { LegalBasis } from '../departments/legalBasis.js';
import { ListEntry } from '../lists/listEntry.js';
import { Measure } from '../measures/measure.js';
import { CreditRecord } from '../records/creditRecord.js';
import { CreditCheck } from './creditCheck.js';

/** 核查结果 The measure, the provision that allows it, and the one thing that triggered it. */
@Entity({ tableName: 'credit_check_finding' })
export class CreditCheckFinding {
  [PrimaryKeyProp]?: ['check', 'ordinal'];

  @ManyToOne(() => CreditCheck, { primary: true, ref: true })
  check: Ref<CreditCheck>;
  @PrimaryKey(int())
  ordinal: number;
  @ManyToOne(() => Measure, { ref: true })
  measure: Ref<Measure>;
  @Property(text())
  effect: 'REWARDED' | 'CAUTION' | 'RESTRICTED';
  @ManyToOne(() => LegalBasis, { ref: true })
  basis: Ref<LegalBasis>;
  @ManyToOne(() => ListEntry, { ref: true, nullable: true })
  listEntry: Ref<ListEntry> | null;
  @ManyToOne(() => CreditRecord, { ref: true, nullable: true })
  record: Ref<CreditRecord> | null;
  @ManyToOne(() => Commitment, { ref: true, nullable: true })
  commitment: Ref<Commitment> | null;
}
