import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PersonDocumentInput } from '../checks/check.js';
import { connectionOf } from '../connection.js';
import { MergeKind, MergeState } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar, UnifiedSocialCreditCode } from '../scalars.js';
import { Subject } from './subject.js';

@ObjectType({
  implements: Node,
  description: '主体归并、拆分 Two subjects that are one, or one that is two: proposed by document, done, and undone.',
})
export class SubjectMerge extends Node {
  @Labelled('GOVERNMENT', () => MergeKind, '种类')
  kind: keyof typeof MergeKind;
  @Labelled('GOVERNMENT', () => MergeState, '状态')
  state: keyof typeof MergeState;
  @Labelled('GOVERNMENT', () => Subject, '原主体 Whose rows move. Null where the caller may not read it.', {
    nullable: true,
  })
  from: Subject | null;
  @Labelled('GOVERNMENT', () => Subject, '归入主体 Null where the caller may not read it.', { nullable: true })
  into: Subject | null;
  @Labelled('GOVERNMENT', () => String, '事由')
  reason: string;
  @Labelled('GOVERNMENT', () => String, '文书号')
  documentNo: string;
  @Labelled('GOVERNMENT', () => Int, '移动的信息条数 With what the subject’s sealed texts and branches count.')
  moved: number;
  @Labelled('GOVERNMENT', () => DateScalar, '提出日期')
  proposedOn: string;
  @Labelled('GOVERNMENT', () => DateScalar, '确认日期', { nullable: true })
  confirmedOn: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '撤销日期', { nullable: true })
  undoneOn: string | null;
  @Labelled('GOVERNMENT', () => String, '撤销文书号', { nullable: true })
  undoDocumentNo: string | null;
  @Labelled('GOVERNMENT', () => String, '撤销事由', { nullable: true })
  undoReason: string | null;
}

export const SubjectMergeConnection = connectionOf('SubjectMerge', '主体归并、拆分', () => SubjectMerge);

@InputType({ description: '提出归并 Renamed, registered anew under another code, or one person under two documents.' })
export class MergeSubjectsInput {
  @Field(() => ID, { description: '被归并主体标识' })
  absorbed: string;
  @Field(() => ID, { description: '保留主体标识' })
  survivor: string;
  @Field(() => String, { description: '事由' })
  reason: string;
  @Field(() => String, { description: '文书号' })
  documentNo: string;
}

@InputType({ description: '提出拆分 Two that were mistaken for one. Exactly one of into, code and person.' })
export class SplitSubjectInput {
  @Field(() => ID, { description: '主体标识' })
  subject: string;
  @Field(() => [ID], {
    description: '应归另一主体的信息 Records, list entries, commitments, consents and checks; at most 1,000.',
  })
  rows: string[];
  @Field(() => ID, { nullable: true, description: '另一主体标识' })
  into?: string | null;
  @Field(() => UnifiedSocialCreditCode, { nullable: true, description: '另一主体的统一社会信用代码' })
  code?: string | null;
  @Field(() => String, { nullable: true, description: '另一主体的名称 Of a code that nobody knows yet.' })
  name?: string | null;
  @Field(() => PersonDocumentInput, { nullable: true, description: '另一自然人的证件' })
  person?: PersonDocumentInput | null;
  @Field(() => String, { description: '事由' })
  reason: string;
  @Field(() => String, { description: '文书号' })
  documentNo: string;
}

@InputType({ description: '确认归并、拆分 By another officer than the one who proposed it.' })
export class ConfirmMergeInput {
  @Field(() => ID, { description: '归并、拆分标识' })
  id: string;
}

@InputType({ description: '撤销归并、拆分 By another officer than the one who confirmed it.' })
export class UndoMergeInput {
  @Field(() => ID, { description: '归并、拆分标识' })
  id: string;
  @Field(() => String, { description: '事由' })
  reason: string;
  @Field(() => String, { description: '文书号' })
  documentNo: string;
}

@ObjectType({ description: '归并、拆分结果' })
export class SubjectMergePayload {
  @Labelled('OPEN', () => SubjectMerge, '归并、拆分')
  merge: SubjectMerge;
}
