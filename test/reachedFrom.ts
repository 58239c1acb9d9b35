import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../src/platform/root.ts';

interface Declared {
  readonly file: string;
  readonly names: ReadonlySet<string>;
  readonly text: string;
}

const source = join(packageRoot, 'src');
const isRelevant = (path: string) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !/^(web|demo)\//.test(path);

/**
 * Reads the product's own source: which functions a route of the API (`GET /api/…`) may come to, as `src/people/audit.ts#audit`, and
 * what they say. A name counts as called wherever it stands, so what is not reached is not called; what goes through an object that is
 * handed in (a callback, a class) is not followed.
 */
export function reachedFromRoutes(): { reached(route: string): ReadonlySet<string>; textOf(name: string): string } {
  const declared = new Map<string, Declared>();
  const imports = new Map<string, Map<string, string>>();
  const handlers: { route: string; file: string; names: ReadonlySet<string> }[] = [];
  for (const path of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!isRelevant(path)) continue;
    const file = join(source, path);
    const text = readFileSync(file, 'utf8');
    const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
    const name = relative(packageRoot, file);
    imports.set(name, importsOf(parsed, file));
    for (const statement of parsed.statements)
      for (const [own, node] of declarationsOf(statement))
        declared.set(`${name}#${own}`, { file: name, names: namesIn(node), text: node.getText(parsed) });
    if (text.includes('.openapi(')) for (const found of handlersIn(parsed)) handlers.push({ ...found, file: name });
  }
  const resolved = (file: string, word: string): string[] => {
    const key = imports.get(file)?.get(word) ?? `${file}#${word}`;
    return declared.has(key) ? [key] : [];
  };
  return {
    textOf: (name) => declared.get(name)?.text ?? '',
    reached(route) {
      const handler =
        handlers.find((each) => each.route === route) ?? handlers.find((each) => templateOf(each.route).test(route));
      if (!handler) throw new Error(`no handler of ${route} was found in the source`);
      const reached = new Set<string>();
      const waiting = [...handler.names].flatMap((word) => resolved(handler.file, word));
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (reached.has(next)) continue;
        reached.add(next);
        const found = declared.get(next);
        if (found) waiting.push(...[...found.names].flatMap((word) => resolved(found.file, word)));
      }
      return reached;
    },
  };
}

/** Some paths are put together: `/api/payouts.${format}`. */
function templateOf(route: string): RegExp {
  const parts = route.split(/\$\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

function importsOf(parsed: ts.SourceFile, file: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const statement of parsed.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const named = statement.importClause?.namedBindings;
    if (!statement.moduleSpecifier.text.startsWith('.') || !named || !ts.isNamedImports(named)) continue;
    const from = relative(packageRoot, resolve(dirname(file), statement.moduleSpecifier.text));
    for (const each of named.elements) found.set(each.name.text, `${from}#${(each.propertyName ?? each.name).text}`);
  }
  return found;
}

function declarationsOf(statement: ts.Statement): [string, ts.Node][] {
  if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name)
    return [[statement.name.text, statement]];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap((each): [string, ts.Node][] =>
    ts.isIdentifier(each.name) ? [[each.name.text, each]] : [],
  );
}

/** Types and the names of properties call nothing. */
function namesIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (each: ts.Node): void => {
    if (ts.isTypeNode(each)) return;
    if (ts.isIdentifier(each)) names.add(each.text);
    if (ts.isPropertyAccessExpression(each)) visit(each.expression);
    else ts.forEachChild(each, visit);
  };
  visit(node);
  return names;
}

type Locals = ReadonlyMap<string, ReadonlySet<string>>;

/** `app.openapi(createRoute({ method, path }), handler)`; names that are local to what is around it stand for what they name. */
function handlersIn(parsed: ts.SourceFile): { route: string; names: Set<string> }[] {
  const found: { route: string; names: Set<string> }[] = [];
  const visit = (node: ts.Node, locals: Locals, loop: string) => {
    const own = localsOf(node);
    const inner = own.size === 0 ? locals : new Map([...locals, ...own]);
    const around = ts.isForOfStatement(node) ? node.expression.getText(parsed) : loop;
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [described, ...handling] = node.arguments;
      const text = node.expression.name.text === 'openapi' ? (described?.getText(parsed) ?? '') : '';
      const names = new Set(handling.flatMap((each) => [...namesIn(each)]));
      // Grows while it is gone through: locals name other locals.
      for (const name of names) for (const other of inner.get(name) ?? []) names.add(other);
      for (const route of routesOf(text, around, parsed.text)) found.push({ route, names });
    }
    ts.forEachChild(node, (child) => visit(child, inner, around));
  };
  visit(parsed, new Map(), '');
  return found;
}

/** The routes that a description tells of: written out, named by a constant of the file, or listed in the loop around it. */
function routesOf(described: string, loop: string, file: string): string[] {
  const [, method] = /method: '(\w+)'/.exec(described) ?? [];
  const [, path] = /path: [`']([^'`]+)[`']/.exec(described) ?? [];
  const [, named] = /path: (\w+)/.exec(described) ?? [];
  const [, constant] = named ? (new RegExp(`const ${named} = '([^']+)'`).exec(file) ?? []) : [];
  const written = path ?? constant;
  if (method && written) return [`${method.toUpperCase()} ${written}`];
  if (!/\bmethod, path\b/.test(described)) return [];
  return [...loop.matchAll(/\['(\w+)', '([^']+)'/g)].map(([, one = '', of]) => `${one.toUpperCase()} ${of}`);
}

function localsOf(node: ts.Node): Map<string, Set<string>> {
  const locals = new Map<string, Set<string>>();
  if (ts.isForOfStatement(node))
    for (const name of namesIn(node.initializer)) locals.set(name, namesIn(node.expression));
  if (!ts.isBlock(node)) return locals;
  for (const statement of node.statements)
    for (const [name, each] of declarationsOf(statement)) locals.set(name, namesIn(each));
  return locals;
}
