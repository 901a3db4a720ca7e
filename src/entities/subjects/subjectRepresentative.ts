import type { Ref } from '@mikro-orm/core';
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, OneToOne, Property } from '@mikro-orm/decorators/legacy';
import { text } from '../columns.js';
import { Subject } from './subject.js';

/** 经营者 Of an individual business, whole: PERSONAL, so beside the row and not in it. */
@Entity({ tableName: 'subject_representative' })
export class SubjectRepresentative {
  [PrimaryKeyProp]?: 'subject';

  @OneToOne(() => Subject, { primary: true, owner: true, ref: true })
  subject: Ref<Subject>;
  @Property(text())
  name: string;
}
