import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  DecisionCount,
  PublicityMonitor,
  PublicityNotice,
  PublicityStanding,
  PublicityWithdrawal,
  StateDecisionCountInput,
  StateDecisionCountPayload,
} from '../../schema/publicity/monitor.js';
import { UnifiedSocialCreditCode } from '../../schema/scalars.js';
import { type DecisionCount as Count, stateDecisionCount } from '../../services/publicity/counts.js';
import { shownItemId } from '../../services/publicity/export.js';
import { type PublicityMonitor as Monitor, publicityMonitor } from '../../services/publicity/monitor.js';
import { monthOf } from '../../services/publicity/month.js';
import type { Standing } from '../../services/publicity/standing.js';
import { type Notice, noticesOf, type Withdrawal } from '../../services/publicity/withdrawals.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => PublicityMonitor)
export class PublicityMonitorResolver {
  @Query(() => PublicityMonitor, {
    nullable: true,
    description: '双公示监测 The own department’s reporting of one month; the credit office sees all departments.',
  })
  publicityMonitor(
    @Arg('month', () => String, { description: '月份 YYYY-MM' }) month: string,
    @Arg('department', () => UnifiedSocialCreditCode, { nullable: true, description: '部门统一社会信用代码' })
    department: string | null,
    @Arg('item', () => String, { nullable: true, description: '事项编码' }) item: string | null,
    @Ctx() { session }: HubContext,
  ): Promise<Monitor> {
    return publicityMonitor(session, { month, department, item });
  }

  @Query(() => [PublicityNotice], {
    nullable: true,
    description:
      '撤回公示说明 Decisions withdrawn from the public in a month, with the reason; newest first, 100 at most.',
  })
  publicityNotices(
    @Arg('month', () => String, { description: '月份 YYYY-MM, of the withdrawal' }) month: string,
    @Arg('item', () => String, { nullable: true, description: '事项编码' }) item: string | null,
    @Ctx() { session }: HubContext,
  ): Promise<Notice[]> {
    const { from, to } = monthOf(month, session.today);
    return noticesOf(session, { from, to, item: item ? shownItemId(item) : null });
  }

  @Mutation(() => StateDecisionCountPayload, {
    description: '申报决定数 By the department; a later statement stands before an earlier one.',
  })
  async stateDecisionCount(
    @Arg('input', () => StateDecisionCountInput, { description: '输入' }) input: StateDecisionCountInput,
    @Ctx() context: HubContext,
  ): Promise<{ count: Count }> {
    return { count: await stateDecisionCount(context.write(), input) };
  }
}

@Resolver(() => PublicityStanding)
export class PublicityStandingResolver {
  @FieldResolver()
  department(@Root() { departmentId }: Standing, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return departmentId === null ? null : loaders.department.load(departmentId);
  }

  @FieldResolver()
  item(@Root() { itemId }: Standing, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return itemId === null ? null : loaders.item.load(itemId);
  }
}

@Resolver(() => PublicityWithdrawal)
export class PublicityWithdrawalResolver {
  @FieldResolver()
  item(@Root() { itemId }: Withdrawal, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId);
  }

  @FieldResolver()
  authority(@Root() { authorityId }: Withdrawal, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(authorityId);
  }

  @FieldResolver()
  async standingEntries(@Root() { standingEntryIds }: Withdrawal, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    const entries = await Promise.all(standingEntryIds.map((id) => loaders.entry.load(id)));
    return entries.filter((entry) => entry !== null);
  }
}

@Resolver(() => PublicityNotice)
export class PublicityNoticeResolver {
  @FieldResolver()
  item(@Root() { itemId }: Notice, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId);
  }

  @FieldResolver()
  authority(@Root() { authorityId }: Notice, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(authorityId);
  }
}

@Resolver(() => DecisionCount)
export class DecisionCountResolver {
  @FieldResolver()
  item(@Root() { itemId }: Count, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Count, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId);
  }
}
