import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { PublicityReminder } from '../../schema/publicity/reminder.js';
import { DateScalar, UnifiedSocialCreditCode } from '../../schema/scalars.js';
import { type ToldReminder, toldReminders } from '../../services/publicity/remind.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => PublicityReminder)
export class PublicityReminderResolver {
  @Query(() => [PublicityReminder], {
    nullable: true,
    description: '公示提醒 Soonest first, 100 at most; of the own department, or of all for the credit office.',
  })
  publicityReminders(
    @Arg('dueFrom', () => DateScalar, { nullable: true, description: '截止日期自; default today' })
    dueFrom: string | null,
    @Arg('department', () => UnifiedSocialCreditCode, { nullable: true, description: '部门统一社会信用代码' })
    department: string | null,
    @Ctx() { session }: HubContext,
  ): Promise<readonly ToldReminder[]> {
    return toldReminders(session, { dueFrom, department });
  }

  @FieldResolver()
  department(@Root() { departmentId }: ToldReminder, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId);
  }

  @FieldResolver()
  item(@Root() { itemId }: ToldReminder, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId);
  }

  @FieldResolver()
  batch(@Root() { batchId }: ToldReminder, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return batchId === null ? null : loaders.batch.load(batchId);
  }
}
