import './workers.js';
import 'graphiql/style.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import type { ExplorerFacts, SignedIn } from '../server/explorerFacts.js';
import { askAsAnyone } from './asking.js';
import { Page } from './page.js';

async function open(): Promise<void> {
  const place = document.getElementById('explorer');
  if (!place) return;
  const [facts, departments] = await Promise.all([
    fetch('/explorer/facts').then((response) => response.json() as Promise<ExplorerFacts>),
    departmentsOf(),
  ]);
  createRoot(place).render(<Page facts={facts} departments={departments} signedIn={signedIn()} />);
}

/** What the hub wrote into the page when its reader came back from the issuer; taken out, so that it is in memory alone. */
function signedIn(): SignedIn | null {
  const given = document.getElementById('signed-in');
  if (!given) return null;
  given.remove();
  // The code in the address has been used, and is nobody's business.
  history.replaceState(null, '', '/explorer');
  return JSON.parse(given.textContent ?? '') as SignedIn;
}

/** Open to all. Where the hub refuses (trusted documents alone, no database), a code is typed instead of chosen. */
async function departmentsOf(): Promise<{ code: string; name: string }[]> {
  const answer = await askAsAnyone({ query: '{ departments { code name } }' }).catch(() => null);
  return (answer?.body.data as { departments: { code: string; name: string }[] } | null | undefined)?.departments ?? [];
}

void open();
