import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Measure, MeasureTrigger, ServiceMatter } from '../../schema/measures/measure.js';
import { readAll } from '../../services/departments/reads.js';
import { MATTER, MEASURE } from '../../services/measures/shape.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

@Resolver(() => Measure)
export class MeasureResolver {
  @Query(() => [Measure], { description: '奖惩措施 All measures, by code.' })
  measures(@Ctx() { session }: HubContext): Promise<Row[]> {
    return readAll(session, MEASURE);
  }

  @FieldResolver()
  triggers(@Root() measure: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return loaders.triggersOfMeasure.load(measure.id);
  }
}

@Resolver(() => MeasureTrigger)
export class MeasureTriggerResolver {
  @FieldResolver()
  matter(@Root() { matterId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.matter.load(matterId as string);
  }

  @FieldResolver()
  list(@Root() { listId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return listId ? loaders.list.load(listId as string) : null;
  }

  @FieldResolver()
  basis(@Root() { basisId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.basis.load(basisId as string);
  }
}

@Resolver(() => ServiceMatter)
export class ServiceMatterResolver {
  @Query(() => [ServiceMatter], { description: '政务服务事项 All matters, by code.' })
  matters(@Ctx() { session }: HubContext): Promise<Row[]> {
    return readAll(session, MATTER);
  }

  @FieldResolver()
  async department(@Root() matter: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return (await loaders.departmentsFor.load(matter.function as string))[0] ?? null;
  }

  @FieldResolver()
  async measures(@Root() matter: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    const triggers = await loaders.triggersOfMatter.load(matter.id);
    const ids = new Set(triggers.map(({ measureId }) => measureId as string));
    const found = await Promise.all([...ids].map((id) => loaders.measure.load(id)));
    return found.filter((row) => row !== null).sort((a, b) => ((a.code as string) < (b.code as string) ? -1 : 1));
  }
}
