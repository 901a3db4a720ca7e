import { type Request, Router } from 'express';
import type { Pool } from 'pg';
import { ANONYMOUS } from '../permissions/actor.js';
import { HubError } from '../platform/errors.js';
import { canonicalCode } from '../services/collection/identifiers.js';
import { XLSX_TYPE } from '../services/collection/workbooks/exceljs.js';
import { shownItem, writeCsv, writeXlsx } from '../services/publicity/export.js';
import { periodOf } from '../services/publicity/period.js';
import { readSession } from '../services/session.js';
import { attach, wholly } from './downloads.js';

/**
 * `GET /publicity/ITEM.xlsx` and `.csv`, with `month`, or `from` and `to`, and `department`: what is public today, in the
 * official template. Whoever asks, it is read as PUBLIC.
 */
export function publicityExports({ reads, today }: { reads: Pool; today: () => string }): Router {
  const router = Router();
  router.get('/:file', async (request, response, next) => {
    const [, code = '', kind] = /^([A-Z_]{1,32})\.(xlsx|csv)$/.exec(request.params.file) ?? [];
    if (!kind) return next();
    const item = shownItem(code);
    const query = textsOf(request);
    const period = periodOf(query, today());
    const scope = { item, period, department: departmentOf(query.department) };
    const session = readSession(reads, ANONYMOUS, today());
    attach(response, `${item.code}.${kind}`, `${item.name}_${period.from}_${period.to}.${kind}`);
    response.setHeader('cache-control', 'no-store');
    response.type(kind === 'csv' ? 'text/csv; charset=utf-8' : XLSX_TYPE);
    await wholly(response, async () => {
      await (kind === 'csv' ? writeCsv : writeXlsx)(session, response, scope);
      response.end();
    });
  });
  return router;
}

const NAMES = ['month', 'from', 'to', 'department'] as const;

function textsOf({ query }: Request): Partial<Record<(typeof NAMES)[number], string>> {
  const texts = NAMES.flatMap((name) => {
    const value = query[name];
    if (value === undefined) return [];
    if (typeof value === 'string') return [[name, value] as const];
    throw new HubError('BAD_USER_INPUT', { zh: '参数只能出现一次', en: 'a parameter is given once' }, name);
  });
  return Object.fromEntries(texts);
}

function departmentOf(text: string | undefined): string | null {
  const code = text === undefined ? null : canonicalCode(text);
  if (text === undefined || code !== null) return code;
  throw new HubError(
    'BAD_USER_INPUT',
    { zh: '统一社会信用代码无效', en: 'not a unified social credit code' },
    'department',
  );
}
