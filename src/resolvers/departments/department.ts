import { Ctx, Query, Resolver } from 'type-graphql';
import { Department } from '../../schema/departments/department.js';
import { readAll } from '../../services/departments/reads.js';
import { DEPARTMENT } from '../../services/departments/shape.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => Department)
export class DepartmentResolver {
  @Query(() => [Department], { description: '部门 All of them, by code.' })
  departments(@Ctx() { session }: HubContext): Promise<Row[]> {
    return readAll(session, DEPARTMENT);
  }
}
