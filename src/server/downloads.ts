import { once } from 'node:events';
import { type Request, type Response, Router } from 'express';
import type { Pool } from 'pg';
import { itemOf } from '../catalogue/index.js';
import { atBest, demand } from '../permissions/reveal.js';
import { cellOf } from '../permissions/verbs.js';
import { HubError } from '../platform/errors.js';
import { uuidOf } from '../resolvers/context.js';
import { XLSX_TYPE } from '../services/collection/workbooks/exceljs.js';
import { openRejected, writeRejected } from '../services/collection/workbooks/rejected.js';
import { templateCsv, templateWorkbook } from '../services/collection/workbooks/template.js';
import { readSession } from '../services/session.js';
import { type AuditWriter, eventOf } from './audit.js';
import type { RequestContext } from './context.js';

/** `GET /templates/ITEM.xlsx` and `.csv`: the catalogue is OPEN, and so is a form to fill in. */
export function templates(): Router {
  const made = new Map<string, Promise<Buffer>>();
  const router = Router();
  router.get('/:file', async (request, response, next) => {
    const [, code = '', kind] = /^([A-Z_]{1,32})\.(xlsx|csv)$/.exec(request.params.file) ?? [];
    const item = itemOf(code);
    if (!item) return next();
    attach(response, `${item.code}.${kind}`, `${item.name}.${kind}`);
    if (kind === 'csv') return void response.type('text/csv; charset=utf-8').send(templateCsv(item));
    const workbook = made.get(code) ?? templateWorkbook(item);
    made.set(code, workbook);
    response.type(XLSX_TYPE).send(await workbook);
  });
  return router;
}

export interface DownloadDeps {
  readonly reads: Pool;
  readonly today: () => string;
  readonly audit: AuditWriter;
  readonly context: (request: Request) => RequestContext;
}

const OPERATION = 'importBatch';
const REFUSALS = new Set(['FORBIDDEN', 'PURPOSE_REQUIRED']);

/**
 * `GET /imports/BATCH/rejected.xlsx`: the rejected rows of a batch to put right, for whoever may read the batch. It is
 * the read of `importBatch { rows { values issues } }` in another form: its cell, its rows, its event.
 */
export function rejectedRows({ reads, today, audit, context: contextOf }: DownloadDeps): Router {
  const router = Router();
  router.get('/:batch/rejected.xlsx', async (request, response) => {
    const context = contextOf(request);
    const { actor, language } = context;
    context.openRead(readSession(reads, actor, today()));
    const tell = (outcome: string) => audit.write(eventOf(context, OPERATION, request.route.path, outcome));
    try {
      demand(cellOf(OPERATION, actor.role).allows(actor, () => true));
      demand(atBest(actor, 'GOVERNMENT', {}));
    } catch (error) {
      if (error instanceof HubError && REFUSALS.has(error.code)) await told(tell(error.code));
      throw error;
    }
    const after = afterOf(request.query.after);
    const batch = await openRejected(context.session, uuidOf(request.params.batch, ['ImportBatch']), after);
    await told(tell('OK'));
    attach(response, 'rejected.xlsx', `退回-${batch.plan.item.name}.xlsx`);
    response.type(XLSX_TYPE).setHeader('cache-control', 'no-store');
    if (batch.last !== null) {
      response.setHeader('link', `<${request.baseUrl}${request.path}?after=${batch.last}>; rel="next"`);
    }
    await wholly(response, () => writeRejected(context.session, response, batch, language));
  });
  return router;
}

/** Writes a file into the answer, and waits until it has left. */
export async function wholly(response: Response, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
    if (!response.writableFinished) await once(response, 'finish');
  } catch (error) {
    // What has left can't be taken back: a torn file says that it is torn.
    if (response.headersSent) response.destroy();
    else response.removeHeader('content-disposition');
    throw error;
  }
}

/** Guarded data does not leave while its reading can't be recorded. */
async function told(written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (cause) {
    throw new HubError('UNAVAILABLE', { zh: '服务暂不可用，请稍后再试', en: 'unavailable for the moment' }, undefined, {
      cause,
    });
  }
}

function afterOf(text: unknown): number {
  if (text === undefined) return 0;
  if (typeof text === 'string' && /^\d{1,9}$/.test(text)) return Number(text);
  throw new HubError('BAD_USER_INPUT', { zh: 'after 须为行号', en: 'after is the number of a row' }, 'after');
}

export function attach(response: Response, plain: string, name: string): void {
  response.setHeader(
    'content-disposition',
    `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  );
}
