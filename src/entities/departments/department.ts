import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { text, texts, uuid } from '../columns.js';

/** 部门 Read by everyone; written by the owner's commands alone. */
@Entity({ tableName: 'department' })
export class Department {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  code: string;
  @Property(text())
  name: string;
  @Property(texts())
  functions: string[];
}
