import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';

/** A source file by its path from the project's root, `src/…`. */
export type Sources = ReadonlyMap<string, string>;

/** The house, from the ground up: a floor imports from its own and from those below. */
const FLOORS: readonly (readonly [floor: string, paths: RegExp])[] = [
  ['platform', /^src\/(config\.ts|platform\/)/],
  ['catalogue', /^src\/catalogue\//],
  ['permissions', /^src\/permissions\//],
  ['entities', /^src\/entities\//],
  ['services and loaders', /^src\/(services|loaders|audit)\//],
  ['resolvers and schema types', /^src\/(resolvers|exchange|jobs)\/|^src\/schema\/(?!build\.ts$)/],
  ['planner', /^src\/planner\//],
  ['schema/build', /^src\/schema\/build\.ts$/],
  // The opened database and all that hangs on it, the owner's pool too: not for whoever answers a request.
  ['house', /^src\/(house|work)\.ts$/],
  ['server and demo', /^src\/(server|demo)\//],
  ['main and cli', /^src\/(main|cli|generate)\.ts$|^src\/cli\//],
  // Runs in a browser and is built apart: above all, so that nobody imports it.
  ['explorer', /^src\/explorer\//],
];

/** All that the browser's code takes from the house, and as types alone: the shapes of what is sent to it. */
const SENT_TO_BROWSER = 'src/server/explorerFacts.ts';

/** What is about GraphQL or HTTP stays above the services, which other drivers (cli, exchange, jobs) call too. */
const WEB_PACKAGES = /^(graphql|type-graphql|graphql-.*|@apollo\/.*|@as-integrations\/.*|@escape\.tech\/.*|express)$/;
const HIGHEST_WITHOUT_WEB = 4;
const WEB_ALL_THE_SAME = /^src\/permissions\/compile\//;

const LONGEST_FILE = 400;

/** Role names that are also functions, types or disclosures: they count where a role is the talk. */
const AMBIGUOUS = new Set(['PUBLIC', 'SUBJECT', 'DEPARTMENT', 'COURT', 'ASSOCIATION', 'AGENCY', 'EXCHANGE']);
const MAY_NAME_ROLES = /^src\/(permissions|catalogue|demo|cli)(\/|\.ts$)|(^|\/)demo(\.ts$|\/)/;

interface Import {
  line: number;
  specifier: string;
  /** path of the file meant, null for a package */
  target: string | null;
  /** erased by the build */
  typeOnly: boolean;
}

interface Parsed {
  path: string;
  text: string;
  ast: ts.SourceFile;
  imports: Import[];
}

/** What breaks the rules of the house, one sentence each: the rule, the place, and what to do instead. */
export function violations(sources: Sources, roles: readonly string[]): string[] {
  const parsed = [...sources].map(([path, text]) => parse(path, text));
  return parsed.flatMap((file) => [
    ...floors(file),
    ...resolverDoors(file),
    ...webPackages(file),
    ...browser(file),
    ...environment(file),
    ...roleNames(file, roles),
    ...size(file),
    ...folders(file),
  ]);
}

function floors({ path, imports }: Parsed): string[] {
  const from = floorOf(path);
  if (from < 0) {
    return [`${path}: no floor of the house. Put it on one (docs: design, "The house"), or add its folder to FLOORS.`];
  }
  return imports.flatMap(({ line, specifier, target }) => {
    const to = target === null ? -1 : floorOf(target);
    if (to <= from) return [];
    return `${path}:${line}: ${nameOf(from)} imports ${specifier} of ${nameOf(to)}, a floor above. Imports go downward only: move what both need to ${nameOf(from)} or below, or hand it in as an argument from above.`;
  });
}

function resolverDoors({ path, imports }: Parsed): string[] {
  const driver = /^src\/(exchange|jobs|cli)(\/|\.ts$)/.exec(path)?.[1];
  return imports.flatMap(({ line, specifier, target }) => {
    // Lower floors have heard it from `floors` already.
    const mayKnow =
      floorOf(path) < floorOf('src/resolvers/') ||
      /^src\/(resolvers\/|planner\/|server\/|schema\/build\.ts$)/.test(path);
    if (target?.startsWith('src/resolvers/') && !mayKnow) {
      return `${path}:${line}: imports the resolver ${specifier}. Only src/schema/build.ts, src/planner and src/server do: a resolver is one driver of the services, so call the service it calls.`;
    }
    if (driver && target?.startsWith('src/schema/')) {
      return `${path}:${line}: ${driver} imports ${specifier}. It drives the services without GraphQL: take the service's own shapes.`;
    }
    return [];
  });
}

function webPackages({ path, imports }: Parsed): string[] {
  if (floorOf(path) > HIGHEST_WITHOUT_WEB || WEB_ALL_THE_SAME.test(path)) return [];
  return imports
    .filter(({ target, specifier }) => target === null && WEB_PACKAGES.test(specifier))
    .map(
      ({ line, specifier }) =>
        `${path}:${line}: imports ${specifier}. Services and what is below know neither GraphQL nor HTTP: throw a HubError, return plain rows, and let the resolver or the server translate.`,
    );
}

function browser({ path, imports }: Parsed): string[] {
  if (!path.startsWith('src/explorer/')) return [];
  const foreign = ({ target, specifier, typeOnly }: Import) =>
    target === null
      ? specifier.startsWith('node:')
      : !target.startsWith('src/explorer/') && !(typeOnly && target === SENT_TO_BROWSER);
  return imports
    .filter(foreign)
    .map(
      ({ line, specifier }) =>
        `${path}:${line}: the browser's code imports ${specifier}. It takes nothing of the house but types of ${SENT_TO_BROWSER}, or the server's code and rules would be sent to every reader: put what it needs to know into the facts.`,
    );
}

function environment({ path, ast }: Parsed): string[] {
  if (path === 'src/config.ts') return [];
  return found(ast, (node) => ts.isPropertyAccessExpression(node) && node.getText(ast) === 'process.env').map(
    (line) =>
      `${path}:${line}: reads process.env. Only src/config.ts does, once: add the variable there with its check, and take it from Config.`,
  );
}

function roleNames({ path, text, ast }: Parsed, roles: readonly string[]): string[] {
  if (MAY_NAME_ROLES.test(path)) return [];
  const names = new Set(roles);
  const lines = text.split('\n');
  const lineIsAboutRoles = (node: ts.Node) => /\b[rR]oles?\b|Role\b|ROLE/.test(lines[lineOf(ast, node) - 1] ?? '');
  // What a case belongs to stands where the switch begins.
  const isAboutRoles = (node: ts.Node) =>
    lineIsAboutRoles(ts.isCaseClause(node.parent) ? node.parent.parent.parent : node);
  const mentions = (node: ts.Node) =>
    ts.isStringLiteralLike(node) && names.has(node.text) && (!AMBIGUOUS.has(node.text) || isAboutRoles(node));
  return found(ast, mentions).map(
    (line) =>
      `${path}:${line}: decides by a role's name. Who may do what is written in src/permissions alone: ask the verb's cell or a predicate there, or a fact of the actor (subjectId, department), so that Postgres, shield and the documents say the same.`,
  );
}

function size({ path, text }: Parsed): string[] {
  const lines = text.trimEnd().split('\n').length;
  if (lines <= LONGEST_FILE) return [];
  return [
    `${path}: ${lines} lines, more than ${LONGEST_FILE}. It holds two things: find the seam, and give each its own file and name.`,
  ];
}

function folders({ path }: Parsed): string[] {
  if (!path.split('/').includes('utils')) return [];
  return [
    `${path}: a folder named utils says nothing of what is in it. Name it after its matter, or put it in platform.`,
  ];
}

const floorOf = (path: string) => FLOORS.findIndex(([, paths]) => paths.test(path));
const nameOf = (floor: number) => FLOORS[floor]?.[0] ?? 'nowhere';

function parse(path: string, text: string): Parsed {
  const ast = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const imports: Import[] = [];
  walk(ast, (node) => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const name = specifier.text;
    const target = name.startsWith('.') ? normalize(join(dirname(path), name)).replace(/\.js$/, '.ts') : null;
    const typeOnly = ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    imports.push({ line: lineOf(ast, node), specifier: name, target, typeOnly });
  });
  return { path, text, ast, imports };
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function found(ast: ts.SourceFile, wanted: (node: ts.Node) => boolean): number[] {
  const lines = new Set<number>();
  walk(ast, (node) => {
    if (wanted(node)) lines.add(lineOf(ast, node));
  });
  return [...lines];
}

function lineOf(ast: ts.SourceFile, node: ts.Node): number {
  return ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1;
}
