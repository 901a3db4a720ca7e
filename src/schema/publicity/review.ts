import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ImportBatch } from '../collection/batch.js';
import { Department } from '../departments/department.js';
import { PenaltySeverity, ReviewKind, ReviewOutcome } from '../enums.js';
import { Labelled } from '../labelled.js';
import { CreditRecord } from '../records/record.js';
import { DateTimeScalar } from '../scalars.js';

@ObjectType({ description: '人工复核 What no rule decides, and what came of it.' })
export class ReviewItem {
  @Labelled('GOVERNMENT', () => ID, '复核标识')
  id: string;
  @Labelled('GOVERNMENT', () => ReviewKind, '复核事由')
  kind: keyof typeof ReviewKind;
  @Labelled('GOVERNMENT', () => CreditRecord, '信用信息 Null where it is of no record, or is archived.', {
    nullable: true,
  })
  record: CreditRecord | null;
  @Labelled('GOVERNMENT', () => ImportBatch, '归集批次', { nullable: true })
  batch: ImportBatch | null;
  @Labelled('GOVERNMENT', () => Int, '行号', { nullable: true })
  rowNo: number | null;
  @Labelled('GOVERNMENT', () => Department, '提供单位 It decides.')
  department: Department;
  @Labelled('GOVERNMENT', () => DateTimeScalar, '提出时间')
  openedAt: Date;
  @Labelled('GOVERNMENT', () => DateTimeScalar, '办结时间', { nullable: true })
  closedAt: Date | null;
  @Labelled('GOVERNMENT', () => ReviewOutcome, '复核结果', { nullable: true })
  outcome: keyof typeof ReviewOutcome | null;
  @Labelled('GOVERNMENT', () => PenaltySeverity, '认定的失信程度', { nullable: true })
  severity: keyof typeof PenaltySeverity | null;
  @Labelled('GOVERNMENT', () => String, '认定理由', { nullable: true })
  reason: string | null;
}

@InputType({ description: '办理复核 What the rules left open, decided by the department that sent the row.' })
export class DecideReviewInput {
  @Field(() => ID, { description: '复核标识' })
  id: string;
  @Field(() => PenaltySeverity, {
    nullable: true,
    description: '失信程度 Where the class was left open; blank where the stored row is to stand.',
  })
  severity?: keyof typeof PenaltySeverity | null;
  @Field(() => String, { nullable: true, description: '文书号' })
  documentNo?: string | null;
  @Field(() => String, { description: '理由' })
  reason: string;
}

@ObjectType({ description: '复核结果' })
export class DecideReviewPayload {
  @Labelled('OPEN', () => ReviewItem, '人工复核')
  review: ReviewItem;
}
