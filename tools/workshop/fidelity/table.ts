import type { Behaviour } from './behaviour';
import { CHAPTERS } from './behaviours';

const BEGIN =
  '<!-- The rows: written by `npm run --prefix tools/workshop local-pool:table`, held to the code by a test. -->';
const END = '<!-- The end of the rows. -->';

/**
 * The document with its rows as the code has them now.
 *
 * @param document docs/local-pool.md as it is
 * @throws Error when the two marks are not there
 */
export function withRows(document: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin === -1 || end < begin) throw new Error('docs/local-pool.md has lost its marks.');
  return `${document.slice(0, begin + BEGIN.length)}\n\n${rows()}\n${document.slice(end)}`;
}

function rows(): string {
  const all = CHAPTERS.flatMap((chapter) => chapter.rows);
  const count = (kind: Behaviour['standing']['kind']) => {
    return all.filter(({ standing }) => standing.kind === kind).length;
  };
  const summary = `${all.length} rows: ${count('same')} the same, ${count('different')} different, ${count('unconfirmed')} unconfirmed.`;
  const chapters = CHAPTERS.map((chapter) => {
    return [
      `### ${chapter.title}`,
      '',
      '| asked | Cognito | local pool | source |',
      '|---|---|---|---|',
      ...chapter.rows.map(line),
      '',
    ].join('\n');
  });
  return [summary, '', ...chapters].join('\n');
}

function line(row: Behaviour): string {
  const { traits, standing } = row;
  const only = traits.length === 0 ? '' : ` (${traits.join(', ')})`;
  const here =
    standing.kind === 'different'
      ? `**different**: ${cell(standing.local)}; ${standing.why}`
      : standing.kind;
  return `| ${row.ask.replaceAll('|', '\\|')}${only} | ${cell(row.cognito)} | ${here} | ${row.source} |`;
}

/** An answer as code. A pipe would end the cell, even within code. */
function cell(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
