import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { toGlobalId } from '../../platform/ids.js';
import { DecideReviewInput, DecideReviewPayload, ReviewItem } from '../../schema/publicity/review.js';
import { UnifiedSocialCreditCode } from '../../schema/scalars.js';
import { decideReview, type ReviewItem as Review, reviewItem, reviewItems } from '../../services/publicity/reviews.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, uuidOf } from '../context.js';

@Resolver(() => ReviewItem)
export class ReviewItemResolver {
  @Query(() => [ReviewItem], {
    nullable: true,
    description: '人工复核 Oldest first, 100 at most; of the own department, or of all for the credit office.',
  })
  reviewItems(
    @Arg('openOnly', () => Boolean, { nullable: true, defaultValue: true, description: '仅待办的' })
    openOnly: boolean | null,
    @Arg('department', () => UnifiedSocialCreditCode, { nullable: true, description: '部门统一社会信用代码' })
    department: string | null,
    @Ctx() { session }: HubContext,
  ): Promise<readonly Review[]> {
    return reviewItems(session, { openOnly: openOnly ?? true, department });
  }

  @Mutation(() => DecideReviewPayload, { description: '办理复核 By the department that sent the row.' })
  async decideReview(
    @Arg('input', () => DecideReviewInput, { description: '输入' }) input: DecideReviewInput,
    @Ctx() context: HubContext,
  ): Promise<{ review: Review | null }> {
    const session = context.write();
    const id = await decideReview(session, { ...input, id: uuidOf(input.id, ['ReviewItem']) });
    return { review: await reviewItem(session, id) };
  }

  @FieldResolver()
  id(@Root() { id }: Review): string {
    return toGlobalId('ReviewItem', id);
  }

  @FieldResolver()
  record(@Root() { recordId }: Review, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return recordId === null ? null : loaders.record.load(recordId);
  }

  @FieldResolver()
  batch(@Root() { batchId }: Review, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return batchId === null ? null : loaders.batch.load(batchId);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Review, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId);
  }
}
