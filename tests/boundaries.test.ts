import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findImportCircles,
  findImported,
  forbiddenImports,
  importsOf,
  SOURCES,
  within,
} from './support/sources';

/**
 * Which files may import what. These rules are about the template's own folders. Your own files may
 * import anything, except what would let them bypass the sign-in: the failure message then says what
 * to do instead.
 */
const SITE = ['app/', 'lib/', 'middleware.ts', 'proxy.ts', 'instrumentation.ts'];
const IN_SITE = within(...SITE).filter((file) => !file.startsWith('lib/local-pool/'));

const BY_THE_DOOR =
  'A page, route or middleware imports a module inside lib/cognito. Import from @/lib/cognito instead: it exports everything that pages and routes need.';
const NO_TOOLS =
  'The site imports from tools/ or lib/local-pool, which must not be in a build. Move the shared code to lib/ or app/.';
const BY_GET_SITE =
  'This file reads process.env and names a sign-in setting. Get sign-in settings from getSite() of @/lib/cognito, which validates them. Read your own variables with process.env in a file that names no sign-in setting.';
/** The variables that lib/cognito parses. */
const SETTINGS = /\b(COGNITO|SESSION|PREVIEW|VERCEL)_[A-Z]+/;

const SO_THAT_PAGES_MOVE =
  'An import breaks when its page moves, for example to app/[locale]. Import what is in the same folder of app/ as ./… or ../…, and everything else as @/…';

describe('imports', () => {
  test('lib/cognito/protocol imports only jose, itself and the configuration', () => {
    const files = within('lib/cognito/protocol/');
    expect(files.length).toBeGreaterThan(8);
    expect(forbiddenImports(files, /^(jose(\/errors)?|\.\/[\w-]+|\.\.\/config\/[\w-]+)$/)).toEqual(
      [],
    );
  });

  test('the session, configuration and packing code imports no framework either', () => {
    const folders = ['session/', 'memory/', 'config/', 'packing/', 'access/'];
    const files = within(...folders.map((folder) => `lib/cognito/${folder}`));
    const allowed =
      /^(jose|iron-session|\.\/[\w-]+|\.\.\/(protocol|session|memory|config|packing|access)\/[\w-]+)$/;
    expect(forbiddenImports(files, allowed)).toEqual([]);
  });

  test('lib/cognito/account imports only itself and the wire of the protocol', () => {
    const files = within('lib/cognito/account/');
    expect(files.length).toBeGreaterThan(8);
    const allowed = /^(\.\/(qr\/)?[\w-]+|\.\.\/protocol\/wire)$/;
    expect(forbiddenImports(files, allowed)).toEqual([]);
  });

  test('the middleware contains nothing of lib/cognito/account', () => {
    for (const entry of ['lib/cognito/guard.ts', 'lib/cognito/behind-guard.ts']) {
      const imported = findImported('.', ['lib'], entry);
      expect(imported, entry).toContain('lib/cognito/protocol/tokens.ts');
      const account = imported.filter((file) => file.startsWith('lib/cognito/account/'));
      const instead = `${entry} imports these files, directly or through others, so every request would load them. Import them in routes only.`;
      expect(account, instead).toEqual([]);
    }
  });

  test('the middleware takes Next’s classes from where they are defined, without the rest of next/server', () => {
    const instead =
      'Import values from lib/cognito/responses/next-server.ts: next/server adds 7.7 kB to the middleware.';
    for (const entry of ['lib/cognito/guard.ts', 'lib/cognito/behind-guard.ts']) {
      // Your own files may import what they need.
      const ours = findImported('.', ['lib'], entry).filter((file) => /^lib\/cognito\//.test(file));
      const values = ours.filter((file) =>
        /^(?:im|ex)port (?!type\b)[^;]*'next\/server'/m.test(readFileSync(file, 'utf8')),
      );
      expect(ours).toContain('lib/cognito/responses/next-server.ts');
      expect(values, instead).toEqual([]);
    }
  });

  test('the doctor imports only the protocol and the configuration of the sign-in', () => {
    const files = within('tools/doctor/').filter((file) => !file.includes('/tests/'));
    expect(files.length).toBeGreaterThan(10);
    const allowed =
      /^(\.\/(checks\/)?[\w-]+|\.\.\/[\w-]+|(\.\.\/)+lib\/cognito\/(protocol|config)\/[\w-]+)$/;
    // The command itself (cli.ts) may also import modules that read files and print.
    expect(forbiddenImports(files, allowed).filter((line) => !line.includes('/cli.ts: '))).toEqual(
      [],
    );
  });

  test('the site imports nothing from tools/, except the doctor page in development', () => {
    const found = forbiddenImports(IN_SITE, /^(?!(@\/|(\.{1,2}\/)+)tools\/)/);
    const others = found.filter((line) => !line.startsWith('app/doctor/page.dev.tsx: '));
    expect(others, NO_TOOLS).toEqual([]);
  });

  test('pages and routes import @/lib/cognito, and the middleware imports the guard', () => {
    const ownRoutes = /^app\/(login|logout|refresh|theme|healthz|not-configured|refused)\//;
    const showsItself = /^app\/(flow|profile\/tokens)\//; // demo
    const files = within('app/', 'middleware.ts', 'proxy.ts', 'instrumentation.ts').filter(
      (file) =>
        !showsItself.test(file) && // demo
        !ownRoutes.test(file),
    );
    const behind = /^(?!(@\/|\.\/|(\.\.\/)+)lib\/cognito\/)/;
    // middleware.ts may be proxy.ts, and may use behindGuard to run another middleware.
    const found = forbiddenImports(files, behind).map((line) =>
      line
        .replace(/^(?:middleware|proxy)\.ts: (?:@|\.)/, 'middleware.ts: .')
        .replace('/behind-guard', '/guard'),
    );
    expect(found.sort(), BY_THE_DOOR).toEqual([
      // Development only: this page isn't in a build.
      'app/doctor/page.dev.tsx: @/lib/cognito/config/environment',
      // @/lib/cognito contains code that the Edge bundle doesn't need.
      'instrumentation.ts: ./lib/cognito/config/advice',
      'instrumentation.ts: ./lib/cognito/requests/clean-output',
      'instrumentation.ts: ./lib/cognito/requests/developer-requests',
      'instrumentation.ts: ./lib/cognito/requests/normalize-requests',
      'middleware.ts: ./lib/cognito/guard',
    ]);
  });

  test('a folder of app/ can move: it imports itself by ./ or ../, and everything else by @/', () => {
    const found = within('app/').flatMap((file) => {
      const [, home = ''] = /^(app\/[^/]+\/)./.exec(file) ?? [];
      const isHome = (path: string) => home !== '' && path.startsWith(home);
      const breaking = importsOf(file).filter((name) =>
        name.startsWith('.') ? !isHome(join(dirname(file), name)) : isHome(name.slice('@/'.length)),
      );
      return breaking.map((name) => `${file}: ${name}`);
    });
    expect(found, SO_THAT_PAGES_MOVE).toEqual([]);
  });

  test('the local pool and the site do not import each other', () => {
    const home = 'lib/local-pool/src/';
    const pool = within(home);
    expect(pool.length).toBeGreaterThan(80);
    const allowed = /^(\.{1,2}\/|node:|@hono\/|hono(\/|$)|(jose|otpauth|uqr)$)/;
    expect(forbiddenImports(pool, allowed)).toEqual([]);
    for (const file of pool) {
      const relative = importsOf(file).filter((name) => name.startsWith('.'));
      const outside = relative.filter((name) => !join(dirname(file), name).startsWith(home));
      expect(outside, `${file}: the local pool must not import files outside ${home}`).toEqual([]);
    }
    expect(
      forbiddenImports(IN_SITE, /^(?!.*lib\/local-pool|(\.{1,2}\/)+local-pool)/),
      NO_TOOLS,
    ).toEqual([]);
  });

  test('only lib/cognito/config/environment.ts reads the environment', () => {
    // parse-config.ts only names process.env in a comment. The doctor's cli.ts passes the environment
    // to the commands that it starts.
    const allowed = /^(lib\/cognito\/config\/parse-config\.ts|tools\/doctor\/(cli\.ts|tests\/))/;
    const files = within('lib/cognito/', 'tools/doctor/').filter((file) => !allowed.test(file));
    expect(files.filter(readsEnvironment)).toEqual(['lib/cognito/config/environment.ts']);
  });

  test('pages, routes and next.config.js do not read sign-in settings from the environment', () => {
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

test('no client component imports lib/cognito, whose code would be sent to the browser', () => {
  const client = SOURCES.filter((file) => /^(app|lib)\//.test(file)).filter((file) =>
    /^['"]use client['"]/.test(readFileSync(file, 'utf8')),
  );
  expect(client.length).toBeGreaterThan(0);
  const found = client.filter((file) =>
    /^import (?!type\b)[^;]*from '[^']*lib\/cognito/m.test(readFileSync(file, 'utf8')),
  );
  const instead =
    'This client component imports lib/cognito. Read the session in a server component, and pass what the client component needs as props.';
  expect(found, instead).toEqual([]);
});

test('only the bounded readers of lib/cognito/requests parse a form', () => {
  const parsers = within('app/', 'lib/cognito/', 'middleware.ts', 'proxy.ts').filter((file) =>
    /\.formData\(/.test(readFileSync(file, 'utf8')),
  );
  const instead =
    'This file calls .formData(), which may keep a CPU busy for half a second. Call readForm(request) of @/lib/cognito, or readUpload(request) for a form with files.';
  expect(parsers, instead).toEqual(['lib/cognito/requests/read-form.ts']);
});

test('no files in lib/cognito import each other in a circle, types included', () => {
  expect(findImportCircles('.', ['lib/cognito'])).toEqual([]);
});

describe('the packages', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

  test('that the sign-in needs at run time have exact versions', () => {
    // Your own packages may have version ranges.
    for (const name of ['iron-session', 'jose', 'next', 'react', 'react-dom']) {
      expect(manifest.dependencies[name], name).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  test('of the local pool are development packages that no other code imports', () => {
    const pool = JSON.parse(readFileSync('lib/local-pool/package.json', 'utf8'));
    // As "dependencies", `npm ci --omit=dev` would install them in production.
    expect(pool).not.toHaveProperty('dependencies');
    const shared = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(pool.devDependencies)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      // With different versions, npm would install the package twice.
      const both = `${name} has different versions in lib/local-pool/package.json and package.json. Use the same version in both.`;
      expect(shared[name] ?? version, both).toBe(version);
    }
    const names = Object.keys(pool.devDependencies).filter((name) => !(name in shared));
    const others = SOURCES.filter((file) => !file.startsWith('lib/local-pool/'));
    const foreign = new RegExp(`^(?!(${names.join('|')})(/|$))`);
    const missing =
      'This package is only installed for the local pool. Run npm install with its name to use it elsewhere.';
    expect(forbiddenImports(others, foreign), missing).toEqual([]);
  });

  test('are locked for every operating system', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    for (const [path, entry] of Object.entries<{ optionalDependencies?: object }>(packages)) {
      // If an optional package for another system isn't locked, `npm ci` fails on that system.
      for (const name of Object.keys(entry.optionalDependencies ?? {})) {
        const message = `package-lock.json lacks ${name}, an optional dependency of ${path}. Delete package-lock.json and node_modules, then run npm install.`;
        expect(
          homesOf(path, name).some((home) => home in packages),
          message,
        ).toBe(true);
      }
    }
  });
});

/** Where Node looks for a package that the package at this path imports, nearest first. */
function homesOf(path: string, name: string): string[] {
  const outward = path.split('/node_modules/').map((_, depth, parts) => parts.slice(0, depth + 1));
  const folders = [...outward.map((parts) => `${parts.join('/node_modules/')}/`).reverse(), ''];
  return folders.map((folder) => `${folder}node_modules/${name}`);
}
