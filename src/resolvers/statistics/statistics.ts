import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Counted } from '../../permissions/statistics.js';
import { StatisticsCounted, StatisticsDimension } from '../../schema/enums.js';
import { Statistics, StatisticsLine } from '../../schema/statistics/statistics.js';
import type { Row } from '../../services/reading/shape.js';
import { type Asked, type Line, type StatisticsTable, statistics } from '../../services/statistics/table.js';
import type { HubContext } from '../context.js';

@Resolver(() => Statistics)
export class StatisticsResolver {
  @Query(() => Statistics, {
    nullable: true,
    description:
      '统计 Distinct subjects and records by one dimension or two, natural persons among them; small groups never.',
  })
  statistics(
    @Arg('by', () => [StatisticsDimension], { description: '维度 One, or two different ones.' }) by: Asked[],
    @Arg('of', () => StatisticsCounted, { defaultValue: 'RECORDS', description: '统计对象' }) of: Counted,
    @Arg('from', () => String, { nullable: true, description: '起始季度 2026-Q3; by default the latest that is over.' })
    from: string | null,
    @Arg('to', () => String, {
      nullable: true,
      description: '截止季度 2026-Q4; by default that of from. 4 quarters at most.',
    })
    to: string | null,
    @Ctx() { session, rules }: HubContext,
  ): Promise<StatisticsTable> {
    return statistics(session, { of, by, from, to }, rules.statistics);
  }
}

@Resolver(() => StatisticsLine)
export class StatisticsLineResolver {
  @FieldResolver()
  item(@Root() { itemId }: Line, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return itemId === null ? null : loaders.item.load(itemId);
  }

  @FieldResolver()
  list(@Root() { listId }: Line, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return listId === null ? null : loaders.list.load(listId);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Line, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return departmentId === null ? null : loaders.department.load(departmentId);
  }
}
