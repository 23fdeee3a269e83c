import { blocksOf } from '../docs/blocks';

/**
 * The files that a document gives in full: blocks of TypeScript whose first line is a comment with a path.
 *
 * @param file the document
 * @param text all of it
 * @returns each file's path and text
 */
export function filesIn(file: string, text: string): Map<string, string> {
  const found = blocksOf(file, text).map((block): [string, string] => {
    const [first = ''] = block.text.split('\n');
    const path = /^\/\/ ([\w./-]+\.tsx?)$/.exec(first)?.[1] ?? '';
    return [path, block.text];
  });
  return new Map(found.filter(([path]) => path !== ''));
}

/**
 * The block that a document takes word for word from a file of the repository.
 *
 * @param file the document
 * @param text all of it
 * @param source the file
 * @throws Error if it has none
 */
export function blockFrom(file: string, text: string, source: string): string {
  const block = blocksOf(file, text).find(({ note }) => note?.value === source);
  if (!block) throw new Error(`${file} has nothing from ${source}.`);
  return block.text;
}

/**
 * The settings that a document shows.
 *
 * @param file the document
 * @param text all of it
 * @returns the texts of its blocks of `env`
 */
export function settingsIn(file: string, text: string): string[] {
  return blocksOf(file, text)
    .filter(({ language }) => language === 'env')
    .map((block) => block.text);
}
