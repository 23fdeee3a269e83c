/** `npm run update` in a small repository, with a small template. tools/workshop/update tries it with the real one. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  release('1.1.0', SECOND);
});

const release = (version: string, files: Record<string, string | undefined>) =>
  releaseIn(template, version, files);
const updateIn = (folder: string, ...args: string[]) => updateWith({}, folder, ...args);
const update = (...args: string[]) => updateIn(mine, '--from', template, ...args);
const read = (file: string) => readFileSync(join(mine, file), 'utf8');
const status = () => statusOf(mine);

describe('an update', () => {
  test('is staged, with what changed, what to do by hand and which security fixes came', () => {
    const { status: code, output } = update();
    expect(code, output).toBe(0);
    expect(status()).toEqual([
      'M  .template.json',
      'M  CHANGELOG.md',
      'A  lib/new.ts',
      'M  middleware.ts',
    ]);
    expect(output).toContain('Your copy is 1.0.0; 1.1.0 is available, with 2 security fixes.');
    expect(output).toContain('1.0.0 to 1.1.0: 3 files changed, 1 added, 0 moved, 0 deleted');
    expect(output).toContain('Security fixes:\n  - One.\n  - Two.\n');
    expect(output).toContain('To do by hand:\n  - Turn `lib/access.ts` round.\n');
    expect(output).toContain('git commit -m "Update the template from 1.0.0 to 1.1.0"');
    const commit = git(template, 'rev-parse', 'v1.1.0').trim();
    expect(JSON.parse(read('.template.json'))).toMatchObject({
      version: '1.1.0',
      commit,
      source: template,
    });
  });

  test('needs the address once, and then has nothing to do', () => {
    expect(updateIn(mine).output).toContain('npm run update -- --from URL');
    update();
    git(mine, 'commit', '--quiet', '--message', 'Update');
    const again = updateIn(mine);
    expect(again).toMatchObject({ status: 0 });
    expect(again.output).toContain('✓ Up to date: 1.1.0.');
    release('1.2.0', { 'lib/newer.ts': 'newer\n', '.template.json': '{"version":"1.2.0"}\n' });
    expect(updateIn(mine).status).toBe(0);
    expect(status()).toEqual(['M  .template.json', 'A  lib/newer.ts']);
  });

  test('comes from the default branch if that has a newer version than every tag, or names no branch', () => {
    commit(template, { '.template.json': '{"version":"1.2.0"}\n', 'lib/newer.ts': 'newer\n' });
    expect(update('--check').output).toMatch(/1\.2\.0 \([0-9a-f]{8}\) is available/);
    git(template, 'symbolic-ref', 'HEAD', 'refs/heads/none');
    expect(update('--check').output).toMatch(/1\.2\.0 \([0-9a-f]{8}\) is available/);
  });

  test('finds what you moved, and leaves out what you deleted, with new files of a folder that you deleted', () => {
    git(mine, 'mv', 'app', 'site');
    commit(mine, { 'docs/old/a.md': undefined, 'middleware.ts': undefined });
    release('1.2.0', {
      'app/[id]/page.tsx': 'a page of some length\nwith two lines\nand a third\n',
      'docs/old/a.md': 'changed\n',
      'docs/old/b.md': 'new\n',
    });
    const { status: code, output } = update();
    expect(code, output).toBe(0);
    expect(read('site/[id]/page.tsx')).toContain('and a third');
    expect(existsSync(join(mine, 'app'))).toBe(false);
    expect(git(mine, 'ls-files', 'docs', 'middleware.ts')).toBe('');
    expect(output).toContain(
      'You deleted these, so they were left out:\n  docs/old/a.md\n  docs/old/b.md\n  middleware.ts\n',
    );
  });

  test('leaves markers where both sides changed the same line, says why, and goes on when that is resolved', () => {
    commit(mine, { 'lib/access.ts': 'one\ntwo\nMINE\nfour\nfive\n' });
    release('1.2.0', { 'lib/access.ts': 'one\ntwo\nTHEIRS\nfour\nfive\n' });
    const { status: code, output } = update();
    expect(code).toBe(1);
    expect(read('lib/access.ts')).toContain(
      '<<<<<<< yours\nMINE\n=======\nTHEIRS\n>>>>>>> template-1.2.0\n',
    );
    expect(output).toMatch(
      /same place.*\n {2}lib\/access\.ts\n {6}Turn `lib\/access\.ts` round\.\n {6}Make 1\.2\.0\n/,
    );
    expect(status()).toContain('UU lib/access.ts');

    expect(updateIn(mine)).toMatchObject({
      status: 1,
      output: expect.stringContaining('  lib/access.ts\n'),
    });
    writeFileSync(join(mine, 'lib/access.ts'), 'resolved\n');
    git(mine, 'add', 'lib/access.ts');
    expect(updateIn(mine).output).toContain(
      '✓ The update to 1.2.0 is complete, but not committed.',
    );
    git(mine, 'commit', '--quiet', '--message', 'Update');
    expect(updateIn(mine).output).toContain('✓ Up to date');
  });

  test('of a file that you changed and the template deleted asks you', () => {
    commit(mine, { 'lib/access.ts': 'mine\n' });
    release('1.2.0', { 'lib/access.ts': undefined });
    expect(update().output).toContain('lib/access.ts (the template deleted it)');
    expect(read('lib/access.ts')).toBe('mine\n');
    expect(updateIn(mine, '--abort').status).toBe(0);
    expect(status()).toEqual([]);
  });

  test('keeps your own script, and reports the template’s', () => {
    const scripts = (value: string) => FIRST['package.json'].replace('{}', `{ "dev": "${value}" }`);
    commit(mine, { 'package.json': scripts('mine') });
    release('1.2.0', { 'package.json': scripts('theirs') });
    const { output } = update();
    expect(JSON.parse(read('package.json')).scripts).toEqual({ dev: 'mine' });
    expect(output).toContain(`package.json, scripts.dev: yours is "mine", the template's "theirs"`);
  });
});

describe('your work is safe', () => {
  test.each([
    ['a changed file', 'lib/access.ts'],
    ['a new file', 'lib/mine.ts'],
  ])('with %s that is not committed, nothing happens', (_, file) => {
    writeFileSync(join(mine, file), 'uncommitted\n');
    const { status: code, output } = update();
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('Commit or stash them first. Nothing was changed.'),
    ]);
    expect(read('middleware.ts')).toBe('first\n');
    expect(read(file)).toBe('uncommitted\n');
  });

  test('an ignored file in the way stops the update before anything is written', () => {
    commit(mine, { '.gitignore': 'lib/new.ts\n' });
    writeFileSync(join(mine, 'lib/new.ts'), 'mine\n');
    const { status: code, output } = update();
    expect(code).toBe(1);
    expect(output).toContain('lib/new.ts');
    expect(output).toContain('Move them away first. Nothing was changed.');
    expect(read('lib/new.ts')).toBe('mine\n');
    expect(status()).toEqual([]);
  });

  test('--dry-run and --check change nothing', () => {
    const dry = update('--dry-run');
    expect(dry.status).toBe(0);
    expect(dry.output).toContain('3 files changed, 1 added');
    expect(dry.output).toContain('Nothing was changed.');
    expect(update('--check')).toMatchObject({
      status: 0,
      output: expect.stringContaining('1.1.0 is available'),
    });
    expect(status()).toEqual([]);
    expect(git(mine, 'count-objects', '-v')).toContain('in-pack: 0');
  });

  test('--abort restores every file, and leaves those alone that the update did not touch', () => {
    update();
    writeFileSync(join(mine, 'later.ts'), 'later\n');
    expect(updateIn(mine, '--abort')).toMatchObject({
      status: 0,
      output: '✓ The update was undone.\n',
    });
    expect(status()).toEqual(['?? later.ts']);
    expect(read('middleware.ts')).toBe('first\n');
    expect(updateIn(mine, '--abort').output).toContain('There is no update to undo.');
  });

  test('an update that was interrupted while it was written is completed by running it again', () => {
    commit(mine, { 'lib/access.ts': 'one\ntwo\nMINE\nfour\nfive\n' });
    release('1.2.0', { 'lib/access.ts': 'one\ntwo\nTHEIRS\nfour\nfive\n' });
    update();
    const finished = [status(), read('lib/access.ts')];
    // As if the process had been killed after its first file.
    const state = join(mine, '.git/template-update.json');
    writeFileSync(
      state,
      JSON.stringify({ ...JSON.parse(readFileSync(state, 'utf8')), written: false }),
    );
    git(mine, 'reset', '--quiet', '--hard');
    writeFileSync(join(mine, 'middleware.ts'), 'second\n');
    expect(updateIn(mine).output).toContain('completing the interrupted update: done');
    expect([status(), read('lib/access.ts')]).toEqual(finished);
  });

  test('a release whose own command fails changes nothing, and shows why', () => {
    const manifest = { name: 'nextjs-cognito-starter', scripts: { init: 'node broken.js' } };
    // The packages may be in a folder above.
    mkdirSync(join(all, 'node_modules/tsx'), { recursive: true });
    commit(mine, { '.template.json': '{"version":"1.0.0","choices":{"name":"my-shop"}}\n' });
    release('1.2.0', {
      'package.json': JSON.stringify(manifest),
      'broken.js': 'throw new Error("broken init")',
    });
    const { status: code, output } = update();
    expect(code).toBe(1);
    expect(output).toMatch(/`npm run init` of the template's release failed[\s\S]*broken init/);
    expect(status()).toEqual([]);
  });

  test.each([
    ['no such template', ['--from', 'no-such-folder'], 'could not be fetched from no-such-folder'],
    [
      'no such version',
      ['--to', '9.9.9'],
      'The template has no version 9.9.9. It has 1.0.0, 1.1.0.',
    ],
    ['a base that is none', ['--base', 'HEAD'], '--base must be a commit of the template'],
  ])('%s: the message says so', (_, args, message) => {
    const { status: code, output } = update(...args);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toContain('    at ');
    expect(status()).toEqual([]);
  });

  test('without git, the message says how to begin', () => {
    const bare = join(all, `bare-${count}`);
    mkdirSync(bare);
    expect(updateIn(bare, '--from', template)).toMatchObject({
      status: 1,
      output: expect.stringContaining('git init'),
    });
  });
});
