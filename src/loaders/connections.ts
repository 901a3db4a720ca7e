import DataLoader from 'dataloader';
import type { Sql } from '../platform/sql.js';
import { type Page, type PageRequest, readPages } from '../services/reading/page.js';
import type { Shape } from '../services/reading/shape.js';
import type { Session } from '../services/session.js';

/** A nested connection: whose rows, by which column, under which conditions. */
export interface ConnectionRequest {
  shape: Shape;
  column: string;
  where: Sql[];
  page: PageRequest;
  /** what distinguishes this request from another on the same shape and column: its arguments */
  args: unknown;
}

/** Parents that ask for the same connection with the same arguments share one statement. */
export function connectionLoader(session: Session) {
  const loaders = new Map<string, DataLoader<string, Page>>();
  return (parent: string, { shape, column, where, page, args }: ConnectionRequest): Promise<Page> => {
    const key = JSON.stringify([shape.table, column, page, args]);
    let loader = loaders.get(key);
    if (!loader) {
      loader = new DataLoader((parents: readonly string[]) => readPages(session, shape, column, parents, where, page));
      loaders.set(key, loader);
    }
    return loader.load(parent);
  };
}
