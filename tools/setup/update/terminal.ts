import { parseArgs } from 'node:util';
import type { Available, Update } from './plan';

/** What `npm run update` is asked to do. */
export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'abort' }
  | {
      readonly kind: 'update' | 'dry-run' | 'check';
      /** The template's git URL or path. */
      readonly from: string | undefined;
      /** A version, tag, branch or commit of the template. */
      readonly to: string | undefined;
      /** The template's commit that the project comes from. */
      readonly base: string | undefined;
    };

/** The output of `npm run update -- --help`. */
export const HELP = `npm run update -- [options]

Brings a newer release of the template into this project, merged with your changes. It needs git, and no
uncommitted changes. docs/update.md explains it.

  --from URL       the template's git URL or path; needed once, because it is recorded
  --to VERSION     the release, or a branch or commit; otherwise the newest release
  --check          only say whether there is a newer release, and which security fixes it has
  --dry-run        only show what would change
  --abort          undo an update that isn't committed yet
  --base COMMIT    the template's commit that this project comes from, if it can't be found
  --help           show this help

It runs the new release's \`npm run init\` in a temporary folder, so use only an address that you trust.`;

/**
 * Reads the command line.
 *
 * @param args after the script's own name
 */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        base: { type: 'string' },
        check: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        abort: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { from, to, base, check, 'dry-run': dryRun, abort, help } = values;
    if (help) return { kind: 'help' };
    if ([check, dryRun, abort].filter(Boolean).length > 1)
      return { kind: 'wrong', message: '--check, --dry-run and --abort exclude each other.' };
    if (abort) return { kind: 'abort' };
    const empty = Object.entries({ from, to, base }).find(([, value]) => value?.trim() === '');
    if (empty) return { kind: 'wrong', message: `--${empty[0]} has no value.` };
    return { kind: check ? 'check' : dryRun ? 'dry-run' : 'update', from, to, base };
  } catch (error) {
    const [problem] = error instanceof Error ? error.message.split('. ') : [];
    return { kind: 'wrong', message: `${problem ?? 'Invalid options'}.` };
  }
}

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
