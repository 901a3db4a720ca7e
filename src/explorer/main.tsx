import './workers.js';
import 'graphiql/style.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import type { ExplorerFacts } from '../server/explorerFacts.js';
import { askAsAnyone } from './asking.js';
import { Page } from './page.js';

async function open(): Promise<void> {
  const place = document.getElementById('explorer');
  if (!place) return;
  const [facts, departments] = await Promise.all([
    fetch('/explorer/facts').then((response) => response.json() as Promise<ExplorerFacts>),
    departmentsOf(),
  ]);
  createRoot(place).render(<Page facts={facts} departments={departments} />);
}

/** Open to all. Where the hub refuses (trusted documents alone, no database), a code is typed instead of chosen. */
async function departmentsOf(): Promise<{ code: string; name: string }[]> {
  const answer = await askAsAnyone({ query: '{ departments { code name } }' }).catch(() => null);
  return (answer?.body.data as { departments: { code: string; name: string }[] } | null | undefined)?.departments ?? [];
}

void open();
