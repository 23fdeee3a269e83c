import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { commitAll, git, type Template } from './template';

/** How somebody got the template. */
export const ORIGINS = [
  'a clone',
  'a template copy',
  'an archive',
  'a folder of a repository',
] as const;
export type Origin = (typeof ORIGINS)[number];

/** What they then chose. */
export const CHOICES = ['as it is', 'init', 'without the demo', 'lean', 'the proxy form'] as const;
export type Choice = (typeof CHOICES)[number];

/** A copy of the template. */
export interface Copy {
  readonly folder: string;
  /** Its repository: the same folder, or one above. */
  readonly root: string;
}

const OPTIONS: Readonly<Record<Choice, readonly string[]>> = {
  'as it is': [],
  init: ['--yes', '--name', 'my-shop'],
  'without the demo': ['--yes', '--name', 'my-shop', '--remove-demo'],
  lean: ['--yes', '--name', 'my-shop', '--lean'],
  'the proxy form': [],
};

/**
 * Makes a copy of a commit.
 *
 * @param template the repository
 * @param commit the commit
 * @param origin how
 * @param name the new folder's name
 */
export function makeCopy(
  { folder, path }: Template,
  commit: string,
  origin: Origin,
  name: string,
): Copy {
  const root = join(folder, name);
  if (origin === 'a clone') {
    git(folder, 'clone', '--quiet', path, root);
    git(root, 'checkout', '--quiet', '-B', 'main', commit);
    return withPackages({ folder: root, root });
  }
  const home = origin === 'a folder of a repository' ? join(root, 'apps/web') : root;
  mkdirSync(home, { recursive: true });
  if (origin === 'an archive') {
    // As GitHub makes it: `git archive` fills in the commit.
    const tar = execFileSync('git', ['archive', commit], { cwd: path, maxBuffer: 2 ** 28 });
    execFileSync('tar', ['-x'], { cwd: home, input: tar });
  } else {
    git(path, `--work-tree=${home}`, 'checkout', '--quiet', '--force', commit, '--', '.');
  }
  if (home !== root) writeFileSync(join(root, 'README.md'), 'Several projects.\n');
  git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root, 'Begin');
  return withPackages({ folder: home, root });
}

function withPackages(copy: Copy): Copy {
  symlinkSync(resolve('node_modules'), join(copy.folder, 'node_modules'));
  appendFileSync(join(copy.root, '.git/info/exclude'), 'node_modules\n');
  return copy;
}

/**
 * Makes a choice with the copy's own commands, and commits it.
 *
 * @param copy the copy
 * @param choice the choice
 */
export function choose(copy: Copy, choice: Choice): void {
  if (OPTIONS[choice].length > 0) runScript(copy, 'init', OPTIONS[choice]);
  if (choice === 'the proxy form') runScript(copy, 'migrate:proxy', []);
  commitAll(copy.root, choice);
}

/**
 * Runs a script of the copy's `package.json`, without its hook, which would install packages.
 *
 * @param copy the copy
 * @param script its name
 * @param args its options
 * @returns what it printed
 */
export function runScript({ folder }: Copy, script: string, args: readonly string[]): string {
  const command: string = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).scripts[
    script
  ];
  return runNode(folder, [...command.split(' ').slice(1), ...args]);
}

/**
 * Runs Node.
 *
 * @param folder where
 * @param args its arguments
 * @returns what it printed
 * @throws Error with that if it fails
 */
export function runNode(folder: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
  });
  // An update with conflicts exits with 1.
  if (status === 0 || stdout.includes('same place')) return stdout;
  throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`);
}

/** What owners change. */
export const CHANGES = ['nothing', 'own pages and tests', 'their files', 'lib/cognito'] as const;
export type Change = (typeof CHANGES)[number];

/** Files that an owner adds; the update must not touch them. */
const OWN = {
  'app/orders/page.tsx': 'export default function Orders() {\n  return <h1>Orders</h1>;\n}\n',
  'tests/site/shop.test.ts': "import { test } from 'vitest';\n\ntest('mine', () => {});\n",
  'lib/cognito-extra.ts': 'export const mine = 1;\n',
  'public/logo.bin': 'a\0b\xff',
} as const;

/** Lines that an owner adds to the files that are theirs: the file, the text before, and the line. */
const EDITS = [
  ['lib/access.ts', 'publicPages: [', "    '/pricing',"],
  ['lib/site.ts', 'export const PAGES = [', "  { path: '/orders', title: 'Orders' },"],
  ['app/globals.css', '', '.mine {\n  margin: 0;\n}'],
  ['package.json', '"scripts": {', '    "mine": "node mine.js",'],
  ['package.json', '"dependencies": {', '    "a-package-of-mine": "file:packages/mine",'],
  [
    'package-lock.json',
    '      "dependencies": {',
    '        "a-package-of-mine": "file:packages/mine",',
  ],
] as const;

/** What the owner changes inside the sign-in: in one file elsewhere, in the other where the next release does, too. */
export const INSIDE = {
  elsewhere: 'lib/cognito/guard.ts',
  samePlace: 'lib/cognito/admit.ts',
} as const;

/**
 * Makes an owner's changes, and commits them.
 *
 * @param copy the copy
 * @param change which
 */
export function edit(copy: Copy, change: Change): void {
  const path = (file: string) => join(copy.folder, file);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), text, 'latin1');
  };
  if (change === 'own pages and tests')
    for (const [file, text] of Object.entries(OWN)) write(file, text);
  if (change === 'their files') {
    write(
      'packages/mine/package.json',
      '{\n  "name": "a-package-of-mine",\n  "version": "1.0.0"\n}\n',
    );
    for (const [file, before, line] of EDITS)
      write(file, withLine(readFileSync(path(file), 'latin1'), before, line));
    addToLock(path('package-lock.json'));
  }
  if (change === 'lib/cognito') {
    write(
      INSIDE.elsewhere,
      `// Mine, at the top.\n${readFileSync(path(INSIDE.elsewhere), 'latin1')}`,
    );
    write(
      INSIDE.samePlace,
      `${readFileSync(path(INSIDE.samePlace), 'latin1')}// Mine, at the end.\n`,
    );
  }
  commitAll(copy.root, change);
}

function withLine(text: string, before: string, line: string): string {
  if (before === '') return `${text}${line}\n`;
  const at = text.indexOf('\n', text.indexOf(before));
  return `${text.slice(0, at)}\n${line}${text.slice(at)}`;
}

/** As `npm install ./packages/mine` does. */
function addToLock(file: string): void {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  lock.packages['node_modules/a-package-of-mine'] = { resolved: 'packages/mine', link: true };
  lock.packages['packages/mine'] = { name: 'a-package-of-mine', version: '1.0.0' };
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

/**
 * What is left of an owner's changes.
 *
 * @param copy the copy, after an update
 * @param change which
 * @returns the files that lack something
 */
export function lost(copy: Copy, change: Change): string[] {
  const read = (file: string) =>
    existsSync(join(copy.folder, file)) ? readFileSync(join(copy.folder, file), 'latin1') : '';
  if (change === 'own pages and tests') {
    return Object.entries(OWN).flatMap(([file, text]) => (read(file) === text ? [] : [file]));
  }
  if (change === 'their files') {
    return EDITS.flatMap(([file, , line]) =>
      read(file).includes(line) ? [] : [`${file}: ${line}`],
    );
  }
  if (change === 'lib/cognito') {
    return Object.values(INSIDE).filter((file) => !read(file).includes('// Mine, at the '));
  }
  return [];
}

/**
 * Deletes a copy.
 *
 * @param copy the copy
 */
export function remove({ root }: Copy): void {
  rmSync(root, { recursive: true, force: true });
}

/**
 * Copies a copy.
 *
 * @param copy the copy
 * @param name the new folder's name, beside it
 */
export function duplicate({ folder, root }: Copy, name: string): Copy {
  const target = join(dirname(root), name);
  cpSync(root, target, { recursive: true, verbatimSymlinks: true });
  return { root: target, folder: folder.replace(root, target) };
}
