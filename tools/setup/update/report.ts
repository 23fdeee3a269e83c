import type { Available, Update } from './plan';

/**
 * One line that says what is new.
 *
 * @param available the release
 */
export function newsLine({ from, release, notes }: Available): string {
  const fixes = notes.flatMap(({ security }) => security).length;
  const what = fixes === 0 ? '' : `, with ${fixes} security ${fixes === 1 ? 'fix' : 'fixes'}`;
  return `Your copy is ${from}; ${release.name} is available${what}.`;
}

/**
 * What an update brings, and what is left to do: for the terminal, or the text of a pull request.
 *
 * @param update the update
 * @param written whether it has been written, or is only shown
 */
export function describe(update: Update, written: boolean): string {
  const { from, release, notes, conflicts, stayDeleted, disagreements, openLocks } = update;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines];
  const list = (found: readonly string[]) => found.map((item) => `  - ${item}`);
  const differing = [...disagreements].flatMap(([file, found]) =>
    found.map(
      ({ key, mine, theirs }) =>
        `  - ${file}, ${key}: yours is ${JSON.stringify(mine)}, the template's ${JSON.stringify(theirs)}`,
    ),
  );
  return [
    `${from} to ${release.name}: ${update.counts}`,
    ...section('Security fixes:', list(notes.flatMap(({ security }) => security))),
    ...section('To do by hand:', list(notes.flatMap(({ byHand }) => byHand))),
    ...section(
      'Both sides changed these files in the same place. Resolve them, then `git add` them:',
      [...conflicts.keys()].flatMap((path) => conflictLines(update, path)),
    ),
    ...section('Both sides changed these values. Yours were kept:', differing),
    ...section(
      'You deleted these, so they were left out:',
      stayDeleted.map((path) => `  ${path}`),
    ),
    ...section(
      'npm could not complete these lock files. Run `npm install`:',
      openLocks.map((path) => `  ${path}`),
    ),
    '',
    written ? nextStep(update) : 'Nothing was changed.',
  ].join('\n');
}

function conflictLines({ reasons, conflicts }: Update, path: string): string[] {
  const kind = kindOf([...(conflicts.get(path)?.keys() ?? [])].sort().join());
  return [`  ${path}${kind}`, ...(reasons.get(path) ?? []).map((reason) => `      ${reason}`)];
}

/** What kind of conflict a file has that has not been changed by both. */
function kindOf(stages: string): string {
  if (stages === '1,2') return ' (the template deleted it)';
  if (stages === '2') return ' (yours; the template moved it elsewhere, or needs the name)';
  if (stages === '3') return ' (the template’s; you moved it elsewhere, or have the name)';
  return stages === '1' ? ' (you and the template moved it to different places)' : '';
}

function nextStep({ from, release, conflicts }: Update): string {
  const message = `Update the template from ${from} to ${release.name}`;
  const first =
    conflicts.size > 0 ? 'resolve the conflicts, then run `npm test`' : 'run `npm test`';
  return `Next: ${first}, then commit:\n  git commit -m "${message}"\nTo undo the update before that: npm run update -- --abort`;
}
