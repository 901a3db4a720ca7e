import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleRow } from '../../../src/catalogue/examples.js';
import { itemOf } from '../../../src/catalogue/index.js';
import type { CatalogueItem, ExampleRow } from '../../../src/catalogue/types.js';
import { type Answer, type Hub, startHub } from '../../kit/hub.js';
import { DEPARTMENTS, departmentsCsv } from '../../kit/samples.js';
import { sql } from '../../kit/sql.js';

export const NOW = '2026-11-20';
export const ENTERPRISE = '91370830MA9YYY010N';
export const RENEWED = '91370830MA9YYY029K';
type Sender = keyof typeof DEPARTMENTS;
// biome-ignore lint/suspicious/noExplicitAny: an untyped answer is what the test knows it to be
type Known = any;

export const SUBMIT = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch {
  id state read accepted rejected revised unchanged corrections warnings rejections
  rows(rejectedOnly: false, first: 100) { totalCount nodes { rowNo values issues { severity code field }
    steps { step result rules { code field } } } } } } }`;

/** A hub without demo data, with departments and nothing else; rows are sent to it as the catalogue's own examples are. */
export async function openQualityCounty() {
  const hub: Hub = await startHub({ demo: false, now: NOW });
  const folder = await mkdtemp(join(tmpdir(), 'hub-quality-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  await hub.cli(['departments', departments]);
  let serial = 0;
  const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
    sql<T>(hub.ownerUrl, text, values);
  const tokenOf = (of: Sender) =>
    hub.token({ role: of === 'COURT' ? 'COURT' : 'DEPARTMENT', department: DEPARTMENTS[of].code });

  async function send(
    of: Sender,
    item: string,
    rows: readonly object[],
    asOf = `${NOW}T08:00:00+08:00`,
  ): Promise<Known> {
    const input = { item, idempotencyKey: `quality ${++serial}`, asOf, rows };
    const { data, errors } = await hub.graphql(
      SUBMIT,
      { input },
      { token: await tokenOf(of), path: '/graphql/submit' },
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.submitRecords.batch;
  }

  return {
    hub,
    owner,
    tokenOf,
    send,
    /** a sample row of the item with some fields otherwise */
    row: (of: Sender, item: string, changes: ExampleRow = {}, n = ++serial) =>
      exampleRow(itemOf(item) as CatalogueItem, DEPARTMENTS[of], n, changes),
    register: (code: string, name: string, changes: ExampleRow = {}, asOf?: string) =>
      send(
        'APPROVAL',
        'DJ_SCZT',
        [
          exampleRow(itemOf('DJ_SCZT') as CatalogueItem, DEPARTMENTS.APPROVAL, 0, {
            DJ_TYSHXYDM: code,
            DJ_ZTMC: name,
            ...changes,
          }),
        ],
        asOf,
      ),
    async officer(user: string, headers: Record<string, string> = { 'x-hub-purpose': 'SUPERVISION' }) {
      const token = await hub.token({ role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code, user });
      return (query: string, variables: Record<string, unknown> = {}): Promise<Answer<Known>> =>
        hub.graphql(query, variables, { token, headers });
    },
    async close() {
      await hub.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type QualityCounty = Awaited<ReturnType<typeof openQualityCounty>>;
