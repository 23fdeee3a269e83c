import type { Wanted } from './wanted';

/** A piece of a file as it is shown. */
export interface Excerpt {
  readonly id: string;
  readonly file: string;
  /** The first and the last line, counted from 1. */
  readonly from: number;
  readonly to: number;
  readonly code: string;
}

/**
 * Cuts the wanted pieces out of their files.
 *
 * @param wanted from `wanted.ts`
 * @param read gives a file's text
 * @throws Error for a piece that is not there, or there twice
 */
export function cutAll(wanted: readonly Wanted[], read: (file: string) => string): Excerpt[] {
  return wanted.map(({ id, file, start }) => ({ id, file, ...cut(read(file), start, file) }));
}

function cut(text: string, start: string, file: string): Pick<Excerpt, 'from' | 'to' | 'code'> {
  const parts = text.split(start);
  const [before = ''] = parts;
  if (parts.length !== 2) {
    throw new Error(`“${start}” is ${parts.length - 1} times in ${file}, and must be there once.`);
  }
  const lines = text.split('\n');
  const first = before.split('\n').length - 1;
  const indent = indentOf(lines[first]);
  const last = lines.findIndex((line, at) => at > first && isClosing(line, indent));
  if (last < 0) throw new Error(`“${start}” has no end in ${file}.`);
  const from = commentAbove(lines, first, indent);
  const shown = lines.slice(from, last + 1).map((line) => line.slice(indent.length));
  return { from: from + 1, to: last + 1, code: shown.join('\n') };
}

/** A bracket at the place where the code began; one that opens another goes on, as in `): Promise<X> {`. */
function isClosing(line: string, indent: string): boolean {
  return (
    line.startsWith(indent) && /^[)\]}]/.test(line.slice(indent.length)) && !/[([{]$/.test(line)
  );
}

/** The first line of the comment that belongs to the code, or the code's own. */
function commentAbove(lines: readonly string[], first: number, indent: string): number {
  const above = lines.slice(0, first);
  const comment = /^\s*(\/\*\*|\*|\/\/)/;
  const last = above.findLastIndex((line) => !(line.startsWith(indent) && comment.test(line)));
  return last + 1;
}

function indentOf(line = ''): string {
  return /^ */.exec(line)?.[0] ?? '';
}
