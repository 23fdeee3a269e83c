import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Says why git could not undo the removal of files.
 *
 * @param force whether uncommitted changes don't matter
 * @returns a message, or undefined if everything in the project's folder is committed
 */
export function whyNotUndoable(force = false): string | undefined {
  if (!isRepository()) {
    return 'This is not a git repository, so the removal could not be undone. Run `git init` and commit first.';
  }
  const uncommitted = force ? '' : git('status', '--porcelain', '--', '.');
  if (uncommitted === '') return undefined;
  return `There are uncommitted changes, which would be mixed up with the removal:\n${uncommitted}\nCommit them first.`;
}

/** Whether the project is in a git repository. */
export function isRepository(): boolean {
  return spawnSync('git', ['rev-parse']).status === 0;
}

/** The project's files: those that git tracks, and new ones that it doesn't ignore; none without git. */
export function projectFiles(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1e8 });
  return stdout.split('\0').filter((file) => file !== '' && existsSync(file));
}

/**
 * The files of a commit, by their paths in the project's folder.
 *
 * @param commit its hash
 * @returns undefined if this repository doesn't have that commit
 */
export function filesOf(commit: string): ReadonlySet<string> | undefined {
  const args = ['ls-tree', '-r', '-z', '--name-only', commit];
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1e8 });
  return status === 0 ? new Set(stdout.split('\0')) : undefined;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1e8 });
}
