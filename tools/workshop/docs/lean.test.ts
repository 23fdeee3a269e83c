/** A lean copy of this project, as a newcomer reads it. `tools/workshop/copies/lean.test.ts` builds one. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOCUMENTS, GOING } from '@/tools/setup/lean/parts';
import { readRecord } from '@/tools/setup/record';
import { FILES } from '../../../tests/support/sources';
import { blocksOf } from './blocks';
import { commandsOf, missingPaths, wrongWithRun } from './commands';
import { brokenLinks } from './links';
import { missingNames } from './named';
import { rulesIn, wordsToAvoid } from './words';

/** The most files outside `lib/local-pool` that someone new has to look through. Lower it towards 300; never raise it. */
const MOST = 300;
const RULES = rulesIn(readFileSync('CONTRIBUTING.md', 'utf8'));
/** What only the making of the template needs. */
const OF_THE_TEMPLATE =
  /workshop|template-only|test:all|demo:remove|docs\/decisions|CONTRIBUTING|CHANGELOG|\bmutat|fidelity/;

/** A pattern for each of the words in `(a|b)`. */
function alternatives(source: string): string[] {
  const [all, words] = /\(([^()?]+\|[^()]+)\)/.exec(source) ?? [];
  if (all === undefined || words === undefined) return [source];
  return words.split('|').map((word) => source.replace(all, () => word));
}

const here = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'lean-'));
const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
function commit(): void {
  git('add', '--all');
  const person = ['-c', 'user.name=Carol', '-c', 'user.email=carol@example.com'];
  git(...person, 'commit', '--quiet', '--message', 'Begin');
}
function init(...options: string[]): { status: number | null; output: string } {
  const args = ['--import', 'tsx', 'tools/setup/init.ts', '--yes', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

let made: { status: number | null; output: string };
let files: string[];
let again: { status: number | null; output: string };
beforeAll(() => {
  for (const file of FILES) cpSync(file, join(folder, file));
  // As in a checkout that shares its packages with another one.
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  git('init', '--quiet');
  commit();
  made = init('--name', 'a-shop', '--lean');
  commit();
  files = git('ls-files').trim().split('\n');
  again = init('--lean');
  process.chdir(folder);
}, 120_000);
afterAll(() => {
  process.chdir(here);
  rmSync(folder, { recursive: true, force: true });
});

test('one command makes it, and proposes the first commit', () => {
  expect(made.status, made.output).toBe(0);
  const end =
    /\n✓ a-shop: demo removed, made lean, renamed in 6 files, .*\n.* git add -A && git commit -m "Begin a-shop, lean"\n$/;
  expect(made.output).toMatch(end);
  expect(readRecord(folder).choices).toMatchObject({ name: 'a-shop', demo: false, lean: true });
});

test('the template itself records no choice, except the form of the middleware in a check of both', () => {
  const { middleware: _, ...choices } = readRecord(here).choices;
  expect(choices).toEqual({});
});

test.each(GOING.map((pattern) => [String(pattern), pattern] as const))(
  'each name in %s is the name of a file',
  (_, pattern) => {
    for (const one of alternatives(pattern.source)) {
      expect(
        FILES.some((file) => new RegExp(one).test(file)),
        one,
      ).toBe(true);
    }
  },
);

test.each([...DOCUMENTS])('the template’s own %s is recognized', (file, sentence) => {
  expect(readFileSync(join(here, file), 'utf8')).toContain(sentence);
});

test('a second run changes nothing', () => {
  expect(again).toMatchObject({
    status: 0,
    output: expect.stringMatching(/^✓ a-shop: nothing to/),
  });
  expect(git('status', '--porcelain')).toBe('');
});

test(`it has at most ${MOST} files outside the local user pool`, () => {
  const own = files.filter((file) => !file.startsWith('lib/local-pool/'));
  expect(own.length).toBeLessThanOrEqual(MOST);
});

test('it has no empty folder', () => {
  const folders = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !`${entry.parentPath}/`.includes('/.git/'),
  );
  const empty = folders.filter(
    (entry) => readdirSync(join(entry.parentPath, entry.name)).length === 0,
  );
  expect(empty.map(({ name }) => name)).toEqual([]);
});

test('it has no file that only the template needs, and no mention of one', () => {
  const found = files.filter((file) => OF_THE_TEMPLATE.test(file));
  expect(found).toEqual([]);
  const texts = files.filter((file) => /\.(tsx?|js|json|md|ya?ml)$|ignore$|Dockerfile/.test(file));
  expect(texts.length).toBeGreaterThan(200);
  // What offers the choice still names it.
  const others = texts.filter((file) => !/^tools\/setup\/(init|record|update)/.test(file));
  expect(others.filter((file) => OF_THE_TEMPLATE.test(read(file)))).toEqual([]);
});

describe('its documents', () => {
  const documents = () => files.filter((file) => file.endsWith('.md'));

  test('mention only paths, commands and links that exist', () => {
    expect(documents()).toEqual(
      expect.arrayContaining(['README.md', 'AGENTS.md', 'docs/update.md']),
    );
    const wrong = documents().flatMap((file) => {
      const shell = blocksOf(file, read(file)).filter(({ language }) => language === 'sh');
      const commands = shell.flatMap(({ text }) => commandsOf(text));
      return [
        ...missingNames(file),
        ...brokenLinks(file),
        ...commands.flatMap(missingPaths),
        ...commands.filter((command) => command.startsWith('npm run ')).flatMap(wrongWithRun),
      ].map((problem) => `${file}: ${problem}`);
    });
    expect(wrong).toEqual([]);
  });

  test('use plain words', () => {
    expect(documents().flatMap((file) => wordsToAvoid(file, read(file), RULES))).toEqual([]);
  });

  test('the README is about this site: its name, its pages and its commands', () => {
    const readme = read('README.md');
    expect(readme).toMatch(/^# A shop\n\nThe website of A shop\.\n/);
    expect(readme).toContain('| `/` | A shop | anyone |\n');
    expect(readme).toContain('| `/notes` | Notes | signed-in users |\n');
    expect(readme).toContain('| members of the group `admin` |\n');
    expect(readme).toContain('last 5 minutes |\n');
    expect(readme).not.toMatch(/\{\{|template|starter/i);
    expect(readme.split('\n').length).toBeLessThan(91);
    expect(read('AGENTS.md')).toMatch(/^A shop is a Next\.js 16 site /m);
    expect(read('AGENTS.md')).not.toMatch(/template|starter/i);
  });
});

describe('its packages', () => {
  test('are those that its files import, and no more', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    const { packages } = JSON.parse(read('package-lock.json'));
    expect(packages[''].devDependencies).toEqual(devDependencies);
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(['tsx', '@types/node']));
    expect(Object.keys(devDependencies)).not.toContain('selfsigned');
    expect(Object.keys(packages)).not.toContain('node_modules/@peculiar/x509');
  });

  test('need no other lock file', () => {
    expect(files.filter((file) => file.endsWith('package-lock.json'))).toEqual([
      'package-lock.json',
    ]);
    expect(existsSync('.github/dependabot.yml')).toBe(true);
    expect(read('.github/dependabot.yml').match(/directory: .*/g)).toEqual([
      'directory: /',
      'directory: /',
    ]);
  });
});
