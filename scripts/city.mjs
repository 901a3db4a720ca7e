// 市平台 The city platform's side as a process of its own, for rehearsals (`hub exchange rehearse`) and for the tests:
// `node scripts/city.mjs '{"id":"city","hubId":"county"}'`, with `port` and a `keyFile` to be the same one again.
// Prints `{"url":…,"publicKey":…}`, then obeys lines of JSON on stdin, one answer each, until stdin ends.
// It shares no code with the hub: what it checks, and the digests it makes, are its own.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { calculateJwkThumbprint, compactDecrypt, exportJWK, importJWK, jwtVerify, SignJWT } from 'jose';
import pg from 'pg';

const { id: own, hubId, port: wanted = 0, keyFile } = JSON.parse(process.argv[2]);
const pairOf = (privateKey) => ({ privateKey, publicKey: createPublicKey(privateKey) });
const kept = keyFile && existsSync(keyFile) ? JSON.parse(readFileSync(keyFile, 'utf8')) : null;
const keyOf = (name, type) =>
  kept ? pairOf(createPrivateKey({ key: kept[name], format: 'jwk' })) : generateKeyPairSync(type);
const pair = keyOf('signing', 'ed25519');
const sealed = keyOf('sealing', 'x25519');
if (keyFile && !kept) {
  const jwk = ({ privateKey }) => privateKey.export({ format: 'jwk' });
  writeFileSync(keyFile, JSON.stringify({ signing: jwk(pair), sealing: jwk(sealed) }), { mode: 0o600 });
}
const publicKey = await exportJWK(pair.publicKey);
const encryptionKey = await exportJWK(sealed.publicKey);
const kid = await calculateJwkThumbprint(publicKey);
let hubKey = null;

/** what is stored, row by row: a ledger that can be altered and doubled, as tables can */
let ledger = [];
/** message id → answer */
let answers = new Map();
/** row id → its newest state */
let rows = new Map();
let lastOf = new Map();
const seen = { requests: 0, refused: 0, applied: 0, repeated: 0, outOfOrder: [], messages: [] };
const lost = [];
/** subject id → who the person is, as the hub said it for this city alone */
const identities = new Map();
const bodies = [];
let faults = {};
let watching = null;
let acknowledged = 0;

const sha = (text) => createHash('sha256').update(text).digest('base64url');
const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
      : value;
const digest = (content) => sha(JSON.stringify(sorted(content)));

function happened(what) {
  if (watching?.at !== what) return;
  watching.left -= 1;
  if (watching.left > 0) return;
  process.stdout.write(`${JSON.stringify({ id: watching.id, answer: what })}\n`);
  watching = null;
}

function apply({ id, hash, resent, content }) {
  seen.messages.push(id);
  const { reject, poison } = faults;
  if (poison && content.rowId === poison) return { id, state: 'ERROR', reason: 'internal error of the city' };
  if (answers.has(id)) {
    seen.repeated += 1;
    if (ledger.some((row) => row.id === id) || answers.get(id).state === 'REJECTED') return answers.get(id);
  }
  if (digest(content) !== hash) return { id, state: 'REJECTED', reason: 'HASH_MISMATCH' };
  const subject = content.subject?.id ?? content.answers;
  const key = `${subject}`;
  if (!resent) {
    const last = lastOf.get(key) ?? 0;
    if (content.subjectSeq <= last) seen.outOfOrder.push([key, last, content.subjectSeq]);
    lastOf.set(key, Math.max(last, content.subjectSeq));
  }
  if (reject && JSON.stringify(content).includes(reject)) {
    const answer = { id, state: 'REJECTED', reason: faults.reason ?? '文书号不符' };
    answers.set(id, answer);
    return answer;
  }
  acknowledged += 1;
  const answer = { id, state: 'ACCEPTED' };
  if (faults.lose && acknowledged % faults.lose === 0) {
    lost.push(id);
    return answer;
  }
  answers.set(id, answer);
  ledger.push({ id, content: structuredClone(content) });
  seen.applied += 1;
  const there = rows.get(content.rowId);
  if (!there || there.revision < content.revision) rows.set(content.rowId, content);
  return answer;
}

const digestOfRows = (held) =>
  sha(
    held
      .map(({ id, hash }) => `${id} ${hash}\n`)
      .sort()
      .join(''),
  );
const heldOn = (date) =>
  ledger.filter(({ content }) => content.date === date).map(({ id, content }) => ({ id, hash: digest(content) }));

async function authorised(request, body) {
  const { payload } = await jwtVerify(request.headers['x-exchange-signature'] ?? '', hubKey, {
    algorithms: ['EdDSA'],
    issuer: hubId,
    audience: own,
    maxTokenAge: 300,
  });
  if (payload.digest !== sha(body) || payload.htm !== request.method || payload.htu !== request.url) {
    throw new Error('another request');
  }
}

/** Over what it answers: good for that request alone. */
let lastSignature = null;
const forger = generateKeyPairSync('ed25519');
const answerSignature = (request, text) =>
  new SignJWT({
    htm: request.method,
    htu: request.url,
    digest: sha(text),
    re: sha(request.headers['x-exchange-signature'] ?? ''),
  })
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .setIssuer(own)
    .setAudience(hubId)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .sign(faults.answers === 'forged' ? forger.privateKey : pair.privateKey);

const http = createServer(async (request, response) => {
  const send = async (status, value) => {
    const text = JSON.stringify(value);
    const headers = { 'content-type': 'application/json' };
    if (status === 200 && faults.answers !== 'unsigned') {
      const fresh = await answerSignature(request, faults.answers === 'altered' ? '{}' : text);
      lastSignature ??= fresh;
      headers['x-exchange-signature'] = faults.answers === 'replayed' ? lastSignature : fresh;
    }
    response.writeHead(status, headers).end(text);
  };
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  seen.requests += 1;
  if (faults.down) return void request.socket.destroy();
  if (faults.slow) return;
  if (faults.errors) return void send(503, { error: 'try again' });
  try {
    await authorised(request, body);
  } catch {
    seen.refused += 1;
    return void send(401, {});
  }
  const url = new URL(request.url, 'http://city');
  if (request.method === 'POST' && url.pathname === '/messages') {
    happened('received');
    bodies.push(body.toString());
    const { messages } = JSON.parse(body.toString());
    for (const { id, identity } of messages) {
      if (!identity) continue;
      const { plaintext } = await compactDecrypt(identity, sealed.privateKey);
      const person = JSON.parse(new TextDecoder().decode(plaintext));
      if (person.messageId !== id) throw new Error('an identity of another message');
      identities.set(person.subjectId, person);
    }
    const receipts = messages.map(apply);
    happened('applied');
    await send(200, { receipts: faults.twice ? [...receipts, ...receipts] : receipts });
    return void happened('answered');
  }
  const held = heldOn(url.searchParams.get('date'));
  if (url.pathname === '/reconciliation') return void send(200, { count: held.length, hash: digestOfRows(held) });
  const PAGE = 200;
  const from = Number(url.searchParams.get('after') || 0);
  const next = from + PAGE < held.length ? String(from + PAGE) : null;
  send(200, { rows: held.slice(from, from + PAGE), next });
});
await new Promise((resolve, reject) => http.once('error', reject).listen(wanted, '127.0.0.1', resolve));

/** In a table: over what it says of one message, for as long as it stands there. */
const receiptSignature = (id, state, reason) =>
  new SignJWT({ receipt: { id, state, reason } })
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .setIssuer(own)
    .setAudience(hubId)
    .setIssuedAt()
    .sign(faults.answers === 'forged' ? forger.privateKey : pair.privateKey);

/** The last row about somebody, or one so far before it: answers about cases are none. */
const lastRow = (before = 0) => {
  const rows = ledger.flatMap(({ content }, at) => (content.data ? [at] : []));
  if (rows.length <= before) throw new Error('the city holds too few rows');
  return rows.at(-1 - before);
};

const commands = {
  hubKey: async ({ jwk }) => {
    hubKey = await importJWK(jwk, 'EdDSA');
  },
  faults: ({ to }) => {
    faults = to;
    if (to.down) http.closeAllConnections();
  },
  seen: () => ({ ...seen, lost }),
  /** The newest state of every row, in an order of its own. */
  state: () =>
    [...rows].map(([row, { subjectSeq: _, ...content }]) => [row, content]).sort(([a], [b]) => (a < b ? -1 : 1)),
  ledger: () => ledger,
  lastRow: () => ledger[lastRow()],
  identities: () => [...identities.values()],
  /** Whether a text stands in anything that the hub has posted, as it came over the wire. */
  saw: ({ text }) => bodies.some((body) => body.includes(text)),
  alter: ({ at = lastRow() }) => {
    ledger[at].content.data.document_no = '被改动的文书号';
    return ledger[at].id;
  },
  double: ({ at = lastRow(1) }) => {
    ledger.push(structuredClone(ledger[at]));
    return ledger[at].id;
  },
  /** Has a row that the hub never sent, under a key of the city's own. */
  invent: ({ key, date }) => {
    ledger.push({ id: key, content: { date, rowId: key, revision: 1 } });
    return key;
  },
  drop: ({ at = lastRow(3) }) => {
    const [{ id }] = ledger.splice(at, 1);
    return id;
  },
  forget: () => {
    ledger = [];
    answers = new Map();
    rows = new Map();
    lastOf = new Map();
  },
  /** Sends messages to the hub; `as` says what a forger would do otherwise. */
  async post({ url, messages, as = {} }) {
    const path = '/exchange/messages';
    const body = JSON.stringify({ messages });
    const forger = generateKeyPairSync('ed25519');
    const signature = await new SignJWT({ htm: 'POST', htu: path, digest: sha(as.body ?? body) })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setIssuer(as.issuer ?? own)
      .setAudience(as.audience ?? hubId)
      .setJti(crypto.randomUUID())
      .setIssuedAt(Math.floor(Date.now() / 1000) + (as.seconds ?? 0))
      .sign(as.key === 'forged' ? forger.privateKey : pair.privateKey);
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(as.unsigned ? {} : { 'x-exchange-signature': signature }) },
      body,
    });
    const text = await response.text();
    if (response.ok) {
      const { payload } = await jwtVerify(response.headers.get('x-exchange-signature') ?? '', hubKey, {
        algorithms: ['EdDSA'],
        issuer: hubId,
        audience: own,
        maxTokenAge: 300,
      });
      if (payload.digest !== sha(text) || payload.re !== sha(signature)) throw new Error('another answer');
    }
    return { status: response.status, body: JSON.parse(text) };
  },
  /** 前置库 Reads what the hub has put into its table, in the order of numbers, and answers there. */
  async readTable({ database, schema, sign = false }) {
    const client = new pg.Client(database);
    await client.connect();
    try {
      const { rows: found } = await client.query(
        `select id, hash, content from ${schema}.hub_message m where not exists (
           select 1 from ${schema}.hub_receipt r where r.message_id = m.id) order by at, id`,
      );
      for (const message of found) {
        const { state, reason = null } = apply({ ...message, resent: true });
        const values = [
          message.id,
          state,
          reason,
          ...(sign ? [await receiptSignature(message.id, state, reason)] : []),
        ];
        await client.query(
          `insert into ${schema}.hub_receipt (message_id, state, reason${sign ? ', signature' : ''})
           values ($1, $2, $3${sign ? ', $4' : ''})`,
          values,
        );
      }
      return found.length;
    } finally {
      await client.end();
    }
  },
};

const { port } = http.address();
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}`, publicKey, encryptionKey })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const { id, does, ...what } = JSON.parse(line);
  if (does === 'watch') {
    // answered when it has happened so often
    watching = { id, at: what.at, left: what.times };
    continue;
  }
  try {
    const answer = (await commands[does](what)) ?? null;
    process.stdout.write(`${JSON.stringify({ id, answer })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ id, error: error.cause?.code ?? error.message })}\n`);
  }
}
http.closeAllConnections();
http.close();
