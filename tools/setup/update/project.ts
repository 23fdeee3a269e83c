import { existsSync, readFileSync } from 'node:fs';
import type { Form } from '../proxy/form';
import { type Choices, parseRecord, RECORD, type TemplateRecord } from '../record';
import { fromJson, git, items, type Place, textIn, tryGit, UpdateError } from './git';

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
