import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { rootFieldsOf } from '../permissions/verbs.js';
import { Viewer } from '../schema/viewer.js';
import type { Row } from '../services/reading/shape.js';
import type { HubContext } from './context.js';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: '当前用户' })
  viewer(@Ctx() { actor }: HubContext) {
    return { role: actor.role, may: rootFieldsOf(actor.role) };
  }

  @FieldResolver()
  department(@Ctx() { actor, loaders }: HubContext): Promise<Row | null> | null {
    return actor.department ? loaders.department.load(actor.department.id) : null;
  }

  @FieldResolver()
  subject(@Ctx() { actor, loaders }: HubContext): Promise<Row | null> | null {
    return actor.subjectId ? loaders.subject.load(actor.subjectId) : null;
  }
}
