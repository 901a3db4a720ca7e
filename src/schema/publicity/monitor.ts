import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { Department } from '../departments/department.js';
import { Labelled } from '../labelled.js';
import { ListEntry } from '../lists/list.js';
import { DateScalar } from '../scalars.js';

@ObjectType({
  description: '公示情况 How decisions were reported: of one department and item, or summed over several.',
})
export class PublicityStanding {
  @Labelled('GOVERNMENT', () => Department, '提供单位 Null: summed over all.', { nullable: true })
  department: Department | null;
  @Labelled('GOVERNMENT', () => CatalogueItem, '事项 Null: summed over all.', { nullable: true })
  item: CatalogueItem | null;
  @Labelled('GOVERNMENT', () => Int, '决定数 By the department’s own count; null: none was stated.', { nullable: true })
  counted: number | null;
  @Labelled('GOVERNMENT', () => Int, '已报数')
  reported: number;
  @Labelled('GOVERNMENT', () => Int, '按时数 Within seven working days of the decision.')
  onTime: number;
  @Labelled('GOVERNMENT', () => Int, '迟报数')
  late: number;
  @Labelled('GOVERNMENT', () => Int, '补录数 Neither in time nor late.')
  backFilled: number;
  @Labelled('GOVERNMENT', () => Int, '未报数 Counted by the department, and not received.')
  missing: number;
  @Labelled('GOVERNMENT', () => Int, '超出数 Received beyond the department’s own count.')
  surplus: number;
  @Labelled('GOVERNMENT', () => Int, '当月接收行数')
  read: number;
  @Labelled('GOVERNMENT', () => Int, '错报数 Of the rows received in the month, those that went back.')
  returned: number;
  @Labelled('GOVERNMENT', () => Int, '待复核数 Of the rows received in the month.')
  underReview: number;
  @Labelled('GOVERNMENT', () => Int, '撤回公示数 By the day of the document that revokes.')
  withdrawn: number;
  @Labelled('GOVERNMENT', () => Int, '逾期撤回数 Later than three working days after that document.')
  withdrawnLate: number;
  @Labelled('GOVERNMENT', () => Int, '逾期未撤名单数 A listing that rests on it stands after those days.')
  withdrawalOverdue: number;
  @Labelled('GOVERNMENT', () => Float, '上报率 Of the decisions counted, those received.', { nullable: true })
  reportingRate: number | null;
  @Labelled('GOVERNMENT', () => Float, '及时率 Of those received, 补录 left out, those in time.', { nullable: true })
  timelinessRate: number | null;
  @Labelled('GOVERNMENT', () => Float, '合规率 Of the rows received in the month, those taken.', { nullable: true })
  complianceRate: number | null;
}

@ObjectType({ description: '撤回公示 A record that was revoked, withdrawn from the public with the reason.' })
export class PublicityWithdrawal {
  @Labelled('GOVERNMENT', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('GOVERNMENT', () => Department, '认定机关')
  authority: Department;
  @Labelled('GOVERNMENT', () => String, '原文书号', { nullable: true })
  documentNo: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '原决定日期')
  decidedOn: string;
  @Labelled('GOVERNMENT', () => String, '撤销文书号 Null: the provider withdrew its row.', { nullable: true })
  revocationDocumentNo: string | null;
  @Labelled('GOVERNMENT', () => DateScalar, '撤销文书日期')
  documentOn: string;
  @Labelled('GOVERNMENT', () => DateScalar, '应撤回日期 Three working days after that document.')
  dueOn: string;
  @Labelled('GOVERNMENT', () => DateScalar, '撤回日期')
  withdrawnOn: string;
  @Labelled('GOVERNMENT', () => String, '撤回理由')
  reason: string;
  @Labelled('GOVERNMENT', () => Boolean, '撤回前在公示')
  wasPublic: boolean;
  @Labelled('GOVERNMENT', () => Boolean, '逾期撤回')
  late: boolean;
  @Labelled('GOVERNMENT', () => Boolean, '逾期未撤 A listing that rests on it stands although the day has passed.')
  overdue: boolean;
  @Labelled('GOVERNMENT', () => [ListEntry], '仍在列的名单信息 Listings that rest on it and stand.')
  standingEntries: ListEntry[];
}

@ObjectType({
  description: '撤回公示说明 Why a decision that was public is so no more; whom it was about is archived.',
})
export class PublicityNotice {
  @Labelled('OPEN', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('OPEN', () => Department, '认定机关')
  authority: Department;
  @Labelled('OPEN', () => String, '原文书号', { nullable: true })
  documentNo: string | null;
  @Labelled('OPEN', () => DateScalar, '原决定日期')
  decidedOn: string;
  @Labelled('OPEN', () => String, '撤销文书号', { nullable: true })
  revocationDocumentNo: string | null;
  @Labelled('OPEN', () => DateScalar, '撤回日期')
  withdrawnOn: string;
  @Labelled('OPEN', () => String, '撤回理由')
  reason: string;
}

@ObjectType({ description: '双公示监测 How the decisions of one month were reported.' })
export class PublicityMonitor {
  @Labelled('GOVERNMENT', () => String, '月份')
  month: string;
  @Labelled('GOVERNMENT', () => DateScalar, '截止日期 The month’s last decision is due, and the counts with it.')
  dueOn: string;
  @Labelled('GOVERNMENT', () => Boolean, '已截止 What is missing now was not reported.')
  closed: boolean;
  @Labelled('GOVERNMENT', () => PublicityStanding, '合计')
  total: PublicityStanding;
  @Labelled('GOVERNMENT', () => [PublicityStanding], '按部门')
  departments: PublicityStanding[];
  @Labelled('GOVERNMENT', () => [PublicityStanding], '按事项')
  items: PublicityStanding[];
  @Labelled('GOVERNMENT', () => [PublicityStanding], '按部门与事项')
  standings: PublicityStanding[];
  @Labelled('GOVERNMENT', () => [PublicityWithdrawal], '撤回公示 By the day of the document that revokes.')
  withdrawals: PublicityWithdrawal[];
}

@InputType({ description: '申报决定数 How many decisions the department made in a month, by its own count.' })
export class StateDecisionCountInput {
  @Field(() => String, { description: '事项编码 One of the ten publicities.' })
  item: string;
  @Field(() => String, { description: '月份 YYYY-MM; of the running month, the count so far.' })
  month: string;
  @Field(() => Int, { description: '决定数' })
  decisions: number;
}

@ObjectType({ description: '决定数 A department’s own count of its decisions.' })
export class DecisionCount {
  @Labelled('GOVERNMENT', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('GOVERNMENT', () => Department, '部门')
  department: Department;
  @Labelled('GOVERNMENT', () => String, '月份')
  month: string;
  @Labelled('GOVERNMENT', () => Int, '决定数')
  decisions: number;
  @Labelled('GOVERNMENT', () => DateScalar, '申报日期')
  statedOn: string;
}

@ObjectType({ description: '申报结果' })
export class StateDecisionCountPayload {
  @Labelled('OPEN', () => DecisionCount, '决定数')
  count: DecisionCount;
}
