/** `npm run update` in unusual repositories, under unusual settings, and when something happens in the middle of it. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  commit,
  FIRST,
  git,
  releaseIn,
  SECOND,
  start,
  statusOf,
  temporaryFolder,
  updateWith,
} from './update-repositories';

const all = temporaryFolder();
afterAll(() => rmSync(all, { recursive: true }));

let template: string;
let mine: string;
let count = 0;

beforeEach(() => {
  count += 1;
  [template, mine] = [join(all, `template-${count}`), join(all, `mine-${count}`)];
  start(template, FIRST);
  git(template, 'tag', 'v1.0.0');
  start(mine, FIRST);
});

const release = (files: Record<string, string | undefined> = SECOND) =>
  releaseIn(template, '1.1.0', files);
const update = (...args: string[]) => updateWith({}, mine, '--from', template, ...args);
const read = (file: string) => readFileSync(join(mine, file), 'utf8');
const ABORTED = { status: 0, output: '✓ The update was undone.\n' };

/** Variables that set something for every git command. */
function settings(values: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(values).flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { GIT_CONFIG_COUNT: `${pairs.length / 2}`, ...Object.fromEntries(pairs) };
}

/** Changes what is noted about an update as if the process had been killed before its first file. */
function interrupt(): void {
  const state = join(mine, '.git/template-update.json');
  writeFileSync(state, readFileSync(state, 'utf8').replace('"written":true', '"written":false'));
  git(mine, 'reset', '--quiet', '--hard');
}

/** Packages in a folder above the project, and a release whose own command is a script. */
function releaseWith(script: string, text: string, choices: string): void {
  if (!existsSync(join(all, 'node_modules')))
    symlinkSync(resolve('node_modules'), join(all, 'node_modules'), 'junction');
  const scripts = `{ "${script}": "node command.cjs" }`;
  commit(mine, { '.template.json': `{ "version": "1.0.0", "choices": ${choices} }\n` });
  release({
    ...SECOND,
    'package.json': FIRST['package.json'].replace('{}', scripts),
    'command.cjs': text,
  });
}

describe('paths', () => {
  test('a file may become a folder, a folder a file, and a link a folder; --abort takes that back', () => {
    symlinkSync('old', join(template, 'docs/link'));
    commit(template, { 'lib/ta\tb.ts': 'one\ntwo\nthree\n' });
    git(template, 'tag', '--force', 'v1.0.0');
    mine = join(all, `clone-${count}`);
    git(all, 'clone', '--quiet', template, mine);
    commit(mine, { 'lib/ta\tb.ts': 'one\nMINE\nthree\n' });
    for (const path of ['docs/link', 'docs/old', 'lib/access.ts'])
      rmSync(join(template, path), { recursive: true });
    release({
      ...SECOND,
      'docs/old': 'a file\n',
      'docs/link/a.md': 'in a folder\n',
      'lib/access.ts/index.ts': 'in a folder\n',
      'lib/ta\tb.ts': 'one\nTHEIRS\nthree\n',
    });
    expect(update().output).toContain('To undo the update');
    expect(read('docs/old')).toBe('a file\n');
    expect(read('docs/link/a.md')).toBe('in a folder\n');
    expect(read('lib/access.ts/index.ts')).toBe('in a folder\n');
    expect(statusOf(mine)).toContain('UU "lib/ta\\tb.ts"');
    expect(update('--abort')).toEqual(ABORTED);
    expect(statusOf(mine)).toEqual([]);
    expect(lstatSync(join(mine, 'docs/link')).isSymbolicLink()).toBe(true);
  });

  test('your file in the place of a new folder, and your folder in that of a new file, are conflicts; --abort ends them', () => {
    commit(mine, { 'lib/a': 'mine\n', 'lib/b/mine.ts': 'mine\n' });
    release({ ...SECOND, 'lib/a/new.ts': 'new\n', 'lib/b': 'new\n' });
    const { status, output } = update();
    expect(status).toBe(1);
    expect(output).toContain('  lib/a~yours (yours; the template moved it elsewhere, or needs');
    expect(output).toContain('  lib/b~template-1.1.0 (the template’s; you moved it elsewhere, or');
    expect(update('--abort')).toEqual(ABORTED);
    expect(statusOf(mine)).toEqual([]);
  });

  test('an ignored file or link stops an update that needs a folder there, and an ignored file in a folder one that needs a file', () => {
    commit(mine, { '.gitignore': 'lib/file\nlib/link\n*.log\n' });
    writeFileSync(join(mine, 'lib/file'), 'mine\n');
    symlinkSync(all, join(mine, 'lib/link'));
    writeFileSync(join(mine, 'docs/old/mine.log'), 'mine\n');
    rmSync(join(template, 'docs/old'), { recursive: true });
    release({ ...SECOND, 'docs/old': 'file\n', 'lib/file/a.ts': 'a\n', 'lib/link/b.ts': 'b\n' });
    expect(update()).toMatchObject({
      status: 1,
      output: expect.stringContaining(
        "git doesn't track them:\n  docs/old/mine.log\n  lib/file\n  lib/link\nMove them away first. Nothing was changed.",
      ),
    });
    expect([read('lib/file'), read('docs/old/mine.log')]).toEqual(['mine\n', 'mine\n']);
    expect(existsSync(join(all, 'b.ts'))).toBe(false);
    expect(statusOf(mine)).toEqual([]);
  });
});

describe('in the middle of an update', () => {
  test('what somebody edits during the merge is not overwritten', () => {
    const edited = join(mine, 'middleware.ts');
    const edit = `require('node:fs').writeFileSync(${JSON.stringify(edited)}, 'edited\\n')`;
    releaseWith('init', edit, '{ "name": "my-shop" }');
    expect(update()).toMatchObject({
      status: 1,
      output: expect.stringContaining(' M middleware.ts\nCommit or stash them first.'),
    });
    expect(statusOf(mine)).toEqual([' M middleware.ts']);
    expect(read('middleware.ts')).toBe('edited\n');
  });

  test('an update that was taken back with `git reset` has ended: --abort leaves later edits alone', () => {
    release();
    update();
    git(mine, 'reset', '--quiet', '--hard');
    writeFileSync(join(mine, 'middleware.ts'), 'edited\n');
    expect(update('--abort').output).toContain('There is no update to undo.');
    expect(read('middleware.ts')).toBe('edited\n');
  });

  test('an interrupted update has ended after the next commit, which it does not overwrite', () => {
    release();
    update();
    interrupt();
    commit(mine, { 'middleware.ts': 'mine\n' });
    expect(update('--abort').output).toContain('There is no update to undo.');
    expect(read('middleware.ts')).toBe('mine\n');
  });

  test('--abort works if the update was interrupted before its first file, and only adds files', () => {
    commit(mine, { '.template.json': undefined });
    release({ 'lib/new.ts': 'new\n' });
    update();
    interrupt();
    expect(update('--abort')).toEqual(ABORTED);
    expect(statusOf(mine)).toEqual([]);
  });

  test('a file that can not be written, as on a full disk, leaves everything as before', () => {
    commit(mine, { '.gitattributes': 'middleware.ts filter=full\n' });
    release();
    // For the update's text only, so that the old one can be restored.
    const full = settings({
      'filter.full.required': 'true',
      'filter.full.clean': 'cat',
      'filter.full.smudge': 'grep first',
    });
    const { status, output } = updateWith(full, mine, '--from', template);
    expect([status, output]).toEqual([1, expect.stringContaining('`git read-tree` failed')]);
    expect(statusOf(mine)).toEqual([]);
    expect([read('middleware.ts'), existsSync(join(mine, 'lib/new.ts'))]).toEqual([
      'first\n',
      false,
    ]);
  });

  test('--abort removes what an interrupted update has written, whole or half, but nothing behind a link that is still there', () => {
    symlinkSync('old', join(template, 'docs/link'));
    commit(template, {});
    git(template, 'tag', '--force', 'v1.0.0');
    mine = join(all, `clone-${count}`);
    git(all, 'clone', '--quiet', template, mine);
    rmSync(join(template, 'docs/link'));
    release({ ...SECOND, 'docs/link/a.md': 'in a folder\n' });
    update();
    interrupt();
    writeFileSync(join(mine, 'lib/new.ts'), 'new\n');
    writeFileSync(join(mine, '.template.json'), '{ "vers');
    expect(update('--abort')).toEqual(ABORTED);
    expect(statusOf(mine)).toEqual([]);
    expect(read('docs/old/a.md')).toBe('a\n');
  });

  test('Ctrl-C while npm completes the lock file stops the update', () => {
    const lock = (version: string) =>
      `{ "name": "a", "packages": { "": { "v": "${version}" } } }\n`;
    const file = 'package-lock.json';
    commit(template, { [file]: lock('1.0.0') });
    git(template, 'tag', '--force', 'v1.0.0');
    commit(mine, { [file]: lock('1.2.0') });
    release({ ...SECOND, [file]: lock('1.1.0') });
    const bin = join(all, `bin-${count}`);
    mkdirSync(bin);
    writeFileSync(join(bin, 'npm'), '#!/bin/sh\nexit 130\n');
    chmodSync(join(bin, 'npm'), 0o755);
    const path = { PATH: `${bin}${delimiter}${process.env.PATH}` };
    expect(updateWith(path, mine, '--from', template).status).toBe(130);
    expect(statusOf(mine)).toEqual([]);
  });
});

describe('settings', () => {
  test('of git that change its output, refuse bare repositories, or run hooks that fail', () => {
    release();
    const hooks = join(all, `hooks-${count}`);
    mkdirSync(hooks);
    for (const hook of ['post-checkout', 'reference-transaction']) {
      writeFileSync(join(hooks, hook), '#!/bin/sh\nexit 1\n');
      chmodSync(join(hooks, hook), 0o755);
    }
    const env = settings({
      'column.ui': 'always',
      'core.hooksPath': hooks,
      'safe.bareRepository': 'explicit',
      'status.showUntrackedFiles': 'no',
    });
    const { status, output } = updateWith(env, mine, '--from', template);
    expect(status, output).toBe(0);
    expect(output).toContain('1.1.0 is available');
    git(mine, 'reset', '--quiet', '--hard');
    writeFileSync(join(mine, 'mine.ts'), 'mine\n');
    expect(updateWith(env, mine, '--from', template).output).toContain('?? mine.ts');
  });

  test('of a git hook do not lead the release’s own commands into the project’s repository', () => {
    const move = `require('node:child_process').execFileSync('git', ['mv', 'middleware.ts', 'proxy.ts'])`;
    releaseWith('migrate:proxy', move, '{ "middleware": "proxy" }');
    const hook = { GIT_DIR: join(mine, '.git'), GIT_INDEX_FILE: join(mine, '.git/index') };
    const { status, output } = updateWith(hook, mine, '--from', template, '--dry-run');
    expect(output).toContain('Nothing was changed.');
    expect(status, output).toBe(0);
    expect(statusOf(mine)).toEqual([]);
  });
});

describe('the message says what is wrong', () => {
  test.each(['package.json', '.template.json'])('with your %s', (file) => {
    release();
    commit(mine, { [file]: '{ broken' });
    const { status, output } = update();
    expect(status).toBe(1);
    expect(output).toContain(`${file} is not valid JSON`);
    expect(output).not.toContain('    at ');
  });

  test('with a shallow clone as the template, which would always look up to date', () => {
    release();
    const shallow = join(all, `shallow-${count}`);
    git(all, 'clone', '--quiet', '--depth=1', `file://${template}`, shallow);
    const { status, output } = updateWith({}, mine, '--from', shallow);
    expect([status, output]).toEqual([1, expect.stringContaining('is a shallow clone')]);
  });

  test('with a project that its repository does not have yet, or that belongs to another account', () => {
    const web = join(mine, 'web');
    mkdirSync(web);
    const { output } = updateWith({}, web, '--from', template);
    expect(output).toContain('Run these, then try again:\n  git add -A\n');
    const other = updateWith({ GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }, mine, '--from', template);
    expect(other).toMatchObject({ status: 1, output: expect.stringContaining('safe.directory') });
  });

  test('with a tag of the template that is called as its side of the merge: it is not merged', () => {
    release();
    git(template, 'tag', 'template-1.1.0', 'v1.0.0');
    expect(update().status).toBe(0);
    expect(read('middleware.ts')).toBe('second\n');
  });
});
