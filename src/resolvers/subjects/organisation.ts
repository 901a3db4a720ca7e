import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { BY_ROW } from '../../permissions/exceptions.js';
import { mayBeWhole, reveal } from '../../permissions/reveal.js';
import { PageArgs } from '../../schema/connection.js';
import { LabelledResolver } from '../../schema/labelled.js';
import { Organisation, SubjectConnection } from '../../schema/subjects/subject.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { SUBJECT } from '../../services/subjects/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => Organisation)
export class OrganisationResolver {
  @FieldResolver()
  formerNames(@Root() organisation: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return loaders.formerNames.load(organisation.id);
  }

  @FieldResolver()
  parent(@Root() { parentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return parentId ? loaders.subject.load(parentId as string) : null;
  }

  @FieldResolver()
  mergedInto(@Root() { mergedInto }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return mergedInto ? loaders.subject.load(mergedInto as string) : null;
  }

  @FieldResolver()
  sourceItem(@Root() { sourceItemId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return sourceItemId ? loaders.item.load(sourceItemId as string) : null;
  }

  @FieldResolver()
  sourceDepartment(@Root() { sourceDepartmentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return sourceDepartmentId ? loaders.department.load(sourceDepartmentId as string) : null;
  }

  @LabelledResolver('OPEN', () => SubjectConnection, '分支机构')
  branches(
    @Root() organisation: Row,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: HubContext,
  ): Promise<Page> {
    return loaders.connection(organisation.id, { shape: SUBJECT, column: 'parent_id', where: [], page, args: null });
  }

  @FieldResolver()
  legalRepresentative(@Root() organisation: Row, @Ctx() { actor }: HubContext): string | null {
    const { representative: shown, wholeRepresentative } = organisation as Record<string, string | null>;
    const label = BY_ROW['Organisation.legalRepresentative']?.label(organisation) ?? 'PERSONAL';
    if (label === 'OPEN' || shown == null) return shown ?? null;
    const whole = mayBeWhole(actor, label, organisation) ? (wholeRepresentative ?? null) : null;
    return reveal(actor, label, organisation, whole, shown);
  }
}
