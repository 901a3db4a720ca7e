import { Arg, Args, Ctx, Query, Resolver, Root } from 'type-graphql';
import { AccessEventConnection } from '../../schema/audit/accessEvent.js';
import { CommitmentConnection } from '../../schema/commitments/commitment.js';
import { PageArgs } from '../../schema/connection.js';
import { ConsentConnection } from '../../schema/consents/consent.js';
import { CommitmentState, ListColor } from '../../schema/enums.js';
import { LabelledResolver } from '../../schema/labelled.js';
import { ListEntryConnection } from '../../schema/lists/list.js';
import { CreditRecordConnection, RecordFilter } from '../../schema/records/record.js';
import { UnifiedSocialCreditCode } from '../../schema/scalars.js';
import { CreditSummary, Subject, SubjectConnection, SubjectFilter } from '../../schema/subjects/subject.js';
import { pageOfLooksAt } from '../../services/audit/events.js';
import { commitmentsWhere } from '../../services/commitments/reads.js';
import { COMMITMENT } from '../../services/commitments/shape.js';
import { CONSENT } from '../../services/consents/shape.js';
import { entriesWhere } from '../../services/lists/reads.js';
import { ENTRY } from '../../services/lists/shape.js';
import type { Page } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { recordsWhere } from '../../services/records/reads.js';
import { RECORD } from '../../services/records/shape.js';
import { findSubject, pageOfSubjects } from '../../services/subjects/reads.js';
import type { CreditSummaryRow } from '../../services/subjects/summary.js';
import type { HubContext } from '../context.js';

@Resolver(() => Subject)
export class SubjectResolver {
  @Query(() => Subject, { nullable: true, description: '按统一社会信用代码查主体' })
  subject(
    @Arg('code', () => UnifiedSocialCreditCode, { description: '统一社会信用代码' }) code: string,
    @Ctx() { session }: HubContext,
  ): Promise<Row | null> {
    return findSubject(session, code);
  }

  @Query(() => SubjectConnection, { nullable: true, description: '信用主体 Ordered by code.' })
  subjects(
    @Arg('filter', () => SubjectFilter, { nullable: true, description: '筛选' }) filter: SubjectFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { session }: HubContext,
  ): Promise<Page> {
    return pageOfSubjects(session, filter ?? {}, page);
  }

  @LabelledResolver('OPEN', () => CreditRecordConnection, '信用信息 Newest first.')
  records(
    @Root() subject: Row,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => RecordFilter, { nullable: true, description: '筛选' }) filter: RecordFilter | null,
    @Ctx() { loaders }: HubContext,
  ): Promise<Page> {
    const where = recordsWhere(filter ?? {});
    return loaders.connection(subject.id, { shape: RECORD, column: 'subject_id', where, page, args: filter });
  }

  @LabelledResolver('OPEN', () => ListEntryConnection, '名单信息 Newest first; by default those in force.')
  listEntries(
    @Root() subject: Row,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('color', () => ListColor, { nullable: true, description: '类别' }) color: keyof typeof ListColor | null,
    @Arg('activeOnly', () => Boolean, { nullable: true, defaultValue: true, description: '仅有效' }) activeOnly:
      | boolean
      | null,
    @Ctx() { loaders }: HubContext,
  ): Promise<Page> {
    const args = { color, activeOnly: activeOnly ?? true };
    return loaders.connection(subject.id, {
      shape: ENTRY,
      column: 'subject_id',
      where: entriesWhere(args),
      page,
      args,
    });
  }

  @LabelledResolver('OPEN', () => CommitmentConnection, '信用承诺 Newest first.')
  commitments(
    @Root() subject: Row,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => CommitmentState, { nullable: true, description: '履行状态' }) state:
      | keyof typeof CommitmentState
      | null,
    @Ctx() { loaders }: HubContext,
  ): Promise<Page> {
    const args = { state };
    return loaders.connection(subject.id, {
      shape: COMMITMENT,
      column: 'subject_id',
      where: commitmentsWhere(args),
      page,
      args,
    });
  }

  @LabelledResolver('OPEN', () => ConsentConnection, '授权书 Newest first: its own, and those given to the caller.')
  consents(@Root() subject: Row, @Args(() => PageArgs) page: PageArgs, @Ctx() { loaders }: HubContext): Promise<Page> {
    return loaders.connection(subject.id, { shape: CONSENT, column: 'subject_id', where: [], page, args: null });
  }

  @LabelledResolver('OPEN', () => CreditSummary, '信用概要 Counts of what the caller may see.')
  summary(@Root() subject: Row, @Ctx() { loaders }: HubContext): Promise<CreditSummaryRow> {
    return loaders.summary.load(subject.id);
  }

  @LabelledResolver(
    'AUDIT',
    () => AccessEventConnection,
    '访问记录 Every look at this subject’s data, newest first: for the subject itself and the auditor.',
    { nullable: true },
  )
  accessLog(@Root() subject: Row, @Args(() => PageArgs) page: PageArgs, @Ctx() { session }: HubContext): Promise<Page> {
    return pageOfLooksAt(session, subject.id, page);
  }
}
