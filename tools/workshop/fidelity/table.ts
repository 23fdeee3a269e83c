import type { Behavior } from './behavior';
import { CHAPTERS } from './behaviors';

export const TABLE = 'tools/workshop/fidelity/results.md';

const HEAD = `# The local pool compared with Cognito

Each row is something that a client can observe of a user pool, with Cognito's behavior and the local pool's.
\`npm run test:all\` checks each row against the local pool, and \`npm run --prefix tools/workshop verify:aws\` checks them against
a real user pool. \`npm run --prefix tools/workshop local-pool:table\` writes this file from
\`tools/workshop/fidelity/rows\`, and a test fails when it is out of date. \`docs/local-pool.md\` introduces it.

- **same**: the source says so, and the local pool does it.
- **unconfirmed**: no source says what Cognito does. The local pool does what the row says.
- **different**: the local pool deliberately does something else. The row says what, and why.

A row that applies to one kind of pool or app client names it in brackets. Sources: \`dg\` is the AWS developer guide,
\`api\` the Cognito API reference, \`obs\` a recording of a real user pool, \`facts\` our notes on both, from which this table was made.
`;

/** The whole of `results.md`, from the rows in the code. */
export function table(): string {
  const all = CHAPTERS.flatMap((chapter) => chapter.rows);
  const count = (kind: Behavior['standing']['kind']) => {
    return all.filter(({ standing }) => standing.kind === kind).length;
  };
  const summary = `${all.length} rows: ${count('same')} the same, ${count('different')} different, ${count('unconfirmed')} unconfirmed.`;
  const chapters = CHAPTERS.map((chapter) => {
    return [
      `## ${chapter.title}`,
      '',
      '| observed | Cognito | local pool | source |',
      '|---|---|---|---|',
      ...chapter.rows.map(line),
    ].join('\n');
  });
  return `${[`${HEAD}\n${summary}`, ...chapters].join('\n\n')}\n`;
}

function line(row: Behavior): string {
  const { traits, standing } = row;
  const only = traits.length === 0 ? '' : ` (${traits.join(', ')})`;
  const here =
    standing.kind === 'different'
      ? `**different**: ${cell(standing.local)}; ${standing.why}`
      : standing.kind;
  return `| ${row.ask.replaceAll('|', '\\|')}${only} | ${cell(row.cognito)} | ${here} | ${row.source} |`;
}

/** A response as code. A pipe would end the cell, even within code. */
function cell(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
