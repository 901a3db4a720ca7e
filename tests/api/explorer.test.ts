import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import { SAMPLES } from '../../src/demo/samples.js';
import { type Hub, startHub } from '../kit/hub.js';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.remove());

interface Asked {
  headers?: Record<string, string>;
  method?: string;
  body?: unknown;
}

/** As a browser would ask for a token, Host and all, which `fetch` lets nobody choose. */
function askToken(of: Hub, { headers = {}, method = 'POST', body }: Asked = {}) {
  const { host, hostname, port } = new URL(of.url);
  const said: Record<string, string> = {
    host,
    origin: of.url,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    ...headers,
  };
  return new Promise<{ status: number; body: Record<string, never>; headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const sent = rawRequest({ hostname, port, path: '/explorer/token', method, headers: said }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text || '{}'), headers: answer.headers }),
        );
      });
      sent.once('error', reject);
      sent.end(method === 'GET' ? undefined : JSON.stringify(body ?? AUDITOR));
    },
  );
}
const AUDITOR = { role: 'AUDITOR' };
const codeIn = (body: { errors?: { extensions: { code: string; field?: string } }[] }) => {
  const { code, field } = body.errors?.[0]?.extensions ?? {};
  return [code, field].filter(Boolean).join(' ');
};

describe('a demo token', () => {
  test('is given to the page of this hub, for the role and facts that it chose, and to no log', async () => {
    const body = { role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code, user: 'window-3' };
    const given = await askToken(hub, { body });
    expect(given.status).toBe(200);
    expect(given.headers['cache-control']).toBe('no-store');
    const { token } = given.body as unknown as { token: string };
    expect(decodeJwt(token)).toMatchObject({ sub: 'window-3', roles: ['SERVICE_HALL'], department: body.department });
    const { data } = await hub.graphql('{ viewer { role department { name } } }', {}, { token });
    expect(data.viewer).toEqual({ role: 'SERVICE_HALL', department: { name: DEPARTMENTS.APPROVAL.name } });
    expect(hub.log.join('\n')).not.toContain(token.split('.')[2]);
    expect(hub.log.some((line) => line.includes('"path":"/explorer"'))).toBe(true);
  });

  const foreign: [string, Record<string, string>][] = [
    ['another site', { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['nobody in particular', { origin: '' }],
    ['a browser that says another site', { 'sec-fetch-site': 'cross-site' }],
    ['a name that was given our address', { host: 'rebound.example', origin: 'http://rebound.example' }],
    ['a name that begins like ours', { host: '127.0.0.1.evil.example', origin: 'http://127.0.0.1.evil.example' }],
    ['a host with a user', { host: 'x@127.0.0.1', origin: 'http://127.0.0.1' }],
  ];
  test.each(foreign)('is not given to %s', async (_who, headers) => {
    const { status, body } = await askToken(hub, { headers });
    expect([status, codeIn(body)]).toEqual([403, 'FORBIDDEN']);
  });

  test('is given by the loopback’s name and address of the other family too', async () => {
    const { port } = new URL(hub.url);
    for (const host of [`localhost:${port}`, `[::1]:${port}`]) {
      expect((await askToken(hub, { headers: { host, origin: `http://${host}` } })).status).toBe(200);
    }
  });

  const wrong: [unknown, string][] = [
    [{ role: 'KING' }, 'role'],
    [{}, 'role'],
    [[], 'role'],
    [{ role: 'DEPARTMENT' }, 'department'],
    [{ role: 'DEPARTMENT', department: '11370830MB9YY0011X' }, 'department'],
    [{ role: 'SUBJECT' }, 'subject'],
    [{ role: 'SUBJECT', subject: '11010519491231002X' }, 'subject'],
    [{ role: 'AUDITOR', user: '11010519491231002X' }, 'user'],
    [{ role: 'AUDITOR', user: 'a b' }, 'user'],
  ];
  test.each(wrong)('is refused for %j', async (body, field) => {
    const answer = await askToken(hub, { body });
    expect([answer.status, codeIn(answer.body)]).toEqual([400, `BAD_USER_INPUT ${field}`]);
    expect(JSON.stringify(answer.body)).not.toContain('11010519491231002X');
  });

  test('is asked for by POST and JSON alone', async () => {
    for (const method of ['GET', 'PUT']) expect((await askToken(hub, { method })).status).toBe(404);
    expect((await askToken(hub, { headers: { 'content-type': 'text/plain' } })).status).toBe(400);
  });
});

describe('the page', () => {
  test('may load from its own host alone, and is framed by nobody', async () => {
    const page = await fetch(`${hub.url}/explorer`);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]),
    );
    expect(policy).not.toMatch(/unsafe-eval|blob:|http|script-src|connect-src|font-src|worker-src|\*/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const html = await page.text();
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(address).toMatch(/^\/explorer\/assets\//);
      const asset = await fetch(`${hub.url}${address}`);
      expect([address, asset.status]).toEqual([address, 200]);
      expect(asset.headers.get('cache-control')).toContain('immutable');
    }
    expect((await fetch(`${hub.url}/explorer/assets/none.js`)).status).toBe(404);
    expect((await fetch(`${hub.url}/explorer/assets/..%2findex.html`)).status).toBe(404);
  });

  const { wageArrears } = ORGANISATIONS;
  test.each(SAMPLES.map((sample) => [`${sample.role} ${sample.en}`, sample] as const))(
    'offers: %s',
    async (_, sample) => {
      const { role, department, subject, purpose, caseNo, query, variables } = sample;
      const { errors, data } = await hub.graphql(query, variables, {
        ...(role === 'PUBLIC' ? {} : { token: await hub.token({ role, department, subject, user: 'sampler' }) }),
        headers: {
          ...(purpose ? { 'x-hub-purpose': purpose } : {}),
          ...(caseNo ? { 'x-hub-case': encodeURIComponent(caseNo) } : {}),
        },
      });
      expect(errors).toEqual([]);
      expect(JSON.stringify(data)).toMatch(/"(nodes|check|listEntry|lines)":(\[\{|\{)/);
      if (sample.variables && JSON.stringify(variables).includes(wageArrears.code)) {
        expect(JSON.stringify(data)).toContain('TQNMGGZ');
      }
    },
  );
});

describe('outside the demonstration', () => {
  let other: Hub;
  beforeAll(async () => {
    other = await startHub({ demo: false, env: { HUB_DEMO_IDENTITY: '0', HUB_INTROSPECTION: '0' } });
  });
  afterAll(() => other.remove());

  test('there is the page, no token, and nobody of the invented county', async () => {
    expect((await fetch(`${other.url}/explorer`)).status).toBe(200);
    const facts = (await (await fetch(`${other.url}/explorer/facts`)).json()) as Record<string, unknown>;
    expect(facts).toMatchObject({ demo: false, introspection: false, subjects: [] });
    expect(JSON.stringify(facts)).not.toMatch(/YYX|示例人/);
    expect((await askToken(other)).status).toBe(404);
  });
});
