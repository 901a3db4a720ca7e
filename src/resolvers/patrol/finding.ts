import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PatrolCode } from '../../catalogue/patrol/index.js';
import { PageArgs } from '../../schema/connection.js';
import {
  AnswerFindingInput,
  AssignFindingInput,
  CloseFindingInput,
  FindingPayload,
  PatrolCount,
  PatrolFinding,
  PatrolFindingConnection,
  PatrolFindingFilter,
  PatrolStep,
  RunPatrolInput,
  RunPatrolPayload,
} from '../../schema/patrol/finding.js';
import { PatrolRule } from '../../schema/patrol/rule.js';
import { answerFinding, assignFinding, closeFinding } from '../../services/patrol/cases.js';
import { countFindings, type FindingCount, pageOfFindings, ruleRow, ruleRows } from '../../services/patrol/reads.js';
import { type PatrolOutcome, runPatrol } from '../../services/patrol/run.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, uuidOf } from '../context.js';
import { targetOf } from '../target.js';

type Found = Promise<Row | null> | null;
type Answer = Promise<{ id: string }>;

@Resolver(() => PatrolRule)
export class PatrolRuleResolver {
  @Query(() => [PatrolRule], { description: '巡查规则目录' })
  patrolRules() {
    return ruleRows();
  }

  @FieldResolver()
  async bases(@Root() { basisIds }: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return (await loaders.basis.loadMany(basisIds as string[])).filter((row): row is Row => 'id' in (row ?? {}));
  }
}

@Resolver(() => PatrolFinding)
export class PatrolFindingResolver {
  @Query(() => PatrolFindingConnection, {
    nullable: true,
    description:
      '巡查问题 Newest first: the own department’s; with a purpose all, for the credit office and the auditor.',
  })
  patrolFindings(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PatrolFindingFilter, { nullable: true, description: '筛选' })
    filter: PatrolFindingFilter | null,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return pageOfFindings(session, filter ?? {}, page);
  }

  @Query(() => [PatrolCount], { nullable: true, description: '巡查问题数 By rule, department and state.' })
  patrolSummary(@Ctx() { session }: HubContext): Promise<FindingCount[]> {
    return countFindings(session);
  }

  @Mutation(() => RunPatrolPayload, { description: '巡查 Looks for what the rules name, and opens a case for each.' })
  runPatrol(
    @Arg('input', () => RunPatrolInput, { nullable: true, description: '输入' }) input: RunPatrolInput | null,
    @Ctx() context: HubContext,
  ): Promise<PatrolOutcome & { summary: FindingCount[] }> {
    const session = context.write();
    return session.asVerb('runPatrol', async () => ({
      ...(await runPatrol(session, input ?? {}, context.rules.workHours)),
      summary: await countFindings(session),
    }));
  }

  @Mutation(() => FindingPayload, { description: '交办、退回补充 To its department, or a person there.' })
  async assignFinding(
    @Arg('input', () => AssignFindingInput, { description: '输入' }) input: AssignFindingInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await assignFinding(context.write(), { ...input, id: uuidOf(input.id, ['PatrolFinding']) }) };
  }

  @Mutation(() => FindingPayload, { description: '答复 By its department.' })
  async answerFinding(
    @Arg('input', () => AnswerFindingInput, { description: '输入' }) input: AnswerFindingInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await answerFinding(context.write(), { ...input, id: uuidOf(input.id, ['PatrolFinding']) }) };
  }

  @Mutation(() => FindingPayload, { description: '办结 By the auditor; never by the one who answered.' })
  async closeFinding(
    @Arg('input', () => CloseFindingInput, { description: '输入' }) input: CloseFindingInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await closeFinding(context.write(), { ...input, id: uuidOf(input.id, ['PatrolFinding']) }) };
  }

  @FieldResolver()
  rule(@Root() { ruleCode }: Row) {
    return ruleRow(ruleCode as PatrolCode);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Found {
    return departmentId ? loaders.department.load(departmentId as string) : null;
  }

  @FieldResolver()
  target(@Root() row: Row, @Ctx() { loaders }: HubContext): Found {
    return targetOf(row, loaders);
  }

  @FieldResolver()
  steps(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return loaders.patrolSteps.load(id);
  }

  @FieldResolver()
  async events(@Root() { eventIds }: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return (await Promise.all((eventIds as string[]).map((id) => loaders.event.load(id)))).flatMap((row) => row ?? []);
  }

  @FieldResolver()
  async subjects(@Root() { personIds }: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return (await Promise.all((personIds as string[]).map((id) => loaders.subject.load(id)))).flatMap(
      (row) => row ?? [],
    );
  }
}

@Resolver(() => PatrolStep)
export class PatrolStepResolver {
  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Found {
    return departmentId ? loaders.department.load(departmentId as string) : null;
  }
}

@Resolver(() => PatrolCount)
export class PatrolCountResolver {
  @FieldResolver()
  rule(@Root() { ruleCode }: FindingCount) {
    return ruleRow(ruleCode);
  }

  @FieldResolver()
  department(@Root() { departmentId }: FindingCount, @Ctx() { loaders }: HubContext): Found {
    return departmentId ? loaders.department.load(departmentId) : null;
  }
}

@Resolver(() => FindingPayload)
export class FindingPayloadResolver {
  @FieldResolver()
  finding(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.finding.load(id);
  }
}
