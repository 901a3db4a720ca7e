import { OptionalProps } from '@mikro-orm/core';
import { Property } from '@mikro-orm/decorators/legacy';
import { byPostgres, instant, int, nullable, text } from './columns.js';

/** A row whose every change leaves its predecessor in row_revision: number and instant by the trigger, who and why by the writer. */
export abstract class Revised<Optional = never> {
  [OptionalProps]?: 'revision' | 'revisedAt' | 'revisedBy' | 'revisionReason' | Optional;

  @Property(int(byPostgres))
  revision: number;
  @Property(instant(byPostgres))
  revisedAt: Date;
  @Property(text(nullable))
  revisedBy: string | null;
  @Property(text(nullable))
  revisionReason: string | null;
}
