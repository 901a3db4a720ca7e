import type { Ref } from '@mikro-orm/core';
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, OneToOne, Property } from '@mikro-orm/decorators/legacy';
import { bytes, text } from '../columns.js';
import { Subject } from './subject.js';

/** 自然人身份 Sealed; found through the blind index, which tells nothing. */
@Entity({ tableName: 'person_identity' })
export class PersonIdentity {
  [PrimaryKeyProp]?: 'subject';

  @OneToOne(() => Subject, { primary: true, owner: true, ref: true })
  subject: Ref<Subject>;
  @Property(text())
  documentType: string;
  @Property(bytes())
  blindIndex: Buffer;
  @Property(text())
  nameSealed: string;
  @Property(text())
  numberSealed: string;
}
