import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { connectionOf } from '../connection.js';
import { Department } from '../departments/department.js';
import { BatchState, IssueSeverity, QualityStep, QualityStepResult } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateTimeScalar, JSONObject } from '../scalars.js';

@ObjectType({ description: '行问题 One correction, warning or rejection of a row.' })
export class ImportIssue {
  @Labelled('COLLECTED', () => IssueSeverity, '级别')
  severity: keyof typeof IssueSeverity;
  @Labelled('COLLECTED', () => String, '代码')
  code: string;
  @Labelled('COLLECTED', () => String, '字段', { nullable: true })
  field: string | null;
  @Labelled('COLLECTED', () => String, '说明')
  message: string;
}

@ObjectType({ description: '质量规则命中 A quality rule that had something to say (docs/generated/quality-rules.md).' })
export class RowRule {
  @Labelled('COLLECTED', () => String, '规则代码')
  code: string;
  @Labelled('COLLECTED', () => String, '字段', { nullable: true })
  field: string | null;
}

@ObjectType({ description: '处理步骤 What one step did with the row: codes alone, never a value.' })
export class RowStep {
  @Labelled('COLLECTED', () => QualityStep, '步骤')
  step: keyof typeof QualityStep;
  @Labelled('COLLECTED', () => QualityStepResult, '结果')
  result: keyof typeof QualityStepResult;
  @Labelled('COLLECTED', () => [RowRule], '规则')
  rules: RowRule[];
}

@ObjectType({ description: '归集行 One row as it was sent, personal data masked.' })
export class ImportRow {
  @Labelled('COLLECTED', () => Int, '行号 From 1, the header not counted.')
  rowNo: number;
  @Labelled('COLLECTED', () => JSONObject, '数据')
  values: Record<string, unknown>;
  @Labelled('COLLECTED', () => [ImportIssue], '问题')
  issues: ImportIssue[];
  @Labelled('COLLECTED', () => [RowStep], '处理步骤 过滤、规范、去重、归并、分类、入库, as far as the row came.')
  steps: RowStep[];
}

export const ImportRowConnection = connectionOf('ImportRow', '归集行', () => ImportRow);

@ObjectType({
  implements: Node,
  description: '归集批次 One submission of a department or a body, with what became of it.',
})
export class ImportBatch extends Node {
  @Labelled('COLLECTED', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('COLLECTED', () => Department, '提供单位 Of market information: the office that concluded the agreement.')
  department: Department;
  @Labelled('COLLECTED', () => BatchState, '状态')
  state: keyof typeof BatchState;
  @Labelled('COLLECTED', () => String, '清单版本 Under which version of the catalogue its rows were judged.', {
    nullable: true,
  })
  catalogueVersion: string | null;
  @Labelled('COLLECTED', () => Int, '读取行数')
  read: number;
  @Labelled('COLLECTED', () => Int, '入库行数')
  accepted: number;
  @Labelled('COLLECTED', () => Int, '退回行数')
  rejected: number;
  @Labelled('COLLECTED', () => Int, '更新行数 Part of accepted.')
  revised: number;
  @Labelled('COLLECTED', () => Int, '无变化行数 Part of accepted.')
  unchanged: number;
  @Labelled('COLLECTED', () => Boolean, '补录 Its rows are of the time before the department reported here.')
  backFilled: boolean;
  @Labelled('COLLECTED', () => Boolean, '重复提交 The same submission came before: these are its tallies.')
  repeated: boolean;
  @Labelled('COLLECTED', () => [String], '目录外的列 Reported, never stored.')
  unknownColumns: string[];
  @Labelled('COLLECTED', () => JSONObject, '纠正 Rows by code.')
  corrections: Record<string, number>;
  @Labelled('COLLECTED', () => JSONObject, '提示 Rows by code.')
  warnings: Record<string, number>;
  @Labelled('COLLECTED', () => JSONObject, '退回 Rows by code.')
  rejections: Record<string, number>;
}

@InputType({
  description:
    '报送信息 One submission of the department whose function the item names, or of the body whose agreement does.',
})
export class SubmitRecordsInput {
  @Field(() => String, { description: '数据项编码' })
  item: string;
  @Field(() => String, {
    description:
      '幂等键 The department’s own key for this submission: the same key and content answer the first batch and store nothing twice; other content is CONFLICT.',
  })
  idempotencyKey: string;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      '数据时点 As of when the rows are true; default the instant of receipt. The later one wins, in whatever order they come.',
  })
  asOf?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: '撤回 True: these rows are withdrawn as of then. A withdrawn row may come again with a later instant.',
  })
  withdraw?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: '补录 True: rows of the time before the department reported here. They are marked so, and not late.',
  })
  backFill?: boolean | null;
  @Field(() => [JSONObject], {
    description: '数据行 Each with its values under Chinese headers or field codes.',
  })
  rows: Record<string, unknown>[];
}

@ObjectType({ description: '报送结果' })
export class SubmitRecordsPayload {
  @Labelled(
    'OPEN',
    () => ImportBatch,
    '归集批次 Up to 1,000 rows are stored when it is answered; of more it is RECEIVED, and the rows follow.',
  )
  batch: ImportBatch;
}
