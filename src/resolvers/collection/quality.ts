import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { QualityReport } from '../../schema/collection/quality.js';
import { UnifiedSocialCreditCode } from '../../schema/scalars.js';
import { type QualityLine, qualityReport } from '../../services/quality/report.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => QualityReport)
export class QualityReportResolver {
  @Query(() => [QualityReport], {
    nullable: true,
    description: '数据质量报告 Of the own department, by item; the credit office sees all departments.',
  })
  qualityReport(
    @Arg('month', () => String, { description: '月份 YYYY-MM' }) month: string,
    @Arg('department', () => UnifiedSocialCreditCode, { nullable: true, description: '部门统一社会信用代码' })
    department: string | null,
    @Arg('item', () => String, { nullable: true, description: '数据项编码' }) item: string | null,
    @Ctx() { session }: HubContext,
  ): Promise<readonly QualityLine[]> {
    return qualityReport(session, { month, department, item });
  }

  @FieldResolver()
  item(@Root() { itemId }: QualityLine, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId);
  }

  @FieldResolver()
  department(@Root() { departmentId }: QualityLine, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId);
  }
}
