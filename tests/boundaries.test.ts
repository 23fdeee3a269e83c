import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findImportCircles } from './support/import-circles';
import { forbiddenImports, importsOf, SOURCES, within } from './support/sources';

/** What renders, and what stands before it. */
const SITE = ['app/', 'lib/cognito/', 'middleware.ts', 'proxy.ts', 'instrumentation.ts'];

describe('who may import what', () => {
  test('the protocol knows no framework', () => {
    const files = within('lib/cognito/protocol/');
    expect(files.length).toBeGreaterThan(8);
    expect(forbiddenImports(files, /^(jose|\.\/[\w-]+|\.\.\/config\/[\w-]+)$/)).toEqual([]);
  });

  test('neither does the session, nor what the two are configured and packed by', () => {
    const files = within('lib/cognito/session/', 'lib/cognito/config/', 'lib/cognito/packing/');
    const allowed =
      /^(jose|iron-session|\.\/[\w-]+|\.\.\/(protocol|session|config|packing|previews)\/[\w-]+)$/;
    expect(forbiddenImports(files, allowed)).toEqual([]);
  });

  test('the doctor examines from outside: the protocol and the configuration are all it knows', () => {
    const files = within('tools/doctor/').filter((file) => !file.includes('/tests/'));
    expect(files.length).toBeGreaterThan(15);
    const allowed =
      /^(\.\/(checks\/)?[\w-]+|\.\.\/[\w-]+|(\.\.\/)+lib\/cognito\/(protocol|config)\/[\w-]+)$/;
    // The command itself reads files and prints.
    expect(forbiddenImports(files, allowed).filter((line) => !line.includes('/cli.ts: '))).toEqual(
      [],
    );
  });

  test('a site has no byte of the tools, but for the doctor’s page in development', () => {
    const found = forbiddenImports(within(...SITE), /^(?!.*\btools\/)/);
    expect(found.filter((line) => !line.startsWith('app/doctor/page.dev.tsx: '))).toEqual([]);
  });

  test('pages and routes come in by the door, the middleware by its own', () => {
    const ownRoutes = /^app\/(login|logout|refresh|theme|healthz)\//;
    const showsItself = /^app\/flow\//; // demo
    const files = within('app/', 'middleware.ts', 'proxy.ts', 'instrumentation.ts').filter(
      (file) =>
        !showsItself.test(file) && // demo
        !ownRoutes.test(file),
    );
    const behind = /^(?!(@\/|\.\/|(\.\.\/)+)lib\/cognito\/)/;
    // Another middleware may stand behind the guard, and the middleware may have its other form.
    const found = forbiddenImports(files, behind).map((line) =>
      line.replace('/behind-guard', '/guard').replace(/^proxy\.ts/, 'middleware.ts'),
    );
    expect(found.sort()).toEqual([
      // Where the browser asks for a refresh.
      'app/_components/refresh-now.tsx: @/lib/cognito/session/return-to',
      // In development only, and no page of the site's.
      'app/doctor/page.dev.tsx: @/lib/cognito/environment',
      // The door carries what the Edge bundle has no use for.
      'instrumentation.ts: ./lib/cognito/normalize-requests',
      'middleware.ts: ./lib/cognito/guard',
    ]);
  });

  test('the local pool and the site know nothing of each other', () => {
    const home = 'lib/local-pool/src/';
    const pool = within(home);
    expect(pool.length).toBeGreaterThan(80);
    const allowed = /^(\.{1,2}\/|node:|@hono\/|hono(\/|$)|(jose|otpauth|uqr)$)/;
    expect(forbiddenImports(pool, allowed)).toEqual([]);
    for (const file of pool) {
      const relative = importsOf(file).filter((name) => name.startsWith('.'));
      const outside = relative.filter((name) => !join(dirname(file), name).startsWith(home));
      expect(outside, file).toEqual([]);
    }
    const site = within(...SITE, 'lib/').filter((file) => !file.startsWith('lib/local-pool/'));
    expect(forbiddenImports(site, /^(?!.*local-pool)/)).toEqual([]);
  });

  test('the environment is read in one place', () => {
    const files = [...within('app/', 'lib/cognito/', 'tools/doctor/'), 'next.config.js'];
    const readers = files.filter((file) => {
      // How the image is built says nothing of where it runs.
      const text = readFileSync(file, 'utf8').replace('process.env.BUILD_STANDALONE', '');
      return /process\.env|import\.meta\.env/.test(text);
    });
    // Comments may name it; code may not. The doctor hands it to the commands that it starts.
    const others = readers.filter(
      (file) => !/^(lib\/cognito\/config\/|tools\/doctor\/(cli\.ts|tests\/))/.test(file),
    );
    expect(others).toEqual(['lib/cognito/environment.ts']);
    expect(readFileSync('instrumentation.ts', 'utf8')).not.toMatch(
      /process\.env\.(?!NEXT_RUNTIME)/,
    );
  });
});

test('no two files of the sign-in import each other in a circle, not even types', () => {
  expect(findImportCircles('.', ['lib/cognito'])).toEqual([]);
});

describe('the packages', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

  test('at run time are five, and every version is exact', () => {
    const { dependencies, devDependencies } = manifest;
    expect(Object.keys(dependencies).sort()).toEqual([
      'iron-session',
      'jose',
      'next',
      'react',
      'react-dom',
    ]);
    for (const version of Object.values({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  test('of the local pool are development packages, and nobody else’s', () => {
    const pool = JSON.parse(readFileSync('lib/local-pool/package.json', 'utf8'));
    // As "dependencies" they would be installed where a site runs: `npm ci --omit=dev`.
    expect(pool).not.toHaveProperty('dependencies');
    const shared = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(pool.devDependencies)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      // Of another version there would be two.
      expect(shared[name] ?? version, name).toBe(version);
    }
    const names = Object.keys(pool.devDependencies).filter((name) => !(name in shared));
    expect(names.length).toBeGreaterThan(3);
    const others = SOURCES.filter((file) => !file.startsWith('lib/local-pool/'));
    const foreign = new RegExp(`^(?!(${names.join('|')})(/|$))`);
    expect(forbiddenImports(others, foreign)).toEqual([]);
  });

  test('are locked for every system', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    for (const [path, entry] of Object.entries<{ optionalDependencies?: object }>(packages)) {
      // A registry that lacks one of them writes a lock file that `npm ci` refuses elsewhere.
      for (const name of Object.keys(entry.optionalDependencies ?? {})) {
        const locked = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
        expect(locked, `${name} of ${path}`).toBeDefined();
      }
    }
  });
});

describe('the sources', () => {
  test('silence no tool and skip no test', () => {
    const words = ['@ts-ignore', '@ts-expect-error', '@ts-nocheck', 'biome-ignore', '\\bas any\\b'];
    const pattern = new RegExp(`${words.join('|')}|\\b(test|it|describe)\\.(only|skip)\\(`);
    const others = SOURCES.filter((name) => name !== 'tests/boundaries.test.ts');
    expect(others.filter((file) => pattern.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  test('have no drawer for odds and ends', () => {
    expect(SOURCES.filter((file) => /\/(utils?|helpers?|misc|shared)\.\w+$/.test(file))).toEqual(
      [],
    );
  });
});
