import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { nullable, text, uuid } from '../columns.js';

/** 政务服务事项 */
@Entity({ tableName: 'service_matter' })
export class ServiceMatter {
  @PrimaryKey(uuid())
  id: string;
  @Property(text())
  code: string;
  @Property(text())
  name: string;
  @Property(text())
  function: string;
  @Property(text(nullable))
  nationalCode: string | null;
}
