import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { maySee } from '../../permissions/reveal.js';
import { PageArgs } from '../../schema/connection.js';
import { LabelledResolver } from '../../schema/labelled.js';
import {
  CatalogueRecord,
  CreditRecord,
  CreditRecordConnection,
  PenaltyRecord,
  PermitRecord,
  RecordFilter,
  RevokeRecordInput,
  RevokeRecordPayload,
} from '../../schema/records/record.js';
import { securityOf } from '../../services/catalogue/security.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { pageOfRecords } from '../../services/records/reads.js';
import { type Revoked, revokeRecord } from '../../services/records/revoke.js';
import { type HubContext, RECORD_TYPES, uuidOf } from '../context.js';
import { type MaybeLater, textOf, wholeTexts } from '../personalText.js';

@Resolver(() => CreditRecord)
export class CreditRecordResolver {
  @Query(() => CreditRecordConnection, { nullable: true, description: '信用信息 Newest first.' })
  records(
    @Arg('filter', () => RecordFilter, { nullable: true, description: '筛选' }) filter: RecordFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return pageOfRecords(session, filter ?? {}, page);
  }

  @Mutation(() => RevokeRecordPayload, { description: '撤销信用信息 By its authority or provider.' })
  revokeRecord(
    @Arg('input', () => RevokeRecordInput, { description: '输入' }) input: RevokeRecordInput,
    @Ctx() context: HubContext,
  ): Promise<Revoked> {
    return revokeRecord(context.write(), { ...input, id: uuidOf(input.id, RECORD_TYPES) });
  }

  @FieldResolver()
  item(@Root() { itemId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.item.load(itemId as string);
  }

  @FieldResolver()
  subject(@Root() { subjectId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.subject.load(subjectId as string);
  }

  @FieldResolver()
  authority(@Root() { authorityId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.department.load(authorityId as string);
  }
}

@Resolver(() => PermitRecord)
export class PermitRecordResolver {
  /** 双公示 tables ask for it; where a permit's document has none, its certificate number stands for it (XK_WSH). */
  @LabelledResolver('OPEN', () => String, '文书号')
  documentNo(@Root() record: Row): unknown {
    return record.documentNo ?? record.certificateNo ?? '';
  }

  @FieldResolver()
  content(@Root() record: Row, @Ctx() context: HubContext): MaybeLater<string | null> {
    return textOf(record, 'content', 'content', context);
  }

  @FieldResolver()
  documentName(@Root() record: Row, @Ctx() context: HubContext): MaybeLater<string | null> {
    return textOf(record, 'documentName', 'document_name', context);
  }
}

@Resolver(() => PenaltyRecord)
export class PenaltyRecordResolver {
  @LabelledResolver('OPEN', () => String, '文书号')
  documentNo(@Root() record: Row): unknown {
    return record.documentNo ?? '';
  }

  @FieldResolver()
  violation(@Root() record: Row, @Ctx() context: HubContext): MaybeLater<string | null> {
    return textOf(record, 'violation', 'violation', context);
  }

  @FieldResolver()
  facts(@Root() record: Row, @Ctx() context: HubContext): MaybeLater<string | null> {
    return textOf(record, 'facts', 'facts', context);
  }

  @FieldResolver()
  basis(@Root() record: Row, @Ctx() context: HubContext): MaybeLater<string | null> {
    return textOf(record, 'basis', 'basis', context);
  }

  @FieldResolver()
  content(@Root() record: Row, @Ctx() context: HubContext): MaybeLater<string | null> {
    return textOf(record, 'content', 'content', context);
  }
}

@Resolver(() => CatalogueRecord)
export class CatalogueRecordResolver {
  @FieldResolver()
  async values(@Root() record: Row, @Ctx() context: HubContext): Promise<Record<string, unknown>> {
    const values = { ...(record.values as Record<string, unknown>), ...(await wholeTexts(record, context)) };
    const seen = ([field]: [string, unknown]) =>
      maySee(context.actor, securityOf(record.itemId as string, field), record);
    return Object.fromEntries(Object.entries(values).filter(seen));
  }
}

@Resolver(() => RevokeRecordPayload)
export class RevokeRecordPayloadResolver {
  @FieldResolver()
  record(@Root() { id }: Revoked, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.record.load(id);
  }

  @FieldResolver()
  async revokedEntries(@Root() { entryIds }: Revoked, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    const entries = await Promise.all(entryIds.map((id) => loaders.entry.load(id)));
    return entries.filter((entry) => entry !== null);
  }
}
