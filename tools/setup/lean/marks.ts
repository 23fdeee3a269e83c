/** What a comment can mark: the demo, or what only serves the making of the template. */
export type Mark = 'demo' | 'template-only';

const MARK = /(?:\/\/|\/\*|<!--|(?<!#)#) (\/?)(demo|template-only)(?: \*\/| -->)?$/;

/**
 * Removes the parts of a text that are marked with a comment: `// demo`, or `// template-only`. A line that ends with one
 * is removed. A line with nothing but the comment starts a block, which ends at the comment `/demo`.
 *
 * @param text the text of a file
 * @param file its name, for the error
 * @param mark which parts to remove
 * @returns the rest; the same text if nothing is marked
 * @throws Error if a block is not closed, or is closed without being opened
 */
export function withoutMarked(text: string, file: string, mark: Mark): string {
  let inside = false;
  let emptyToo = false;
  const kept = text.split('\n').filter((line) => {
    const found = MARK.exec(line);
    const marked = found?.[2] === mark ? found : undefined;
    const block = marked !== undefined && line.trim() === marked[0];
    // The empty line before the block is kept, so the one after it is not needed.
    const skipped = emptyToo && line === '';
    emptyToo = false;
    if (!block) return !(inside || marked || skipped);
    const begins = marked[1] === '';
    if (begins === inside) throw new Error(`A ${mark} block is opened or closed twice in ${file}`);
    inside = begins;
    emptyToo = !begins;
    return false;
  });
  if (inside) throw new Error(`A ${mark} block is not closed in ${file}`);
  return kept.join('\n');
}
