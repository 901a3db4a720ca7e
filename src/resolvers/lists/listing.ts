import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { ListEntryInput, ListEntryPayload, ProposeListingInput } from '../../schema/lists/list.js';
import {
  confirmListing,
  notifyListing,
  proposeListing,
  revokeListing,
  withdrawListing,
} from '../../services/lists/listing.js';
import type { Row } from '../../services/reading/shape.js';
import { type HubContext, optionalUuidOf, RECORD_TYPES, SUBJECT_TYPES, uuidOf } from '../context.js';

type Answer = Promise<{ id: string }>;
const INPUT = { description: '输入' };

/** The steps of an OWN list's entry (reference.md, Listing). */
@Resolver()
export class ListingResolver {
  @Mutation(() => ListEntryPayload, { description: '拟列入 The list’s department proposes an entry.' })
  async proposeListing(
    @Arg('input', () => ProposeListingInput, INPUT) input: ProposeListingInput,
    @Ctx() context: HubContext,
  ): Answer {
    const subjectId = optionalUuidOf(input.subject, SUBJECT_TYPES, 'subject');
    const recordId = optionalUuidOf(input.record, RECORD_TYPES, 'record');
    return { id: await proposeListing(context.write(), context.keys, { ...input, subjectId, recordId }) };
  }

  @Mutation(() => ListEntryPayload, { description: '告知 The notice was served, with reasons and rights.' })
  async notifyListing(
    @Arg('input', () => ListEntryInput, INPUT) input: ListEntryInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await notifyListing(context.write(), entryOf(input)) };
  }

  @Mutation(() => ListEntryPayload, {
    description: '列入 Confirmed by another person, after the days for a statement.',
  })
  async confirmListing(
    @Arg('input', () => ListEntryInput, INPUT) input: ListEntryInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await confirmListing(context.write(), entryOf(input), context.rules.listingStatementDays) };
  }

  @Mutation(() => ListEntryPayload, { description: '不予列入 Any time before the subject is listed.' })
  async withdrawListing(
    @Arg('input', () => ListEntryInput, INPUT) input: ListEntryInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await withdrawListing(context.write(), entryOf(input)) };
  }

  @Mutation(() => ListEntryPayload, { description: '撤销 The listing falls, and nothing rests on it any more.' })
  async revokeListing(
    @Arg('input', () => ListEntryInput, INPUT) input: ListEntryInput,
    @Ctx() context: HubContext,
  ): Answer {
    return { id: await revokeListing(context.write(), entryOf(input)) };
  }
}

const entryOf = (input: ListEntryInput) => ({ ...input, id: uuidOf(input.id, ['ListEntry']) });

@Resolver(() => ListEntryPayload)
export class ListEntryPayloadResolver {
  @FieldResolver()
  listEntry(@Root() { id }: Row, @Ctx() { loaders }: HubContext): Promise<Row | null> {
    return loaders.entry.load(id);
  }
}
