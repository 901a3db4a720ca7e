import type { Label } from './labels.js';
import type { GuardedTableName } from './rows.js';

/** Columns of one table, by what they tell. */
export interface Columns {
  /**
   * By which a read finds, joins, orders and judges rows, whoever reads: ids, order, state, and what an own time line
   * (views.ts) is put together from. Every role holds them; of whose rows, row security decides alone.
   */
  keys: string;
  /** what fields of a label show, and reports of that label count by: for roles that the label is not closed to */
  shown?: Partial<Record<Label, string>>;
}

/**
 * 列 What of a table a role may select that no verb of its own works on. What stands nowhere here no reader selects: a new
 * column is nobody's until it is named, and the machinery's (digests, business keys, who revised, who proposed) stays its
 * own.
 */
export const COLUMNS: Readonly<Record<GuardedTableName, Columns>> = {
  subject: {
    keys: 'id kind name name_key code registration_no sort_code merged_into merged_on registered_on closed_on registration_state source_item_id source_department_id',
    shown: { OPEN: 'id_masked representative provisional parent_id address industry_code' },
  },
  former_name: { keys: 'id subject_id name name_key until' },
  subject_representative: { keys: 'subject_id', shown: { PERSONAL: 'name' } },
  person_identity: { keys: 'subject_id', shown: { PERSONAL: 'name_sealed number_sealed' } },
  subject_key: { keys: 'subject_id', shown: { PERSONAL: 'key_id wrapped' } },
  credit_record: {
    keys: 'id item_id record_type disclosure subject_id subject_kind authority_id decided_on public_from public_until state expires_on document_name violation revoked_on revised_at',
    shown: {
      OPEN: 'document_no disputed category certificate_name certificate_no content valid_from valid_to facts basis categories severity fine confiscation values personal_text provider_id heading',
    },
  },
  personal_text: { keys: 'row_id subject_id', shown: { PERSONAL: 'sealed' } },
  list_entry: {
    keys: 'id list_id subject_id subject_kind department_id state proposed_on listed_on ends_on removed_on entered_on',
    shown: { OPEN: 'reason document_no disputed personal_text' },
  },
  commitment: {
    keys: 'id kind subject_id subject_kind made_on state department_id settled_on',
    shown: { GOVERNMENT: 'content due_on matter_id personal_text' },
  },
  consent: {
    keys: 'id subject_id subject_kind granted_on',
    shown: {
      OPEN: 'kind recipient_role recipient_department_id recipient_user agent_id labels item_ids purpose uses expires_on document_no document_hash department_id withdrawn_on',
      AUDIT: 'witness',
    },
  },
  collection_agreement: {
    keys: 'id body_id state item_ids valid_from valid_to proposed_on',
    shown: {
      COLLECTED:
        'document_no document_hash body_role items readers after_end department_id confirmed_on ended_on end_reason end_document_no',
    },
  },
  market_record: {
    keys: 'id item_id subject_id subject_kind decided_on',
    shown: { COLLECTED: 'body_id agreement_id agreement_no document_no expires_on received_on state values' },
  },
  subject_merge: {
    keys: 'id state from_id into_id proposed_on',
    shown: {
      GOVERNMENT: 'kind reason document_no confirmed_on undone_on undo_document_no undo_reason',
    },
  },
  subject_merge_row: { keys: 'merge_id', shown: { GOVERNMENT: 'before' } },
  credit_check: {
    keys: 'id subject_id checked_at',
    shown: { GOVERNMENT: 'receipt_no verdict matter_id case_no subject_found name_matches sources' },
  },
  credit_check_finding: {
    keys: 'check_id ordinal',
    shown: { OPEN: 'measure_id effect basis_id list_entry_id record_id commitment_id' },
  },
  import_batch: {
    keys: 'id created_at',
    shown: {
      COLLECTED:
        'item_id department_id state catalogue_version received_on read accepted rejected revised unchanged back_filled unknown_columns corrections warnings rejections agreement_id',
    },
  },
  import_row: {
    keys: 'batch_id row_no',
    shown: { COLLECTED: 'values issues rejected outcome class' },
  },
  review_item: {
    keys: 'id',
    shown: {
      GOVERNMENT:
        'kind record_id batch_id row_no department_id opened_at closed_at outcome severity reason document_no',
    },
  },
  patrol_run: { keys: 'id' },
  patrol_finding: {
    keys: 'id department_id found_on state',
    shown: {
      OPEN: 'rule rule_version due_on observed first_at last_at closed_on',
      GOVERNMENT: 'detail target_type target_id assignee outcome_reason',
      AUDIT: 'concerned event_ids subject_ids',
    },
  },
  patrol_finding_fact: { keys: 'finding_id' },
  patrol_step: {
    keys: 'id finding_id at',
    shown: { GOVERNMENT: 'action state note department_id', AUDIT: 'actor' },
  },
  inspection: {
    keys: 'id opened_on',
    shown: {
      OPEN: 'kind title document_no from_on to_on source department_ids rules item_ids sample_size state closed_on conclusion',
      GOVERNMENT: 'seed frame_size frame_hash',
    },
  },
  inspection_item: {
    keys: 'id inspection_id ordinal',
    shown: {
      OPEN: 'department_id result inspected_on due_on rectified_on accepted_on',
      GOVERNMENT: 'finding_id target_type target_id note rectification',
    },
  },
  exchange_message: { keys: 'seq id' },
  exchange_case: {
    keys: 'id subject_kind opened_at',
    shown: {
      GOVERNMENT: 'kind state partner department_id subject_id scope document_no reason opened_on answer closed_on',
    },
  },
  exchange_partner: { keys: 'partner', shown: { GOVERNMENT: 'queued_to failures next_at last_error delivered_at' } },
  exchange_delivery: { keys: 'partner seq', shown: { GOVERNMENT: 'state queued_at attempts' } },
  exchange_receipt: { keys: 'id' },
  exchange_reconciliation: { keys: 'partner date', shown: { GOVERNMENT: 'run_at lost doubled altered unknown' } },
  exchange_inbox: { keys: 'partner' },
  exchange_source: { keys: 'source' },
  exchange_source_row: { keys: 'source' },
  access_event: {
    keys: 'id at',
    shown: {
      AUDIT: 'role department_id purpose case_no operation subject_ids labels receipt_no outcome consent_id on_behalf',
    },
  },
  sealed_case: {
    keys: 'id sealed_on',
    shown: {
      GOVERNMENT: 'department_id case_no document_no reason sealed_until lifted_on lift_document_no lift_reason',
    },
  },
  decision_count: { keys: 'id', shown: { GOVERNMENT: 'department_id item_id month decisions stated_on stated_at' } },
  publicity_reminder: {
    keys: 'id',
    shown: { GOVERNMENT: 'kind department_id item_id month due_on decisions batch_id row_no told_on' },
  },
  publicity_withdrawal: {
    keys: 'id record_id',
    shown: {
      OPEN: 'item_id authority_id provider_id document_no decided_on revocation_document_no document_on due_on withdrawn_on reason was_public',
    },
  },
};
