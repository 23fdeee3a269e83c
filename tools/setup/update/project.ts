import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWhole } from '../init/files';
import type { Form } from '../proxy/form';
import { type Choices, parseRecord, RECORD, type TemplateRecord } from '../record';
import { fromJson, git, items, type Place, textIn, tryGit, UpdateError } from './git';
import type { Fetched } from './plan';

const FORMS: readonly Form[] = ['middleware', 'proxy'];

/** The owner's project: a whole repository, or a folder in one. */
export interface Project {
  /** The repository. */
  readonly root: Place;
  /** The project's folder in it, such as `apps/web/`; empty if it is the whole repository. */
  readonly prefix: string;
  readonly head: string;
  /** The tree of the project's folder in the last commit. */
  readonly tree: string;
  readonly record: TemplateRecord;
}

/**
 * Opens the project in the working directory.
 *
 * @throws UpdateError without a git repository or a commit, or if git doesn't trust the repository
 */
export function openProject(): Project {
  const here = { folder: '.' };
  const where = tryGit(here, ['rev-parse', '--show-toplevel', '--show-prefix']);
  const [top = '', prefix = ''] = where.stdout.split('\n');
  const commit = tryGit(here, ['rev-parse', 'HEAD', 'HEAD:./']);
  const [head = '', tree = ''] = commit.stdout.split('\n');
  if (where.status === 0 && commit.status === 0) {
    // From the index: an interrupted update may have written half of the file.
    const text = textIn(here, '', `./${RECORD}`) ?? '{}';
    const record = fromJson(RECORD, () => parseRecord(text));
    return { root: { folder: top }, prefix, head, tree, record };
  }
  // The repository belongs to another account of this computer. Git says what to do.
  if (where.stderr.includes('safe.directory')) throw new UpdateError('git', where.stderr.trim());
  const begin = where.status === 0 ? '' : '  git init\n';
  throw new UpdateError(
    'no-repository',
    `An update needs git, so that it can be undone, and this project is in no commit yet. Run these, then try again:\n${begin}  git add -A\n  git commit -m "Begin"`,
  );
}

/**
 * Refuses to go on if something in the project's folder isn't committed.
 *
 * @param project the project
 * @throws UpdateError with the list of files
 */
export function requireCommitted({ root, prefix }: Project): void {
  const status = ['status', '--porcelain', '--untracked-files=normal'];
  const changes = git(root, [...status, '--', prefix || '.']);
  if (changes === '') return;
  throw new UpdateError(
    'uncommitted',
    `There are uncommitted changes, which would be mixed up with the update:\n${changes}\nCommit or stash them first. Nothing was changed.`,
  );
}

/**
 * The project's choices: the recorded ones, and what is plain to see if none are recorded, as in copies of versions
 * before 1.0.0.
 *
 * @param project the project
 * @param templateName the name that every copy of the template has at first
 */
export function choicesOf({ record }: Project, templateName: string): Choices {
  const file = 'package.json';
  const { name } = fromJson(file, () => JSON.parse(readFileSync(file, 'utf8')));
  const renamed = typeof name === 'string' && name !== templateName;
  const form = FORMS.find((each) => existsSync(`${each}.ts`));
  const hasDemo = ['app/flow', 'tools/setup/demo'].some((part) => existsSync(part));
  return {
    ...(renamed ? { name } : {}),
    ...(hasDemo ? {} : { demo: false }),
    ...(form === undefined ? {} : { middleware: form }),
    ...record.choices,
  };
}

/**
 * Where the template is: the option, the address of the last update, or the git remote `template`.
 *
 * @param project the project
 * @param given the option `--from`
 * @throws UpdateError if none is known
 */
export function sourceOf({ root, record }: Project, given: string | undefined): string {
  const remote = tryGit(root, ['remote', 'get-url', 'template']);
  const source = given ?? record.source ?? (remote.status === 0 ? remote.stdout.trim() : '');
  if (source !== '') return source;
  throw new UpdateError(
    'no-source',
    'The template’s address is unknown. Give its git URL or path once: npm run update -- --from URL',
  );
}

/**
 * The paths in the project that git could not merge, and that nobody has resolved yet.
 *
 * @param project the project
 */
export function unresolvedIn({ root, prefix }: Project): string[] {
  const lines = items(git(root, ['ls-files', '--unmerged', '-z', '--', prefix || '.']));
  return [...new Set(lines.map((line) => line.slice(line.indexOf('\t') + 1)))];
}

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

/**
 * Brings the objects of an update into the project's repository. They change nothing, and git removes what stays unused.
 *
 * @param project the project
 * @param fetched the template
 */
export function bringObjects({ root }: Project, { template }: Fetched): void {
  // Also for somebody who has forbidden repositories on the disk: this one is ours.
  const fetch = ['-c', 'protocol.file.allow=always', 'fetch', '--quiet', '--no-recurse-submodules'];
  git(root, [...fetch, '--no-tags', '--no-write-fetch-head', template.folder, 'carrier']);
}
