import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { sql } from '../../platform/sql.js';
import { ImportBatch, ImportRowConnection } from '../../schema/collection/batch.js';
import { PageArgs } from '../../schema/connection.js';
import { LabelledResolver } from '../../schema/labelled.js';
import { BATCH_ROW } from '../../services/collection/shape.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, notFound, uuidOf } from '../context.js';

@Resolver(() => ImportBatch)
export class ImportBatchResolver {
  @Query(() => ImportBatch, {
    nullable: true,
    description: '归集批次 For the department that sent it, and the credit office.',
  })
  async importBatch(
    @Arg('id', () => ID, { description: '批次标识' }) id: string,
    @Ctx() { loaders }: HubContext,
  ): Promise<Row> {
    const batch = await loaders.batch.load(uuidOf(id, ['ImportBatch']));
    if (!batch) throw notFound('id');
    return batch;
  }

  @FieldResolver()
  item(@Root() { itemId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId as string);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId as string);
  }

  /** Read by its id, a batch is itself; only the answer to a submission can be a repeat. */
  @FieldResolver()
  repeated(@Root() batch: Row): boolean {
    return batch.repeated === true;
  }

  @LabelledResolver('GOVERNMENT', () => ImportRowConnection, '各行 By row number; by default only the rejected ones.')
  rows(
    @Root() batch: Row,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('rejectedOnly', () => Boolean, { nullable: true, defaultValue: true, description: '仅退回的' }) rejectedOnly:
      | boolean
      | null,
    @Ctx() { loaders }: HubContext,
  ): Promise<Page> {
    const where = (rejectedOnly ?? true) ? [sql`rejected`] : [];
    return loaders.connection(batch.id, { shape: BATCH_ROW, column: 'batch_id', where, page, args: rejectedOnly });
  }
}
