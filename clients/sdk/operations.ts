/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** 信用核查 Exactly one of code and person; name, when given, is compared with the register. */
export type CheckCreditInput = {
  /** 统一社会信用代码 */
  code?: string | null | undefined;
  /** 政务服务事项编码 It is the purpose of the check. */
  matter: string;
  /** 名称 */
  name?: string | null | undefined;
  /** 自然人证件 */
  person?: PersonDocumentInput | null | undefined;
};

/** 名单信息状态 */
export type ListEntryState =
  /** 期满移出 */
  | 'EXPIRED'
  /** 已列入 */
  | 'LISTED'
  /** 已告知 */
  | 'NOTIFIED'
  /** 拟列入 */
  | 'PROPOSED'
  /** 已修复 */
  | 'REPAIRED'
  /** 已撤销 */
  | 'REVOKED'
  /** 中止 */
  | 'SUSPENDED'
  /** 不予列入 */
  | 'WITHDRAWN';

/** 自然人证件 Travels in variables only; never logged, never in an error. */
export type PersonDocumentInput = {
  /** 姓名 */
  name: string;
  /** 证件号码 */
  number: string;
  /** 证件类型 */
  type?: string | null | undefined;
};

/** 主体类型 */
export type SubjectKind =
  /** 分支机构 */
  | 'BRANCH'
  /** 农民专业合作社 */
  | 'COOPERATIVE'
  /** 企业 */
  | 'ENTERPRISE'
  /** 政府机构 */
  | 'GOVERNMENT_BODY'
  /** 个体工商户 */
  | 'INDIVIDUAL_BUSINESS'
  /** 自然人 */
  | 'NATURAL_PERSON'
  /** 其他组织 */
  | 'OTHER_ORGANISATION'
  /** 事业单位 */
  | 'PUBLIC_INSTITUTION'
  /** 社会组织 */
  | 'SOCIAL_ORGANISATION';

/** 核查结论 */
export type Verdict =
  /** 审慎对待 */
  | 'CAUTION'
  /** 未见异常 */
  | 'CLEAR'
  /** 限制 */
  | 'RESTRICTED'
  /** 守信激励 */
  | 'REWARDED'
  /** 无法判断：查无此主体，或所需来源已过时；绝不等同于未见异常 */
  | 'UNKNOWN';

export type CheckCreditMutationVariables = Exact<{
  input: CheckCreditInput;
}>;


export type CheckCreditMutation = { checkCredit: { check: { receiptNo: string, verdict: Verdict, subjectFound: boolean, findings: Array<{ effect: Verdict, measure: { name: string }, basis: { title: string, article: string | null } }> } } };

export type SubjectQueryVariables = Exact<{
  code: string;
}>;


export type SubjectQuery = { subject:
    | { name: string, kind: SubjectKind, summary: { penalties: number, activeBlackListEntries: number }, listEntries: { nodes: Array<{ state: ListEntryState, list: { code: string, name: string } }> } }
    | { name: string, kind: SubjectKind, summary: { penalties: number, activeBlackListEntries: number }, listEntries: { nodes: Array<{ state: ListEntryState, list: { code: string, name: string } }> } }
   | null };

export type SubjectsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SubjectsQuery = { subjects: { totalCount: number, nodes: Array<
      | { id: string, name: string }
      | { id: string, name: string }
    >, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };


export const CheckCreditDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CheckCredit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CheckCreditInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkCredit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"check"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receiptNo"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"subjectFound"}},{"kind":"Field","name":{"kind":"Name","value":"findings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"measure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"basis"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"article"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CheckCreditMutation, CheckCreditMutationVariables>;
export const SubjectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Subject"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnifiedSocialCreditCode"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"summary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"penalties"}},{"kind":"Field","name":{"kind":"Name","value":"activeBlackListEntries"}}]}},{"kind":"Field","name":{"kind":"Name","value":"listEntries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"list"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<SubjectQuery, SubjectQueryVariables>;
export const SubjectsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Subjects"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subjects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<SubjectsQuery, SubjectsQueryVariables>;