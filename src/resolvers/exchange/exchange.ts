import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { sql } from '../../platform/sql.js';
import { PageArgs } from '../../schema/connection.js';
import { ExchangeCaseState } from '../../schema/enums.js';
import {
  AnswerExchangeCaseInput,
  ExchangeCase,
  ExchangeCaseConnection,
  ExchangeCasePayload,
  ExchangePartnerStatus,
  ResubmitExchangeCaseInput,
} from '../../schema/exchange/exchange.js';
import { answerCase, EXCHANGE_CASE, resubmitCase } from '../../services/exchange/cases.js';
import { exchangeStatus, type PartnerStatus } from '../../services/exchange/status.js';
import { type Page, readPage } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, uuidOf } from '../context.js';

@Resolver(() => ExchangeCase)
export class ExchangeCaseResolver {
  @Query(() => ExchangeCaseConnection, {
    nullable: true,
    description: '交换待办 Newest first: of the own department; of all for the credit office.',
  })
  exchangeCases(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => ExchangeCaseState, { nullable: true, description: '待办状态' })
    state: keyof typeof ExchangeCaseState | null | undefined,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return readPage(session, EXCHANGE_CASE, state ? [sql`state = ${state}`] : [], page);
  }

  @Query(() => [ExchangePartnerStatus], { nullable: true, description: '交换状态 By partner, for the credit office.' })
  exchangeStatus(@Ctx() { session }: HubContext): Promise<PartnerStatus[]> {
    return exchangeStatus(session.query);
  }

  @Mutation(() => ExchangeCasePayload, {
    description:
      '答复交换待办 By the department whose case it is; about a partner’s message the answer travels back to it.',
  })
  async answerExchangeCase(
    @Arg('input', () => AnswerExchangeCaseInput, { description: '输入' }) input: AnswerExchangeCaseInput,
    @Ctx() context: HubContext,
  ): Promise<{ id: string }> {
    return { id: await answerCase(context.write(), { ...input, id: uuidOf(input.id, ['ExchangeCase']) }) };
  }

  @Mutation(() => ExchangeCasePayload, {
    description: '重报 The row as it now stands goes to the partner again, as a new message.',
  })
  async resubmitExchangeCase(
    @Arg('input', () => ResubmitExchangeCaseInput, { description: '输入' }) input: ResubmitExchangeCaseInput,
    @Ctx() context: HubContext,
  ): Promise<{ id: string }> {
    return { id: await resubmitCase(context.write(), { ...input, id: uuidOf(input.id, ['ExchangeCase']) }) };
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId as string);
  }

  @FieldResolver()
  subject(@Root() { subjectId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return subjectId ? loaders.subject.load(subjectId as string) : null;
  }
}

@Resolver(() => ExchangeCasePayload)
export class ExchangeCasePayloadResolver {
  @FieldResolver()
  case(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.exchangeCase.load(id);
  }
}
