import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, type Response, type Router } from 'express';
import type { Config } from '../config.js';
import { ORGANISATIONS, PERSONS } from '../demo/cast.js';
import { SAMPLES, SAMPLES_WITHOUT_COUNTY } from '../demo/samples.js';
import { ANONYMOUS } from '../permissions/actor.js';
import { PURPOSES, type Purpose } from '../permissions/purposes.js';
import { ROLES, type Role } from '../permissions/roles.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { ExplorerFacts, SignedIn } from './explorerFacts.js';
import { explorerToken } from './explorerToken.js';
import type { Verifier } from './identity.js';
import { signIn } from './signIn.js';

/** What scripts/explorer.mjs makes of src/explorer: `index.html`, and `assets/` under names that say their content. */
const PAGE = fileURLToPath(new URL('../explorer/', import.meta.url));

/**
 * Nothing but what the hub itself serves: scripts, workers, fonts, requests. Two things go beyond 'self', both Monaco's:
 * - inline styles: it places lines and widgets by `style` attributes, its theme by <style> elements that it makes as it
 *   goes, which neither a nonce nor a hash can name. They can't run code, and have nowhere to send what they see;
 * - pictures written into those styles: the wavy line below a mistake. A `data:` picture is asked of nobody.
 */
export const EXPLORER_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': EXPLORER_POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  next();
};

interface ExplorerDeps {
  config: Config;
  keys: Keys;
  verifier: Verifier;
  log: Logger;
}

/** Data within the page, which no browser runs. A token has none of the letters that could end it. */
const within = (index: string, signedIn: SignedIn) =>
  index.replace(
    '</head>',
    () =>
      `<script type="application/json" id="signed-in">${JSON.stringify(signedIn).replaceAll('<', '\\u003c')}</script></head>`,
  );

/** 公共信用信息查询台: the page under `/explorer`, and what it asks for besides GraphQL. */
export function explorer({ config, keys, verifier, log }: ExplorerDeps): Router {
  const router = express.Router();
  // Read once: a running hub goes on with the page it was started with.
  const index = existsSync(`${PAGE}index.html`) ? readFileSync(`${PAGE}index.html`, 'utf8') : null;
  const facts = factsOf(config);
  router.use(headers);
  router.get('/', (_request, response, next) => {
    if (index === null) return next();
    response.type('html').send(index);
  });
  router.get('/facts', (_request, response) => void response.json(facts));
  router.use(
    '/assets',
    express.static(`${PAGE}assets`, {
      index: false,
      redirect: false,
      setHeaders: (response) => void response.setHeader('cache-control', 'public, max-age=31536000, immutable'),
    }),
  );
  const { oidc } = config;
  if (oidc?.signIn && index !== null) {
    const page = (response: Response, signedIn: SignedIn) => void response.type('html').send(within(index, signedIn));
    router.use(signIn({ issuer: { ...oidc, signIn: oidc.signIn }, verifier, log, page }));
  }
  if (config.demoIdentity) {
    router.post('/token', express.json({ limit: '2kb' }), async (request, response) => {
      const token = await explorerToken(keys, config.host, (name) => request.get(name), request.body);
      response.json({ token });
    });
    router.all('/token', () => {
      throw new HubError('NOT_FOUND', { zh: '令牌只以 POST 申请', en: 'tokens are asked for by POST alone' });
    });
  }
  return router;
}

function factsOf(config: Config): ExplorerFacts {
  const cast = config.demoIdentity && config.demoData;
  return {
    demo: config.demoIdentity,
    signIn: config.oidc?.signIn != null,
    introspection: config.introspection,
    anonymous: ANONYMOUS.role,
    roles: Object.entries(ROLES).map(([name, text]) => ({ name: name as Role, ...text })),
    purposes: Object.entries(PURPOSES).map(([code, { zh }]) => ({ code: code as Purpose, zh })),
    subjects: cast
      ? [
          ...Object.values(ORGANISATIONS).map(({ code, name }) => ({ id: code, name })),
          ...Object.values(PERSONS).map(({ globalId, name }) => ({ id: globalId, name })),
        ]
      : [],
    samples: cast ? SAMPLES : SAMPLES_WITHOUT_COUNTY,
  };
}
