import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../config.js';

/** What something of this hub is called in such a file, and by whoever it speaks to. */
export const shortName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a short name: small letters, digits, hyphens');

/**
 * What the file of a variable says (YAML, of which JSON is a part). Passwords may stand in it, so what is wrong is named by
 * its place and never by its value.
 * @throws {ConfigError}
 */
export async function readSettings<T>(variable: string, path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ConfigError(variable, 'names a file that can’t be read');
  });
  let read: unknown;
  try {
    read = parse(text);
  } catch {
    throw new ConfigError(variable, 'names a file that is neither YAML nor JSON');
  }
  const result = schema.safeParse(read);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? `.${issue.keys.join(', ')}` : '';
  // What was expected there: zod's texts, like ours, say nothing of what was found, beyond its kind.
  const expected = unknown ? 'there is no such setting' : issue?.message;
  throw new ConfigError(variable, `is wrong at ${issue?.path.join('.') || 'its top'}${unknown}: ${expected}`);
}
