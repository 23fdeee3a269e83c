import type { TemplateRecord } from '../record';
import { filesOf, git, items, type Place, tryGit, UpdateError } from './git';

/** The project as git has it. */
export interface Mine {
  /** The last commit. */
  readonly head: string;
  /** The tree of the project's folder in it. */
  readonly tree: string;
  readonly record: TemplateRecord;
}

/** The commit of the template that a project comes from, and how that is known. */
export interface Base {
  readonly commit: string;
  readonly by: 'option' | 'record' | 'history' | 'files';
  /** How many of the template's files are the same here, and how many it has; only for `files`. */
  readonly same?: number;
  readonly of?: number;
}

/** A project with fewer files in common than this part of the template's isn't a copy of it. */
const ENOUGH = 0.1;

/**
 * Finds the commit that a project comes from. What is recorded counts, and so does a common history, whichever is newer: a
 * clone may also have merged the template by itself. A copy without either, or whose record is of commits that
 * the template doesn't have, comes from the commit that has the most files in common with it.
 *
 * @param template the template's repository, which can also read the project's objects
 * @param mine the project
 * @param target the commit to update to
 * @param given the option `--base`
 * @throws UpdateError if the project has too little in common with the template
 */
export function findBase(template: Place, mine: Mine, target: string, given?: string): Base {
  const commits = commitsOf(template);
  if (given !== undefined) {
    const commit = [...commits.keys()].find(
      (each) => /^[0-9a-f]{7,}$/.test(given) && each.startsWith(given),
    );
    if (commit) return { commit, by: 'option' };
    throw new UpdateError(
      'no-base',
      `--base must be a commit of the template, with seven digits or more, not "${given}".`,
    );
  }
  const recorded = recordedIn(commits, mine.record);
  const { status, stdout } = tryGit(template, ['merge-base', mine.head, target]);
  const shared = status === 0 ? stdout.trim() : undefined;
  if (recorded && shared && isAncestor(template, recorded, shared))
    return { commit: shared, by: 'history' };
  if (recorded) return { commit: recorded, by: 'record' };
  if (shared) return { commit: shared, by: 'history' };
  return closest(template, commits, mine.tree, target);
}

/** The recorded commit, or the one with the recorded tree: a copy without history has the same tree in another commit. */
function recordedIn(
  commits: ReadonlyMap<string, string>,
  { commit, tree }: TemplateRecord,
): string | undefined {
  if (commit !== undefined && commits.has(commit)) return commit;
  // The oldest, if several have it.
  return [...commits].filter(([, each]) => each === tree).at(-1)?.[0];
}

function closest(
  template: Place,
  commits: ReadonlyMap<string, string>,
  tree: string,
  target: string,
): Base {
  const mine = filesOf(template, tree);
  const candidates = [...commits.keys()].map((commit) => {
    const theirs = filesOf(template, commit);
    const same = [...theirs].filter(([path, blob]) => mine.get(path) === blob).length;
    return { commit, same, of: theirs.size };
  });
  const most = Math.max(...candidates.map(({ same }) => same));
  const ties = candidates
    .filter(({ commit, same }) => same === most && isAncestor(template, commit, target))
    .map((each) => ({ ...each, lines: changedLines(template, each.commit, tree) }));
  const fewest = Math.min(...ties.map(({ lines }) => lines));
  // The oldest of several equals: a change that is merged twice is no conflict, and one that is left out would be lost.
  const best = ties.findLast(({ lines }) => lines === fewest);
  if (best && best.same >= ENOUGH * best.of) return { ...best, by: 'files' };
  throw new UpdateError(
    'no-base',
    'This project has hardly any file in common with the template, so the commit that it comes from is unknown. Check --from, or give the commit with --base.',
  );
}

/** How many lines differ in the files that both have. */
function changedLines(place: Place, commit: string, tree: string): number {
  const args = ['diff-tree', '-r', '--numstat', '--no-renames', '--diff-filter=M', commit, tree];
  const lines = git(place, args).split('\n');
  const numbers = lines.map((line) => /^(\d+)\t(\d+)/.exec(line) ?? []);
  return numbers.reduce(
    (sum, [, added = 0, removed = 0]) => sum + Number(added) + Number(removed),
    0,
  );
}

/**
 * Whether one commit is part of the history of another, or the same.
 *
 * @param place a repository that has both
 * @param older the first
 * @param newer the second
 */
export function isAncestor(place: Place, older: string, newer: string): boolean {
  return tryGit(place, ['merge-base', '--is-ancestor', older, newer]).status === 0;
}

/**
 * All commits of the template, newest first, with their trees.
 *
 * @param template the template's repository
 */
function commitsOf(template: Place): Map<string, string> {
  const log = items(git(template, ['log', '--all', '--topo-order', '-z', '--format=%H %T']));
  return new Map(
    log.map((line) => {
      const [commit = '', tree = ''] = line.split(' ');
      return [commit, tree] as const;
    }),
  );
}
