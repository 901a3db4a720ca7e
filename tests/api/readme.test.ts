import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Hub, startHub } from '../kit/hub.js';

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

test('the README has the two examples that this test asks', () => {
  expect(EXAMPLES).toHaveLength(2);
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
