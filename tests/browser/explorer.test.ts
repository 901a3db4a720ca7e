import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../kit/browser.js';
import { type Hub, startHub } from '../kit/hub.js';

let hub: Hub;
let browser: Browser;
let page: Page;
/** Every address that the browser asked for, its workers' too, and all that its console said in red. */
const asked: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  [hub, browser] = await Promise.all([startHub(), openBrowser()]);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  context.on('request', (request) => void asked.push(request.url()));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => void complaints.push(String(error.error())));
  page = await context.newPage();
  await page.goto(`${hub.url}/explorer`);
});
afterAll(async () => {
  await browser?.close();
  await hub?.remove();
});

interface Ran {
  status: number;
  headers: Record<string, string>;
  nodes: { state: string; subject: { name: string } }[];
}

async function run(): Promise<Ran> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
  await page.getByRole('button', { name: /Execute query/ }).click();
  const response = await answered;
  const { data } = await response.json();
  return { status: response.status(), headers: await response.request().allHeaders(), nodes: data.listEntries.nodes };
}

test('it opens in Chinese, with the samples, roles, departments and purposes of this hub', async () => {
  expect(await page.title()).toBe('公共信用信息查询台');
  await page.getByRole('heading', { name: /公共信用信息查询台/ }).waitFor();
  await page.getByLabel('示例').selectOption({ label: '行业主管部门：名单信息（各状态）' });
  expect(await page.getByLabel('角色').inputValue()).toBe('DEPARTMENT');
  expect(await page.getByLabel('部门').locator('option:checked').textContent()).toBe(
    '汶上县（演示）人力资源和社会保障局',
  );
  expect(await page.getByLabel('查询用途').locator('option').count()).toBe(10);
  await page.locator('.graphiql-query-editor').getByText('query ListEntries').waitFor();
});

test('one operation as two roles has two answers, as JSON, as a table and as CSV', async () => {
  const department = await run();
  expect(department.status).toBe(200);
  expect(department.headers.authorization).toMatch(/^Bearer /);
  expect(new Set(department.nodes.map(({ state }) => state))).toContain('NOTIFIED');
  await page.locator('.result-window').getByText('NOTIFIED').first().waitFor();

  await page.getByRole('button', { name: /表格/ }).click();
  const grid = page.getByRole('region', { name: /结果表格/ });
  const headings = await grid.getByRole('columnheader').allTextContents();
  expect(headings).toEqual([
    '文书号 documentNo',
    '状态 state',
    '列入事由 reason',
    '列入日期 listedOn',
    '截止日期 endsOn',
    '信用主体·名称 subject.name',
  ]);
  expect(await grid.locator('tbody tr').count()).toBe(department.nodes.length);

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: /下载 CSV/ }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('listEntries.csv');
  const text = await readFile(await file.path(), 'utf8');
  const rows: string[][] = parse(text, { bom: true });
  expect(rows[0]).toEqual(headings);
  expect(rows.slice(1).map((row) => row.at(-1))).toEqual(department.nodes.map(({ subject }) => subject.name));

  await page.getByLabel('角色').selectOption('PUBLIC');
  const everyone = await run();
  expect(everyone.headers.authorization).toBeUndefined();
  expect(new Set(everyone.nodes.map(({ state }) => state))).toEqual(new Set(['LISTED']));
  expect(everyone.nodes.length).toBeGreaterThan(0);
  await expect(grid.locator('tbody tr').nth(everyone.nodes.length).count()).resolves.toBe(0);
});

test('purpose and case travel in headers', async () => {
  await page.getByLabel('示例').selectOption({ label: '信用管理机构：按名称检索主体' });
  const answered = page.waitForRequest((request) => request.url().endsWith('/graphql'));
  await page.getByRole('button', { name: /Execute query/ }).click();
  const headers = await (await answered).allHeaders();
  expect(headers).toMatchObject({
    'x-hub-role': 'CREDIT_OFFICE',
    'x-hub-purpose': 'SUPERVISION',
    'x-hub-case': encodeURIComponent('日常监督〔2026〕1号'),
  });
});

test('a large table scrolls in its own place', async () => {
  await page.getByLabel('示例').selectOption({ label: '统计分析人员：统计：处罚、主体与名单' });
  await page.getByRole('button', { name: /Execute query/ }).click();
  const grid = page.getByRole('region', { name: /结果表格/ });
  await grid.getByText('penalties', { exact: true }).waitFor();
  expect(await grid.locator('tbody tr').count()).toBeGreaterThan(50);
  for (const part of [page.locator('.hub-result-bar'), page.locator('.graphiql-query-editor')]) {
    const { x, y, width, height } = (await part.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
    expect([x >= 0, y >= 0, x + width <= 1440, y + height <= 900, width > 400]).toEqual([true, true, true, true, true]);
  }
});

test('the schema completes what is typed, in a worker of the hub’s own', async () => {
  const editor = page.locator('.graphiql-query-editor .view-lines');
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{ catal');
  await page.locator('.suggest-widget').getByText('catalogue').first().waitFor();
  // What is not finished yet is underlined, by a picture that Monaco draws.
  await page.locator('.graphiql-query-editor .squiggly-error').first().waitFor();
  expect(asked.some((url) => /\/explorer\/assets\/graphql\.worker-\w+\.js$/.test(url))).toBe(true);
});

test('nothing was asked of another host, nothing was kept, and the policy was never offended', async () => {
  const elsewhere = asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== hub.url);
  expect(elsewhere).toEqual([]);
  expect(asked.length).toBeGreaterThan(10);
  expect(complaints).toEqual([]);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
});

describe('outside the demonstration, without introspection', () => {
  let other: Hub;
  let plain: Page;
  const operations: string[] = [];
  beforeAll(async () => {
    other = await startHub({
      demo: false,
      env: { HUB_DEMO_IDENTITY: '0', HUB_INTROSPECTION: '0', HUB_TRUSTED_DOCUMENTS: 'off' },
    });
    plain = await browser.newPage();
    plain.on('request', (request) => void operations.push(request.postDataJSON()?.operationName));
    await plain.goto(`${other.url}/explorer`);
  });
  afterAll(() => other?.remove());

  const runThere = () => plain.getByRole('button', { name: /Execute query/ }).click();

  test('no role is to be had: one asks as the public, or with a token of one’s own', async () => {
    await plain.locator('.graphiql-query-editor').getByText('query').first().waitFor();
    expect(await plain.getByLabel('角色').count()).toBe(0);
    await runThere();
    await plain.getByRole('status').getByText('HTTP 200').waitFor();

    await plain.getByLabel('访问令牌').fill('Bearer not.a.token');
    await runThere();
    await plain.getByRole('status').getByText('HTTP 401 · ').and(plain.getByText('UNAUTHENTICATED')).waitFor();
  });

  test('the schema is not asked for', () => {
    expect(operations).not.toContain('IntrospectionQuery');
  });
});
