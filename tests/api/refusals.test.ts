import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ORGANISATIONS } from '../../src/demo/cast.js';
import { toGlobalId, uuidv7 } from '../../src/platform/ids.js';
import { type Hub, startHub } from '../kit/hub.js';
import { clerk } from './callers.js';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.remove());

test('a refusal that comes late beside a row that is not there is answered, and does not end the server', async () => {
  const market = await clerk(hub, 'HRSS');
  const query = `query ($code: UnifiedSocialCreditCode!, $nobody: ID!) {
    one: subject(code: $code) { ... on Organisation { legalRepresentative } }
    none: node(id: $nobody) { id } }`;
  const variables = { code: ORGANISATIONS.individualBusiness.code, nobody: toGlobalId('PenaltyRecord', uuidv7()) };
  for (let i = 0; i < 3; i++) {
    const { data, errors } = await market(query, variables);
    expect(data).toEqual({ one: { legalRepresentative: null }, none: null });
    expect(errors.map(({ extensions, path }) => [extensions.code, path])).toEqual([
      ['FORBIDDEN', ['one', 'legalRepresentative']],
    ]);
  }
  expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
});
