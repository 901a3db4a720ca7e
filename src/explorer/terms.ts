import { type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** What stands between a connection and its rows is no part of a path. */
const BETWEEN = new Set(['nodes', 'edges', 'node']);

/** Every description begins with the field's Chinese term. */
const termIn = (description: string | null | undefined): string | null =>
  /^\s*(\p{Script=Han}[^\s，。：；（]*)/u.exec(description ?? '')?.[1] ?? null;

/** The Chinese term of every field of an operation, by its path in the answer. */
export function termsOf(schema: GraphQLSchema | null | undefined, query: string): Map<string, string> {
  const terms = new Map<string, string>();
  if (!schema) return terms;
  const path: string[] = [];
  const info = new TypeInfo(schema);
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      // A fragment of its own is used in many places: its fields go by their names.
      FragmentDefinition: () => false,
      Field: {
        enter({ name, alias }) {
          const key = alias?.value ?? name.value;
          path.push(key);
          const term = termIn(info.getFieldDef()?.description);
          if (term && !BETWEEN.has(key)) terms.set(path.filter((part) => !BETWEEN.has(part)).join('.'), term);
        },
        leave: () => void path.pop(),
      },
    }),
  );
  return terms;
}

/** The terms along a column's path; null where one of them is not known. */
export function headingOf(terms: ReadonlyMap<string, string>, table: string, column: string): string | null {
  const words: string[] = [];
  let at = table;
  for (const part of column.split('.')) {
    at = at === '' ? part : `${at}.${part}`;
    const term = terms.get(at);
    if (term === undefined) return null;
    words.push(term);
  }
  return words.join('·');
}
