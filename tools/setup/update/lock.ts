import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesOf, ownEnvironment, type Place, textIn, UpdateError } from './git';

/** The exit code of a program that Ctrl-C has stopped. */
const STOPPED = 130;

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
