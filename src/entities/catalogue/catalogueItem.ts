import { Collection } from '@mikro-orm/core';
import { Entity, ManyToMany, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { byPostgres, day, json, nullable, text, texts, uuid } from '../columns.js';
import { LegalBasis } from '../departments/legalBasis.js';

export type Disclosure = 'PUBLIC' | 'AUTHORISED' | 'GOVERNMENT';
/** what a row of the item becomes */
export type Yields = 'SUBJECT' | 'PERMIT' | 'PENALTY' | 'RECORD' | 'LIST_ENTRY' | 'MARKET';

/** 信息事项 One item of 公共信用信息数据清单. */
@Entity({ tableName: 'catalogue_item' })
export class CatalogueItem {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  code: string;
  @Property(text())
  name: string;
  @Property(text())
  disclosure: Disclosure;
  @Property(text())
  yields: Yields;
  /** 信息性质, from what it yields */
  @Property(text(byPostgres))
  nature: 'PUBLIC' | 'MARKET';
  /** functions whose departments provide it; 'ANY' is every department */
  @Property(texts())
  providerFunctions: string[];
  @Property(texts())
  subjectKinds: string[];
  @Property(json())
  fields: unknown[];
  /** the version of the catalogue that added it */
  @Property(text())
  version: string;
  @Property(day(nullable))
  effectiveFrom: string | null;
  /** the day from which it is no more */
  @Property(day(nullable))
  effectiveUntil: string | null;
  @Property(json())
  cycle: Record<string, unknown>;
  @Property(texts())
  businessKey: string[];
  @Property(text())
  nationalCategory: string;
  @Property(text(nullable))
  nationalCode: string | null;
  @Property(text())
  disclosureTerm: string;
  /** since when this hub knows the item */
  @Property(day(byPostgres))
  knownSince: string;
  @ManyToMany(() => LegalBasis, undefined, {
    pivotTable: 'catalogue_item_basis',
    joinColumn: 'item_id',
    inverseJoinColumn: 'basis_id',
  })
  legalBasis = new Collection<LegalBasis>(this);
}
