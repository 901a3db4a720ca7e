import { ArrayType } from '@mikro-orm/core';

// Column kinds, spelled out rather than inferred: the decorator metadata of a nullable union differs between compilers.
// Each is made anew for its property, since the ORM writes into the options it is given.
// Days are `YYYY-MM-DD` strings and amounts decimal strings from end to end; only instants are Date objects.
const kind =
  <K extends object>(base: K) =>
  <M extends object>(more?: M) =>
    ({ ...base, ...more }) as K & M;

export const uuid = kind({ type: 'uuid', columnType: 'uuid', runtimeType: 'string' });
export const text = kind({ type: 'text', columnType: 'text', runtimeType: 'string' });
export const day = kind({ type: 'date', columnType: 'date', runtimeType: 'string' });
export const instant = kind({ type: 'datetime', columnType: 'timestamptz', runtimeType: 'Date' });
export const int = kind({ type: 'integer', columnType: 'int', runtimeType: 'number' });
export const bigint = kind({ type: 'bigint', columnType: 'bigint', runtimeType: 'string' });
export const bool = kind({ type: 'boolean', columnType: 'boolean', runtimeType: 'boolean' });
export const amount = kind({ type: 'decimal', columnType: 'numeric(18,2)', runtimeType: 'string' });
export const json = kind({ type: 'json', columnType: 'jsonb', runtimeType: 'object' });
export const texts = kind({ type: ArrayType, columnType: 'text[]', runtimeType: 'string[]' });
export const uuids = kind({ type: ArrayType, columnType: 'uuid[]', runtimeType: 'string[]' });
export const bytes = kind({ type: 'blob', columnType: 'bytea', runtimeType: 'Buffer' });

/** Written by Postgres alone (a generated column, a trigger, a default of now): known to the metadata, never sent. */
export const byPostgres = { persist: false };
export const nullable = { nullable: true };
