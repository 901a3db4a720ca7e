import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../schema/connection.js';
import { LabelledResolver } from '../../schema/labelled.js';
import { MarketRecord, MarketRecordConnection } from '../../schema/market/record.js';
import { Organisation } from '../../schema/subjects/subject.js';
import { MARKET_RECORD, marketWhere } from '../../services/market/shape.js';
import { type Page, readPage } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => MarketRecord)
export class MarketRecordResolver {
  @Query(() => MarketRecordConnection, {
    nullable: true,
    description:
      '市场信用信息 Newest first: the own, what the caller brought, what a consent opens, and what agreements let its role read for the stated purpose.',
  })
  marketRecords(
    @Arg('items', () => [String], { nullable: true, description: '事项编码' }) items: string[] | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return readPage(session, MARKET_RECORD, marketWhere(items), page);
  }

  @FieldResolver()
  item(@Root() { itemId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId as string);
  }

  @FieldResolver()
  subject(@Root() { subjectId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.subject.load(subjectId as string);
  }

  @FieldResolver()
  body(@Root() { bodyId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.subject.load(bodyId as string);
  }
}

@Resolver(() => Organisation)
export class OrganisationMarketResolver {
  @LabelledResolver('OPEN', () => MarketRecordConnection, '市场信用信息 Apart from records; what the caller may read.')
  marketRecords(
    @Root() organisation: Row,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: HubContext,
  ): Promise<Page> {
    return loaders.connection(organisation.id, {
      shape: MARKET_RECORD,
      column: 'subject_id',
      where: [],
      page,
      args: null,
    });
  }
}
