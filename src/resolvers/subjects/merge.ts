import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { fromGlobalId } from '../../platform/ids.js';
import { PageArgs } from '../../schema/connection.js';
import { MergeState } from '../../schema/enums.js';
import {
  ConfirmMergeInput,
  MergeSubjectsInput,
  SplitSubjectInput,
  SubjectMerge,
  SubjectMergeConnection,
  SubjectMergePayload,
  UndoMergeInput,
} from '../../schema/subjects/merge.js';
import { type Page, readPage } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { confirmMerge } from '../../services/subjects/merging/apply.js';
import { mergeSubjects } from '../../services/subjects/merging/propose.js';
import { MERGE, mergesWhere } from '../../services/subjects/merging/shape.js';
import { splitSubject } from '../../services/subjects/merging/split.js';
import { SPLITTABLE } from '../../services/subjects/merging/tables.js';
import { undoMerge } from '../../services/subjects/merging/undo.js';
import { type HubContext, notFound, optionalUuidOf, SUBJECT_TYPES, uuidOf } from '../context.js';

type Answer = Promise<{ id: string }>;

@Resolver(() => SubjectMerge)
export class SubjectMergeResolver {
  @Query(() => SubjectMergeConnection, {
    nullable: true,
    description: '主体归并、拆分 Newest first: for the credit office and the auditor.',
  })
  subjectMerges(
    @Arg('state', () => MergeState, { nullable: true, description: '状态' }) state: keyof typeof MergeState | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return readPage(session, MERGE, mergesWhere(state), page);
  }

  @Mutation(() => SubjectMergePayload, {
    description: '提出归并 By an officer of the credit office; a second one confirms.',
  })
  async mergeSubjects(
    @Arg('input', () => MergeSubjectsInput, { description: '输入' }) input: MergeSubjectsInput,
    @Ctx() context: HubContext,
  ): Answer {
    const absorbed = uuidOf(input.absorbed, SUBJECT_TYPES, 'absorbed');
    const survivor = uuidOf(input.survivor, SUBJECT_TYPES, 'survivor');
    return { id: await mergeSubjects(context.write(), { ...input, absorbed, survivor }) };
  }

  @Mutation(() => SubjectMergePayload, {
    description: '提出拆分 By an officer of the credit office; a second one confirms.',
  })
  async splitSubject(
    @Arg('input', () => SplitSubjectInput, { description: '输入' }) input: SplitSubjectInput,
    @Ctx() context: HubContext,
  ): Answer {
    const subject = uuidOf(input.subject, SUBJECT_TYPES, 'subject');
    const into = optionalUuidOf(input.into, SUBJECT_TYPES, 'into');
    const rows = input.rows.map((id) => {
      const global = fromGlobalId(id);
      const table = global && SPLITTABLE[global.type];
      if (!table) throw notFound('rows');
      return { table, id: global.uuid };
    });
    return { id: await splitSubject(context.write(), context.keys, { ...input, subject, into, rows }) };
  }

  @Mutation(() => SubjectMergePayload, {
    description: '确认归并、拆分 By another officer than the one who proposed it: everything that hangs on it moves.',
  })
  async confirmMerge(
    @Arg('input', () => ConfirmMergeInput, { description: '输入' }) input: ConfirmMergeInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await confirmMerge(context.write(), context.keys, uuidOf(input.id, ['SubjectMerge'])) };
  }

  @Mutation(() => SubjectMergePayload, {
    description: '撤销归并、拆分 What moved goes back; a proposal that was not confirmed is withdrawn.',
  })
  async undoMerge(
    @Arg('input', () => UndoMergeInput, { description: '输入' }) input: UndoMergeInput,
    @Ctx() context: HubContext,
  ): Answer {
    return {
      id: await undoMerge(context.write(), context.keys, { ...input, id: uuidOf(input.id, ['SubjectMerge']) }),
    };
  }

  @FieldResolver()
  from(@Root() { fromId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.subject.load(fromId as string);
  }

  @FieldResolver()
  into(@Root() { intoId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.subject.load(intoId as string);
  }
}

@Resolver(() => SubjectMergePayload)
export class SubjectMergePayloadResolver {
  @FieldResolver()
  merge(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.merge.load(id);
  }
}
