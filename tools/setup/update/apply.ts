import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../init/files';
import { git, items, type Place, UpdateError } from './git';
import type { Stages } from './merge';
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
 * @returns undefined if there is none, or if it has been committed
 */
export function underwayIn(project: Project): Underway | undefined {
  const file = stateFile(project.root);
  if (!existsSync(file)) return undefined;
  const found: Underway = JSON.parse(readFileSync(file, 'utf8'));
  const changes = items(git(project.root, ['diff-index', '--name-only', '-z', project.head]));
  const isThere = found.head === project.head && changes.some((path) => found.paths.includes(path));
  if (isThere || !found.written) return found;
  rmSync(file);
  return undefined;
}

/**
 * Plans what to write: the whole repository's tree, from that of the project's folder.
 *
 * @param project the project, whose repository has all the objects
 * @param release the new release's name
 * @param tree the folder's new tree
 * @param conflicts the files in conflict, by their path in the folder
 */
export function planUpdate(
  { root, prefix, head }: Project,
  release: string,
  tree: string,
  conflicts: ReadonlyMap<string, Stages>,
): Underway {
  const whole = prefix === '' ? tree : placedAt(root, head, prefix, tree);
  const diff = git(root, ['diff-tree', '-r', '-z', '--name-only', '--no-renames', head, whole]);
  const stages = [...conflicts].flatMap(([path, found]) => [
    `0 ${'0'.repeat(tree.length)}\t${prefix}${path}`,
    ...[...found].map(([stage, { mode, blob }]) => `${mode} ${blob} ${stage}\t${prefix}${path}`),
  ]);
  // A file that only the template deleted is in conflict, but not in the diff.
  const paths = [
    ...new Set([...items(diff), ...[...conflicts.keys()].map((path) => prefix + path)]),
  ];
  return { release, head, tree: whole, paths, stages, written: false };
}

/** The last commit's tree with another one in a folder. */
function placedAt(root: Place, head: string, prefix: string, tree: string): string {
  const index = resolve(
    root.folder,
    git(root, ['rev-parse', '--git-path', 'template-update-index']),
  );
  const own = { ...root, env: { GIT_INDEX_FILE: index } };
  try {
    git(own, ['read-tree', head]);
    git(own, ['rm', '-r', '--cached', '--quiet', '--', prefix]);
    git(own, ['read-tree', `--prefix=${prefix}`, tree]);
    return git(own, ['write-tree']);
  } finally {
    rmSync(index, { force: true });
  }
}

/**
 * Writes an update into the working tree and the index. If that fails, everything is as before; if it is interrupted,
 * `resume` completes it.
 *
 * @param project the project, without uncommitted changes
 * @param update the plan
 * @throws UpdateError, for example if an untracked file is in the way
 */
export function writeUpdate({ root }: Project, update: Underway): void {
  requireRoom(root, update);
  save(root, update);
  try {
    git(root, ['read-tree', '-m', '-u', update.head, update.tree]);
    finish(root, update);
  } catch (error) {
    undo(root, update);
    throw error;
  }
}

/** Refuses to overwrite files that git doesn't track. Git itself would overwrite those that it ignores. */
function requireRoom(root: Place, { head, tree }: Underway): void {
  const differing = (filter: string) =>
    items(
      git(root, [
        'diff-tree',
        '-r',
        '-z',
        '--name-only',
        '--no-renames',
        `--diff-filter=${filter}`,
        head,
        tree,
      ]),
    );
  // On a disk that ignores case, a file that only changes its case is in its own way.
  const removed = new Set(differing('D').map((path) => path.toLowerCase()));
  const inTheWay = differing('A').filter(
    (path) => existsSync(join(root.folder, path)) && !removed.has(path.toLowerCase()),
  );
  if (inTheWay.length === 0) return;
  throw new UpdateError(
    'uncommitted',
    `The update has these files, which exist here and which git doesn't track:\n  ${inTheWay.join('\n  ')}\nMove them away first. Nothing was changed.`,
  );
}

/**
 * Completes an update that was interrupted while it was written. The project had no uncommitted changes then.
 *
 * @param project the project
 * @param update the update
 */
export function resume({ root }: Project, update: Underway): void {
  restore(root, update.tree, update.paths);
  finish(root, update);
}

/**
 * Takes an update back that isn't committed. Files that it didn't touch are left alone.
 *
 * @param root the repository
 * @param update the update
 */
export function undo(root: Place, update: Underway): void {
  restore(root, update.head, update.paths);
  rmSync(stateFile(root));
}

function finish(root: Place, update: Underway): void {
  git(
    root,
    ['update-index', '-z', '--index-info'],
    update.stages.map((line) => `${line}\0`).join(''),
  );
  save(root, { ...update, written: true });
}

function restore(root: Place, tree: string, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const from = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  // A path that is neither in the tree nor in the index would be an error.
  const known = new Set(
    items(git(root, ['ls-files', '-z'])).concat(
      items(git(root, ['ls-tree', '-r', '-z', '--name-only', tree])),
    ),
  );
  const input = paths.filter((path) => known.has(path)).join('\0');
  git(root, ['restore', `--source=${tree}`, '--staged', '--worktree', ...from], input);
}

function save(root: Place, update: Underway): void {
  writeWhole(stateFile(root), JSON.stringify(update));
}

function stateFile(root: Place): string {
  return resolve(root.folder, git(root, ['rev-parse', '--git-path', STATE]));
}
