import type { Wanted } from './wanted';

/** An excerpt of a file, as shown on the page. */
export interface Excerpt {
  readonly id: string;
  readonly file: string;
  /** The first line, counted from 1. `to` is the last one. */
  readonly from: number;
  readonly to: number;
  readonly code: string;
}

/**
 * Extracts the listed pieces of code from their files.
 *
 * @param wanted from `wanted.ts`
 * @param read returns the text of a file
 * @throws Error if a piece isn't in its file exactly once
 */
export function cutAll(wanted: readonly Wanted[], read: (file: string) => string): Excerpt[] {
  return wanted.map(({ id, file, start }) => ({ id, file, ...cut(read(file), start, file) }));
}

function cut(text: string, start: string, file: string): Pick<Excerpt, 'from' | 'to' | 'code'> {
  const parts = text.split(start);
  const [before = ''] = parts;
  if (parts.length !== 2) {
    throw new Error(
      `Found “${start}” ${parts.length - 1} times in ${file}. It must be there exactly once.`,
    );
  }
  const lines = text.split('\n');
  const first = before.split('\n').length - 1;
  const indent = indentOf(lines[first]);
  const last = lines.findIndex((line, at) => at > first && isClosing(line, indent));
  if (last < 0) throw new Error(`Found no end of “${start}” in ${file}.`);
  const from = commentAbove(lines, first, indent);
  const shown = lines.slice(from, last + 1).map((line) => line.slice(indent.length));
  return { from: from + 1, to: last + 1, code: shown.join('\n') };
}

/** A closing bracket at the indent of the first line, unless the line opens another, as `): Promise<X> {` does. */
function isClosing(line: string, indent: string): boolean {
  return (
    line.startsWith(indent) && /^[)\]}]/.test(line.slice(indent.length)) && !/[([{]$/.test(line)
  );
}

/** The first line of the comment above the code; without a comment, the first line of the code. */
function commentAbove(lines: readonly string[], first: number, indent: string): number {
  const above = lines.slice(0, first);
  const comment = /^\s*(\/\*\*|\*|\/\/)/;
  const last = above.findLastIndex((line) => !(line.startsWith(indent) && comment.test(line)));
  return last + 1;
}

function indentOf(line = ''): string {
  return /^ */.exec(line)?.[0] ?? '';
}
