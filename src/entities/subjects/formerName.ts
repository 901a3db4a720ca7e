import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { day, nullable, text, uuid } from '../columns.js';
import { Subject } from './subject.js';

/** 曾用名 */
@Entity({ tableName: 'former_name' })
export class FormerName {
  @PrimaryKey(uuid())
  id: string;
  @ManyToOne(() => Subject, { ref: true })
  subject: Ref<Subject>;
  @Property(text())
  name: string;
  @Property(text())
  nameKey: string;
  @Property(day(nullable))
  until: string | null;
}
