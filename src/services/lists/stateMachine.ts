import type { ListEntryState } from '../../entities/lists/listEntry.js';

/** What a department does to an entry of an OWN list that stands already. */
export const LISTING_STEPS = ['notifyListing', 'confirmListing', 'withdrawListing', 'revokeListing'] as const;
export type ListingStep = (typeof LISTING_STEPS)[number];

/** reference.md, Listing. What is not here can't be done; REPAIRED comes by a repair case, EXPIRED by the calendar. */
export const NEXT_STATE: Record<ListEntryState, Partial<Record<ListingStep, ListEntryState>>> = {
  PROPOSED: { notifyListing: 'NOTIFIED', withdrawListing: 'WITHDRAWN' },
  NOTIFIED: { confirmListing: 'LISTED', withdrawListing: 'WITHDRAWN' },
  LISTED: { revokeListing: 'REVOKED' },
  SUSPENDED: { revokeListing: 'REVOKED' },
  REPAIRED: {},
  EXPIRED: {},
  REVOKED: {},
  WITHDRAWN: {},
};

/** States in which an entry stands or may come to stand: a subject has one such entry on a list. */
export const OPEN_STATES: readonly ListEntryState[] = ['PROPOSED', 'NOTIFIED', 'LISTED', 'SUSPENDED'];

/** The state that an entry has on `today`: the last day counts, the day after does not. */
export function stateOn(entry: { state: ListEntryState; endsOn: string | null }, today: string): ListEntryState {
  const over = entry.endsOn !== null && entry.endsOn < today;
  return over && (entry.state === 'LISTED' || entry.state === 'SUSPENDED') ? 'EXPIRED' : entry.state;
}
