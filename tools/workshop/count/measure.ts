import { readFileSync } from 'node:fs';
// A dependency of vitest.
import { parseSync } from 'vite';

/** A function and its size. */
export interface FunctionSize {
  readonly file: string;
  /** `(arrow)` if it has no name. */
  readonly name: string;
  /** The line on which it starts. */
  readonly line: number;
  /** Lines of code from its first to its last. Comments don't count. */
  readonly lines: number;
  /** Its own decisions, without those of nested functions: if, ?:, case, loops, catch, &&, ||, ??. */
  readonly branches: number;
}

/** The measurements of a TypeScript file. */
export interface FileSize {
  readonly file: string;
  /** Lines of code: neither empty nor only a comment. */
  readonly code: number;
  readonly functions: readonly FunctionSize[];
  /** The modules that it imports or re-exports from, each once. */
  readonly imports: readonly string[];
  /** The names that it exports, including types. */
  readonly exports: readonly string[];
}

/**
 * Measures a file.
 *
 * @param file its path, for the result; its extension determines the language
 * @param text of the file; read from the disk by default
 */
export function measure(file: string, text = readFileSync(file, 'utf8')): FileSize {
  const { program, comments, module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const { staticImports, staticExports } = module;
  const entries = staticExports.flatMap((each) => each.entries);
  const modules = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  ];
  return {
    file,
    code: codeLines(withoutComments(text, comments)),
    functions: functionsIn(file, withoutComments(text, comments), program),
    imports: [...new Set(modules)],
    exports: entries.flatMap(({ exportName }) => exportName.name ?? exportName.kind),
  };
}

/** The same text, with a space in place of each character of a comment. */
function withoutComments(
  text: string,
  comments: readonly { start: number; end: number }[],
): string {
  const blank = (part: string) => part.replaceAll(/[^\n]/g, ' ');
  let rest = '';
  let at = 0;
  for (const { start, end } of comments) {
    rest += text.slice(at, start) + blank(text.slice(start, end));
    at = end;
  }
  return rest + text.slice(at);
}

function codeLines(code: string): number {
  return code.split('\n').filter((line) => line.trim() !== '').length;
}

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const DECISIONS = [
  ...['IfStatement', 'ConditionalExpression', 'LogicalExpression', 'CatchClause'],
  ...['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement'],
];

interface Open {
  branches: number;
}

function functionsIn(file: string, code: string, program: unknown): FunctionSize[] {
  const found: FunctionSize[] = [];
  const lineAt = (offset: number) => code.slice(0, offset).split('\n').length;

  /** @param name of the variable, property or method whose value the node is */
  function visit(node: unknown, inside: Open | undefined, name?: string): void {
    if (Array.isArray(node)) {
      for (const each of node) visit(each, inside);
      return;
    }
    if (!isNode(node)) return;
    const isFunction = FUNCTIONS.includes(node.type) && node.body !== null;
    const own = isFunction ? { branches: 0 } : inside;
    if (own && decides(node)) own.branches += 1;
    for (const [key, value] of Object.entries(node)) visit(value, own, nameOf(node, key));
    if (!isFunction || !own) return;
    const line = lineAt(node.start);
    const lines = codeLines(code.slice(node.start, node.end));
    found.push({ file, name: nameIn(node.id) ?? name ?? '(arrow)', line, lines, ...own });
  }

  visit(program, undefined);
  return found;
}

interface Node extends Record<string, unknown> {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function decides(node: Node): boolean {
  return DECISIONS.includes(node.type) || (node.type === 'SwitchCase' && node.test !== null);
}

function nameOf(parent: Node, key: string): string | undefined {
  if (key === 'init') return nameIn(parent.id);
  return key === 'value' ? nameIn(parent.key) : undefined;
}

function nameIn(value: unknown): string | undefined {
  return isNode(value) && typeof value.name === 'string' ? value.name : undefined;
}
