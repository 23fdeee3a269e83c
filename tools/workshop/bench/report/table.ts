/**
 * A table in Markdown. The first column is text, the others are numbers, aligned right.
 *
 * @param head the names of the columns
 * @param rows each with one value per column
 * @throws Error if a row has more or fewer values, or a value that would break the table
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const sides = head.map((_, column) => (column === 0 ? '---' : '--:'));
  const lines = [head, sides, ...rows];
  return lines.map((cells) => line(cells, head.length)).join('\n');
}

function line(cells: readonly string[], columns: number): string {
  if (cells.length !== columns)
    throw new Error(`A row has ${cells.length} values, in ${columns} columns.`);
  const broken = cells.find((cell) => /[|\n]/.test(cell));
  if (broken !== undefined)
    throw new Error(`A table cell must not contain | or a line break: ${broken}`);
  return `| ${cells.join(' | ')} |`;
}

/**
 * Replaces the text between two marks in a document.
 *
 * @param document with each mark once, in lines of their own: `<!-- bench -->` and `<!-- /bench -->`
 * @param text in Markdown
 * @param name of the marks
 * @throws Error if the document does not have each mark once
 */
export function between(document: string, text: string, name = 'bench'): string {
  const start = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const [before, rest, more] = document.split(`${start}\n`);
  const after = rest?.split(end);
  if (before === undefined || more !== undefined || after?.length !== 2) {
    throw new Error(`The document must have one ${start} and one ${end}.`);
  }
  return `${before}${start}\n${text}\n${end}${after[1]}`;
}
