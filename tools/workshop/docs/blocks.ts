/** A fenced block of code in a document. */
export interface Block {
  /** The document and the line of the opening fence, for messages. */
  readonly at: string;
  readonly file: string;
  /** The first word after the fence; empty if there isn't one. */
  readonly language: string;
  readonly text: string;
  readonly note: Note | undefined;
}

/**
 * A comment in the line before a block, which the rendered page does not show.
 *
 *   <!-- from: a/file -->        the block is copied exactly from that file
 *   <!-- checked by: a/file -->  that file reads this document, by its path
 *   <!-- with: import … -->      the block is type-checked after these lines
 *   <!-- file: a/file -->        the block is that whole file, in a language without comments
 */
export interface Note {
  readonly kind: (typeof KINDS)[number];
  readonly value: string;
}

const KINDS = ['from', 'checked by', 'with', 'file'] as const;
const FENCE = /^( *)(`{3,}|~{3,})\s*(\S*)[^\n]*\n(.*?)^\1\2 *$/gms;
const NOTE = /<!-- (from|checked by|with|file): ((?:(?!-->).)*?)\s*-->\n *$/s;

/**
 * Finds the blocks of a document.
 *
 * @param file its path
 * @param text all of it
 */
export function blocksOf(file: string, text: string): Block[] {
  return [...text.matchAll(FENCE)].map((found) => {
    const [, indent = '', , language = '', code = ''] = found;
    const before = text.slice(0, found.index);
    return {
      at: `${file}:${before.split('\n').length}`,
      file,
      language,
      text: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      note: noteOf(before),
    };
  });
}

/**
 * A document without its blocks, and without brackets in inline code, so that only real links and headings are left.
 *
 * @param text of the document
 */
export function prose(text: string): string {
  return text
    .replaceAll(FENCE, '')
    .replaceAll(/`[^`\n]+`/g, (code) => code.replaceAll(/[[\]()<>"]/g, ''));
}

function noteOf(before: string): Note | undefined {
  const [, kind, value = ''] = NOTE.exec(before) ?? [];
  const known = KINDS.find((each) => each === kind);
  return known && { kind: known, value };
}
