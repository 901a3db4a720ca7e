import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../schema/connection.js';
import { LabelledResolver } from '../../schema/labelled.js';
import { LifecycleEvent, LifecycleEventConnection } from '../../schema/subjects/lifecycle.js';
import { Organisation } from '../../schema/subjects/subject.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { LIFECYCLE } from '../../services/subjects/lifecycle.js';
import type { HubContext } from '../context.js';

type Found = Promise<Row | null> | null;

@Resolver(() => Organisation)
export class OrganisationLifecycleResolver {
  @LabelledResolver(
    'OPEN',
    () => LifecycleEventConnection,
    '全生命周期数据链 Registered, permitted, promised, inspected, penalised, listed, repaired, closed: newest first, what the caller may read.',
  )
  lifecycle(
    @Root() organisation: Row,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: HubContext,
  ): Promise<Page> {
    return loaders.connection(organisation.id, { shape: LIFECYCLE, column: 'subject_id', where: [], page, args: null });
  }
}

@Resolver(() => LifecycleEvent)
export class LifecycleEventResolver {
  @FieldResolver()
  item(@Root() { itemId }: Row, @Ctx() { loaders }: HubContext): Found {
    return itemId ? loaders.item.load(itemId as string) : null;
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Found {
    return departmentId ? loaders.department.load(departmentId as string) : null;
  }
}
