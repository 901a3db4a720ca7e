import { isIP } from 'node:net';
import { z } from 'zod';
import { ROLE_NAMES } from '../permissions/roles.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import { fromGlobalId } from '../platform/ids.js';
import { canonicalCode, holdsCitizenId } from '../services/collection/identifiers.js';
import { mintDemoToken, missingFacts } from './demoIdentity.js';
import type { Header } from './identity.js';

const TTL = '1h';

const body = z.object({
  role: z.enum(ROLE_NAMES),
  department: z.string().transform(canonicalCode).pipe(z.string()).optional(),
  // An organisation's code or an opaque id, never a citizen id.
  subject: z
    .string()
    .transform((typed) => (fromGlobalId(typed) ? typed : canonicalCode(typed)))
    .pipe(z.string())
    .optional(),
  user: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .refine((name) => !holdsCitizenId(name))
    .optional(),
});

/**
 * A demo token for whoever sits before the explorer's page. No page of another site may have one: its Origin is not
 * ours; nor a page that gave its own name our address (DNS rebinding): its Host is not ours.
 * @throws {HubError} FORBIDDEN for a request of another page, BAD_USER_INPUT naming the field
 */
export async function explorerToken(keys: Keys, host: string, header: Header, sent: unknown): Promise<string> {
  if (!isOwnHost(header('host'), host) || !isSameOrigin(header)) {
    throw new HubError('FORBIDDEN', {
      zh: '演示令牌只发给本机查询台页面',
      en: 'demo tokens are for the page of this explorer alone',
    });
  }
  const parsed = body.safeParse(sent);
  const wrong = parsed.error?.issues[0]?.path[0];
  if (!parsed.success) throw badField(wrong === undefined ? 'role' : String(wrong));
  const { role, department, subject, user = 'demo-explorer' } = parsed.data;
  const [missing] = missingFacts(role, { department, subject });
  if (missing) throw badField(missing);
  return mintDemoToken(keys, { user, roles: [role], department, subject }, TTL);
}

const badField = (field: string) =>
  new HubError('BAD_USER_INPUT', { zh: '角色、部门或主体有误', en: 'not a role, department or subject' }, field);

/** The loopback's name, the configured one, or an address: a name that somebody else's DNS answers is none of them. */
function isOwnHost(sent: string | undefined, configured: string): boolean {
  const url = sent === undefined ? null : URL.parse(`http://${sent}`);
  if (!url || url.host !== sent) return false;
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(name) !== 0 || name === 'localhost' || name === configured.toLowerCase();
}

/** A browser says where a POST comes from; what doesn't say it has `hub token`. */
function isSameOrigin(header: Header): boolean {
  const origin = URL.parse(header('origin') ?? '');
  const site = header('sec-fetch-site');
  return origin !== null && origin.host === header('host') && (site === undefined || site === 'same-origin');
}
