import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../schema/connection.js';
import {
  Consent,
  ConsentConnection,
  ConsentPayload,
  GrantConsentInput,
  GrantPowerInput,
  WithdrawConsentInput,
} from '../../schema/consents/consent.js';
import { grantConsent } from '../../services/consents/grant.js';
import { grantPower } from '../../services/consents/power.js';
import { CONSENT } from '../../services/consents/shape.js';
import { withdrawConsent } from '../../services/consents/withdraw.js';
import { type Page, readPage } from '../../services/reading/page.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, optionalUuidOf, SUBJECT_TYPES, uuidOf } from '../context.js';

type Answer = Promise<{ id: string }>;
type Found = Promise<Row | null> | null;

@Resolver(() => Consent)
export class ConsentResolver {
  @Query(() => ConsentConnection, {
    nullable: true,
    description: '授权书 Newest first: the subject’s own, and those given to the caller.',
  })
  consents(@Args(() => PageArgs) page: PageArgs, @Ctx() { session }: HubContext): Promise<Page> {
    return readPage(session, CONSENT, [], page);
  }

  @Mutation(() => ConsentPayload, {
    description: '授权 By the subject for itself, or at the counter before a witness.',
  })
  async grantConsent(
    @Arg('input', () => GrantConsentInput, { description: '输入' }) input: GrantConsentInput,
    @Ctx() context: HubContext,
  ): Answer {
    const subjectId = optionalUuidOf(input.subject, SUBJECT_TYPES, 'subject');
    return { id: await grantConsent(context.write(), context.keys, { ...input, subjectId }) };
  }

  @Mutation(() => ConsentPayload, { description: '委托代办 Registered at the counter before a witness.' })
  async grantPower(
    @Arg('input', () => GrantPowerInput, { description: '输入' }) input: GrantPowerInput,
    @Ctx() context: HubContext,
  ): Answer {
    const subjectId = optionalUuidOf(input.subject, SUBJECT_TYPES, 'subject');
    return { id: await grantPower(context.write(), context.keys, { ...input, subjectId }) };
  }

  @Mutation(() => ConsentPayload, { description: '撤回授权 By the subject, or at the counter that took it; at once.' })
  async withdrawConsent(
    @Arg('input', () => WithdrawConsentInput, { description: '输入' }) input: WithdrawConsentInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await withdrawConsent(context.write(), { ...input, id: uuidOf(input.id, ['Consent']) }) };
  }

  @FieldResolver()
  subject(@Root() { subjectId }: Row, @Ctx() { loaders }: HubContext): Found {
    return loaders.subject.load(subjectId as string);
  }

  @FieldResolver()
  agent(@Root() { agentId }: Row, @Ctx() { loaders }: HubContext): Found {
    return agentId ? loaders.subject.load(agentId as string) : null;
  }

  @FieldResolver()
  recipientDepartment(@Root() { recipientDepartmentId }: Row, @Ctx() { loaders }: HubContext): Found {
    return recipientDepartmentId ? loaders.department.load(recipientDepartmentId as string) : null;
  }

  @FieldResolver()
  takenBy(@Root() { departmentId }: Row, @Ctx() { loaders }: HubContext): Found {
    return departmentId ? loaders.department.load(departmentId as string) : null;
  }

  @FieldResolver()
  async items(@Root() { itemIds }: Row, @Ctx() { loaders }: HubContext): Promise<Row[]> {
    const rows = await Promise.all((itemIds as string[]).map((id) => loaders.item.load(id)));
    return rows.flatMap((row) => row ?? []).sort((a, b) => (String(a.code) < String(b.code) ? -1 : 1));
  }
}

@Resolver(() => ConsentPayload)
export class ConsentPayloadResolver {
  @FieldResolver()
  consent(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.consent.load(id);
  }
}
