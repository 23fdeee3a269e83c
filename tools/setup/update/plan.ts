import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TEMPLATE_NAME } from '../init/rename';
import { RECORD, textOf } from '../record';
import { type Base, findBase, isAncestor } from './base';
import { git, items, type Place, textIn } from './git';
import { changeTree, commit, type Merged, mergeTrees, type Trees } from './merge';
import { type Disagreement, mergePackages } from './packages';
import { choicesOf, type Project } from './project';
import {
  fetchTemplate,
  type Notes,
  notesBetween,
  type Release,
  releaseOf,
  versionAt,
  withoutPassword,
} from './releases';
import { completeLock, render } from './render';

/** The template, fetched into a temporary folder. */
export interface Fetched {
  readonly template: Place;
  readonly source: string;
  /** A folder for what is made on the way. */
  readonly folder: string;
}

/** A newer release, and what it says. */
export interface Available {
  readonly base: Base;
  /** The version that the project has now. */
  readonly from: string;
  readonly release: Release;
  readonly notes: readonly Notes[];
}

/** Everything that an update brings, before anything is written. */
export interface Update extends Available {
  /** The new tree of the project's folder. */
  readonly tree: string;
  /** How many files it changes, in words. */
  readonly counts: string;
  readonly conflicts: Merged['conflicts'];
  readonly stayDeleted: readonly string[];
  /** In each `package.json`, what both sides have changed differently. */
  readonly disagreements: ReadonlyMap<string, readonly Disagreement[]>;
  /** Lock files that npm could not complete. */
  readonly openLocks: readonly string[];
  /** For each file in conflict, what the template did to it. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
  /** A commit that has all objects of the update, to fetch from the template's repository. */
  readonly carrier: string;
}

const CHANGELOG = 'CHANGELOG.md';
const MOST_REASONS = 4;

/**
 * Fetches the template, does something with it, and removes it again.
 *
 * @param project the project, whose objects the fetched repository can read
 * @param source the template's git URL or path
 * @param use what to do
 */
export function withTemplate<T>(project: Project, source: string, use: (fetched: Fetched) => T): T {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'template-'));
  try {
    const template = fetchTemplate(source, join(folder, 'template.git'));
    const objects = git(project.root, ['rev-parse', '--git-path', 'objects']);
    mkdirSync(join(template.folder, 'objects/info'), { recursive: true });
    writeFileSync(
      join(template.folder, 'objects/info/alternates'),
      `${resolve(project.root.folder, objects)}\n`,
    );
    mkdirSync(join(template.folder, 'info'), { recursive: true });
    writeFileSync(join(template.folder, 'info/exclude'), 'node_modules\n');
    return use({ template, source, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Looks for a newer release.
 *
 * @param project the project
 * @param fetched the template
 * @param wanted the options `--to` and `--base`
 * @returns undefined if the project has it already
 * @throws UpdateError
 */
export function findAvailable(
  project: Project,
  { template }: Fetched,
  wanted: { readonly to: string | undefined; readonly base: string | undefined },
): Available | { readonly base: Base; readonly from: string; readonly release: undefined } {
  const release = releaseOf(template, wanted.to);
  const base = findBase(template, project, release.commit, wanted.base);
  const from = versionAt(template, base.commit);
  if (isAncestor(template, release.commit, base.commit)) return { base, from, release: undefined };
  const changelog = (at: string) => textIn(template, at, CHANGELOG) ?? '';
  const notes = notesBetween(changelog(release.commit), changelog(base.commit), from);
  return { base, from, release, notes };
}

/**
 * Merges a release with the project. Nothing is written to the project.
 *
 * @param project the project
 * @param fetched the template
 * @param available the release
 * @throws UpdateError
 */
export function planMerge(
  project: Project,
  { template, source, folder }: Fetched,
  available: Available,
): Update {
  const { base, release } = available;
  const choices = choicesOf(project, TEMPLATE_NAME);
  const trees: Trees = {
    base: render(template, base.commit, choices, join(folder, 'base')),
    mine: changeTree(template, project.tree, new Map([[RECORD, undefined]])),
    theirs: render(template, release.commit, choices, join(folder, 'theirs')),
  };
  const merged = mergeTrees(template, trees, release.name);
  const packages = mergePackages(template, trees);
  const record = textOf({
    version: release.version,
    commit: release.commit,
    tree: git(template, ['rev-parse', `${release.commit}^{tree}`]),
    source: withoutPassword(source),
    choices,
  });
  let result = changeTree(template, merged.tree, new Map([...packages.changed, [RECORD, record]]));
  const openLocks: string[] = [];
  for (const lock of packages.locks) {
    const text = completeLock(template, result, lock, mkdtempSync(join(folder, 'lock-')));
    if (text === undefined) openLocks.push(lock);
    else result = changeTree(template, result, new Map([[lock, text]]));
  }
  const conflicts = new Map([...merged.conflicts].filter(([path]) => !packages.changed.has(path)));
  const parents = [trees.base, trees.theirs].map((each) => commit(template, each, []));
  const carrier = commit(template, result, parents);
  git(template, ['branch', '--force', 'carrier', carrier]);
  const { stayDeleted } = merged;
  const { disagreements } = packages;
  const reasons = reasonsFor(template, available, [...conflicts.keys()]);
  const counts = countChanges(template, project.tree, result);
  return {
    ...available,
    tree: result,
    counts,
    conflicts,
    stayDeleted,
    disagreements,
    openLocks,
    reasons,
    carrier,
  };
}

function countChanges(place: Place, before: string, after: string): string {
  const args = ['diff-tree', '-r', '-M', '-z', '--name-status', before, after];
  const kinds = items(git(place, args)).filter((item) => /^([AMDT]|R\d+)$/.test(item));
  const count = (letters: string) =>
    kinds.filter((kind) => letters.includes(kind.charAt(0))).length;
  return `${count('MT')} files changed, ${count('A')} added, ${count('R')} moved, ${count('D')} deleted`;
}

/** What the changelog says about a file, and the subjects of the commits that changed it. */
function reasonsFor(
  template: Place,
  { base, release, notes }: Available,
  paths: readonly string[],
) {
  const written = notes.flatMap(({ all }) => all);
  return new Map(
    paths.map((path) => {
      const range = `${base.commit}..${release.commit}`;
      const log = git(template, ['log', '--no-merges', '--format=%s', range, '--', path]);
      const said = [
        ...written.filter((item) => item.includes(path)),
        ...log.split('\n').filter(Boolean),
      ];
      return [path, said.slice(0, MOST_REASONS)] as const;
    }),
  );
}
