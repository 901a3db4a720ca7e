import { GraphQLError } from 'graphql';
import type { Pool } from 'pg';
import { consentRequired, purposeRequired } from '../permissions/reveal.js';
import type { Logger } from '../platform/logger.js';
import { actingBy } from '../services/consents/power.js';
import { spendConsent } from '../services/consents/spend.js';
import { readSession } from '../services/session.js';
import type { RequestContext } from './context.js';

interface Deps {
  reads: Pool;
  spending: Pool;
  today: () => string;
  log: Logger;
}

/**
 * Makes the actor what the request states beside its token: another's agent, the holder of a consent. A use is spent
 * here, before anything is read; a request that then reads nothing has spent it all the same.
 * @param repeated a mutation's idempotency key
 * @throws FORBIDDEN, PURPOSE_REQUIRED, CONSENT_REQUIRED, UNAVAILABLE where the use can't be written
 */
export async function judgeStated(context: RequestContext, deps: Deps, repeated: string | null): Promise<void> {
  const { consent, actingFor } = context.stated;
  if (actingFor !== undefined) {
    const asItself = readSession(deps.reads, context.actor, deps.today());
    context.actor = await actingBy(asItself, actingFor, 'x-hub-acting-for');
  }
  if (consent === undefined) return;
  if (context.actor.purpose === null) throw purposeRequired();
  const spent = consent && (await spend(context, deps, consent, repeated));
  if (!spent) throw consentRequired('x-hub-consent');
  context.actor = { ...context.actor, consent: spent };
}

async function spend({ actor, traceId }: RequestContext, deps: Deps, consent: string, repeated: string | null) {
  try {
    return await spendConsent(deps.spending, actor, deps.today(), consent, repeated);
  } catch (err) {
    deps.log.error({ traceId, err }, 'a consent could not be spent');
    throw new GraphQLError('', { extensions: { code: 'UNAVAILABLE', http: { status: 503 } } });
  }
}
