import { Collection, OptionalProps } from '@mikro-orm/core';
import { Entity, ManyToMany, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { byPostgres, instant, int, nullable, text, uuid } from '../columns.js';
import { LegalBasis } from '../departments/legalBasis.js';

/** 红黑名单 OWN: decided in the county; RECEIVED: mirrored. */
@Entity({ tableName: 'credit_list' })
export class CreditList {
  [OptionalProps]?: 'loadedAt';

  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  code: string;
  @Property(text())
  name: string;
  @Property(text())
  color: 'RED' | 'BLACK';
  @Property(text())
  origin: 'OWN' | 'RECEIVED';
  @Property(text())
  function: string;
  @Property(int(nullable))
  termMonths: number | null;
  @Property(int(nullable))
  cycleDays: number | null;
  @Property(instant(nullable))
  receivedUpTo: Date | null;
  @Property(instant(byPostgres))
  loadedAt: Date;
  @ManyToMany(() => LegalBasis, undefined, {
    pivotTable: 'credit_list_basis',
    joinColumn: 'list_id',
    inverseJoinColumn: 'basis_id',
  })
  legalBasis = new Collection<LegalBasis>(this);
}
