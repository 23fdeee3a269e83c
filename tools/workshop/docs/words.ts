/** A row of the table under "Words" in CONTRIBUTING.md. */
export interface WordRule {
  /** Phrases to avoid. */
  readonly phrases: readonly string[];
  /** What to write instead. */
  readonly say: string;
}

/** A line break in prose, with the marker that starts the next line of a comment or quotation. */
const BREAK = '[ \\t]*\\r?\\n[ \\t]*(?:(?:\\*|//|#|>)[ \\t]*)?';
/** As it is typed, escaped in a string, or in markup. */
const APOSTROPHE = "(?:\\\\?['’]|&apos;)";
const HEADER = /^\| *don['’]t say *\| *say *\|$/i;

/**
 * Reads the table of words.
 *
 * @param text of CONTRIBUTING.md
 * @returns an empty list if there is no table
 * @throws Error for a row without a phrase in backticks, or without a replacement
 */
export function rulesIn(text: string): WordRule[] {
  return rowsOf(text).map((row) => {
    const [, left = '', right = ''] = row.split('|').map((cell) => cell.trim());
    const phrases = [...left.matchAll(/`([^`]+)`/g)].map(([, phrase = '']) => phrase);
    const say = right.replaceAll('`', '');
    if (phrases.length === 0 || say === '') throw new Error(`Incomplete row of words: ${row}`);
    return { phrases, say };
  });
}

/** The text without the rows of the table of words, with the same number of lines. */
export function withoutRules(text: string): string {
  return rowsOf(text).reduce((rest, row) => rest.replace(row, () => ''), text);
}

/**
 * Finds phrases that the rules advise against: in any case, as whole words, also across a line break.
 *
 * @param file its path, for the messages
 * @param text all of it
 * @returns one message for each, in order: file and line, the phrase, what to write instead
 */
export function wordsToAvoid(file: string, text: string, rules: readonly WordRule[]): string[] {
  const found = rules.flatMap(({ phrases, say }) =>
    [...text.matchAll(patternOf(phrases))].map(({ 0: phrase, index }) => ({ phrase, index, say })),
  );
  return found
    .sort((a, b) => a.index - b.index)
    .map(({ phrase, index, say }) => {
      const line = text.slice(0, index).split('\n').length;
      const inOneLine = phrase.replaceAll(new RegExp(BREAK, 'g'), ' ');
      return `${file}:${line}: "${inOneLine}". Say: ${say}`;
    });
}

/** The longest phrase is tried first, so that a place is reported once. */
function patternOf(phrases: readonly string[]): RegExp {
  const sources = [...phrases]
    .sort((a, b) => b.length - a.length)
    .map((phrase) =>
      phrase
        .split(/\s+/)
        .map((word) => escaped(word).replaceAll(/['’]/g, APOSTROPHE))
        .join(`(?:[ \\t]+|${BREAK})`),
    );
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${sources.join('|')})(?![\\p{L}\\p{N}_])`, 'giu');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function rowsOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const header = lines.findIndex((line) => HEADER.test(line));
  if (header === -1) return [];
  const rows = lines.slice(header + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return end === -1 ? rows : rows.slice(0, end);
}
