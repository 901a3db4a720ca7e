import type { EntityManager } from '@mikro-orm/postgresql';
import express, { type Request, type RequestHandler } from 'express';
import { demand } from '../permissions/reveal.js';
import { cellOf } from '../permissions/verbs.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import { toGlobalId } from '../platform/ids.js';
import { storeEvidence } from '../services/objections/evidence.js';
import { openWriteSession } from '../services/session.js';
import { type AuditWriter, eventOf, insertEvents } from './audit.js';
import type { RequestContext } from './context.js';
import { factsOf, tooBig } from './http.js';
import { FILE_LIMIT, FILES_AT_ONCE, FORM_OVERHEAD } from './limits.js';

export interface FileDeps {
  keys: Keys;
  fork: () => EntityManager;
  today: () => string;
  audit: AuditWriter;
  context: (request: Request) => RequestContext;
}

const OPERATION = 'storeFile';

/** POST /files: evidence as the body itself, or as the one file of a form. Whoever may not is told so before it is read. */
export function filesIn(deps: FileDeps): RequestHandler[] {
  let underway = 0;
  return [
    async (request, response, next) => {
      const { actor } = factsOf(request);
      if (request.get('authorization') === undefined) {
        throw new HubError('UNAUTHENTICATED', { zh: '须出示令牌', en: 'a token is needed' });
      }
      const decision = cellOf('storeFile', actor.role).allows(actor, () => true);
      try {
        demand(decision);
      } catch (refusal) {
        await deps.audit.write(eventOf(deps.context(request), OPERATION, OPERATION, (refusal as HubError).code));
        throw refusal;
      }
      if (underway >= FILES_AT_ONCE) throw busy();
      underway += 1;
      response.once('close', () => {
        underway -= 1;
      });
      next();
    },
    express.raw({ type: () => true, limit: FILE_LIMIT + FORM_OVERHEAD }),
    async (request, response) => {
      const bytes = await fileOf(request);
      if (bytes.length > FILE_LIMIT) throw tooBig(FILE_LIMIT);
      response.json({ id: toGlobalId('EvidenceFile', await store(deps, request, bytes)) });
    },
  ];
}

const busy = () => new HubError('UNAVAILABLE', { zh: '上传繁忙，请稍后再试', en: 'too many files at once: come back' });

/** File and event in one transaction, which commits before the answer leaves. */
async function store(deps: FileDeps, request: Request, bytes: Buffer): Promise<string> {
  const em = deps.fork();
  const context = deps.context(request);
  const session = await openWriteSession(em, context.actor, deps.today());
  try {
    const id = await storeEvidence(session, deps.keys, bytes);
    context.trail.labels.add('PERSONAL');
    if (context.actor.subjectId) context.trail.subjects.add(context.actor.subjectId);
    await session.query(insertEvents([eventOf(context, OPERATION, OPERATION, 'OK')]));
    await em.commit();
    return id;
  } catch (error) {
    await em.rollback();
    throw error;
  }
}

async function fileOf(request: Request): Promise<Buffer> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.get('content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw new HubError('BAD_USER_INPUT', { zh: '表单无法解析', en: 'the form can’t be read' }, 'file');
  });
  const files = [...form.values()].filter((part) => typeof part !== 'string');
  const [file] = files;
  if (!file || files.length > 1) {
    throw new HubError('BAD_USER_INPUT', { zh: '一次须上传一个文件', en: 'one file at a time' }, 'file');
  }
  return Buffer.from(await file.arrayBuffer());
}
