import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  CheckCreditInput,
  CheckCreditPayload,
  CheckCreditsInput,
  CheckCreditsItem,
  CheckCreditsPayload,
  CheckSource,
  CreditCheck,
  CreditFinding,
} from '../../schema/checks/check.js';
import { checkCredit, checkCredits } from '../../services/checks/check.js';
import { CHECK } from '../../services/checks/shape.js';
import { readRows } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, notFound } from '../context.js';

@Resolver(() => CreditCheck)
export class CreditCheckResolver {
  @Query(() => CreditCheck, {
    nullable: true,
    description: '核查回执 For the one who ran the check, its subject, and the auditor by case.',
  })
  async creditCheck(
    @Arg('receiptNo', () => String, { description: '回执号' }) receiptNo: string,
    @Ctx() { session }: HubContext,
  ): Promise<Row> {
    const [check] = await readRows(session, CHECK, 'receipt_no', [receiptNo]);
    if (!check) throw notFound('receiptNo');
    return check;
  }

  @Mutation(() => CheckCreditPayload, {
    description: '信用核查 One subject for one matter; the matter is the purpose.',
  })
  async checkCredit(
    @Arg('input', () => CheckCreditInput, { description: '输入' }) input: CheckCreditInput,
    @Ctx() context: HubContext,
  ): Promise<{ id: string }> {
    const { made: id, lists } = await checkCredit(context.write(), context.keys, input, context.rules.cycleDays);
    for (const list of lists) context.loaders.list.prime(list.id, list);
    return { id };
  }

  @Mutation(() => CheckCreditsPayload, {
    description: '批量信用核查 Up to 1,000 rows; a malformed row has its own error.',
  })
  async checkCredits(
    @Arg('input', () => CheckCreditsInput, { description: '输入' }) input: CheckCreditsInput,
    @Ctx() context: HubContext,
  ): Promise<{ items: object[] }> {
    const { made: rows, lists } = await checkCredits(context.write(), context.keys, input, context.rules.cycleDays);
    for (const list of lists) context.loaders.list.prime(list.id, list);
    return { items: rows.map(({ error, ...row }) => ({ ...row, error: error?.[context.language] ?? null })) };
  }

  @FieldResolver()
  matter(@Root() { matterId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.matter.load(matterId as string);
  }

  @FieldResolver()
  subject(@Root() { subjectId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return subjectId ? loaders.subject.load(subjectId as string) : null;
  }

  @FieldResolver()
  findings(@Root() check: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    return loaders.findings.load(check.id);
  }
}

@Resolver(() => CreditFinding)
export class CreditFindingResolver {
  @FieldResolver()
  measure(@Root() { measureId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.measure.load(measureId as string);
  }

  @FieldResolver()
  basis(@Root() { basisId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.basis.load(basisId as string);
  }

  @FieldResolver()
  listEntry(@Root() { listEntryId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return listEntryId ? loaders.entry.load(listEntryId as string) : null;
  }

  @FieldResolver()
  record(@Root() { recordId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return recordId ? loaders.record.load(recordId as string) : null;
  }

  @FieldResolver()
  commitment(@Root() { commitmentId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> | null {
    return commitmentId ? loaders.commitment.load(commitmentId as string) : null;
  }
}

@Resolver(() => CheckSource)
export class CheckSourceResolver {
  @FieldResolver()
  list(@Root() { listId }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.list.load(listId as string);
  }
}

@Resolver(() => CheckCreditsItem)
export class CheckCreditsItemResolver {
  @FieldResolver()
  check(
    @Root() { check, checkId }: { check?: Row | null; checkId: string | null },
    @Ctx() { loaders }: HubContext,
  ): Row | null | Promise<Row | null> {
    return check !== undefined || checkId === null ? (check ?? null) : loaders.check.load(checkId);
  }
}

@Resolver(() => CheckCreditPayload)
export class CheckCreditPayloadResolver {
  @FieldResolver()
  check(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.check.load(id);
  }
}
