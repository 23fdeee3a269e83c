import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { filesOf, ownEnvironment, type Place, textIn, UpdateError } from './git';
import { asJson, type Disagreement, fromJson, mergeJson } from './json';
import type { Trees } from './merge';

/** The `package.json` and lock files that both sides have changed. */
export interface Packages {
  /** For each path, its new text. */
  readonly changed: ReadonlyMap<string, string>;
  /** What both sides have changed differently, by file. The project's own values were kept. */
  readonly disagreements: ReadonlyMap<string, readonly Disagreement[]>;
  /** The lock files that `npm install` must complete. */
  readonly locks: readonly string[];
}

/** The mode of a file in git, without what it says about who may run it. */
const FILE = '100';
/** The exit code of a program that Ctrl-C has stopped. */
const STOPPED = 130;

/** An installed package in a lock file, such as `packages["node_modules/next"]`. */
const isEntry = (path: readonly string[]) =>
  path[0] === 'packages' && path.length === 2 && path[1] !== '';

/**
 * Merges the files of npm by their meaning. All others that git merged line by line stay as they are.
 *
 * @param place a repository that has the trees
 * @param trees the three trees
 */
export function mergePackages(place: Place, trees: Trees): Packages {
  const [base, mine, theirs] = [trees.base, trees.mine, trees.theirs].map((tree) =>
    filesOf(place, tree),
  );
  const changed = new Map<string, string>();
  const disagreements = new Map<string, readonly Disagreement[]>();
  for (const [path, blob] of mine ?? []) {
    const name = basename(path);
    if (name !== 'package.json' && name !== 'package-lock.json') continue;
    const [from, their] = [base?.get(path), theirs?.get(path)];
    if (their === undefined || blob === from || their === from || blob === their) continue;
    // The text of a symbolic link is a path.
    if (![blob, their].every((each) => each.startsWith(FILE))) continue;
    const text = textIn(place, trees.mine, path) ?? '';
    const rules = name === 'package.json' ? {} : ({ isWhole: isEntry, prefer: 'theirs' } as const);
    const [old, own, next] = [trees.base, trees.mine, trees.theirs].map((tree) =>
      parsed(path, textIn(place, tree, path)),
    );
    const merged = mergeJson(old, own, next, rules);
    changed.set(path, asJson(merged.value, text));
    if (merged.disagreements.length > 0) disagreements.set(path, merged.disagreements);
  }
  const locks = [...changed.keys()].filter((path) => basename(path) === 'package-lock.json');
  return { changed, disagreements, locks };
}

function parsed(path: string, text: string | undefined): unknown {
  return text === undefined ? undefined : fromJson(path, () => JSON.parse(text));
}

/**
 * Lets npm complete a lock file that was merged entry by entry.
 *
 * @param place a repository that has the tree
 * @param tree the merged tree
 * @param lock the path of the lock file
 * @param folder an empty folder to work in
 * @returns the new text, or undefined if npm failed, for example without a network
 * @throws UpdateError if the user pressed Ctrl-C
 */
export function completeLock(
  place: Place,
  tree: string,
  lock: string,
  folder: string,
): string | undefined {
  for (const path of filesOf(place, tree).keys()) {
    if (!/(^|\/)(package\.json|package-lock\.json|\.npmrc)$/.test(path)) continue;
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), textIn(place, tree, path) ?? '');
  }
  const args = [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ];
  const options = {
    cwd: join(folder, dirname(lock)),
    env: ownEnvironment(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  } as const;
  const { status, signal } = spawnSync('npm', args, options);
  if (signal === 'SIGINT' || status === STOPPED) throw new UpdateError('stopped', 'Stopped.');
  return status === 0 ? readFileSync(join(folder, lock), 'utf8') : undefined;
}
