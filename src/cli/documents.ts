import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { GraphQLError, parse } from 'graphql';
import { asOwner } from '../house.js';
import { forgetDocument, trustDocuments, trustedDocuments } from '../services/documents/trusted.js';
import { inHouse } from './house.js';
import { UsageError } from './usage.js';

/** One line of a document, for a list. */
const titleOf = (document: string): string => /\b(?:query|mutation)\s+\w+/.exec(document)?.[0] ?? document.slice(0, 40);

async function documentIn(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} can't be read`);
  });
  try {
    parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
  return text;
}

export function documentsCommand(): Command {
  const documents = new Command('documents').description('登记查询 Documents that may be sent by their id');
  documents
    .command('add')
    .description('登记 Prints the id of each: send it as documentId in place of query')
    .argument('<FILE.graphql...>')
    .action(async (paths: string[]) => {
      const texts = await Promise.all(paths.map(documentIn));
      const ids = await inHouse(({ owner }) => asOwner(owner, (query) => trustDocuments(query, texts)));
      for (const [i, id] of ids.entries()) process.stdout.write(`${id}  ${paths[i]}\n`);
    });
  documents.command('list').action(() =>
    inHouse(({ owner }) =>
      asOwner(owner, async (query) => {
        for (const { id, document } of await trustedDocuments(query))
          process.stdout.write(`${id}  ${titleOf(document)}\n`);
      }),
    ),
  );
  documents
    .command('remove')
    .argument('<ID>')
    .action((id: string) =>
      inHouse(async ({ owner }) => {
        if (!(await asOwner(owner, (query) => forgetDocument(query, id))))
          throw new UsageError('there is no such document');
      }),
    );
  return documents;
}
