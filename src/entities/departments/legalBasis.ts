import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { day, nullable, text, uuid } from '../columns.js';

/** 法律依据 One provision; outside its dates it carries nothing. */
@Entity({ tableName: 'legal_basis' })
export class LegalBasis {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  key: string;
  @Property(text())
  title: string;
  @Property(text(nullable))
  article: string | null;
  @Property(text())
  rank: string;
  @Property(day())
  validFrom: string;
  @Property(day(nullable))
  validTo: string | null;
}
