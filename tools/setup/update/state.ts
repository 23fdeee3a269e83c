import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWhole } from '../init/files';
import { git, items, type Place } from './git';
import type { Project } from './project';

/** An update that is being written, or is written and not committed yet. */
export interface Underway {
  /** The new release's name. */
  readonly release: string;
  /** The commit before. */
  readonly head: string;
  /** The whole repository's tree with the update. */
  readonly tree: string;
  /** The paths that the update touches, from the repository's root. */
  readonly paths: readonly string[];
  /** `git update-index --index-info`'s lines for the files in conflict. */
  readonly stages: readonly string[];
  readonly written: boolean;
}

/** In the `.git` folder: it survives an interruption, and is never committed. */
const STATE = 'template-update.json';

/**
 * The update that is underway.
 *
 * @param project the project
 * @returns undefined if there is none, or if it has been committed or taken back with git
 */
export function underwayIn({ root, head }: Project): Underway | undefined {
  const file = stateFile(root);
  if (!existsSync(file)) return undefined;
  const found: Underway = JSON.parse(readFileSync(file, 'utf8'));
  if (found.head === head && (!found.written || isStaged(root, found))) return found;
  rmSync(file);
  return undefined;
}

/** Whether the index has something of the update. A file that the owner has changed since, after `git reset`, isn't that. */
function isStaged(root: Place, { head, tree, paths }: Underway): boolean {
  const otherThan = (what: string) =>
    new Set(items(git(root, ['diff-index', '--cached', '--name-only', '-z', what])));
  const [changed, differing] = [otherThan(head), otherThan(tree)];
  return paths.some((path) => changed.has(path) && !differing.has(path));
}

/**
 * Notes an update, in place of what was noted before.
 *
 * @param root the repository
 * @param update the update
 */
export function save(root: Place, update: Underway): void {
  writeWhole(stateFile(root), JSON.stringify(update));
}

/**
 * Forgets the update that is underway.
 *
 * @param root the repository
 */
export function forget(root: Place): void {
  rmSync(stateFile(root), { force: true });
}

function stateFile(root: Place): string {
  return resolve(root.folder, git(root, ['rev-parse', '--git-path', STATE]));
}
