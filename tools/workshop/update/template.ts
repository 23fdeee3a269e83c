import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The template as a repository that copies are made from and updated from. */
export interface Template {
  /** A folder for copies, deleted when this process exits. */
  readonly folder: string;
  /** The bare repository. */
  readonly path: string;
  /** The commit of the files as they are here, with changes that aren't committed. */
  readonly present: string;
}

/** The version that the made-up next release has. */
export const NEXT_VERSION = '99.0.0';
/** What the next release does to these files of the sign-in. */
export const NEXT_RELEASE = {
  changed: [
    'lib/cognito/guard.ts',
    'lib/cognito/admit.ts',
    'lib/access.ts',
    'lib/site.ts',
    'README.md',
  ],
  added: 'lib/cognito/added.ts',
  moved: ['lib/cognito/bearer.ts', 'lib/cognito/bearer-token.ts'],
  deleted: '.editorconfig',
  script: 'from-the-template',
} as const;
/** The line that the next release puts into a file. */
export const NEXT_LINE = 'Changed by the next release.';

const LOCK = 'package-lock.json';

/** Makes the repository, with the present files on `main` and a made-up next release after them. */
export function makeTemplate(): Template {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'updates-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'template.git');
  const present = commitPresent(folder);
  git('.', 'clone', '--quiet', '--bare', '.', path);
  git('.', 'push', '--quiet', '--force', path, `${present}:refs/heads/main`);
  git(path, 'symbolic-ref', 'HEAD', 'refs/heads/main');
  const work = join(folder, 'next');
  git(folder, 'clone', '--quiet', path, work);
  asNextRelease(work);
  commitAll(work, 'Release 99');
  git(work, 'tag', `v${NEXT_VERSION}`);
  git(work, 'push', '--quiet', '--tags', 'origin', 'HEAD:next');
  return { folder, path, present };
}

/** The present files as a commit. The index and the working tree stay as they are. */
function commitPresent(folder: string): string {
  const own = { GIT_INDEX_FILE: join(folder, 'index') };
  run('.', ['read-tree', 'HEAD'], own);
  run('.', ['add', '--all'], own);
  const tree = run('.', ['write-tree'], own);
  if (tree === git('.', 'rev-parse', 'HEAD^{tree}')) return git('.', 'rev-parse', 'HEAD');
  return git('.', 'commit-tree', tree, '-p', 'HEAD', '-m', 'Present');
}

function asNextRelease(work: string): void {
  const edit = (file: string, change: (text: string) => string) => {
    const target = join(work, file);
    writeFileSync(target, change(readFileSync(target, 'utf8')));
  };
  // At the end, where owners add nothing but to the README and styles.
  for (const file of NEXT_RELEASE.changed) {
    const comment = file.endsWith('.md') ? `\n${NEXT_LINE}\n` : `// ${NEXT_LINE}\n`;
    edit(file, (text) =>
      file === 'lib/access.ts' || file === 'lib/site.ts' ? comment + text : text + comment,
    );
  }
  const files = [
    NEXT_RELEASE.added,
    'tools/workshop/added.ts',
    'app/flow/added.ts',
    'lib/local-pool/tests/added.test.ts',
  ];
  for (const file of files) {
    mkdirSync(dirname(join(work, file)), { recursive: true });
    writeFileSync(join(work, file), '/** New. */\nexport const added = true;\n');
  }
  const [from, to] = NEXT_RELEASE.moved;
  git(work, 'mv', from, to);
  for (const file of git(work, 'grep', '-lE', "/bearer'", '--', '*.ts', '*.tsx').split('\n')) {
    edit(file, (text) => text.replaceAll("/bearer'", "/bearer-token'"));
  }
  rmSync(join(work, NEXT_RELEASE.deleted));
  edit('.template.json', (text) => text.replace(/(?<="version": ")[^"]+/, NEXT_VERSION));
  edit('package.json', (text) =>
    text
      .replace(/(?<="version": ")[^"]+/, NEXT_VERSION)
      .replace('"scripts": {', `"scripts": {\n    "${NEXT_RELEASE.script}": "node --version",`),
  );
  edit(LOCK, (text) => text.replace(/(?<="version": ")[^"]+/, NEXT_VERSION));
  const news = `## Unreleased\n\n## ${NEXT_VERSION} - 2099-01-01\n\n### By hand\n\n- Nothing.\n`;
  edit('CHANGELOG.md', (text) => text.replace('## Unreleased\n', news));
}

/**
 * Runs git, as an author that nobody has to configure.
 *
 * @param folder where
 * @param args its arguments
 * @returns what it printed, without the last line break
 */
export function git(folder: string, ...args: string[]): string {
  return run(folder, args, {});
}

/**
 * Commits all files of a folder.
 *
 * @param folder a repository
 * @param message the commit's
 */
export function commitAll(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
}

function run(folder: string, args: readonly string[], env: Record<string, string>): string {
  const author = [
    '-c',
    'user.name=Carol',
    '-c',
    'user.email=carol@example.com',
    '-c',
    'core.hooksPath=/dev/null',
  ];
  const options = {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  } as const;
  return execFileSync('git', [...author, ...args], options).replace(/\n$/, '');
}

/** Whether this repository has a commit: a shallow clone has no old ones. */
export function hasCommit(commit: string): boolean {
  try {
    git('.', 'cat-file', '-e', `${commit}^{commit}`);
    return existsSync('.git');
  } catch {
    return false;
  }
}
