import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../schema/connection.js';
import { AgreementState } from '../../schema/enums.js';
import {
  AgreedItem,
  CollectionAgreement,
  CollectionAgreementConnection,
  CollectionAgreementPayload,
  ConfirmAgreementInput,
  EndAgreementInput,
  ProposeAgreementInput,
} from '../../schema/market/agreement.js';
import { confirmAgreement, endAgreement } from '../../services/market/decide.js';
import { proposeAgreement } from '../../services/market/propose.js';
import { AGREEMENT, agreementsWhere, readersAsShown, type ShownReader } from '../../services/market/shape.js';
import { type Page, readPage } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, uuidOf } from '../context.js';

type Answer = Promise<{ id: string }>;
type Found = Promise<Row | null>;

@Resolver(() => CollectionAgreement)
export class CollectionAgreementResolver {
  @Query(() => CollectionAgreementConnection, {
    nullable: true,
    description: '归集共享协议 Newest first: all for the credit office and the auditor, a body’s own for itself.',
  })
  collectionAgreements(
    @Arg('state', () => AgreementState, { nullable: true, description: '状态' })
    state: keyof typeof AgreementState | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return readPage(session, AGREEMENT, agreementsWhere(state), page);
  }

  @Mutation(() => CollectionAgreementPayload, {
    description: '拟订归集共享协议 By an officer of the credit office; a second one confirms.',
  })
  async proposeAgreement(
    @Arg('input', () => ProposeAgreementInput, { description: '输入' }) input: ProposeAgreementInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await proposeAgreement(context.write(), input) };
  }

  @Mutation(() => CollectionAgreementPayload, {
    description: '确认归集共享协议 By another officer than the one who proposed it.',
  })
  async confirmAgreement(
    @Arg('input', () => ConfirmAgreementInput, { description: '输入' }) { id }: ConfirmAgreementInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await confirmAgreement(context.write(), uuidOf(id, ['CollectionAgreement'])) };
  }

  @Mutation(() => CollectionAgreementPayload, {
    description: '终止归集共享协议 At once; what came stays or is withdrawn, as the agreement says.',
  })
  async endAgreement(
    @Arg('input', () => EndAgreementInput, { description: '输入' }) input: EndAgreementInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await endAgreement(context.write(), { ...input, id: uuidOf(input.id, ['CollectionAgreement']) }) };
  }

  @FieldResolver()
  body(@Root() { bodyId }: Row, @Ctx() { loaders }: HubContext): Found {
    return loaders.subject.load(bodyId as string);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Found {
    return loaders.department.load(departmentId as string);
  }

  @FieldResolver()
  readers(@Root() { readers }: Row): ShownReader[] {
    return readersAsShown(readers as string[]);
  }
}

@Resolver(() => AgreedItem)
export class AgreedItemResolver {
  @FieldResolver()
  item(@Root() { itemId }: { itemId: string }, @Ctx() { loaders }: HubContext): Found {
    return loaders.item.load(itemId);
  }
}

@Resolver(() => CollectionAgreementPayload)
export class CollectionAgreementPayloadResolver {
  @FieldResolver()
  agreement(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Found {
    return loaders.agreement.load(id);
  }
}
