import { type CookieOptions, type Request, type Response, type Router, Router as router } from 'express';
import type { Configuration } from 'openid-client';
import { z } from 'zod';
import type { Issuer, SignIn } from '../config.js';
import { HubError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { SignedIn } from './explorerFacts.js';
import { factsOf } from './http.js';
import type { Verifier } from './identity.js';

const COOKIE = 'hub_sign_in';
const MINUTES_TO_SIGN_IN = 10;

// What the browser brings back with the code: RFC 7636 and OpenID Connect Core 3.1.2 bind one to the other. It tells its
// holder nothing that the holder did not begin, so it is neither sealed nor kept here: any process of the hub can go on.
const begun = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

export interface SignInDeps {
  issuer: Issuer & { signIn: SignIn };
  verifier: Verifier;
  log: Logger;
  /** sends the explorer's page with what has come of signing in */
  page(response: Response, signedIn: SignedIn): void;
}

/**
 * 登录 Signing in at the explorer with one's own issuer: authorization code with PKCE. The access token is handed to the
 * page within the page, is kept in its memory alone, and no cookie of the hub is ever worth anything to `/graphql`.
 */
export function signIn({ issuer, verifier, log, page }: SignInDeps): Router {
  const { signIn: client, audience } = issuer;
  const redirect = `${client.publicUrl}/explorer/signed-in`;
  const cookie: CookieOptions = {
    httpOnly: true,
    sameSite: 'lax',
    secure: client.publicUrl.startsWith('https:'),
    path: '/explorer',
  };
  // RFC 8707: an issuer that makes tokens for many says by it for whom; one that doesn't know it passes over it.
  const resource: Record<string, string> = URL.canParse(audience) ? { resource: audience } : {};
  const configured = discovered(issuer);

  const routes = router();
  routes.get('/sign-in', async (_request, response) => {
    const oidc = await library();
    const config = await configured();
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const address = oidc.buildAuthorizationUrl(config, {
      redirect_uri: redirect,
      scope: client.scope,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...resource,
    });
    const kept = Buffer.from(JSON.stringify({ state, nonce, verifier })).toString('base64url');
    response.cookie(COOKIE, kept, { ...cookie, maxAge: MINUTES_TO_SIGN_IN * 60_000 });
    response.redirect(303, address.href);
  });
  routes.get('/signed-in', async (request, response) => {
    response.clearCookie(COOKIE, cookie);
    try {
      const kept = keptIn(request);
      if (!kept) throw new SignInFailed('nobody began to sign in with this browser, or it took too long');
      const oidc = await library();
      const tokens = await oidc.authorizationCodeGrant(
        await configured(),
        new URL(request.originalUrl, client.publicUrl),
        { expectedState: kept.state, expectedNonce: kept.nonce, pkceCodeVerifier: kept.verifier },
        resource,
      );
      // Judged here already: a token that the hub would refuse at every request is no sign-in.
      await verifier.verify(tokens.access_token);
      page(response, { token: tokens.access_token });
    } catch (error) {
      log.info({ traceId: factsOf(request).traceId, reason: reasonOf(error) }, 'signing in failed');
      response.status(400);
      page(response, { failed: true });
    }
  });
  return routes;
}

class SignInFailed extends Error {}

/** Of an issuer's answer its code, never what it sent beside it. */
function reasonOf(error: unknown): string {
  if (error instanceof HubError && error.cause instanceof Error) return error.cause.message;
  const { error: said, code } = error as { error?: unknown; code?: unknown };
  if (typeof said === 'string') return `the issuer says ${said.slice(0, 50)}`;
  if (error instanceof SignInFailed) return error.message;
  return typeof code === 'string' ? code : (error as Error).name;
}

// Read when somebody signs in: most starts need none of it.
const library = () => import('openid-client');

/** The issuer's own description, asked for once it is needed and again after a failure. */
function discovered({ issuer, signIn: client }: SignInDeps['issuer']): () => Promise<Configuration> {
  let known: Promise<Configuration> | null = null;
  return () => {
    known ??= library()
      .then((oidc) =>
        oidc.discovery(
          new URL(issuer),
          client.clientId,
          undefined,
          client.clientSecret === null ? oidc.None() : oidc.ClientSecretPost(client.clientSecret),
          // config.ts takes http for the loopback alone
          new URL(issuer).protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {},
        ),
      )
      .catch(() => {
        known = null;
        throw new HubError('UNAVAILABLE', {
          zh: '暂时无法连接身份签发方，请稍后再试',
          en: 'the issuer can’t be reached for the moment',
        });
      });
    return known;
  };
}

function keptIn(request: Request): z.infer<typeof begun> | null {
  const text = request
    .get('cookie')
    ?.split('; ')
    .find((one) => one.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);
  if (!text) return null;
  try {
    return begun.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}
