import type { Loaders } from '../loaders/loaders.js';
import type { Row } from '../services/reading/shape.js';

const LOADERS = { CreditRecord: 'record', ListEntry: 'entry', ImportBatch: 'batch' } as const;

/** What a finding or a piece of an inspection is about, as the caller reads it: null where it may not. */
export function targetOf({ targetType, targetId }: Row, loaders: Loaders): Promise<Row | null> | null {
  const loader = LOADERS[targetType as keyof typeof LOADERS];
  return loader ? loaders[loader].load(targetId as string) : null;
}
