import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ReportingDuty } from '../../schema/collection/duty.js';
import { UnifiedSocialCreditCode } from '../../schema/scalars.js';
import { type ReportingDuty as Duty, reportingDuties } from '../../services/collection/duties.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => ReportingDuty)
export class ReportingDutyResolver {
  @Query(() => [ReportingDuty], {
    nullable: true,
    description: '报送任务 What the own department owes and when; the credit office sees all departments.',
  })
  reportingDuties(
    @Arg('department', () => UnifiedSocialCreditCode, { nullable: true, description: '部门统一社会信用代码' })
    department: string | null,
    @Arg('overdueOnly', () => Boolean, { nullable: true, defaultValue: false, description: '仅逾期的' })
    overdueOnly: boolean | null,
    @Ctx() { session }: HubContext,
  ): Promise<readonly Duty[]> {
    return reportingDuties(session, { department, overdueOnly });
  }

  @FieldResolver()
  item(@Root() { itemId }: Duty, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Duty, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId);
  }
}
