import { lstatSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { git, items, type Place, UpdateError } from './git';

/**
 * Refuses to overwrite files that git doesn't track. Git itself would overwrite those that it ignores.
 *
 * @param root the repository
 * @param head the commit before
 * @param tree the tree to write
 * @throws UpdateError with the list of files
 */
export function requireRoom(root: Place, head: string, tree: string): void {
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
export function atPlaceOf(root: string, path: string): string[] {
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
