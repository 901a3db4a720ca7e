import { registerEnumType } from 'type-graphql';
import { PATROL_CODES, type PatrolCode, patrolRule } from '../catalogue/patrol/index.js';
import { PATROL_OWNERS } from '../catalogue/patrol/types.js';
import { PURPOSE_NAMES, PURPOSES, type Purpose as PurposeCode } from '../permissions/purposes.js';

type Values<T extends string> = Record<T, { description: string }>;

/** An enum whose every value has its Chinese term, written once. */
function described<T extends string>(name: string, description: string, terms: Record<T, string>): { [K in T]: K } {
  const names = Object.keys(terms) as T[];
  const values = Object.fromEntries(names.map((value) => [value, value])) as { [K in T]: K };
  const valuesConfig = Object.fromEntries(names.map((value) => [value, { description: terms[value] }])) as Values<T>;
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as never });
  return values;
}

export const SubjectKind = described('SubjectKind', '主体类型', {
  ENTERPRISE: '企业',
  INDIVIDUAL_BUSINESS: '个体工商户',
  COOPERATIVE: '农民专业合作社',
  BRANCH: '分支机构',
  SOCIAL_ORGANISATION: '社会组织',
  PUBLIC_INSTITUTION: '事业单位',
  GOVERNMENT_BODY: '政府机构',
  OTHER_ORGANISATION: '其他组织',
  NATURAL_PERSON: '自然人',
});
export const QualityStep = described('QualityStep', '数据处理步骤', {
  FILTER: '过滤',
  NORMALISE: '规范',
  DEDUPLICATE: '去重',
  MERGE: '归并',
  CLASSIFY: '分类',
  LOAD: '入库',
});
export const QualityStepResult = described('QualityStepResult', '步骤结果', {
  PASSED: '通过',
  JUNK: '垃圾数据',
  INVALID: '无效数据',
  CORRECTED: '已纠正',
  UNTOUCHED: '无须纠正',
  FIRST: '本批次首次',
  DUPLICATE: '本批次内重复',
  NEW: '新的事实',
  REVISED: '同一事实更新',
  UNCHANGED: '同一事实无变化',
  OLDER: '早于库中版本',
  CONFLICT: '同一时点内容不一致',
  CLASSIFIED: '已分类',
  UNDECIDED: '分类未定',
  NOT_CLASSIFIED: '不分类',
  STORED: '已入库',
  KEPT: '库中版本不变',
  UNDER_REVIEW: '转人工复核',
  RETURNED: '退回',
});
export const QualityDimension = described('QualityDimension', '质量维度', {
  COMPLETENESS: '完整性',
  ACCURACY: '准确性',
  UNIQUENESS: '唯一性',
  TIMELINESS: '及时性',
  LEGALITY: '合规性',
});
export const MergeKind = described('MergeKind', '归并或拆分', { MERGE: '归并', SPLIT: '拆分' });
export const MergeState = described('MergeState', '归并、拆分状态', {
  PROPOSED: '待确认',
  DONE: '已办理',
  UNDONE: '已撤销',
  WITHDRAWN: '未确认即撤回',
});
export const LifecycleKind = described('LifecycleKind', '生命周期事件', {
  REGISTERED: '设立登记',
  RENAMED: '名称变更',
  MERGED: '主体归并',
  PERMITTED: '许可',
  PROMISED: '承诺',
  KEPT: '践诺',
  PARTLY_KEPT: '部分践诺',
  BREACHED: '违诺',
  INSPECTED: '检查',
  PENALISED: '处罚',
  JUDGED: '裁判与执行',
  HONOURED: '奖励与荣誉',
  RECORDED: '其他信息',
  MARKET: '市场信用信息',
  PROPOSED: '拟列入名单',
  LISTED: '列入名单',
  REPAIRED: '信用修复',
  REVOKED: '撤销',
  EXPIRED: '期满',
  CLOSED: '注销、吊销',
});
export const Disclosure = described('Disclosure', '披露方式（条例 art. 20）', {
  PUBLIC: '公开公示',
  AUTHORISED: '授权查询',
  GOVERNMENT: '政务共享',
});
export const InformationNature = described('InformationNature', '信息性质（条例 art. 8）', {
  PUBLIC: '公共信用信息',
  MARKET: '市场信用信息',
});
export const MarketBody = described('MarketBody', '依协议报送的机构', {
  ASSOCIATION: '行业协会商会',
  AGENCY: '信用服务机构',
});
export const AgreementReader = described('AgreementReader', '协议许其查询的角色', {
  SERVICE_HALL: '政务服务大厅',
  DEPARTMENT: '行业主管部门',
  COURT: '人民法院',
  CREDIT_OFFICE: '信用管理机构',
});
export const AgreementState = described('AgreementState', '归集共享协议状态', {
  PROPOSED: '待确认',
  IN_FORCE: '已确认',
  ENDED: '已终止',
  WITHDRAWN: '已撤回',
});
export const AfterEnd = described('AfterEnd', '协议终止后已归集信息的处置', {
  KEEP: '保留至其自身期限届满',
  WITHDRAW: '随协议终止撤回',
});
export const ReportingPeriod = described('ReportingPeriod', '更新周期', {
  EVENT: '每一决定作出后',
  MONTH: '每月',
  QUARTER: '每季度',
  HALF_YEAR: '每半年',
  YEAR: '每年',
});
export const RecordState = described('RecordState', '信息状态', {
  ACTIVE: '有效',
  EXPIRED: '期满',
  REPAIRED: '已修复',
  REVOKED: '已撤销',
});
export const PenaltySeverity = described('PenaltySeverity', '失信程度（信用修复管理办法）', {
  MINOR: '轻微',
  GENERAL: '一般',
  SERIOUS: '严重',
});
export const StatisticsCounted = described('StatisticsCounted', '统计对象', {
  RECORDS: '信用信息',
  LIST_ENTRIES: '名单信息（已列入）',
});
export const StatisticsDimension = described('StatisticsDimension', '统计维度', {
  ITEM: '事项（信用信息）',
  LIST: '名单（名单信息）',
  DEPARTMENT: '作出决定、认定的部门',
  MONTH: '决定、列入月份',
  KIND: '主体类型',
});
export const ListColor = described('ListColor', '名单类别', {
  RED: '守信激励名单（红名单）',
  BLACK: '严重失信主体名单（黑名单）',
});
export const ListOrigin = described('ListOrigin', '名单来源', {
  OWN: '本县部门认定',
  RECEIVED: '外部认定，本库镜像',
});
export const ListEntryState = described('ListEntryState', '名单信息状态', {
  PROPOSED: '拟列入',
  NOTIFIED: '已告知',
  LISTED: '已列入',
  SUSPENDED: '中止',
  REPAIRED: '已修复',
  EXPIRED: '期满移出',
  REVOKED: '已撤销',
  WITHDRAWN: '不予列入',
});
export const MeasureKind = described('MeasureKind', '措施种类', { REWARD: '守信激励', PUNISHMENT: '失信惩戒' });
export const Verdict = described('Verdict', '核查结论', {
  CLEAR: '未见异常',
  REWARDED: '守信激励',
  CAUTION: '审慎对待',
  RESTRICTED: '限制',
  UNKNOWN: '无法判断：查无此主体，或所需来源已过时；绝不等同于未见异常',
});
export const CommitmentKind = described('CommitmentKind', '信用承诺类型（六型）', {
  APPROVAL_SUBSTITUTION: '审批替代',
  VOLUNTARY_DISCLOSURE: '主动公开',
  INDUSTRY_SELF_DISCIPLINE: '行业自律',
  CREDIT_REPAIR: '信用修复',
  PROOF_NOTIFICATION: '证明事项告知',
  GOVERNMENT_SERVICE: '政务服务承诺',
});
export const CommitmentState = described('CommitmentState', '承诺履行状态', {
  OPEN: '履行中',
  FULFILLED: '全部履行',
  PARTLY_FULFILLED: '部分履行',
  BREACHED: '全部未履行（违诺）',
  REPAIRED: '已修复',
});
export const ConsentKind = described('ConsentKind', '授权种类', {
  CONSENT: '授权书（查询）',
  POWER_OF_ATTORNEY: '委托书（代办）',
});
export const ConsentState = described('ConsentState', '授权状态', {
  ACTIVE: '有效',
  WITHDRAWN: '已撤回',
  EXHAUSTED: '次数用尽',
  EXPIRED: '期满',
});
export const ConsentRecipient = described('ConsentRecipient', '被授权人类别', {
  SERVICE_HALL: '政务服务大厅（部门）',
  AGENCY: '信用服务机构',
  ASSOCIATION: '行业协会商会',
  SUBJECT: '受托代办的自然人',
});
export const ConsentLabel = described('ConsentLabel', '授权的安全标记', {
  AUTHORISED: '授权查询',
  PERSONAL: '个人信息',
  SECRET: '商业秘密与敏感个人信息',
});
export const Purpose = described(
  'Purpose',
  '查询用途（条例 art. 22）',
  Object.fromEntries(PURPOSE_NAMES.map((code) => [code, PURPOSES[code].zh])) as Record<PurposeCode, string>,
);
export const SealState = described('SealState', '封存状态', { SEALED: '封存中', ENDED: '期满', LIFTED: '已解封' });
export const BatchState = described('BatchState', '批次状态', {
  RECEIVED: '已接收',
  RUNNING: '处理中',
  COMPLETED: '已完成',
  FAILED: '失败，无任何一行入库',
});
export const ReviewKind = described('ReviewKind', '复核事由', {
  SEVERITY_UNDECIDED: '分类表未能确定失信程度',
  AS_OF_CONFLICT: '同一时点的内容不一致',
});
export const ReminderKind = described('ReminderKind', '公示提醒事由', {
  COUNT_DUE: '未申报决定数',
  DECISIONS_MISSING: '已申报的决定尚未报齐',
  RETURNED_DUE: '退回的行尚未重报',
});
export const ReviewOutcome = described('ReviewOutcome', '复核结果', {
  DECIDED: '人工认定',
  REVISED: '部门重新报送后已无待定事项',
});
export const IssueSeverity = described('IssueSeverity', '问题级别', {
  CORRECTION: '已纠正',
  WARNING: '提示',
  REJECTION: '退回',
});
export const PatrolRuleCode = described(
  'PatrolRuleCode',
  '巡查规则',
  Object.fromEntries(PATROL_CODES.map((code) => [code, patrolRule(code).name])) as Record<PatrolCode, string>,
);
export const PatrolOwnerKind = described('PatrolOwnerKind', '责任部门的确定', PATROL_OWNERS);
export const FindingState = described('FindingState', '巡查问题状态', {
  OPEN: '待交办',
  ASSIGNED: '已交办',
  EXPLAINED: '已说明',
  RECTIFIED: '已整改',
  CONFIRMED: '属实',
  DISMISSED: '不属实',
});
export const FindingOutcome = described('FindingOutcome', '办结结论', {
  RECTIFIED: '已整改',
  CONFIRMED: '属实',
  DISMISSED: '不属实',
});
export const FindingAction = described('FindingAction', '办理步骤', {
  FOUND: '发现',
  ASSIGNED: '交办（退回）',
  ANSWERED: '答复',
  CLOSED: '办结',
});
export const InspectionKind = described('InspectionKind', '检查种类', { CHECK: '检查', CAMPAIGN: '专项整治' });
export const InspectionSource = described('InspectionSource', '抽取来源', {
  FINDINGS: '巡查问题',
  RECORDS: '信用信息',
});
export const InspectionState = described('InspectionState', '检查状态', { OPEN: '进行中', CLOSED: '已办结' });
export const InspectionResult = described('InspectionResult', '检查结果', {
  CONFORMS: '符合',
  TO_RECTIFY: '须整改',
  VIOLATION: '违规，须整改',
});
export const InspectionItemState = described('InspectionItemState', '检查件状态', {
  DRAWN: '待查',
  CONFORMS: '符合',
  TO_RECTIFY: '待整改',
  RECTIFIED: '已报整改',
  ACCEPTED: '整改到位',
});

export const ExchangeCaseKind = described('ExchangeCaseKind', '交换待办种类', {
  REJECTED: '对方退回',
  UNDELIVERABLE: '无法送达',
  ALTERED: '对账不一致',
  DOUBLED: '对账重复',
  UNKNOWN: '对账多出',
  CORRECTION: '来文纠正',
  REPAIR: '来文修复',
  OBJECTION: '来文异议',
  REVOCATION: '来文撤销',
});
export const ExchangeCaseState = described('ExchangeCaseState', '交换待办状态', {
  OPEN: '待办',
  ANSWERED: '已答复',
  RESUBMITTED: '已重报',
});
