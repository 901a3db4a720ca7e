import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Loaders } from '../loaders/loaders.js';
import { fromGlobalId } from '../platform/ids.js';
import { Node } from '../schema/node.js';
import type { Row } from '../services/reading/shape.js';
import type { HubContext } from './context.js';

const LOADERS: Record<string, keyof Loaders> = {
  Organisation: 'subject',
  NaturalPerson: 'subject',
  PermitRecord: 'record',
  PenaltyRecord: 'record',
  CatalogueRecord: 'record',
  ListEntry: 'entry',
  Commitment: 'commitment',
  Consent: 'consent',
  SubjectMerge: 'merge',
  CollectionAgreement: 'agreement',
  MarketRecord: 'marketRecord',
  CreditCheck: 'check',
  ImportBatch: 'batch',
  AccessEvent: 'event',
  PatrolFinding: 'finding',
  Inspection: 'inspection',
  InspectionItem: 'inspectionItem',
  ExchangeCase: 'exchangeCase',
  SealedCase: 'seal',
  Department: 'department',
  CatalogueItem: 'item',
  CreditList: 'list',
  LegalBasis: 'basis',
  Measure: 'measure',
  ServiceMatter: 'matter',
};

@Resolver(() => Node)
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description:
      '按标识取对象 Null where there is none, where the caller may not read it, and where the id is forged: alike.',
  })
  async node(
    @Arg('id', () => ID, { description: '标识' }) id: string,
    @Ctx() { loaders }: HubContext,
  ): Promise<Row | null> {
    const global = fromGlobalId(id);
    const loader = global && LOADERS[global.type];
    if (!loader) return null;
    const row = await (loaders[loader] as Loaders['subject']).load(global.uuid);
    return row?.__typename === global.type ? row : null;
  }
}
