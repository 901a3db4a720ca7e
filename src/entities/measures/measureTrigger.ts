import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { bool, int, nullable, text, uuid } from '../columns.js';
import { LegalBasis } from '../departments/legalBasis.js';
import { CreditList } from '../lists/creditList.js';
import { Measure } from './measure.js';
import { ServiceMatter } from './serviceMatter.js';

/** 适用情形 What sets a measure off in a matter: a list, a kind of penalty under a law, or a breached commitment. */
@Entity({ tableName: 'measure_trigger' })
export class MeasureTrigger {
  @PrimaryKey(uuid())
  id: string;
  @ManyToOne(() => Measure, { ref: true })
  measure: Ref<Measure>;
  @ManyToOne(() => ServiceMatter, { ref: true })
  matter: Ref<ServiceMatter>;
  @ManyToOne(() => CreditList, { ref: true, nullable: true })
  list: Ref<CreditList> | null;
  @Property(text(nullable))
  penaltyKind: string | null;
  @Property(text(nullable))
  penaltyLaw: string | null;
  @Property(int(nullable))
  withinMonths: number | null;
  @Property(bool())
  breachedCommitment: boolean;
  @Property(text())
  effect: 'REWARDED' | 'CAUTION' | 'RESTRICTED';
  @ManyToOne(() => LegalBasis, { ref: true })
  basis: Ref<LegalBasis>;
}
