import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../schema/connection.js';
import { CreditList, ListEntry, ListEntryConnection } from '../../schema/lists/list.js';
import { readAll } from '../../services/departments/reads.js';
import { pageOfEntries } from '../../services/lists/reads.js';
import { LIST } from '../../services/lists/shape.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';
import { type MaybeLater, textOf } from '../personalText.js';

@Resolver(() => CreditList)
export class CreditListResolver {
  @Query(() => [CreditList], { description: '红黑名单 All lists, by code.' })
  lists(@Ctx() { session }: HubContext): Promise<Row[]> {
    return readAll(session, LIST);
  }

  @Query(() => ListEntryConnection, { nullable: true, description: '名单信息 Of one list, newest first.' })
  listEntries(
    @Arg('list', () => String, { description: '名单编码' }) list: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return pageOfEntries(session, list, page);
  }

  @FieldResolver()
  legalBasis(@Root() list: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return loaders.basesOfList.load(list.id);
  }

  @FieldResolver()
  async authority(@Root() list: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return (await loaders.departmentsFor.load(list.function as string))[0] ?? null;
  }
}

@Resolver(() => ListEntry)
export class ListEntryResolver {
  @FieldResolver()
  list(@Root() { listId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.list.load(listId as string);
  }

  @FieldResolver()
  subject(@Root() { subjectId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.subject.load(subjectId as string);
  }

  @FieldResolver()
  reason(@Root() entry: Row, @Ctx() context: HubContext): MaybeLater<string | null> {
    return textOf(entry, 'reason', 'reason', context);
  }
}
