import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  SealCaseInput,
  SealedCase,
  SealedCaseConnection,
  SealedCasePayload,
  UnsealCaseInput,
} from '../../schema/audit/sealedCase.js';
import { PageArgs } from '../../schema/connection.js';
import { SealState } from '../../schema/enums.js';
import { sealCase, unsealCase } from '../../services/audit/sealing.js';
import { pageOfSeals } from '../../services/audit/seals.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, uuidOf } from '../context.js';

@Resolver(() => SealedCase)
export class SealedCaseResolver {
  @Query(() => SealedCaseConnection, {
    nullable: true,
    description: '查询记录封存 Newest first: the own department’s; to the auditor, all.',
  })
  sealedCases(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => SealState, { nullable: true, description: '封存状态' }) state: keyof typeof SealState | null,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return pageOfSeals(session, { state }, page);
  }

  @Mutation(() => SealedCasePayload, {
    description: '封存 Keeps the look-ups of one case from whom they are about; again, it prolongs.',
  })
  async sealCase(
    @Arg('input', () => SealCaseInput, { description: '输入' }) input: SealCaseInput,
    @Ctx() context: HubContext,
  ): Promise<{ id: string }> {
    return { id: await sealCase(context.write(), input, context.rules.sealDays) };
  }

  @Mutation(() => SealedCasePayload, { description: '解封 At once: the look-ups appear to whom they are about.' })
  async unsealCase(
    @Arg('input', () => UnsealCaseInput, { description: '输入' }) input: UnsealCaseInput,
    @Ctx() context: HubContext,
  ): Promise<{ id: string }> {
    return { id: await unsealCase(context.write(), { ...input, id: uuidOf(input.id, ['SealedCase']) }) };
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId as string);
  }
}

@Resolver(() => SealedCasePayload)
export class SealedCasePayloadResolver {
  @FieldResolver()
  sealedCase(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.seal.load(id);
  }
}
