import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PatrolCode } from '../../catalogue/patrol/index.js';
import { PageArgs } from '../../schema/connection.js';
import {
  AcceptRectificationInput,
  CloseInspectionInput,
  Inspection,
  InspectionConnection,
  InspectionItem,
  InspectionItemConnection,
  InspectionItemPayload,
  InspectionPayload,
  InspectionSummary,
  OpenInspectionInput,
  RecordInspectionInput,
  ReportRectificationInput,
} from '../../schema/inspections/inspection.js';
import { LabelledResolver } from '../../schema/labelled.js';
import {
  acceptRectification,
  closeInspection,
  recordInspection,
  reportRectification,
  type InspectionSummary as Summary,
} from '../../services/inspections/items.js';
import { openInspection } from '../../services/inspections/open.js';
import { INSPECTION, INSPECTION_ITEM } from '../../services/inspections/shape.js';
import { ruleRow } from '../../services/patrol/reads.js';
import { type Page, readPage } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, uuidOf } from '../context.js';
import { targetOf } from '../target.js';

type Found = Promise<Row | null> | null;
type Answer = Promise<{ id: string }>;

@Resolver(() => Inspection)
export class InspectionResolver {
  @Query(() => InspectionConnection, {
    nullable: true,
    description: '检查、专项整治 Newest first: those of the own department; with a purpose all, for who inspects.',
  })
  inspections(@Args(() => PageArgs) page: PageArgs, @Ctx() { session }: HubContext): Promise<Page> {
    return readPage(session, INSPECTION, [], page);
  }

  @Mutation(() => InspectionPayload, { description: '开展检查 Draws its sample, and keeps the seed.' })
  async openInspection(
    @Arg('input', () => OpenInspectionInput, { description: '输入' }) input: OpenInspectionInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await openInspection(context.write(), input) };
  }

  @Mutation(() => InspectionItemPayload, {
    description: '检查结果 Of one piece, with a term for what is to be put right.',
  })
  async recordInspection(
    @Arg('input', () => RecordInspectionInput, { description: '输入' }) input: RecordInspectionInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await recordInspection(context.write(), { ...input, id: uuidOf(input.id, ['InspectionItem']) }) };
  }

  @Mutation(() => InspectionItemPayload, { description: '整改报告 By the department.' })
  async reportRectification(
    @Arg('input', () => ReportRectificationInput, { description: '输入' }) input: ReportRectificationInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await reportRectification(context.write(), { ...input, id: uuidOf(input.id, ['InspectionItem']) }) };
  }

  @Mutation(() => InspectionItemPayload, { description: '整改验收 Accepted, or sent back with a new term.' })
  async acceptRectification(
    @Arg('input', () => AcceptRectificationInput, { description: '输入' }) input: AcceptRectificationInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await acceptRectification(context.write(), { ...input, id: uuidOf(input.id, ['InspectionItem']) }) };
  }

  @Mutation(() => InspectionPayload, { description: '检查办结 Once nothing waits.' })
  async closeInspection(
    @Arg('input', () => CloseInspectionInput, { description: '输入' }) input: CloseInspectionInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await closeInspection(context.write(), { ...input, id: uuidOf(input.id, ['Inspection']) }) };
  }

  @FieldResolver()
  async departments(@Root() { departmentIds }: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return rowsOf((departmentIds as string[]).map((id) => loaders.department.load(id)));
  }

  @FieldResolver()
  rules(@Root() { ruleCodes }: Row) {
    return (ruleCodes as PatrolCode[]).map(ruleRow);
  }

  @FieldResolver()
  async catalogueItems(@Root() { itemIds }: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return rowsOf((itemIds as string[]).map((id) => loaders.item.load(id)));
  }

  @FieldResolver()
  summary(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Summary[]> {
    return loaders.inspectionSummary.load(id);
  }

  @LabelledResolver('OPEN', () => InspectionItemConnection, '检查件 In the order of the draw.')
  sample(@Root() { id }: Row, @Args(() => PageArgs) page: PageArgs, @Ctx() { loaders }: HubContext): Promise<Page> {
    return loaders.connection(id, { shape: INSPECTION_ITEM, column: 'inspection_id', where: [], page, args: null });
  }
}

const rowsOf = async (found: readonly Promise<Row | null>[]): Promise<Row[]> =>
  (await Promise.all(found)).flatMap((row) => row ?? []);

@Resolver(() => InspectionItem)
export class InspectionItemResolver {
  @FieldResolver()
  inspection(@Root() { inspectionId }: Row, @Ctx() { loaders }: HubContext): Found {
    return loaders.inspection.load(inspectionId as string);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Found {
    return loaders.department.load(departmentId as string);
  }

  @FieldResolver()
  finding(@Root() { findingId }: Row, @Ctx() { loaders }: HubContext): Found {
    return findingId ? loaders.finding.load(findingId as string) : null;
  }

  @FieldResolver()
  target(@Root() row: Row, @Ctx() { loaders }: HubContext): Found {
    return targetOf(row, loaders);
  }
}

@Resolver(() => InspectionSummary)
export class InspectionSummaryResolver {
  @FieldResolver()
  department(@Root() { departmentId }: Summary, @Ctx() { loaders }: HubContext): Found {
    return loaders.department.load(departmentId);
  }
}

@Resolver(() => InspectionPayload)
export class InspectionPayloadResolver {
  @FieldResolver()
  inspection(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.inspection.load(id);
  }
}

@Resolver(() => InspectionItemPayload)
export class InspectionItemPayloadResolver {
  @FieldResolver()
  item(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.inspectionItem.load(id);
  }
}
