import { Collection } from '@mikro-orm/core';
import { Entity, ManyToMany, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { json, text, texts, uuid } from '../columns.js';
import { LegalBasis } from '../departments/legalBasis.js';

export type Disclosure = 'PUBLIC' | 'AUTHORISED' | 'GOVERNMENT';
/** what a row of the item becomes */
export type Yields = 'SUBJECT' | 'PERMIT' | 'PENALTY' | 'RECORD' | 'LIST_ENTRY';

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
  /** functions whose departments provide it; 'ANY' is every department */
  @Property(texts())
  providerFunctions: string[];
  @Property(texts())
  subjectKinds: string[];
  @Property(json())
  fields: unknown[];
  @ManyToMany(() => LegalBasis, undefined, {
    pivotTable: 'catalogue_item_basis',
    joinColumn: 'item_id',
    inverseJoinColumn: 'basis_id',
  })
  legalBasis = new Collection<LegalBasis>(this);
}
