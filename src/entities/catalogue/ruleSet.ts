import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { day, json, text, uuid } from '../columns.js';

/** 规则 Periods and thresholds with the day from which they hold. */
@Entity({ tableName: 'rule_set' })
export class RuleSet {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  kind: string;
  @Property(text())
  version: string;
  @Property(day())
  effectiveFrom: string;
  @Property(json())
  definition: Record<string, unknown>;
}
