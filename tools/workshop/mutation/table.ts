import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Verdict } from './judge';
import type { Mutant, Theme } from './mutant';

export const TABLE = 'tools/workshop/mutation/results.md';
export const NOT_RUN = 'not run yet';

const HEAD = `# Every defense, removed once

A test that cannot fail proves nothing. Each row is one edit that removes, inverts or weakens one defense,
with the first test that failed because of it. \`npm run --prefix tools/workshop mutate -- --write\` runs all of them in a copy
of the repository and rewrites this file; \`-- --write --only <words>\` runs those whose id contains one of the words
and keeps the other rows. The edits are in \`tools/workshop/mutation/mutants\`. They are written by hand: a tool that
generates mutants (Stryker) knows syntax but not defenses, and does not see the tests that use a built site.
Where no test can catch an edit, the row gives the reason.
`;

/**
 * Reads the result of each mutant from the table.
 *
 * @returns the last cell of each row, by the id in the first
 */
export function readTable(): Map<string, string> {
  const text = existsSync(TABLE) ? readFileSync(TABLE, 'utf8') : '';
  return new Map(rowsOf(text).map(({ id, outcome }) => [id, outcome]));
}

/** The rows of a table, in order; everything in `whole` except the outcome comes from the list of mutants. */
export function rowsOf(text: string): { id: string; whole: string; outcome: string }[] {
  return [...text.matchAll(/^\| `([\w-]+)` \|.* \| (.*) \|$/gm)].map(
    ([whole, id = '', outcome = '']) => ({ id, whole, outcome }),
  );
}

/** Writes a row for each mutant; rows of removed mutants are dropped. */
export function writeTable(themes: readonly Theme[], outcomes: ReadonlyMap<string, string>): void {
  const parts = themes.map(({ title, mutants }) => {
    const rows = mutants.map((mutant) => row(mutant, outcomes.get(mutant.id) ?? NOT_RUN));
    return [`## ${title}`, '', '| id | defense removed | file | caught by |', '|---|---|---|---|']
      .concat(rows)
      .join('\n');
  });
  writeFileSync(TABLE, `${HEAD}\n${parts.join('\n\n')}\n`);
}

/** One row, its outcome last. */
export function row({ id, defense, file }: Mutant, outcome: string): string {
  return `| \`${id}\` | ${defense} | \`${file}\` | ${outcome} |`;
}

/** The last cell of a mutant that has run. */
export function outcomeOf(mutant: Mutant, verdict: Verdict): string {
  if (verdict.state === 'broken') return `**${cell(verdict.why)}**`;
  if (verdict.state === 'caught') return `\`${verdict.by.file}\`: ${cell(verdict.by.test)}`;
  return mutant.explained ? `nothing: ${mutant.explained}` : '**survived**';
}

/** External text, shortened and escaped so that it stays in its cell and is not read as markup. */
function cell(text: string): string {
  const short = text.length > 160 ? `${text.slice(0, 160)}…` : text;
  return short.replace(/[\\`*_|<[\]]/g, '\\$&').replace(/\s+/g, ' ');
}
