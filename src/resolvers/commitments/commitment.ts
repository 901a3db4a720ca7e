import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import {
  Commitment,
  CommitmentPayload,
  MakeCommitmentInput,
  SettleCommitmentInput,
} from '../../schema/commitments/commitment.js';
import { makeCommitment } from '../../services/commitments/make.js';
import { settleCommitment } from '../../services/commitments/settle.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, optionalUuidOf, SUBJECT_TYPES, uuidOf } from '../context.js';
import { type MaybeLater, textOf } from '../personalText.js';

type Answer = Promise<{ id: string }>;

@Resolver(() => Commitment)
export class CommitmentResolver {
  @Mutation(() => CommitmentPayload, { description: '作出信用承诺 By the subject for itself, or at the counter.' })
  async makeCommitment(
    @Arg('input', () => MakeCommitmentInput, { description: '输入' }) input: MakeCommitmentInput,
    @Ctx() context: HubContext,
  ): Answer {
    const subjectId = optionalUuidOf(input.subject, SUBJECT_TYPES, 'subject');
    const id = await makeCommitment(context.write(), context.keys, { ...input, subjectId });
    return { id };
  }

  @Mutation(() => CommitmentPayload, { description: '认定履行状态 By the department of the commitment.' })
  async settleCommitment(
    @Arg('input', () => SettleCommitmentInput, { description: '输入' }) input: SettleCommitmentInput,
    @Ctx() context: HubContext,
  ): Answer {
    const id = await settleCommitment(context.write(), { ...input, id: uuidOf(input.id, ['Commitment']) });
    return { id };
  }

  @FieldResolver()
  subject(@Root() { subjectId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.subject.load(subjectId as string);
  }

  @FieldResolver()
  content(@Root() commitment: Row, @Ctx() context: HubContext): MaybeLater<string | null> {
    return textOf(commitment, 'content', 'content', context);
  }

  @FieldResolver()
  department(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(departmentId as string);
  }

  @FieldResolver()
  matter(@Root() { matterId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return matterId ? loaders.matter.load(matterId as string) : null;
  }
}

@Resolver(() => CommitmentPayload)
export class CommitmentPayloadResolver {
  @FieldResolver()
  commitment(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.commitment.load(id);
  }
}
