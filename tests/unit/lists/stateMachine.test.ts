import { describe, expect, test } from '@jest/globals';
import type { ListEntryState } from '../../../src/entities/lists/listEntry.js';
import { LISTING_STEPS, type ListingStep, NEXT_STATE, stateOn } from '../../../src/services/lists/stateMachine.js';

// By hand from reference.md (Listing): PROPOSED → NOTIFIED → LISTED; WITHDRAWN any time before LISTED; REVOKED of what is
// listed or suspended. A dash: PRECONDITION_FAILED.
const TABLE: Record<ListEntryState, Record<ListingStep, ListEntryState | '-'>> = {
  PROPOSED: { notifyListing: 'NOTIFIED', confirmListing: '-', withdrawListing: 'WITHDRAWN', revokeListing: '-' },
  NOTIFIED: { notifyListing: '-', confirmListing: 'LISTED', withdrawListing: 'WITHDRAWN', revokeListing: '-' },
  LISTED: { notifyListing: '-', confirmListing: '-', withdrawListing: '-', revokeListing: 'REVOKED' },
  SUSPENDED: { notifyListing: '-', confirmListing: '-', withdrawListing: '-', revokeListing: 'REVOKED' },
  REPAIRED: { notifyListing: '-', confirmListing: '-', withdrawListing: '-', revokeListing: '-' },
  EXPIRED: { notifyListing: '-', confirmListing: '-', withdrawListing: '-', revokeListing: '-' },
  REVOKED: { notifyListing: '-', confirmListing: '-', withdrawListing: '-', revokeListing: '-' },
  WITHDRAWN: { notifyListing: '-', confirmListing: '-', withdrawListing: '-', revokeListing: '-' },
};
const STATES = Object.keys(TABLE) as ListEntryState[];

describe.each(STATES)('%s', (state) => {
  test.each(LISTING_STEPS)('%s', (step) => {
    expect(NEXT_STATE[state][step] ?? '-').toBe(TABLE[state][step]);
  });
});

test('the machine has no state beside the table’s', () => {
  expect(Object.keys(NEXT_STATE).sort()).toEqual([...STATES].sort());
});

describe('the state on a day', () => {
  const today = '2026-11-24';
  const cases: [ListEntryState, string | null, ListEntryState][] = [
    ['LISTED', null, 'LISTED'],
    ['LISTED', '2026-11-25', 'LISTED'],
    ['LISTED', '2026-11-24', 'LISTED'],
    ['LISTED', '2026-11-23', 'EXPIRED'],
    ['SUSPENDED', '2026-11-24', 'SUSPENDED'],
    ['SUSPENDED', '2026-11-23', 'EXPIRED'],
    ['PROPOSED', '2026-11-23', 'PROPOSED'],
    ['NOTIFIED', '2026-11-23', 'NOTIFIED'],
    ['REPAIRED', '2026-11-23', 'REPAIRED'],
    ['REVOKED', '2026-11-23', 'REVOKED'],
    ['WITHDRAWN', '2026-11-23', 'WITHDRAWN'],
    ['EXPIRED', '2026-11-23', 'EXPIRED'],
  ];
  test.each(cases)('%s that ends on %s is %s', (state, endsOn, expected) => {
    expect(stateOn({ state, endsOn }, today)).toBe(expected);
  });
});
