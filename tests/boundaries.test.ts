import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findImportCircles } from './support/import-circles';
import { forbiddenImports, importsOf, SOURCES, within } from './support/sources';

/**
 * What the template promises about its own files. Yours beside them are free, but for what would open the sign-in
 * from within: then the message says how to do it instead.
 */
const SITE = ['app/', 'lib/', 'middleware.ts', 'proxy.ts', 'instrumentation.ts'];
const IN_SITE = within(...SITE).filter((file) => !file.startsWith('lib/local-pool/'));

const BY_THE_DOOR = 'Import it from @/lib/cognito, which has all that a page or a route may ask.';
const NO_TOOLS = 'A site has no part of tools/ and lib/local-pool: have the code in lib/ or app/.';
const BY_GET_SITE =
  'The settings of the sign-in come from getSite() of @/lib/cognito, already checked. Read a variable of your own with process.env in a file that names none of them.';
/** The variables that lib/cognito parses. */
const SETTINGS = /\b(COGNITO|SESSION|PREVIEW|VERCEL)_[A-Z]+/;

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
    const found = forbiddenImports(IN_SITE, /^(?!(@\/|(\.{1,2}\/)+)tools\/)/);
    const others = found.filter((line) => !line.startsWith('app/doctor/page.dev.tsx: '));
    expect(others, NO_TOOLS).toEqual([]);
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
      line
        .replace(/^(?:middleware|proxy)\.ts: (?:@|\.)/, 'middleware.ts: .')
        .replace('/behind-guard', '/guard'),
    );
    expect(found.sort(), BY_THE_DOOR).toEqual([
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
    expect(
      forbiddenImports(IN_SITE, /^(?!.*lib\/local-pool|(\.{1,2}\/)+local-pool)/),
      NO_TOOLS,
    ).toEqual([]);
  });

  test('the environment is read in one place', () => {
    // Comments may name it; code may not. The doctor hands it to the commands that it starts.
    const allowed = /^(lib\/cognito\/config\/|tools\/doctor\/(cli\.ts|tests\/))/;
    const files = within('lib/cognito/', 'tools/doctor/').filter((file) => !allowed.test(file));
    expect(files.filter(readsEnvironment)).toEqual(['lib/cognito/environment.ts']);
  });

  test('pages, routes and next.config.js read none of the settings of the sign-in', () => {
    const files = [...IN_SITE, 'next.config.js'].filter(
      (file) => !file.startsWith('lib/cognito/') && readsEnvironment(file),
    );
    const readers = files.filter((file) => SETTINGS.test(readFileSync(file, 'utf8')));
    expect(readers, BY_GET_SITE).toEqual([]);
  });
});

function readsEnvironment(file: string): boolean {
  return /process\.env|import\.meta\.env/.test(readFileSync(file, 'utf8'));
}

test('no client component imports the sign-in, whose code would go to the browser', () => {
  const client = SOURCES.filter((file) => /^(app|lib)\//.test(file)).filter((file) =>
    /^['"]use client['"]/.test(readFileSync(file, 'utf8')),
  );
  expect(client.length).toBeGreaterThan(0);
  const found = client.filter((file) =>
    /^import (?!type\b)[^;]*from '[^']*lib\/cognito/m.test(readFileSync(file, 'utf8')),
  );
  expect(found, 'Read it in a server component, and hand over what is needed as props.').toEqual(
    [],
  );
});

test('no two files of the sign-in import each other in a circle, not even types', () => {
  expect(findImportCircles('.', ['lib/cognito'])).toEqual([]);
});

describe('the packages', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

  test('that the sign-in runs with are there, in exact versions', () => {
    // Yours beside them may have any.
    for (const name of ['iron-session', 'jose', 'next', 'react', 'react-dom']) {
      expect(manifest.dependencies[name], name).toMatch(/^\d+\.\d+\.\d+$/);
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
      const both = `${name} of lib/local-pool/package.json and package.json: give both one version.`;
      expect(shared[name] ?? version, both).toBe(version);
    }
    const names = Object.keys(pool.devDependencies).filter((name) => !(name in shared));
    const others = SOURCES.filter((file) => !file.startsWith('lib/local-pool/'));
    const foreign = new RegExp(`^(?!(${names.join('|')})(/|$))`);
    const missing = 'It is installed for the local pool alone: npm install it for yourself.';
    expect(forbiddenImports(others, foreign), missing).toEqual([]);
  });

  test('are locked for every system', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    for (const [path, entry] of Object.entries<{ optionalDependencies?: object }>(packages)) {
      // A registry that lacks one of them writes a lock file that `npm ci` refuses elsewhere.
      for (const name of Object.keys(entry.optionalDependencies ?? {})) {
        const message = `${name} of ${path}: delete package-lock.json and node_modules, then npm install.`;
        expect(
          homesOf(path, name).some((home) => home in packages),
          message,
        ).toBe(true);
      }
    }
  });
});

/** Where Node looks for a package that the one at this path imports, the nearest first. */
function homesOf(path: string, name: string): string[] {
  const outward = path.split('/node_modules/').map((_, depth, parts) => parts.slice(0, depth + 1));
  const folders = [...outward.map((parts) => `${parts.join('/node_modules/')}/`).reverse(), ''];
  return folders.map((folder) => `${folder}node_modules/${name}`);
}
