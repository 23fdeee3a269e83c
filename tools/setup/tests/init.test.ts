/**
 * `npm run init`, on a copy of git's files. `tools/workshop/copies` tests it with `--remove-demo` and `--lean`, and
 * `tools/setup/lean` what `--lean` removes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { ask, HELP, readOptions } from '@/tools/setup/init/choices';
import { PRIVATE, withSecret, writeWhole } from '@/tools/setup/init/files';
import {
  offeredName,
  planRename,
  TEMPLATE_NAME,
  titleOf,
  whyNotName,
} from '@/tools/setup/init/rename';
import { planDevelopment } from '../dev/plan';

const EXAMPLE = readFileSync('.env.example', 'utf8');
const SECRET = 'c2VjcmV0IG9mIDMyIGJ5dGVzLCBhcyBiYXNlNjQgaXM=';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The template's names, written back because a project may have replaced them. */
const NAME = 'Cognito starter';
const TEMPLATE: Readonly<Record<string, (text: string) => string>> = {
  'lib/site.ts': () =>
    `export const NAME = '${NAME}';\nexport const DESCRIPTION =\n  "A Next.js starter that signs people in with Amazon Cognito's hosted UI.";\n`,
  'README.md': () => "# Next.js starter for Amazon Cognito's hosted UI\n",
  'AGENTS.md': (text) => text.replace(/^.* is a (?=Next\.js 16 site)/m, 'A '),
  'public/icon.svg': () => `<svg xmlns="http://www.w3.org/2000/svg"><title>${NAME}</title></svg>\n`,
  'package.json': (text) => described(named(text)),
  'package-lock.json': named,
};

/** Gives a package file the template's name. */
function named(text: string): string {
  const { name } = JSON.parse(text);
  return text
    .replaceAll(`"name": "${name}"`, `"name": "${TEMPLATE_NAME}"`)
    .replace(/(?<="version": ")[^"]+/, '1.0.0');
}

/** Gives `package.json` the template's description. */
function described(text: string): string {
  const description = "A Next.js website that signs people in with Amazon Cognito's hosted UI.";
  return `${JSON.stringify({ ...JSON.parse(text), description }, null, 2)}\n`;
}

/** A copy without documents and tests, with the template's names. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'init-'));
  folders.push(folder);
  const listing = execFileSync(
    'git',
    [
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
      'app',
      'lib',
      'public',
      'tools',
      '*.*',
    ],
    {
      encoding: 'utf8',
    },
  );
  const files = listing
    .split('\0')
    .filter((file) => file !== '' && !/^(docs|tests|tools\/workshop)\//.test(file));
  for (const file of files) cpSync(file, join(folder, file));
  for (const [file, change] of Object.entries(TEMPLATE)) {
    writeFileSync(join(folder, file), change(readFileSync(file, 'utf8')));
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

function init(folder: string, ...args: string[]) {
  const command = ['--import', 'tsx', 'tools/setup/init.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const textIn = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

/** The text of every file outside node_modules, by path. */
function filesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

/** The files that visitors or npm see, and that contain one of the names. */
function filesWith(folder: string, names: readonly string[]): string[] {
  const seen = [...filesIn(folder)].filter(([path]) =>
    /^(app|lib\/site|public|package)/.test(path),
  );
  return seen.filter(([, text]) => names.some((name) => text.includes(name))).map(([path]) => path);
}

describe('npm run init', () => {
  const folder = copy();
  const first = init(folder, '--yes', '--name', '@acme/new-shop');
  const after = filesIn(folder);

  test('says on one line what it did and what to do next, and proposes a commit', () => {
    expect(first.status, first.output).toBe(0);
    const [last, commit] = first.output.trim().split('\n').slice(-2);
    expect(last).toMatch(
      /^✓ @acme\/new-shop: renamed in 6 files, a new SESSION_SECRET in .env.local\. Next: /,
    );
    expect(commit).toMatch(/ git init && git add -A && git commit -m "Begin @acme\/new-shop"$/);
    expect(first.output).not.toContain(parseEnv(textIn(folder, '.env.local')).SESSION_SECRET);
  });

  test('replaces the old name wherever npm, a visitor or a reader would see it', () => {
    const { name, version, description, ...manifest } = JSON.parse(textIn(folder, 'package.json'));
    const was = JSON.parse(textIn(copy(), 'package.json'));
    const { name: before, version: _, description: __, ...others } = was;
    expect([name, version]).toEqual(['@acme/new-shop', '0.1.0']);
    expect(description).toBe('The website of New shop.');
    expect(manifest).toEqual(others);
    expect(textIn(folder, 'AGENTS.md')).toMatch(/^New shop is a Next\.js 16 site \(/m);
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const own = { name, version };
    const packages = { ...lock.packages, '': { ...lock.packages[''], ...own } };
    expect(textIn(folder, 'package-lock.json')).toBe(
      `${JSON.stringify({ ...lock, ...own, packages }, null, 2)}\n`,
    );
    expect(textIn(folder, 'README.md')).toMatch(/^# New shop\n/);
    expect(textIn(folder, 'public/icon.svg')).toContain('<title>New shop</title>');
    const source = textIn(folder, 'lib/site.ts');
    expect(source).toContain("export const NAME = 'New shop';\n");
    expect(source).toMatch(/^export const DESCRIPTION = `The website of \$\{NAME\}\.`;$/m);
    expect(filesWith(copy(), [NAME, before]).length).toBeGreaterThan(3);
    expect(filesWith(folder, [NAME, before])).toEqual([]);
  });

  test('creates a strong secret that only the file’s owner can read', () => {
    const { SESSION_SECRET = '' } = parseEnv(textIn(folder, '.env.local'));
    expect(SESSION_SECRET).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    const other = copy();
    init(other, '--yes');
    expect(parseEnv(textIn(other, '.env.local')).SESSION_SECRET).not.toBe(SESSION_SECRET);
    if (process.platform !== 'win32') {
      expect(statSync(join(folder, '.env.local')).mode & 0o777).toBe(0o600);
    }
  });

  test('lets npm run dev use the local pool', () => {
    const env = parseEnv(textIn(folder, '.env.local'));
    expect(Object.keys(env)).toEqual(['SESSION_SECRET']);
    expect(planDevelopment(env)).toEqual({ kind: 'local-pool' });
  });

  test('changes not a single byte when it runs again', () => {
    const second = init(folder, '--yes');
    expect(second).toMatchObject({ status: 0 });
    expect(second.output).toMatch(/^✓ @acme\/new-shop: nothing to do/);
    expect(filesIn(folder)).toEqual(after);
  });

  test('keeps what the developer has written, and renames the rest', () => {
    const readme = textIn(folder, 'README.md').replace('# New shop', '# Our shop');
    writeFileSync(join(folder, 'README.md'), readme);
    const { SESSION_SECRET } = parseEnv(textIn(folder, '.env.local'));
    writeFileSync(join(folder, 'AGENTS.md'), 'Use tabs.\n');
    expect(init(folder, '--yes', '--name', 'market')).toMatchObject({ status: 0 });
    expect(textIn(folder, 'AGENTS.md')).toBe('Use tabs.\n');
    expect(JSON.parse(textIn(folder, 'package.json')).description).toBe('The website of Market.');
    expect(textIn(folder, 'README.md')).toBe(readme);
    expect(textIn(folder, 'lib/site.ts')).toContain("NAME = 'Market';");
    expect(parseEnv(textIn(folder, '.env.local')).SESSION_SECRET).toBe(SESSION_SECRET);
  });

  test.each([
    [['--yes', '--name', 'My App'], 'lowercase letters'],
    [[], 'not an interactive terminal'],
  ])('with %j changes nothing and says why', (args, reason) => {
    const before = filesIn(folder);
    const { status, output } = init(folder, ...args);
    expect(status).toBe(2);
    expect(output).toContain(reason);
    expect(output).toMatch(/nothing was changed/i);
    expect(filesIn(folder)).toEqual(before);
  });
});

test('--help lists all options', () => {
  expect(readOptions(['--help'])).toEqual({ kind: 'help' });
  const all = ['--name', 'a', '--yes', '--remove-demo'];
  expect(readOptions(all)).toEqual({ kind: 'init', name: 'a', yes: true, keep: 'no-demo' });
  expect(readOptions([...all, '--lean'])).toMatchObject({ keep: 'lean' });
  expect(readOptions([])).toEqual({ kind: 'init', name: undefined, yes: false, keep: undefined });
  expect(HELP).toContain('--lean');
  for (const option of all.filter((word) => word.startsWith('--'))) expect(HELP).toContain(option);
  for (const wrong of [['--yse'], ['--name'], ['my-app'], ['--name', '../x']]) {
    expect(readOptions(wrong), wrong.join(' ')).toMatchObject({ kind: 'wrong' });
  }
});

describe('.env.local', () => {
  test('contains every variable of .env.example, all but one as a comment', () => {
    const text = withSecret(EXAMPLE, undefined, SECRET) ?? '';
    const names = [...EXAMPLE.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(9);
    for (const name of names) {
      expect(text).toMatch(new RegExp(`^${name === 'SESSION_SECRET' ? '' : '# '}${name}=`, 'm'));
    }
    expect(parseEnv(text)).toEqual({ SESSION_SECRET: SECRET });
  });

  test('keeps an existing secret, however it is written', () => {
    for (const value of ['x', '"x"', '\'{"2":"x"}\'', ' x ']) {
      expect(
        withSecret(EXAMPLE, `COGNITO_REGION=a\nSESSION_SECRET=${value}\n`, SECRET),
      ).toBeUndefined();
    }
    expect(withSecret(EXAMPLE, 'export SESSION_SECRET=x', SECRET)).toBeUndefined();
  });

  test.each([
    '',
    'A=1\n',
    'A=1',
    'SESSION_SECRET=\nA=1\n',
    '# SESSION_SECRET=x\n',
    'SESSION_SECRET=""',
  ])('gets a secret if there is none: %j', (present) => {
    const text = withSecret(EXAMPLE, present, SECRET) ?? '';
    expect(text.startsWith(present)).toBe(true);
    expect(parseEnv(text)).toEqual({ ...parseEnv(present), SESSION_SECRET: SECRET });
  });
});

test('a file that cannot be written leaves no temporary file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'init-'));
  folders.push(folder);
  mkdirSync(join(folder, 'taken', 'by a folder'), { recursive: true });
  expect(() => writeWhole(join(folder, 'taken'), 'text')).toThrow();
  writeWhole(join(folder, 'free'), 'before');
  writeWhole(join(folder, 'free'), 'after', PRIVATE);
  expect(readdirSync(folder).sort()).toEqual(['free', 'taken']);
  expect(textIn(folder, 'free')).toBe('after');
});

describe('a name', () => {
  test('is valid if npm accepts it', () => {
    for (const name of ['my-app', 'a', '@acme/portal', 'x.y_z'])
      expect(whyNotName(name)).toBeUndefined();
    const bad = [
      '',
      ' ',
      '.a',
      '_a',
      'A',
      'a b',
      'a/b',
      '@a',
      '@/a',
      'é',
      '-',
      "a'",
      'fs',
      'a'.repeat(215),
    ];
    for (const name of bad) expect(whyNotName(name), name).toBeDefined();
  });

  test('is suggested from the folder, until the project has its own', () => {
    expect(offeredName(TEMPLATE_NAME, 'My Shop!')).toBe('my-shop');
    expect(offeredName(TEMPLATE_NAME, '...')).toBe(TEMPLATE_NAME);
    expect(offeredName('market', 'My Shop')).toBe('market');
    expect(['my-app', '@acme/my.app', '~x'].map(titleOf)).toEqual(['My app', 'My app', 'X']);
  });

  test('changes nothing if it is the current one', () => {
    const read = (file: string) => readFileSync(file, 'utf8');
    expect(planRename(JSON.parse(read('package.json')).name, read).size).toBe(0);
    expect([...planRename('another', read).keys()].at(-1)).toBe('package.json');
  });
});

describe('in a terminal', () => {
  async function answered(typed: string, known = {}) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answers = ask(known, 'offered', { input, output });
    for (const line of typed.split(/(?<=\n)/)) {
      input.write(line);
      await new Promise(setImmediate);
    }
    input.end();
    return await answers.then(
      (value) => ({ value, said: String(output.read()) }),
      (error: Error) => ({ value: error.constructor.name, said: String(output.read()) }),
    );
  }

  test('empty answers accept the suggested name, and keep everything', async () => {
    const { value, said } = await answered('\n\n');
    expect(value).toEqual({ name: 'offered', keep: 'everything' });
    expect(said).toContain('[offered]');
  });

  test.each([
    ['2', 'no-demo'],
    ['3', 'lean'],
  ])('an invalid answer is asked for again, and %s means %s', async (answer, keep) => {
    const { value, said } = await answered(`My App\nmy-app\nyes\n${answer}\n`);
    expect(value).toEqual({ name: 'my-app', keep });
    expect(said).toContain('lowercase letters');
    expect(said).toContain('Enter 1, 2 or 3.');
  });

  test('only what is missing is asked for', async () => {
    const known = { name: 'x', keep: 'lean' };
    expect(await answered('', known)).toEqual({ value: known, said: 'null' });
  });

  test('leaving instead of answering changes nothing', async () => {
    expect((await answered('my-app\n')).value).toBe('Stopped');
  });
});
