import { filesOf, git, items, type Place, tryGit, UpdateError } from './git';

/** Three trees of which git merges the last two. */
export interface Trees {
  /** The release that the project comes from, with the owner's choices made in it. */
  readonly base: string;
  /** The project. */
  readonly mine: string;
  /** The new release, with the same choices. */
  readonly theirs: string;
}

/** The stages of a path that git could not merge: 1 is the base's, 2 the project's, 3 the template's. */
export type Stages = ReadonlyMap<number, { readonly mode: string; readonly blob: string }>;

/** What the merge comes to. Nothing is changed yet. */
export interface Merged {
  readonly tree: string;
  /** Files with conflict markers, or of which there are two versions. */
  readonly conflicts: ReadonlyMap<string, Stages>;
  /** Files that the template changed or added, and that stay deleted because the owner deleted them or their folder. */
  readonly stayDeleted: readonly string[];
}

/** Follows files and whole folders that either side has moved, however many there are. */
const FOLLOW_MOVES = [
  '-c',
  'merge.directoryRenames=true',
  '-c',
  'merge.renames=true',
  '-c',
  'merge.renameLimit=20000',
];
/** The exit code of git for an option that it doesn't know. */
const UNKNOWN_OPTION = 129;

/**
 * Merges two trees as `git merge` would, without any files on disk. What the owner has deleted stays deleted, even if the
 * template has changed it: git alone would make that a conflict.
 *
 * @param place a repository that has the trees
 * @param trees the trees
 * @param label the new release's name, for conflict markers
 * @throws UpdateError if git is too old
 */
export function mergeTrees(place: Place, trees: Trees, label: string): Merged {
  const { output, conflicts } = runMerge(place, trees, label);
  const stayDeleted = [
    ...[...conflicts]
      .filter(([, stages]) => stages.has(3) && !stages.has(2) && stages.has(1))
      .map(([path]) => path),
    ...inDeletedFolders(place, trees, output),
  ];
  const left = new Map([...conflicts].filter(([path]) => !stayDeleted.includes(path)));
  const removed = stayDeleted.map((path) => [path, undefined] as const);
  return {
    tree: changeTree(place, output, new Map(removed)),
    conflicts: left,
    stayDeleted: stayDeleted.sort(),
  };
}

function runMerge(place: Place, { base, mine, theirs }: Trees, label: string) {
  const from = commit(place, base, []);
  // Their names appear in conflict markers.
  const theirName = `template-${label.replace(/[^\w.-]+/g, '-').replace(/-$/, '')}`;
  // Git would take a tag of the template with such a name instead.
  tryGit(place, ['tag', '--delete', 'yours', theirName]);
  git(place, ['branch', '--force', 'yours', commit(place, mine, [from])]);
  git(place, ['branch', '--force', theirName, commit(place, theirs, [from])]);
  const args = ['merge-tree', '--write-tree', '--no-messages', '-z', 'yours', theirName];
  const { status, stdout, stderr } = tryGit(place, [...FOLLOW_MOVES, ...args]);
  if (status === UNKNOWN_OPTION)
    throw new UpdateError('git', 'This git is too old. `npm run update` needs git 2.38 or newer.');
  if (status !== 0 && status !== 1)
    throw new UpdateError('git', `git could not merge: ${stderr.trim()}`);
  const [output = '', ...lines] = items(stdout);
  return { output, conflicts: stagesOf(lines) };
}

/** Reads lines such as `100644 1a2b… 2<tab>lib/access.ts`. */
function stagesOf(lines: readonly string[]): Map<string, Stages> {
  const found = new Map<string, Map<number, { mode: string; blob: string }>>();
  for (const line of lines) {
    const tab = line.indexOf('\t');
    const [mode = '', blob = '', stage] = line.slice(0, tab).split(' ');
    const path = line.slice(tab + 1);
    const stages = found.get(path) ?? new Map();
    found.set(path, stages.set(Number(stage), { mode, blob }));
  }
  return found;
}

/**
 * Files that the template added to a folder which the owner has deleted. Git knows no folders, and would bring
 * back a part of what was removed on purpose.
 */
function inDeletedFolders(place: Place, { base, mine, theirs }: Trees, output: string): string[] {
  const args = [
    'diff-tree',
    '-r',
    '-z',
    '-M',
    '--no-commit-id',
    '--diff-filter=A',
    '--name-only',
    base,
    theirs,
  ];
  const added = new Set(items(git(place, args)));
  const before = foldersOf(filesOf(place, base).keys());
  const now = foldersOf(filesOf(place, mine).keys());
  const files = [...filesOf(place, output).keys()];
  return files.filter((path) => {
    const folder = added.has(path)
      ? [...parentsOf(path)].find((parent) => before.has(parent))
      : undefined;
    return folder !== undefined && !now.has(folder);
  });
}

function foldersOf(paths: Iterable<string>): Set<string> {
  return new Set([...paths].flatMap((path) => [...parentsOf(path)]));
}

/** The folders of a path, the innermost first. */
function* parentsOf(path: string): Generator<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    yield path.slice(0, end);
}

/**
 * A commit with a tree, on no branch.
 *
 * @param place the repository
 * @param tree its tree
 * @param parents its parents
 */
export function commit(place: Place, tree: string, parents: readonly string[]): string {
  return git(place, [
    'commit-tree',
    tree,
    '-m',
    'update',
    ...parents.flatMap((parent) => ['-p', parent]),
  ]);
}

/**
 * A tree with other files.
 *
 * @param place the repository
 * @param tree the tree before
 * @param changes for each path its new text, or undefined to remove it
 */
export function changeTree(
  place: Place,
  tree: string,
  changes: ReadonlyMap<string, string | undefined>,
): string {
  const own = { ...place, env: { ...place.env, GIT_INDEX_FILE: 'changed-index' } };
  git(own, ['read-tree', tree]);
  const lines = [...changes].map(([path, text]) => {
    if (text === undefined) return `0 ${'0'.repeat(tree.length)}\t${path}\0`;
    return `100644 ${git(place, ['hash-object', '-w', '--stdin'], text)}\t${path}\0`;
  });
  git(own, ['update-index', '-z', '--index-info'], lines.join(''));
  return git(own, ['write-tree']);
}
