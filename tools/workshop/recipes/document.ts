import { blocksOf } from '../docs/blocks';

/**
 * Finds the complete files in a document: blocks of TypeScript whose first line is a comment with a path.
 *
 * @param file the document
 * @param text all of it
 * @returns the path and text of each
 */
export function filesIn(file: string, text: string): Map<string, string> {
  const found = blocksOf(file, text).map((block): [string, string] => {
    const [first = ''] = block.text.split('\n');
    const path = /^\/\/ ([\w./[\]-]+\.tsx?)$/.exec(first)?.[1] ?? '';
    return [path, block.text];
  });
  return new Map(found.filter(([path]) => path !== ''));
}

/**
 * Finds the block that a document quotes from a file of the repository.
 *
 * @param file the document
 * @param text all of it
 * @param source the file
 * @throws Error if the document contains no such block
 */
export function blockFrom(file: string, text: string, source: string): string {
  const block = blocksOf(file, text).find(({ note }) => note?.value === source);
  if (!block) throw new Error(`${file} contains no block from ${source}.`);
  return block.text;
}

/**
 * Finds the settings in a document.
 *
 * @param file the document
 * @param text all of it
 * @returns the text of each `env` block
 */
export function settingsIn(file: string, text: string): string[] {
  return blocksOf(file, text)
    .filter(({ language }) => language === 'env')
    .map((block) => block.text);
}
