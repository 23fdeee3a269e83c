// How `docs/make-it-yours.md` says what to do. Its section "Before you start" explains this to readers.
import { type Block, blocksOf } from '../docs/blocks';

/** What a block asks the reader to do. */
export type Step =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  /** The text goes to the end of the file. */
  | { readonly kind: 'add'; readonly path: string; readonly text: string }
  /** Each text before must be in the file exactly once. */
  | { readonly kind: 'edit'; readonly path: string; readonly hunks: readonly Hunk[] };

export interface Hunk {
  readonly before: string;
  readonly after: string;
}

/** A part of the document, from one heading to the next. */
export interface Recipe {
  readonly title: string;
  readonly text: string;
  readonly steps: readonly Step[];
  /** All blocks, also those that ask for nothing, such as commands. */
  readonly blocks: readonly Block[];
}

const HEADING = /^## (.+)\n/m;

/**
 * Reads the recipes of a document.
 *
 * @param file the document
 * @param text all of it
 * @throws Error for a block of code that names no file
 */
export function recipesIn(file: string, text: string): Recipe[] {
  const [, ...parts] = text.split(new RegExp(HEADING, 'gm'));
  const recipes: Recipe[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const own = parts[at + 1] ?? '';
    const blocks = blocksOf(file, own);
    const steps = blocks.map(stepOf).filter((step) => step !== undefined);
    recipes.push({ title: parts[at] ?? '', text: own, steps, blocks });
  }
  return recipes;
}

/** What a block asks for; undefined for commands, settings, and code that is copied from a file. */
export function stepOf(block: Block): Step | undefined {
  const { language, note, text } = block;
  if (note?.kind === 'file') return { kind: 'file', path: note.value, text };
  if (note || !['ts', 'tsx', 'diff'].includes(language)) return undefined;
  const [, add, path] = /^\/\/ (add to )?([\w./[\]-]+\.\w+)\n/.exec(text) ?? [];
  if (path === undefined) throw new Error(`${block.at}: the first line names no file.`);
  const rest = text.slice(text.indexOf('\n') + 1);
  if (language === 'diff') return { kind: 'edit', path, hunks: hunksOf(rest) };
  return add ? { kind: 'add', path, text: rest } : { kind: 'file', path, text };
}

function hunksOf(text: string): Hunk[] {
  return text
    .trimEnd()
    .split(/^@@\n/m)
    .map((hunk) => {
      const lines = hunk.trimEnd().split('\n');
      const without = (sign: string) =>
        lines
          .filter((line) => !line.startsWith(sign))
          .map((line) => `${line.slice(1)}\n`)
          .join('');
      return { before: without('+'), after: without('-') };
    });
}
