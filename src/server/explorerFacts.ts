import type { Purpose } from '../permissions/purposes.js';
import type { Role } from '../permissions/roles.js';

/** What the explorer's page is told of the hub that serves it. Shapes alone: the page, built apart, reads them too. */
export interface ExplorerFacts {
  /** tokens can be had at the page's own address: the demo identity is in use */
  demo: boolean;
  /** readers sign in with the issuer at `/explorer/sign-in` */
  signIn: boolean;
  introspection: boolean;
  /** as whom one asks without a token */
  anonymous: Role;
  roles: { name: Role; zh: string; en: string; needs: readonly ('department' | 'subject')[] }[];
  purposes: { code: Purpose; zh: string }[];
  /** known characters of the demonstration county, as a token names them; none where it is not loaded */
  subjects: { id: string; name: string }[];
  samples: readonly Sample[];
}

/** An operation to begin with, and as whom and why it is asked. */
export interface Sample {
  zh: string;
  en: string;
  role: Role;
  /** code of a department of the demonstration county */
  department?: string;
  subject?: string;
  purpose?: Purpose;
  caseNo?: string;
  query: string;
  variables?: Record<string, unknown>;
}

/** What the page sends to be given a token. */
export interface TokenRequest {
  role: Role;
  department?: string;
  subject?: string;
  user?: string;
}

/** What the page finds in itself when its reader comes back from the issuer. */
export type SignedIn = { token: string } | { failed: true };
