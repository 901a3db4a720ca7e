// A real OpenID provider as a process of its own: `node issuer.mjs '{"clients":{"id":{"alg":…,"claims":…}}}'`;
// a client of `people` by name sends them to sign in, and back to `redirect`.
// Prints `{"url":…}`, then obeys lines of JSON on stdin, one answer each, until stdin ends.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { SignJWT } from 'jose';
import Provider from 'oidc-provider';

const { clients } = JSON.parse(process.argv[2] ?? '{}');
const SECRET = 'a-secret-of-the-tests-only';
const KINDS = {
  RS256: ['rsa', { modulusLength: 2048 }],
  PS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519'],
};

/** One key an algorithm, newest set first: the provider signs with the first that fits, and publishes all. */
let sets = [];
const newSet = () =>
  Object.entries(KINDS).map(([alg, kind]) => {
    const { privateKey } = generateKeyPairSync(...kind);
    return {
      privateKey,
      jwk: { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `${alg}-${randomUUID()}` },
    };
  });

let mode = 'up';
let reads = 0;
let handle = null;
const http = createServer((request, response) => {
  if (request.url === '/jwks') reads += 1;
  if (mode === 'hang') return;
  if (mode === 'broken') return void response.writeHead(500).end('<html>');
  handle(request, response);
});
await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
const { port } = http.address();
const issuer = `http://127.0.0.1:${port}`;

/** The keys are the provider's for life: with other keys it is another provider behind the same address. */
function provide() {
  const provider = new Provider(issuer, {
    jwks: { keys: sets.flat().map(({ jwk }) => jwk) },
    clients: Object.entries(clients).map(([id, { people, redirect }]) => ({
      client_id: id,
      client_secret: SECRET,
      grant_types: [people ? 'authorization_code' : 'client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: people ? [redirect] : [],
      response_types: people ? ['code'] : [],
    })),
    features: {
      // The provider's own form, which believes any name.
      devInteractions: { enabled: Object.values(clients).some(({ people }) => people) },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource, client) => ({
          audience: resource,
          scope: 'hub',
          accessTokenTTL: 600,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: clients[client.clientId].alg ?? 'RS256' } },
        }),
      },
    },
    cookies: { keys: [SECRET] },
    extraTokenClaims: (_context, { clientId, accountId }) => {
      const { people, claims } = clients[clientId];
      return people ? people[accountId] : claims;
    },
  });
  provider.on('server_error', (_context, error) => process.stderr.write(`${error.stack}\n`));
  handle = provider.callback();
}

const commands = {
  /** New keys sign from now on; the old ones are published still. */
  rotate() {
    sets.unshift(newSet());
    provide();
  },
  /** Only the newest keys are published. */
  withdraw() {
    sets = sets.slice(0, 1);
    provide();
  },
  /** How often the key set was asked for so far. */
  reads: () => reads,
  mode({ to }) {
    mode = to;
    if (to !== 'up') http.closeAllConnections();
  },
  /** Any header and claims under the issuer's own current key; a null in the header takes its usual member away. */
  async sign({ alg = 'RS256', header, claims }) {
    const { privateKey, jwk } = sets[0].find(({ jwk: { alg: of } }) => of === alg);
    const crit = Object.fromEntries((header?.crit ?? []).map((name) => [name, true]));
    const all = Object.entries({ alg, kid: jwk.kid, typ: 'at+jwt', ...header });
    return new SignJWT(claims)
      .setProtectedHeader(Object.fromEntries(all.filter(([, value]) => value !== null)))
      .sign(privateKey, { crit });
  },
};

sets = [newSet()];
provide();
process.stdout.write(`${JSON.stringify({ url: issuer, secret: SECRET })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const { id, does, ...what } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id, answer: (await commands[does](what)) ?? null })}\n`);
}
http.closeAllConnections();
http.close();
