import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { filesOf, git, items, type Place, UpdateError } from './git';
import type { Stages } from './merge';
import { forget, type Project, requireCommitted, save, type Underway, underwayIn } from './project';

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
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  const own = { ...root, env: { GIT_INDEX_FILE: join(folder, 'index') } };
  try {
    git(own, ['read-tree', head]);
    git(own, ['rm', '-r', '--cached', '--quiet', '--', prefix]);
    git(own, ['read-tree', `--prefix=${prefix}`, tree]);
    return git(own, ['write-tree']);
  } finally {
    rmSync(folder, { recursive: true });
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
export function writeUpdate(project: Project, update: Underway): void {
  const { root } = project;
  requireUnchanged(project);
  requireRoom(root, update.head, update.tree);
  const write = ['read-tree', '-m', '-u', update.head, update.tree];
  // Git looks whether it can, so that there is nothing to take back. Only a full disk or the like is left to fail.
  git(root, [...write, '--dry-run']);
  save(root, update);
  try {
    git(root, write);
    finish(root, update);
  } catch (error) {
    takeBack(root, update, error);
    throw error;
  }
}

/** Looks again: the person, an editor or another update may have changed something during the merge. */
function requireUnchanged(project: Project): void {
  requireCommitted(project);
  const isSame = git(project.root, ['rev-parse', 'HEAD']) === project.head;
  if (isSame && underwayIn(project) === undefined) return;
  throw new UpdateError(
    'underway',
    'Meanwhile this project got a commit or another update. Nothing was changed. Run `npm run update` again.',
  );
}

function takeBack(root: Place, update: Underway, reason: unknown): void {
  try {
    undo(root, update);
  } catch {
    throw new UpdateError(
      'underway',
      `${reason instanceof Error ? reason.message : reason}\nThe update is half written. Correct that, then run \`npm run update\` to complete it, or \`npm run update -- --abort\` to undo it.`,
    );
  }
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
  if (!update.written) removeAdded(root, update);
  restore(root, update.head, update.paths);
  forget(root);
}

/** Removes the new files of an interrupted update, of which git knows nothing yet. Nothing else was in their place. */
function removeAdded(root: Place, { head, paths }: Underway): void {
  const known = new Set([...filesOf(root, head).keys(), ...items(git(root, ['ls-files', '-z']))]);
  // Not through a link where the update would have made a folder.
  for (const path of paths.filter((each) => !known.has(each)))
    if (atPlaceOf(root.folder, path).includes(path)) rmSync(join(root.folder, path));
}

function finish(root: Place, update: Underway): void {
  git(
    root,
    ['update-index', '-z', '--index-info'],
    update.stages.map((line) => `${line}\0`).join(''),
  );
  save(root, { ...update, written: true });
}

/** Brings files to their state in a tree. Those that it lacks go first: one may be where another needs a folder. */
function restore(root: Place, tree: string, paths: readonly string[]): void {
  const from = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const run = (command: readonly string[], some: readonly string[]) =>
    some.length > 0 && git(root, [...command, ...from], some.join('\0'));
  const wanted = filesOf(root, tree);
  // A path that is neither in the tree nor in the index would be an error.
  const tracked = new Set(items(git(root, ['ls-files', '-z'])));
  const gone = paths.filter((path) => !wanted.has(path) && tracked.has(path));
  // `git restore` refuses such a file if it is in conflict.
  run(['rm', '--force', '--quiet', '--sparse'], gone);
  const restored = paths.filter((path) => wanted.has(path));
  run(['restore', `--source=${tree}`, '--staged', '--worktree'], restored);
}

/**
 * Refuses to overwrite files that git doesn't track. Git itself would overwrite those that it ignores.
 *
 * @param root the repository
 * @param head the commit before
 * @param tree the tree to write
 * @throws UpdateError with the list of files
 */
function requireRoom(root: Place, head: string, tree: string): void {
  const differing = (filter: string) => {
    const args = ['-r', '-z', '--name-only', '--no-renames', `--diff-filter=${filter}`];
    return items(git(root, ['diff-tree', ...args, head, tree]));
  };
  // On a disk that ignores case, a file that only changes its case is in its own way.
  const removed = new Set(differing('D').map((path) => path.toLowerCase()));
  const found = differing('A').flatMap((path) => atPlaceOf(root.folder, path));
  const inTheWay = new Set(found.filter((path) => !removed.has(path.toLowerCase())));
  if (inTheWay.size === 0) return;
  throw new UpdateError(
    'uncommitted',
    `These are in the way of the update's files, and git doesn't track them:\n  ${[...inTheWay].join('\n  ')}\nMove them away first. Nothing was changed.`,
  );
}

/**
 * What a new file would replace.
 *
 * @param root the repository's folder
 * @param path the file's path in it
 * @returns itself, or a file or link where it needs a folder, or the files of a folder in its place
 */
function atPlaceOf(root: string, path: string): string[] {
  const steps = path.split('/').map((_, at, names) => names.slice(0, at + 1).join('/'));
  for (const step of steps) {
    const found = lstatSync(join(root, step), { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (!found.isDirectory()) return [step];
  }
  const inside = readdirSync(join(root, path), { recursive: true, withFileTypes: true });
  return inside
    .filter((each) => !each.isDirectory())
    .map((each) => join(each.parentPath, each.name).slice(join(root, sep).length))
    .map((each) => each.replaceAll(sep, '/'));
}
