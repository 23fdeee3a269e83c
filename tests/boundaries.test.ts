import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

/** The files of the repository, those not yet committed among them. */
const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));

const source = FILES.filter((file) => /\.(ts|tsx|js)$/.test(file));
const within = (...folders: string[]) =>
  source.filter((file) => folders.some((folder) => file.startsWith(folder)));

async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g);
  return [...found].map(([, name = '']) => name);
}

/** Every import of these files that no rule allows, as "file: import". */
async function offenders(files: string[], allowed: RegExp): Promise<string[]> {
  const all = await Promise.all(
    files.map(async (file) => (await importsOf(file)).map((name) => ({ file, name }))),
  );
  return all
    .flat()
    .filter(({ name }) => !allowed.test(name))
    .map(({ file, name }) => `${file}: ${name}`);
}

describe('who may import what', () => {
  test('the protocol knows no framework', async () => {
    const files = within('lib/cognito/protocol/');
    expect(files.length).toBeGreaterThan(8);
    expect(await offenders(files, /^(jose|\.\/[\w-]+)$/)).toEqual([]);
  });

  test('neither does the session', async () => {
    const allowed = /^(jose|iron-session|\.\/[\w-]+|\.\.\/protocol\/[\w-]+)$/;
    expect(await offenders(within('lib/cognito/session/'), allowed)).toEqual([]);
  });

  test('the doctor examines from outside: the protocol is all it knows', async () => {
    const files = within('tools/doctor/');
    expect(files.length).toBeGreaterThan(15);
    const allowed = /^(\.\/(checks\/)?[\w-]+|\.\.\/[\w-]+|(\.\.\/)+cognito\/protocol\/[\w-]+)$/;
    expect(await offenders(files, allowed)).toEqual([]);
    const site = [...within('lib/cognito/'), 'middleware.ts', 'instrumentation.ts'];
    expect(await offenders(site, /^(?!.*doctor)/)).toEqual([]);
  });

  test('pages and routes come in by the door, the middleware by its own', async () => {
    const files = [...within('app/'), 'middleware.ts', 'instrumentation.ts'];
    const inside = /^(@\/lib\/|\.\/lib\/|(\.\.\/)+lib\/)(?!cognito$)/;
    const found = await offenders(files, new RegExp(`^(?!${inside.source.slice(1)})`));
    // Another middleware may stand behind the guard.
    expect(found.map((line) => line.replace('/behind-guard', '/guard'))).toEqual([
      // In development only, and no page of the site's.
      'app/doctor/page.dev.tsx: @/lib/doctor/doctor',
      'app/doctor/page.dev.tsx: @/lib/doctor/finding',
      'app/doctor/page.dev.tsx: @/lib/doctor/report',
      // The door carries what the Edge bundle has no use for.
      'middleware.ts: ./lib/cognito/guard',
      'instrumentation.ts: ./lib/cognito/mend-requests',
    ]);
  });

  test('the local pool and the site know nothing of each other', async () => {
    const pool = await offenders(
      within('lib/local-pool/src/'),
      /^(?!.*(cognito|\/app\/|middleware))/,
    );
    // The test kit alone, in one file: a session without pages is sealed by the site's own code.
    expect(pool.filter((line) => !line.startsWith('tests/support/seal-session.ts: '))).toEqual([]);
    const kit = await offenders(
      source.filter((file) => !/^(tests|bench)\//.test(file)),
      /^(?!.*(testing\/seal|local-pool\/testing))(?!\.\/seal$)/,
    );
    expect(kit).toEqual(['lib/local-pool/src/testing/directly.ts: ./seal']);
    const site = [...within('app/', 'lib/cognito/'), 'middleware.ts', 'instrumentation.ts'];
    expect(await offenders(site, /^(?!.*local-pool)/)).toEqual([]);
  });

  test('the environment is read in one place', async () => {
    const readers: string[] = [];
    const files = within('app/', 'lib/cognito/', 'tools/doctor/');
    for (const file of [...files, 'middleware.ts', 'next.config.js']) {
      const text = await readFile(file, 'utf8');
      // How the image is built says nothing of where it runs.
      const read =
        file === 'next.config.js' ? text.replace('process.env.BUILD_STANDALONE', '') : text;
      if (/process\.env|import\.meta\.env/.test(read)) readers.push(file);
    }
    // Comments may name it; code may not.
    expect(readers.filter((file) => file !== 'lib/cognito/config/parse-config.ts')).toEqual([
      'lib/cognito/get-site.ts',
    ]);
    expect(await readFile('instrumentation.ts', 'utf8')).not.toMatch(
      /process\.env\.(?!NEXT_RUNTIME)/,
    );
  });
});

describe('the packages', () => {
  test('at run time are five, and every version is exact', async () => {
    const { dependencies, devDependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(Object.keys(dependencies).sort()).toEqual([
      'iron-session',
      'jose',
      'next',
      'react',
      'react-dom',
    ]);
    const clients = JSON.parse(await readFile('tools/workshop/clients/package.json', 'utf8'));
    const lighthouse = JSON.parse(await readFile('tools/workshop/lighthouse/package.json', 'utf8'));
    const intl = JSON.parse(await readFile('tools/workshop/next-intl/package.json', 'utf8'));
    for (const version of Object.values({
      ...dependencies,
      ...devDependencies,
      ...clients.devDependencies,
      ...lighthouse.devDependencies,
      ...intl.devDependencies,
    })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  test('of the client tests are nobody else’s', async () => {
    const { dependencies, devDependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    const clients = JSON.parse(await readFile('tools/workshop/clients/package.json', 'utf8'));
    const names = Object.keys(clients.devDependencies);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names)
      expect({ ...dependencies, ...devDependencies }).not.toHaveProperty(name);
    const others = source.filter((file) => !file.startsWith('tools/workshop/clients/'));
    const taken = new RegExp(`^(?!(${names.join('|')})(/|$))`);
    expect(await offenders(others, taken)).toEqual([]);
  });

  test('of the example behind the guard are nobody else’s', async () => {
    const others = source.filter((file) => !file.startsWith('tools/workshop/next-intl/'));
    expect(await offenders(others, /^(?!next-intl(\/|$))/)).toEqual([]);
  });

  test('of Lighthouse are imported by nobody: it is a command', async () => {
    expect(await offenders(source, /^(?!lighthouse(\/|$))/)).toEqual([]);
  });

  test('of the bench are imported by nobody else', async () => {
    const bench = JSON.parse(
      await readFile('tools/workshop/bench/package.json', 'utf8'),
    ).devDependencies;
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    const peers = Object.keys(bench).filter((name) => !(name in dependencies));
    expect(peers.length).toBeGreaterThan(3);
    // A beta is what Auth.js tells people to install.
    for (const name of peers) expect(bench[name]).toMatch(/^\d+\.\d+\.\d+(-beta\.\d+)?$/);
    const others = source.filter((file) => !file.startsWith('tools/workshop/bench/'));
    expect(await offenders(others, new RegExp(`^(?!(${peers.join('|')})(/|$))`))).toEqual([]);
  });

  const LOCKS = [
    '.',
    'tools/workshop/clients',
    'tools/workshop/next-intl',
    'tools/workshop/lighthouse',
    'bench',
  ].map((at) => `${at}/package-lock.json`);
  test.each(LOCKS)('are locked for every system: %s', async (file) => {
    const { packages } = JSON.parse(await readFile(file, 'utf8'));
    for (const [path, entry] of Object.entries<{ optionalDependencies?: object }>(packages)) {
      // A registry that lacks one of them writes a lock file that `npm ci` refuses elsewhere.
      for (const name of Object.keys(entry.optionalDependencies ?? {})) {
        const locked = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
        expect(locked, `${name} of ${path}`).toBeDefined();
      }
    }
  });
});

describe('what the documents name exists', () => {
  const documents = FILES.filter((file) =>
    /^([A-Z]+\.md|infra\/README\.md|docs\/.*\.md)$/.test(file),
  );
  const pages = within('app/').filter((file) => file.endsWith('.tsx'));

  test.each([...documents, ...pages])('%s', async (file) => {
    const text = await readFile(file, 'utf8');
    const named = text.matchAll(
      /[`">]((?:app|lib|docs|infra|tests|scripts|public)\/[\w./-]+|[\w-]+\.ts)[`"<]/g,
    );
    for (const [, path = ''] of named) {
      // One of them is there: tools/setup/tests/migrate-proxy.test.ts knows which is named where.
      if (['middleware.ts', 'proxy.ts'].includes(path)) continue;
      expect(existsSync(path), `${path} in ${file}`).toBe(true);
    }
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
    for (const [, name = ''] of text.matchAll(/npm run ([\w:-]+)/g)) {
      expect(Object.keys(scripts)).toContain(name);
    }
  });

  test('there is a README', () => {
    expect(documents).toContain('README.md');
  });
});

describe('the sources', () => {
  test('silence no tool and skip no test', async () => {
    const words = ['@ts-ignore', '@ts-expect-error', '@ts-nocheck', 'biome-ignore', '\\bas any\\b'];
    const pattern = new RegExp(`${words.join('|')}|\\b(test|it|describe)\\.(only|skip)\\(`);
    const found: string[] = [];
    for (const file of source.filter((name) => name !== 'tests/boundaries.test.ts')) {
      if (pattern.test(await readFile(file, 'utf8'))) found.push(file);
    }
    expect(found).toEqual([]);
  });

  test('have no drawer for odds and ends', () => {
    expect(source.filter((file) => /\/(utils?|helpers?|misc|shared)\.\w+$/.test(file))).toEqual([]);
  });
});

test('every test that the threat model names is there, by name', async () => {
  const text = await readFile('docs/threat-model.md', 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && line.endsWith(' |'));
  for (const row of rows.filter((line) => !line.startsWith('| wants'))) {
    expect(row, 'a defence without a test').toMatch(/`(?:tests|tools)\/[\w/-]+\.test\.ts`/);
  }
  const named = [...text.matchAll(/`((?:tests|tools)\/[^`]+\.test\.ts)`:\s+\*([^*]+)\*/g)];
  expect(named.length).toBeGreaterThan(30);
  for (const [, file = '', name = ''] of named) {
    // In the source the apostrophes of a name may be escaped.
    const source = (await readFile(file, 'utf8')).replaceAll("\\'", "'");
    expect(source, `${file}: ${name}`).toContain(name);
  }
});
