import 'reflect-metadata';
import {
  type GraphQLInterfaceType,
  type GraphQLSchema,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { buildSchemaSync, getMetadataStorage } from 'type-graphql';
import { guard, guardsOf } from '../permissions/compile/shield.js';
import { Completer } from '../planner/complete.js';
import { installPlanner } from '../planner/install.js';
import { toGlobalId } from '../platform/ids.js';
import { AccessEventResolver } from '../resolvers/audit/accessEvent.js';
import { SealedCasePayloadResolver, SealedCaseResolver } from '../resolvers/audit/sealedCase.js';
import { CatalogueItemResolver } from '../resolvers/catalogue/item.js';
import {
  CheckCreditPayloadResolver,
  CheckCreditsItemResolver,
  CheckSourceResolver,
  CreditCheckResolver,
  CreditFindingResolver,
} from '../resolvers/checks/check.js';
import {
  ImportBatchResolver,
  ImportIssueResolver,
  ImportRowResolver,
  SubmitRecordsPayloadResolver,
} from '../resolvers/collection/batch.js';
import { ReportingDutyResolver } from '../resolvers/collection/duty.js';
import { QualityReportResolver } from '../resolvers/collection/quality.js';
import { CommitmentPayloadResolver, CommitmentResolver } from '../resolvers/commitments/commitment.js';
import { ConsentPayloadResolver, ConsentResolver } from '../resolvers/consents/consent.js';
import { DepartmentResolver } from '../resolvers/departments/department.js';
import { ExchangeCasePayloadResolver, ExchangeCaseResolver } from '../resolvers/exchange/exchange.js';
import {
  InspectionItemPayloadResolver,
  InspectionItemResolver,
  InspectionPayloadResolver,
  InspectionResolver,
  InspectionSummaryResolver,
} from '../resolvers/inspections/inspection.js';
import { CreditListResolver, ListEntryResolver } from '../resolvers/lists/list.js';
import { ListEntryPayloadResolver, ListingResolver } from '../resolvers/lists/listing.js';
import {
  AgreedItemResolver,
  CollectionAgreementPayloadResolver,
  CollectionAgreementResolver,
} from '../resolvers/market/agreement.js';
import { MarketRecordResolver, OrganisationMarketResolver } from '../resolvers/market/record.js';
import { MeasureResolver, MeasureTriggerResolver, ServiceMatterResolver } from '../resolvers/measures/measure.js';
import { NodeResolver } from '../resolvers/node.js';
import {
  FindingPayloadResolver,
  PatrolCountResolver,
  PatrolFindingResolver,
  PatrolRuleResolver,
  PatrolStepResolver,
} from '../resolvers/patrol/finding.js';
import {
  DecisionCountResolver,
  PublicityMonitorResolver,
  PublicityNoticeResolver,
  PublicityStandingResolver,
  PublicityWithdrawalResolver,
} from '../resolvers/publicity/monitor.js';
import { PublicityReminderResolver } from '../resolvers/publicity/reminder.js';
import { ReviewItemResolver } from '../resolvers/publicity/review.js';
import {
  CatalogueRecordResolver,
  CreditRecordResolver,
  PenaltyRecordResolver,
  PermitRecordResolver,
  RevokeRecordPayloadResolver,
} from '../resolvers/records/record.js';
import { StatisticsLineResolver, StatisticsResolver } from '../resolvers/statistics/statistics.js';
import { LifecycleEventResolver, OrganisationLifecycleResolver } from '../resolvers/subjects/lifecycle.js';
import { SubjectMergePayloadResolver, SubjectMergeResolver } from '../resolvers/subjects/merge.js';
import { NaturalPersonResolver } from '../resolvers/subjects/naturalPerson.js';
import { OrganisationResolver } from '../resolvers/subjects/organisation.js';
import { SubjectResolver } from '../resolvers/subjects/subject.js';
import { ViewerResolver } from '../resolvers/viewer.js';
import type { Row } from '../services/reading/shape.js';
import { CatalogueRecord, PenaltyRecord, PermitRecord } from './records/record.js';
import { NaturalPerson, Organisation } from './subjects/subject.js';

/** The schema before the policy is laid over it. */
export function buildPlainSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      NodeResolver,
      ViewerResolver,
      SubjectResolver,
      OrganisationResolver,
      NaturalPersonResolver,
      OrganisationLifecycleResolver,
      OrganisationMarketResolver,
      MarketRecordResolver,
      CollectionAgreementResolver,
      AgreedItemResolver,
      CollectionAgreementPayloadResolver,
      LifecycleEventResolver,
      SubjectMergeResolver,
      SubjectMergePayloadResolver,
      CreditRecordResolver,
      PermitRecordResolver,
      PenaltyRecordResolver,
      CatalogueRecordResolver,
      RevokeRecordPayloadResolver,
      DepartmentResolver,
      CatalogueItemResolver,
      CreditListResolver,
      ListEntryResolver,
      ListingResolver,
      ListEntryPayloadResolver,
      MeasureResolver,
      MeasureTriggerResolver,
      ServiceMatterResolver,
      CommitmentResolver,
      CommitmentPayloadResolver,
      ConsentResolver,
      ConsentPayloadResolver,
      CreditCheckResolver,
      CheckCreditPayloadResolver,
      CheckCreditsItemResolver,
      CreditFindingResolver,
      CheckSourceResolver,
      ImportBatchResolver,
      ImportIssueResolver,
      ImportRowResolver,
      SubmitRecordsPayloadResolver,
      ReportingDutyResolver,
      PublicityMonitorResolver,
      PublicityNoticeResolver,
      PublicityReminderResolver,
      PublicityStandingResolver,
      PublicityWithdrawalResolver,
      DecisionCountResolver,
      ReviewItemResolver,
      QualityReportResolver,
      StatisticsResolver,
      StatisticsLineResolver,
      AccessEventResolver,
      PatrolRuleResolver,
      PatrolFindingResolver,
      PatrolStepResolver,
      PatrolCountResolver,
      FindingPayloadResolver,
      InspectionResolver,
      InspectionItemResolver,
      InspectionSummaryResolver,
      InspectionPayloadResolver,
      InspectionItemPayloadResolver,
      ExchangeCaseResolver,
      ExchangeCasePayloadResolver,
      SealedCaseResolver,
      SealedCasePayloadResolver,
    ],
    orphanedTypes: [Organisation, NaturalPerson, PermitRecord, PenaltyRecord, CatalogueRecord],
    // Streams bring their own source (services/collection/progress.ts), across processes; the generator demands one all the same.
    pubSub: {
      publish: () => undefined,
      subscribe: (topic) => {
        throw new Error(`no stream is fed by the topic ${topic}`);
      },
    },
    // Inputs are judged where the rules are, in the services.
    validate: false,
  });
  return callPlainly(giveIds(schema));
}

/** The schema as it is served: every guarded field behind the policy. */
export const buildGuardedSchema = (): GraphQLSchema => buildSchemas().guarded;

/** The schema that graphql-js executes, and what completes a wholly planned query without it (ADR 11). */
export function buildSchemas(): { guarded: GraphQLSchema; completer: Completer } {
  const planned = installPlanner(buildPlainSchema());
  return { guarded: guard(planned), completer: new Completer(planned, guardsOf(planned)) };
}

/** Every row of every answer has one, so it is asked without the generator's wrapper (arguments, middleware, a copy of the row). */
function giveIds(schema: GraphQLSchema): GraphQLSchema {
  const node = schema.getType('Node') as GraphQLInterfaceType;
  for (const type of schema.getPossibleTypes(node)) {
    const { id } = type.getFields();
    if (id) id.resolve = (row: Row) => toGlobalId(row.__typename, row.id);
  }
  return schema;
}

type Method = (...values: unknown[]) => unknown;
const PLAIN: Readonly<Record<string, (row: unknown, context: unknown) => unknown>> = {
  root: (row) => row,
  context: (_, context) => context,
};

/**
 * A field's method that takes nothing but its row and the context is called as it is: the generator's wrapper looks its
 * parameters up, sorts them and wraps them anew for each field of each row.
 */
function callPlainly(schema: GraphQLSchema): GraphQLSchema {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const names = new Map(objectTypes.map(({ target, name }) => [target, name]));
  for (const { kind, target, methodName, schemaName, getObjectType, params = [] } of fieldResolvers) {
    const type = schema.getType(names.get(getObjectType?.() as never) ?? '');
    const field = isObjectType(type) ? type.getFields()[schemaName] : undefined;
    const method = (target.prototype as Record<string, Method>)[methodName];
    const values = params
      .toSorted((a, b) => a.index - b.index)
      .map((one) => ('propertyName' in one && one.propertyName ? undefined : PLAIN[one.kind]));
    if (kind !== 'external' || !field || !method || values.includes(undefined)) continue;
    const resolver = Object.create(target.prototype);
    field.resolve = (row, _args, context) =>
      method.apply(
        resolver,
        values.map((value) => value?.(row, context)),
      );
  }
  return schema;
}

export const printSorted = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
