import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { text, uuid } from '../columns.js';

/** 奖惩措施 */
@Entity({ tableName: 'measure' })
export class Measure {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  code: string;
  @Property(text())
  name: string;
  @Property(text())
  kind: 'REWARD' | 'PUNISHMENT';
}
