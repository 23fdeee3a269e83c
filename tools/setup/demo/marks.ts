const MARK = /(?:\/\/|\/\*|<!--) (\/?)demo(?: \*\/| -->)?$/;

/**
 * Removes the parts of a text that are marked with a `demo` comment. A line that ends with one is
 * removed. A line with nothing but the comment starts a block, which ends at the comment `/demo`.
 *
 * @param text the text of a file
 * @param file its name, for the error
 * @returns the rest; the same text if nothing is marked
 * @throws Error if a block is not closed, or is closed without being opened
 */
export function withoutMarked(text: string, file: string): string {
  let inside = false;
  let emptyToo = false;
  const kept = text.split('\n').filter((line) => {
    const mark = MARK.exec(line);
    const block = mark !== null && line.trim() === mark[0];
    // The empty line before the block is kept, so the one after it is not needed.
    const skipped = emptyToo && line === '';
    emptyToo = false;
    if (!block) return !(inside || mark || skipped);
    const begins = mark[1] === '';
    if (begins === inside) throw new Error(`A demo block is opened or closed twice in ${file}`);
    inside = begins;
    emptyToo = !begins;
    return false;
  });
  if (inside) throw new Error(`A demo block is not closed in ${file}`);
  return kept.join('\n');
}
