import { setTimeout as delay } from 'node:timers/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { HubError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';

/** Discovery document and key set together: an issuer slower than this counts as away. */
const LOAD_MS = 3_000;
/** Between two loads that unknown keys ask for: whoever invents key ids can't make the hub press the issuer harder. */
const SPACING_MS = 1_000;
/** How soon after a failure the keys are tried again by themselves. */
const RETRY_MS = 5_000;
/** How long known keys go on while the issuer can't be reached; after that a token is 503, never a guess. */
const STALE_MS = 3_600_000;

type Log = Pick<Logger, 'warn' | 'info'>;

/**
 * The signing keys of one issuer, read by its discovery document, again every `refreshMs` whether or not anybody asks.
 * So a key that the issuer withdrew is refused after `refreshMs` and one load at the latest. A key id that is not known
 * waits for a load that began after it was met: the first token of a new key is not refused for coming early. While the
 * issuer is away known keys go on for an hour, and an unknown one is UNAVAILABLE: whether it is good can't be told.
 */
export class IssuerKeys {
  #known: { keys: JWTVerifyGetKey; ids: ReadonlySet<unknown>; readAt: number } | null = null;
  #load: { began: number; done: Promise<void> } | null = null;
  #away = false;
  readonly #closing = new AbortController();

  constructor(
    private readonly issuer: string,
    private readonly refreshMs: number,
    private readonly log: Log,
  ) {
    void this.#refresh();
  }

  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const met = performance.now();
    if (!this.#known) await this.#load?.done.catch(() => undefined);
    if (!this.#known || met - this.#known.readAt > STALE_MS) await this.#loadedSince(met);
    try {
      return await this.#keysNow()(header, token);
    } catch (error) {
      // A key that is known, asked for with another algorithm, becomes none by reading it again.
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.#known?.ids.has(header.kid)) throw error;
    }
    await this.#loadedSince(met);
    return this.#keysNow()(header, token);
  };

  close(): void {
    this.#closing.abort();
  }

  #keysNow(): JWTVerifyGetKey {
    if (!this.#known) throw unavailable();
    return this.#known.keys;
  }

  async #refresh(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#once().catch(() => undefined);
      await delay(this.#away ? Math.min(RETRY_MS, this.refreshMs) : this.refreshMs, undefined, {
        ref: false,
        signal,
      }).catch(() => undefined);
    }
  }

  /** Returns after a load that began at `since` or later. Bounded by two loads and the pause between them. */
  async #loadedSince(since: number): Promise<void> {
    for (let last = this.#load; !last || last.began < since; last = this.#load) {
      if (last) {
        await last.done.catch(() => undefined);
        await delay(Math.max(0, last.began + SPACING_MS - performance.now()));
      }
      // Whoever wakes first loads for all.
      if (this.#load === last) this.#once().catch(() => undefined);
    }
    await this.#load?.done.catch(() => {
      throw unavailable();
    });
  }

  #once(): Promise<void> {
    const began = performance.now();
    const done = this.#read(began);
    this.#load = { began, done };
    return done;
  }

  async #read(began: number): Promise<void> {
    try {
      const read = await readKeySet(this.issuer);
      const keys = createLocalJWKSet(read);
      if (this.#known && this.#known.readAt > began) return;
      this.#known = { keys, ids: new Set(read.keys.map(({ kid }) => kid)), readAt: began };
      if (this.#away) this.log.info('the issuer’s keys are read again');
      this.#away = false;
    } catch (error) {
      if (!this.#away) this.log.warn({ err: error }, 'the issuer’s keys can’t be read; known ones go on for an hour');
      this.#away = true;
      throw error;
    }
  }
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

async function readKeySet(issuer: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(LOAD_MS);
  const said = discovery.parse(await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, signal));
  if (said.issuer !== issuer) throw new Error('the discovery document is another issuer’s');
  // Keys over an open line would be anybody's.
  if (new URL(said.jwks_uri).protocol !== new URL(issuer).protocol) throw new Error('jwks_uri leaves https');
  return (await readJson(said.jwks_uri, signal)) as JSONWebKeySet;
}

async function readJson(url: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  if (answer.status !== 200) throw new Error(`the issuer answered ${answer.status}`);
  return answer.json();
}

const unavailable = () =>
  new HubError('UNAVAILABLE', {
    zh: '暂时无法向签发方核验令牌，请稍后再试',
    en: 'the token can’t be verified with its issuer for the moment',
  });
