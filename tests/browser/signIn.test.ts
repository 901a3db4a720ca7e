import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEPARTMENTS } from '../../src/demo/cast.js';
import { openBrowser } from '../kit/browser.js';
import { type Hub, startHub } from '../kit/hub.js';
import { AUDIENCE, type Issuer, startIssuer } from '../kit/issuer.js';

// People sign in with an issuer that is none of the hub's own, and come back to the explorer.
const PEOPLE = {
  clerk: { roles: ['DEPARTMENT', 'AGENCY'], department: DEPARTMENTS.MARKET.code, duties: ['MARKET'] },
};

let hub: Hub;
let issuer: Issuer;
let browser: Browser;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

beforeAll(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  [issuer, browser] = await Promise.all([
    startIssuer({ explorer: { people: PEOPLE, redirect: `${origin}/explorer/signed-in` } }),
    openBrowser(),
  ]);
  hub = await startHub({
    env: {
      PORT: String(port),
      HUB_OIDC_ISSUER: issuer.url,
      HUB_OIDC_AUDIENCE: AUDIENCE,
      HUB_OIDC_CLIENT_ID: 'explorer',
      HUB_OIDC_CLIENT_SECRET: issuer.secret,
      HUB_PUBLIC_URL: origin,
      HUB_TRUSTED_DOCUMENTS: 'off',
    },
  });
});
afterAll(async () => {
  await browser?.close();
  await hub?.remove();
  await issuer?.stop();
});

const FAILED = '登录未完成';
const cookies = async (context: BrowserContext) =>
  (await context.cookies(`${hub.url}/explorer`)).filter(({ name }) => name.startsWith('hub'));

/** Opens the explorer and goes as far as the issuer's own form. */
async function atTheIssuer(page: Page): Promise<void> {
  await page.goto(`${hub.url}/explorer`);
  await page.getByRole('link', { name: /登录/ }).click();
  await page.waitForURL((url) => url.origin === issuer.url);
}

async function signInAs(page: Page, name: string): Promise<void> {
  await atTheIssuer(page);
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: /Continue/ }).click();
}

describe('signing in', () => {
  let context: BrowserContext;
  let page: Page;
  /** what the hub's own page asked for, of whomever */
  const asked: string[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    page.on('request', (request) => {
      if (page.url().startsWith(hub.url) && !request.isNavigationRequest()) asked.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error' && page.url().startsWith(hub.url)) complaints.push(message.text());
    });
    await signInAs(page, 'clerk');
    await page.getByRole('button', { name: /退出/ }).waitFor();
    await page.locator('.graphiql-query-editor').getByText('query').first().waitFor();
  });
  afterAll(() => context.close());

  test('brings one back as whom the issuer says, and the hub answers accordingly', async () => {
    expect(await page.getByLabel('角色').locator('option').allTextContents()).toHaveLength(2);
    await page.getByLabel('角色').selectOption('AGENCY');
    const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
    await page.getByRole('button', { name: /Execute query/ }).click();
    const response = await answered;
    const headers = await response.request().allHeaders();
    expect([response.status(), headers['x-hub-role']]).toEqual([200, 'AGENCY']);
    const viewer = await hub.graphql(
      '{ viewer { role } }',
      {},
      {
        token: headers.authorization?.replace('Bearer ', ''),
        headers: { 'x-hub-role': 'DEPARTMENT' },
      },
    );
    expect([viewer.data.viewer.role, viewer.errors]).toEqual(['DEPARTMENT', []]);
  });

  test('leaves nothing behind: no code in the address, no cookie, nothing stored', async () => {
    expect(page.url()).toBe(`${hub.url}/explorer`);
    expect(await cookies(context)).toEqual([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    expect(await page.content()).not.toContain('eyJ');
    expect(hub.log.join('\n')).not.toMatch(/eyJ|code=/);
  });

  test('goes elsewhere by the reader’s own step alone: the page itself asks nobody but the hub', () => {
    expect(asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== hub.url)).toEqual([]);
    expect(asked.length).toBeGreaterThan(10);
    expect(complaints).toEqual([]);
  });

  test('ends with the page', async () => {
    await page.getByRole('button', { name: /退出/ }).click();
    await page.getByRole('link', { name: /登录/ }).waitFor();
    expect(await page.getByLabel('访问令牌').inputValue()).toBe('');
  });
});

test('whoever turns back at the issuer is told so, and stays the public', async () => {
  const page = await browser.newPage();
  await atTheIssuer(page);
  await page.getByRole('link', { name: /Cancel|Abort/i }).click();
  await page.getByRole('alert').getByText(FAILED).waitFor();
  await page.getByRole('link', { name: /登录/ }).waitFor();
  await page.close();
});

describe('coming back', () => {
  /** The address by which the issuer sends one back, and the cookie that goes with it; nobody has gone there yet. */
  async function returning(): Promise<{ address: string; cookie: string }> {
    const jar = new Map<string, string>();
    const go = async (address: string, form?: Record<string, string>): Promise<string> => {
      const response = await fetch(new URL(address, issuer.url), {
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      });
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        jar.set(name, value);
      }
      return response.headers.get('location') ?? '';
    };
    const login = await go(await go(`${hub.url}/explorer/sign-in`));
    const consent = await go(await go(login, { prompt: 'login', login: 'clerk', password: 'any' }));
    const address = await go(await go(consent, { prompt: 'consent' }));
    return { address, cookie: `hub_sign_in=${jar.get('hub_sign_in')}` };
  }
  const back = async (address: string, cookie?: string) => {
    const response = await fetch(address, { headers: cookie ? { cookie } : {} });
    const text = await response.text();
    return { status: response.status, signedIn: JSON.parse(/id="signed-in">([^<]*)</.exec(text)?.[1] ?? 'null') };
  };
  const NOBODY = { status: 400, signedIn: { failed: true } };

  test('only the browser that went is signed in, with the state that it took along', async () => {
    const [mine, other] = [await returning(), await returning()];
    expect(await back(mine.address)).toEqual(NOBODY);
    expect(await back(mine.address, 'hub_sign_in=e30')).toEqual(NOBODY);
    expect(await back(mine.address, other.cookie)).toEqual(NOBODY);
    expect(await back(mine.address.replace(/state=[^&]*/, 'state=another'), mine.cookie)).toEqual(NOBODY);
    expect(await back(other.address.replace(/code=[^&]*/, 'code=guessed'), other.cookie)).toEqual(NOBODY);
    expect(await back(mine.address, mine.cookie)).toEqual({ status: 200, signedIn: { token: expect.any(String) } });
  });

  test('a code is good once', async () => {
    const { address, cookie } = await returning();
    expect((await back(address, cookie)).status).toBe(200);
    expect(await back(address, cookie)).toEqual(NOBODY);
  });
});

test('an issuer that can’t be reached is 503 in the reader’s language, and signing in goes on once it is back', async () => {
  const other = await startHub({
    demo: false,
    env: {
      HUB_OIDC_ISSUER: issuer.url,
      HUB_OIDC_AUDIENCE: AUDIENCE,
      HUB_OIDC_CLIENT_ID: 'explorer',
      HUB_PUBLIC_URL: hub.url,
    },
  });
  const goes = () =>
    fetch(`${other.url}/explorer/sign-in`, { redirect: 'manual', headers: { 'accept-language': 'en' } });
  await issuer.mode('broken');
  const refused = await goes();
  await issuer.mode('up');
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
  const sent = await goes();
  expect([sent.status, new URL(sent.headers.get('location') ?? '').origin]).toEqual([303, issuer.url]);
  expect(sent.headers.get('set-cookie')).toMatch(/^hub_sign_in=.*; Path=\/explorer; .*HttpOnly; SameSite=Lax$/);
  await other.remove();
});
