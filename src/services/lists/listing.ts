import type { Loaded } from '@mikro-orm/core';
import { ListEntry, type ListEntryState } from '../../entities/lists/listEntry.js';
import { addDays, addMonths } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import { addWorkdays } from '../../platform/workdays.js';
import { departmentOf } from '../departments/acting.js';
import { optionalDocumentNo } from '../documentNo.js';
import { masked, optionalText, TEXT_LENGTH } from '../inputs.js';
import type { WriteSession } from '../session.js';
import { demandOwnFunction, demandOwnList, isOwnFunction } from './own.js';
import { type ListingStep, NEXT_STATE, stateOn } from './stateMachine.js';

export { type ProposeListing, proposeListing } from './propose.js';

export interface ListingStepInput {
  /** uuid of the entry */
  id: string;
  /** number of this step's own document; the entry keeps the number it was proposed under */
  documentNo?: string | null;
  /** notifyListing only: day on which the notice was served; default today */
  servedOn?: string | null;
  note?: string | null;
}

type EntryOnList = Loaded<ListEntry, 'list'>;

/**
 * PROPOSED → NOTIFIED. The notice may have been served before the proposal was entered here.
 * @throws BAD_USER_INPUT with `servedOn` in the future; and as `step`
 */
export const notifyListing = (session: WriteSession, input: ListingStepInput): Promise<string> =>
  step(session, 'notifyListing', input, (entry) => {
    const servedOn = input.servedOn ?? session.today;
    if (servedOn > session.today) {
      throw new HubError(
        'BAD_USER_INPUT',
        { zh: '送达日期不得晚于今日', en: 'the day of service is not after today' },
        'servedOn',
      );
    }
    entry.servedOn = servedOn;
  });

/**
 * NOTIFIED → LISTED from today, for the list's term.
 * @param statementDays working days for a statement, counted from the day after service; the next day is the first possible
 * @throws FORBIDDEN for the proposer, PRECONDITION_FAILED before the days have passed; and as `step`
 */
export const confirmListing = (
  session: WriteSession,
  input: ListingStepInput,
  statementDays: number,
): Promise<string> =>
  step(
    session,
    'confirmListing',
    input,
    (entry) => {
      const first = firstDayOfConfirmation(entry.servedOn ?? session.today, statementDays);
      if (session.today < first) {
        throw new HubError('PRECONDITION_FAILED', {
          zh: `陈述申辩期未满，最早可于 ${first} 列入`,
          en: `the days for a statement have not passed; the first day to list is ${first}`,
        });
      }
      const { termMonths } = entry.list.$;
      entry.listedOn = session.today;
      entry.endsOn = termMonths === null ? null : addMonths(session.today, termMonths);
      entry.confirmedBy = session.actor.user;
    },
    (entry) => {
      if (entry.proposedBy !== session.actor.user) return;
      throw new HubError('FORBIDDEN', {
        zh: '拟列入人不得自行确认列入，须由他人办理',
        en: 'whoever proposed the entry may not confirm it; another person must',
      });
    },
  );

/** PROPOSED or NOTIFIED → WITHDRAWN. @throws as `step` */
export const withdrawListing = (session: WriteSession, input: ListingStepInput): Promise<string> =>
  step(session, 'withdrawListing', input, () => {});

/** LISTED or SUSPENDED → REVOKED as of today. @throws as `step` */
export const revokeListing = (session: WriteSession, input: ListingStepInput): Promise<string> =>
  step(session, 'revokeListing', input, (entry) => {
    entry.removedOn = session.today;
  });

const firstDayOfConfirmation = (servedOn: string, statementDays: number): string =>
  statementDays === 0 ? servedOn : addDays(addWorkdays(servedOn, statementDays), 1);

const STEP_TEXT: Record<ListingStep, string> = {
  notifyListing: '告知',
  confirmListing: '确认列入',
  withdrawListing: '不予列入',
  revokeListing: '撤销列入',
};

/**
 * One step of one entry; answers the entry's uuid.
 * @throws NOT_FOUND where there is no such entry or the caller may neither change nor read it, PRECONDITION_FAILED for
 * an entry of a RECEIVED list or in the wrong state, FORBIDDEN for a list of another function
 */
async function step(
  session: WriteSession,
  verb: ListingStep,
  input: ListingStepInput,
  change: (entry: EntryOnList) => void,
  demand: (entry: EntryOnList) => void = () => {},
): Promise<string> {
  departmentOf(session.actor);
  const documentNo = optionalDocumentNo(input.documentNo);
  const note = optionalText(input.note, 'note', TEXT_LENGTH);
  // Asked as the caller itself, before the verb lends its powers: what it can't read is not there for it.
  const readable = (await session.query(sql`select 1 from list_entry where id = ${input.id}`)).length > 0;
  await session.asVerb(verb, async () => {
    // Locks where the caller may change the row, and waits for a step under way.
    await session.query(sql`select 1 from list_entry where id = ${input.id} for update`);
    const entry = await session.em.findOne(ListEntry, { id: input.id }, { populate: ['list'] });
    if (!entry || !(readable || isOwnFunction(session.actor, entry.list.$))) throw noSuchEntry();
    demandOwnList(entry.list.$);
    demandOwnFunction(session.actor, entry.list.$);
    demand(entry);
    const next = nextState(entry, verb, session.today);
    change(entry);
    entry.state = next;
    entry.revisedBy = session.actor.user;
    entry.revisionReason = masked([STEP_TEXT[verb], documentNo, note].filter(Boolean).join('；'), session.today);
  });
  await session.answer(input.id);
  return input.id;
}

function nextState(entry: ListEntry, verb: ListingStep, today: string): ListEntryState {
  const state = stateOn(entry, today);
  const next = NEXT_STATE[state][verb];
  if (next) return next;
  throw new HubError('PRECONDITION_FAILED', {
    zh: `该名单信息现为 ${state} 状态，不能${STEP_TEXT[verb]}`,
    en: `the entry is ${state}; ${verb} does not apply`,
  });
}

const noSuchEntry = () => new HubError('NOT_FOUND', { zh: '未找到该名单信息', en: 'there is no such entry' }, 'id');
