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

/** Open to all; where the hub asks for trusted documents alone there is no list, and a code is typed. */
async function departmentsOf(): Promise<{ code: string; name: string }[]> {
  const { body } = await askAsAnyone({ query: '{ departments { code name } }' });
  return (body.data as { departments: { code: string; name: string }[] } | null | undefined)?.departments ?? [];
}

void open();
