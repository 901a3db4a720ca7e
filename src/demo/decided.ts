import { createHash } from 'node:crypto';
import { addDays } from '../platform/clock.js';
import type { FieldCipher } from '../platform/crypto.js';
import { referenceId } from '../platform/ids.js';
import { type Sql, sql } from '../platform/sql.js';
import { maskText } from '../services/collection/masking.js';
import { levelled } from '../services/collection/text.js';
import { dataKeys } from '../services/custody/subjectKeys.js';
import { sealTexts } from '../services/personal.js';
import { CLERKS, DEPARTMENTS, type DemoFunction } from './cast.js';
import { commitments } from './commitments.js';
import { type County, recordset } from './county.js';
import { ownEntries } from './listings.js';
import { ALL_ORGANISATIONS } from './organisations.js';
import type { DemoRecord } from './rows.js';

// What no file brings: who belongs to whom, what became of records, entries of OWN lists, commitments. Each takes the
// steps that it would have taken, so that its revisions tell them.

const departmentId = (of: DemoFunction): string => referenceId('department', DEPARTMENTS[of].code);

export async function setParents({ session }: County): Promise<void> {
  const rows = ALL_ORGANISATIONS.flatMap(({ code, parent }) => (parent ? [{ code, parent: parent.code }] : []));
  await session.query(sql`
    update subject s set parent_id = p.id, revised_by = ${CLERKS.importer}, revision_reason = '登记上级主体'
    from ${recordset(rows, 'code text, parent text')} join subject p on p.code = r.parent where s.code = r.code`);
}

export async function archiveRecords({ session }: County, records: readonly DemoRecord[]): Promise<void> {
  const rows = records.flatMap(({ item, documentNo, fate }) =>
    fate
      ? [
          {
            item_id: referenceId('item', item),
            document_no: documentNo,
            state: fate.state,
            revoked_on: fate.state === 'REVOKED' ? addDays(session.today, -fate.daysAgo) : null,
            revocation_document_no: fate.state === 'REVOKED' ? fate.documentNo : null,
            reason: fate.reason,
          },
        ]
      : [],
  );
  await session.query(sql`
    update credit_record c set state = r.state, revoked_on = r.revoked_on, revocation_document_no = r.revocation_document_no,
      revised_by = ${CLERKS.confirmer}, revision_reason = r.reason
    from ${recordset(rows, 'item_id uuid, document_no text, state text, revoked_on date, revocation_document_no text, reason text')}
    where c.item_id = r.item_id and c.document_no = r.document_no`);
}

interface KnownSubject {
  readonly id: string;
  readonly kind: string;
}

/** The subjects that are meant, by code or id. */
async function subjectsOf(
  { session }: County,
  named: readonly { subject: string }[],
): Promise<(subject: string) => KnownSubject> {
  const wanted = named.map(({ subject }) => subject);
  const rows = await session.query<KnownSubject & { code: string | null }>(sql`
    select id, code, kind from subject where code = any(${wanted}::text[]) or id::text = any(${wanted}::text[])`);
  const byName = new Map(
    rows.flatMap((row) => [[row.id, row] as const, ...(row.code ? [[row.code, row] as const] : [])]),
  );
  return (subject) => {
    const found = byName.get(subject);
    if (!found) throw new Error('the demonstration names a subject that it did not load');
    return found;
  };
}

export async function insertEntries(county: County): Promise<void> {
  const { session } = county;
  const entries = ownEntries(session.today);
  const subjectOf = await subjectsOf(county, entries);
  const rows = entries.map((entry) => {
    const subject = subjectOf(entry.subject);
    const masked = maskText(entry.reason, session.today);
    return {
      id: entry.id,
      list_id: referenceId('list', entry.list),
      subject_id: subject.id,
      subject_kind: subject.kind,
      department_id: departmentId(entry.department),
      state: entry.state,
      reason: masked ?? entry.reason,
      whole: masked === null ? null : { reason: entry.reason },
      personal_text: masked !== null,
      document_no: entry.documentNo,
      proposed_on: entry.proposedOn,
      served_on: entry.servedOn,
      listed_on: entry.listedOn,
      ends_on: entry.endsOn,
      removed_on: entry.removedOn,
      business_key: createHash('sha256')
        .update(`${levelled(entry.documentNo)}|${subject.id}`)
        .digest('hex'),
      note: entry.note,
    };
  });
  await session.query(sql`
    insert into list_entry (id, list_id, subject_id, subject_kind, department_id, state, reason, personal_text, document_no,
      proposed_on, proposed_by, business_key, as_of, revised_by, revision_reason)
    select id, list_id, subject_id, subject_kind, department_id, 'PROPOSED', reason, personal_text, document_no,
      proposed_on, ${CLERKS.proposer}, business_key, ${county.instant(0)}::timestamptz, ${CLERKS.proposer}, '拟列入'
    from ${recordset(
      rows,
      `id uuid, list_id uuid, subject_id uuid, subject_kind text, department_id uuid, reason text, personal_text boolean,
       document_no text, proposed_on date, business_key text`,
    )}`);
  const step = (taken: readonly object[], set: Sql, by: string) =>
    session.query(sql`
      update list_entry e set ${set}, revised_by = ${by}
      from ${recordset(taken, 'id uuid, state text, served_on date, listed_on date, ends_on date, removed_on date, note text')}
      where e.id = r.id`);
  const served = rows.filter(({ served_on }) => served_on !== null);
  const listed = rows.filter(({ listed_on }) => listed_on !== null);
  const ended = rows.filter(({ state }) => ['SUSPENDED', 'REPAIRED', 'REVOKED', 'WITHDRAWN'].includes(state));
  await step(served, sql`state = 'NOTIFIED', served_on = r.served_on, revision_reason = '告知'`, CLERKS.proposer);
  await step(
    listed,
    sql`state = 'LISTED', listed_on = r.listed_on, ends_on = r.ends_on, confirmed_by = ${CLERKS.confirmer}, revision_reason = '确认列入'`,
    CLERKS.confirmer,
  );
  await step(ended, sql`state = r.state, removed_on = r.removed_on, revision_reason = r.note`, CLERKS.confirmer);
  await insertPersonalTexts(county, rows);
}

export async function insertCommitments(county: County): Promise<void> {
  const { session } = county;
  const made = commitments(session.today);
  const subjectOf = await subjectsOf(county, made);
  const rows = made.map((one) => {
    const subject = subjectOf(one.subject);
    const masked = maskText(one.content, session.today);
    return {
      id: one.id,
      code: one.code,
      kind: one.kind,
      subject_id: subject.id,
      subject_kind: subject.kind,
      content: masked ?? one.content,
      whole: masked === null ? null : { content: one.content },
      personal_text: masked !== null,
      made_on: one.madeOn,
      made_by: one.madeBy,
      due_on: one.dueOn,
      state: one.state,
      department_id: departmentId(one.department),
      matter_id: one.matter && referenceId('matter', one.matter),
      settled_on: one.settledOn,
      document_no: one.documentNo,
      note: one.note,
    };
  });
  await session.query(sql`
    insert into commitment (id, code, kind, subject_id, subject_kind, content, personal_text, made_on, made_by, due_on, state,
      department_id, matter_id, revised_by, revision_reason)
    select id, code, kind, subject_id, subject_kind, content, personal_text, made_on, made_by, due_on, 'OPEN',
      department_id, matter_id, made_by, '作出承诺'
    from ${recordset(
      rows,
      `id uuid, code text, kind text, subject_id uuid, subject_kind text, content text, personal_text boolean, made_on date,
       made_by text, due_on date, department_id uuid, matter_id uuid`,
    )}`);
  const settled = rows.filter(({ state }) => state !== 'OPEN');
  await session.query(sql`
    update commitment c set state = case r.state when 'REPAIRED' then 'BREACHED' else r.state end, settled_on = r.settled_on,
      settlement_document_no = r.document_no, settlement_note = r.note, revised_by = ${CLERKS.confirmer},
      revision_reason = '认定履行状态'
    from ${recordset(settled, 'id uuid, state text, settled_on date, document_no text, note text')} where c.id = r.id`);
  await session.query(sql`
    update commitment c set state = 'REPAIRED', revised_by = ${CLERKS.confirmer}, revision_reason = '准予信用修复'
    from ${recordset(
      settled.filter(({ state }) => state === 'REPAIRED'),
      'id uuid',
    )} where c.id = r.id`);
  await insertPersonalTexts(county, rows);
}

interface Told {
  readonly id: string;
  readonly subject_id: string;
  readonly department_id: string;
  readonly whole: Record<string, string> | null;
}

async function insertPersonalTexts({ session, keys }: County, told: readonly Told[]): Promise<void> {
  const about = told.flatMap(({ subject_id, whole }) => (whole ? [subject_id] : []));
  const sealing = await dataKeys(session, keys, about);
  const rows = told.flatMap(({ id, subject_id, department_id, whole }) =>
    whole
      ? [{ id, subject_id, department_id, sealed: sealTexts(sealing.get(subject_id) as FieldCipher, id, whole) }]
      : [],
  );
  await session.query(sql`
    insert into personal_text (row_id, subject_id, authority_id, provider_id, sealed)
    select id, subject_id, department_id, department_id, sealed
    from ${recordset(rows, 'id uuid, subject_id uuid, department_id uuid, sealed text')}`);
}
