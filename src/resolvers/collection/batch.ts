import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { sql } from '../../platform/sql.js';
import {
  ImportBatch,
  ImportIssue,
  ImportRow,
  ImportRowConnection,
  SubmitRecordsInput,
  SubmitRecordsPayload,
} from '../../schema/collection/batch.js';
import { PageArgs } from '../../schema/connection.js';
import { LabelledResolver } from '../../schema/labelled.js';
import { followBatch, type ProgressEvent } from '../../services/collection/follow.js';
import { issueText } from '../../services/collection/issues.js';
import { BATCH_ROW } from '../../services/collection/shape.js';
import { type RowFacts, type RowStep, stepsOf } from '../../services/collection/steps.js';
import type { Submitted } from '../../services/collection/submissions.js';
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

  @Mutation(() => SubmitRecordsPayload, {
    description:
      '报送信息 By the department or court whose function the item names; a platform for received lists; an association or agency under its agreement.',
  })
  submitRecords(
    @Arg('input', () => SubmitRecordsInput, { description: '输入' }) input: SubmitRecordsInput,
    @Ctx() context: HubContext,
  ): Promise<Submitted> {
    return context.collection.submissions.submit(context.write(), input);
  }

  @Subscription(() => ImportBatch, {
    description: '归集进度 Progress of one import, for the department that sent it; ends with the import.',
    subscribe: ({ args: { batch }, context }) => follow(batch, context),
  })
  importProgress(
    @Arg('batch', () => ID, { description: '批次标识' }) _batch: string,
    @Root() event: ProgressEvent,
  ): Row {
    if ('refused' in event) throw event.refused;
    return event.batch;
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

  @LabelledResolver('COLLECTED', () => ImportRowConnection, '各行 By row number; by default only the rejected ones.')
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

@Resolver(() => ImportIssue)
export class ImportIssueResolver {
  /** Said when it is read, in the reader's language: what is stored is the code. */
  @FieldResolver()
  message(@Root() { code }: ImportIssue, @Ctx() { language }: HubContext): string {
    return issueText(code)[language];
  }
}

@Resolver(() => ImportRow)
export class ImportRowResolver {
  @FieldResolver()
  steps(@Root() row: Row): RowStep[] {
    return stepsOf(row as unknown as RowFacts);
  }
}

@Resolver(() => SubmitRecordsPayload)
export class SubmitRecordsPayloadResolver {
  @FieldResolver()
  async batch(@Root() { id, repeated }: Submitted, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    const batch = await loaders.batch.load(id);
    return batch && { ...batch, repeated };
  }
}

function follow(id: string, context: HubContext): AsyncIterableIterator<ProgressEvent> {
  const uuid = uuidOf(id, ['ImportBatch'], 'batch');
  const { progress, submissions } = context.collection;
  return followBatch(progress.watch(uuid), {
    look: async () => {
      await context.renew();
      const batch = await context.loaders.batch.load(uuid);
      if (!batch) throw notFound('batch');
      return batch;
    },
    sweep: () => submissions.sweep(context.actor),
  });
}
