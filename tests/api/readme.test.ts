import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Hub, startHub } from '../kit/hub.js';
import { allOf, stream } from '../kit/stream.js';

// What the README promises a first reader, asked of a hub that was just started.
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const EXAMPLES = [...README.matchAll(/-d '(\{"query".*\})'\n```\n\n(?:.*\n\n)?```json\n([\s\S]*?)\n```/g)].map(
  ([, request = '', answer = '']) => ({
    request: JSON.parse(request.replaceAll('\\"', '\\"')) as { query: string; variables?: Record<string, unknown> },
    answer: JSON.parse(answer) as { data: unknown },
  }),
);

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.remove());

const withoutReceipt = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === 'receiptNo' ? inner.slice(0, 2) : inner)));

test('the README has the three examples that this test asks', () => {
  expect(EXAMPLES).toHaveLength(3);
});

test('the first query answers as the README says', async () => {
  const { request, answer } = EXAMPLES[0]!;
  expect((await hub.graphql(request.query)).data).toEqual(answer.data);
});

test('the credit check answers as the README says, with a token of its command', async () => {
  const command = /hub -- (token --role SERVICE_HALL .*)\)/.exec(README)?.[1]?.split(' ') ?? [];
  const { stdout } = await hub.cli(command);
  const { request, answer } = EXAMPLES[1]!;
  const checked = await hub.graphql(request.query, request.variables, { token: stdout.trim() });
  expect(withoutReceipt(checked.data)).toEqual(withoutReceipt(answer.data));
});

test('a submission answers as the README says, and so does its progress', async () => {
  const command = /hub -- (token --role COURT .*)\)/.exec(README)?.[1]?.split(' ') ?? [];
  const token = (await hub.cli(command)).stdout.trim();
  const { request, answer } = EXAMPLES[2]!;
  const { data } = await hub.graphql(request.query, request.variables, { token, path: '/graphql/submit' });
  const { id } = data.submitRecords.batch;
  const idAsSaid = (answer.data as typeof data).submitRecords.batch.id;
  expect(JSON.stringify(data).replace(id, idAsSaid)).toBe(JSON.stringify(answer.data));
  const [, asked = '', said = ''] =
    /text\/event-stream' -d '(.*)'\n```\n\n```\nevent: next\ndata: (.*)\n\nevent: complete\n```/.exec(README) ?? [];
  const { query, variables } = JSON.parse(asked.replace(idAsSaid, id));
  const progress = await stream(hub.url, query, variables, { token });
  expect(await allOf(progress)).toEqual([JSON.parse(said)]);
  expect(progress.complete()).toBe(true);
});
