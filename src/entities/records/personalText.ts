import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { text, uuid } from '../columns.js';
import { Department } from '../departments/department.js';
import { Subject } from '../subjects/subject.js';

/** The whole texts of a row whose own columns stand masked: sealed JSON of column → text. */
@Entity({ tableName: 'personal_text' })
export class PersonalText {
  @PrimaryKey(uuid())
  rowId: string;
  @ManyToOne(() => Subject, { ref: true })
  subject: Ref<Subject>;
  @ManyToOne(() => Department, { ref: true })
  authority: Ref<Department>;
  @ManyToOne(() => Department, { ref: true })
  provider: Ref<Department>;
  @Property(text())
  sealed: string;
}
