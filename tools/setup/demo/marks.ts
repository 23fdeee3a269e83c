const MARK = /(?:\/\/|\/\*|<!--) (\/?)demo(?: \*\/| -->)?$/;

/**
 * Takes out of a text what is marked as the demo's, by a comment of its language that says `demo`: a
 * line goes if it ends with one; if there is nothing else in it, all goes down to the one that says
 * `/demo`.
 *
 * @param text of a file
 * @param file its name, for the error
 * @returns the rest; the same text if nothing is marked
 * @throws Error for a block that does not end, or that ends without a beginning
 */
export function withoutMarked(text: string, file: string): string {
  let inside = false;
  let emptyToo = false;
  const kept = text.split('\n').filter((line) => {
    const mark = MARK.exec(line);
    const block = mark !== null && line.trim() === mark[0];
    // What stood before a block and after it has its empty line already.
    const skipped = emptyToo && line === '';
    emptyToo = false;
    if (!block) return !(inside || mark || skipped);
    const begins = mark[1] === '';
    if (begins === inside) throw new Error(`A block of the demo is not closed, or twice: ${file}`);
    inside = begins;
    emptyToo = !begins;
    return false;
  });
  if (inside) throw new Error(`A block of the demo is not closed: ${file}`);
  return kept.join('\n');
}
