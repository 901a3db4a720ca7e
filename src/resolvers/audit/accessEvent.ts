import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { AccessEvent, AccessEventConnection, AccessEventFilter } from '../../schema/audit/accessEvent.js';
import { PageArgs } from '../../schema/connection.js';
import { pageOfEvents } from '../../services/audit/events.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, optionalUuidOf, SUBJECT_TYPES, uuidOf } from '../context.js';

@Resolver(() => AccessEvent)
export class AccessEventResolver {
  @Query(() => AccessEventConnection, {
    nullable: true,
    description: '访问日志 Newest first; of one subject or of all.',
  })
  accessEvents(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('subject', () => ID, { nullable: true, description: '主体标识' }) subject: string | null,
    @Arg('filter', () => AccessEventFilter, { nullable: true, description: '筛选' }) filter: AccessEventFilter | null,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    const subjectId = subject ? uuidOf(subject, SUBJECT_TYPES, 'subject') : null;
    const consent = optionalUuidOf(filter?.consent, ['Consent'], 'consent');
    const power = optionalUuidOf(filter?.power, ['Consent'], 'power');
    return pageOfEvents(session, subjectId, { ...filter, consent, power }, page);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return departmentId ? loaders.department.load(departmentId as string) : null;
  }

  @FieldResolver()
  consent(@Root() { consentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return consentId ? loaders.consent.load(consentId as string) : null;
  }

  @FieldResolver()
  power(@Root() { onBehalf }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return onBehalf ? loaders.consent.load(onBehalf as string) : null;
  }
}
