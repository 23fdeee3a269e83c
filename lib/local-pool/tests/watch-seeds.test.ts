import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { watchSeeds } from '../src/watch-seeds';
import { BOB, signIn, startPool } from './support';

const SITE = 'http://localhost:3000';

/** A file like seed.ts, which itself may be edited. */
const SEEDS = `import { appClient } from '${new URL('../src/app-client.ts', import.meta.url)}';

export function seedClients(site: string) {
  return [appClient({ clientId: 'the-only-one', redirectUris: [\`\${site}/login\`] })];
}

export function seedUsers() {
  return [
    { username: 'alice', password: 'Alice-password-1', groups: ['admin'], attributes: {} },
    { username: 'bob', password: 'Bob-password-1', groups: [], attributes: {} },
  ];
}
`;

let folder: string;
let file: string;
let pool: LocalPool;
let unwatch: () => void;
/** The printed lines. `heard` is called after each. */
let said: string[];
let heard: () => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seeds-'));
  file = join(folder, 'seed.ts');
  await writeFile(file, SEEDS);
  pool = await startPool();
  said = [];
  heard = () => {};
  unwatch = watchSeeds({
    pool,
    site: SITE,
    file,
    say: (line) => {
      said.push(line);
      heard();
    },
  });
});

afterEach(async () => {
  unwatch();
  await rm(folder, { recursive: true });
});

type Writer = (path: string, text: string) => Promise<void>;

/** Saves a change, and returns the line that is printed next. */
async function save(change: (text: string) => string, how: Writer = writeFile): Promise<string> {
  const line = new Promise<string>((resolve) => {
    heard = () => resolve(said.at(-1) ?? '');
  });
  await how(file, change(await readFile(file, 'utf8')));
  return await line;
}

/** Replaces the file with a new one, as many editors do. */
async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

const renameBob = (text: string) => text.replace("username: 'bob'", "username: 'zoe'");
const ZOE = { ...BOB, username: 'zoe' };

describe('saving the seeds', () => {
  it.each([
    ['overwritten', writeFile],
    ['replaced', replaceFile],
  ])(
    'applies them to the running pool when the file is %s',
    async (_, how) => {
      const line = await save(renameBob, how);
      expect(line).toMatch(/seed\.ts was reloaded\. Users: alice, zoe; app clients: 1\.$/);
      expect((await signIn(pool, { client_id: 'the-only-one' }, ZOE)).code).not.toBe('');
      expect(pool.environment({ redirectUri: `${SITE}/login` }).COGNITO_CLIENT_ID).toBe(
        'the-only-one',
      );
    },
    20_000,
  );

  it.each([
    ['a syntax error', (text: string) => `${text}\nconst = 1;`, /seed\.ts:\d+:\d+: ERROR: /],
    ['an error of its own', (text: string) => `${text}\nthrow new Error('mine');`, /: mine$/],
    [
      'a duplicate name',
      (text: string) => text.replace("username: 'bob'", "username: 'Alice'"),
      /: There are two users named "alice"\.$/,
    ],
    [
      'a missing field',
      (text: string) => text.replace("groups: ['admin'],", ''),
      /: The user "alice" has no groups: use a list of names, or \[\]\.$/,
    ],
    [
      'no users',
      (text: string) => text.replace('function seedUsers', 'function seededUsers'),
      /: It exports no function seedUsers\.$/,
    ],
  ])(
    'with %s changes nothing and prints the reason in one line',
    async (_, change, reason) => {
      const before = await readFile(file, 'utf8');
      const line = await save(change);
      expect(line).toMatch(/seed\.ts was not reloaded, and the users are unchanged: /);
      expect(line).toMatch(reason);
      expect(line).not.toContain('\n');
      expect((await signIn(pool, {}, BOB)).code).not.toBe('');
      // Once fixed, the file is loaded again.
      expect(await save(() => before)).toContain('was reloaded');
    },
    20_000,
  );

  it('has no effect once the watch has ended', async () => {
    unwatch();
    await writeFile(file, renameBob(await readFile(file, 'utf8')));
    const other: string[] = [];
    const second = new Promise<void>((resolve) => {
      const say = (line: string) => {
        other.push(line);
        resolve();
      };
      const end = watchSeeds({ pool, site: SITE, file, say });
      unwatch = end;
    });
    await writeFile(file, renameBob(await readFile(file, 'utf8')));
    await second;
    expect(other).toHaveLength(1);
    expect(said).toEqual([]);
  }, 20_000);
});
