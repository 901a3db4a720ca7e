import type { Request, RequestHandler } from 'express';
import type { Actor } from '../permissions/actor.js';
import { asksTrustedDocuments } from '../permissions/roles.js';
import { HubError } from '../platform/errors.js';
import { trustedDocument } from '../services/documents/trusted.js';
import type { Session } from '../services/session.js';

/** documents kept in memory; one that was removed is forgotten with the process, or by this many others */
const KEPT = 500;
const ID = /^(?:sha256:)?([0-9a-f]{64})$/;

const refusal = {
  unknown: new HubError('BAD_USER_INPUT', { zh: '没有登记该查询', en: 'there is no such document' }, 'documentId'),
  both: new HubError(
    'BAD_USER_INPUT',
    { zh: 'documentId 与 query 只能给出其一', en: 'give documentId or query, not both' },
    'documentId',
  ),
  required: new HubError(
    'FORBIDDEN',
    {
      zh: '该角色只能使用登记过的查询（documentId）',
      en: 'this role sends documents that are known here, by documentId',
    },
    'documentId',
  ),
};

/**
 * Puts the text of a trusted document in the place of its `documentId`. Where they are required, roles of the open net
 * send nothing else: what such a caller may ask is then a closed list, looked over one by one.
 */
export function trustDocumentsOnly(
  required: boolean,
  anonymous: () => Session,
  actorOf: (request: Request) => Actor,
): RequestHandler {
  const kept = new Map<string, string>();
  const textOf = async (id: string): Promise<string> => {
    const there = kept.get(id) ?? (await trustedDocument(anonymous(), id));
    if (there === null) throw refusal.unknown;
    kept.delete(id);
    kept.set(id, there);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return there;
  };
  return async (request, _response, next) => {
    const body = request.body as { documentId?: unknown; query?: unknown } | undefined;
    const given = body?.documentId;
    if (given === undefined || body === undefined) {
      if (required && asksTrustedDocuments(actorOf(request).role)) throw refusal.required;
      return next();
    }
    if (body.query !== undefined) throw refusal.both;
    const id = typeof given === 'string' ? ID.exec(given)?.[1] : undefined;
    if (!id) throw refusal.unknown;
    const { documentId: _, ...rest } = body;
    request.body = { ...rest, query: await textOf(id) };
    next();
  };
}
