import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { CatalogueItem } from '../../schema/catalogue/item.js';
import { ITEM } from '../../services/catalogue/shape.js';
import { readAll } from '../../services/departments/reads.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => CatalogueItem)
export class CatalogueItemResolver {
  @Query(() => [CatalogueItem], { description: '公共信用信息数据清单 All items, by code.' })
  catalogue(@Ctx() { session }: HubContext): Promise<Row[]> {
    return readAll(session, ITEM);
  }

  @FieldResolver()
  legalBasis(@Root() item: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return loaders.basesOfItem.load(item.id);
  }

  @FieldResolver()
  providers(@Root() item: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return loaders.departmentsFor.load((item.providerFunctions as string[]).join(','));
  }
}
