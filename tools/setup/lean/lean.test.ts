/** What `npm run init -- --lean` removes. `tools/workshop/docs` and `tools/workshop/copies` look at the result. */
import { describe, expect, test } from 'vitest';
import { commitOf } from '@/tools/setup/init/choices';
import { withoutMarked } from './marks';
import { unusedPackages, withoutLocked, withoutPackages } from './packages';
import { DOCUMENTS, SKELETON } from './parts';
import { planLean } from './plan';
import { filledIn } from './readme';
import { withoutTemplate } from './texts';

const MANIFEST = JSON.stringify({
  scripts: { 'pretest:all': 'node install.js', 'test:all': 'node all.js', test: 'node run.js' },
  devDependencies: { axe: '1.0.0', tsx: '2.0.0', unused: '3.0.0' },
});
const lockOf = (packages: object) => JSON.stringify({ name: 'a', packages });

/** Plans for a project with these files, of which the owner has added some. */
function plan(files: Readonly<Record<string, string>>, own: readonly string[] = []) {
  const project: Readonly<Record<string, string>> = {
    'package.json': MANIFEST,
    'package-lock.json': lockOf({ '': JSON.parse(MANIFEST) }),
    ...files,
  };
  return planLean({
    files: Object.keys(project),
    read: (file) => project[file] ?? '',
    isOwn: (file) => own.includes(file),
    fill: (skeleton) => skeleton.replace('{{title}}', 'A shop'),
  });
}

describe('a project that becomes lean', () => {
  test('loses the workshop, the tests of the sign-in, and what only these import', () => {
    const { gone } = plan({
      'tools/workshop/start.js': '',
      'tests/cognito/guard.test.ts': "import '../support/forge';",
      'tests/support/forge.ts': "import './hammer';",
      'tests/support/hammer.ts': '',
      'tests/support/site.ts': '',
      'tests/support/one-browser.ts': '',
      'tests/site/headers.test.ts': "import '../support/site';",
      'vitest.config.ts': "globalSetup: ['tests/support/one-browser.ts']",
    });
    expect(gone).toEqual([
      'tools/workshop/start.js',
      'tests/cognito/guard.test.ts',
      'tests/support/forge.ts',
      'tests/support/hammer.ts',
    ]);
  });

  test('keeps what a recipe in its documents imports, but not what only a removed line names', () => {
    const { gone } = plan({
      'docs/make-it-yours.md': "import { startTestSite } from '@/tests/support/test-site';",
      'docs/deploy.md': "'tests/support/nginx.ts' <!-- template-only -->",
      'tests/support/test-site.ts': '',
      'tests/support/nginx.ts': '',
    });
    expect(gone).toEqual(['tests/support/nginx.ts']);
  });

  test('keeps every file that its owner has added, and what that file imports', () => {
    const own = ['tests/cognito/our.test.ts', 'docs/decisions/0016-ours.md', 'tests/support/x.ts'];
    const { gone, kept } = plan(
      {
        'docs/decisions/0001-edge.md': '',
        'tests/cognito/support.ts': '',
        'tests/cognito/our.test.ts': "import './support';",
        'docs/decisions/0016-ours.md': '',
        'tests/support/x.ts': '',
      },
      own,
    );
    expect(gone).toEqual(['docs/decisions/0001-edge.md']);
    expect(kept).toEqual(own.slice(0, 2).sort().reverse());
  });

  test('keeps the documents that its owner has written, as they are', () => {
    const text = 'Ours. <!-- template-only -->\n';
    const { gone, changed, kept } = plan({ 'README.md': text, 'CHANGELOG.md': text });
    expect([gone, kept]).toEqual([[], ['README.md', 'CHANGELOG.md']]);
    expect([...changed.keys()]).not.toContain('README.md');
  });

  test('gets its own README, and loses the template’s other documents', () => {
    const files = [...DOCUMENTS].map(([file, sentence]) => [file, `Words. ${sentence} Words.`]);
    const { gone, changed } = plan({ ...Object.fromEntries(files), [SKELETON]: '# {{title}}\n' });
    expect(gone).toEqual(['SECURITY.md', 'CHANGELOG.md', 'CONTRIBUTING.md', SKELETON]);
    expect(changed.get('README.md')).toBe('# A shop\n');
  });

  test('loses the scripts of removed files, and packages that only these import', () => {
    const { changed, unused } = plan({
      'tools/workshop/axe.ts': "import axe from 'axe';\nimport 'tsx/esm';",
      'tools/run.js': "run('tsx/dist/cli.mjs')",
    });
    expect(unused).toEqual(['npm run test:all', 'axe']);
    expect(JSON.parse(changed.get('package.json') ?? '')).toEqual({
      scripts: { test: 'node run.js' },
      devDependencies: { tsx: '2.0.0', unused: '3.0.0' },
    });
  });
});

describe('the packages', () => {
  test('that a command or a remaining file uses stay', () => {
    const manifest = JSON.stringify({
      scripts: { dev: 'node --import tsx dev.ts' },
      devDependencies: { tsx: '1', a: '1', b: '1', '@types/node': '1' },
    });
    const gone = ["import 'tsx';", "import x from 'a';", "import y from 'b/c';", "'@types/node'"];
    expect(unusedPackages(manifest, gone, ["import x from 'a/sub';"])).toEqual(['b']);
    expect(JSON.parse(withoutPackages(manifest, ['b'])).devDependencies).not.toHaveProperty('b');
  });

  test('that only a removed one needs leave the lock file with it', () => {
    const lock = lockOf({
      '': { dependencies: { a: '1' }, devDependencies: { b: '1' } },
      'lib/pool': { devDependencies: { d: '1' } },
      'node_modules/pool': { resolved: 'lib/pool', link: true },
      'node_modules/a': { dependencies: { c: '1' }, devDependencies: { e: '1' } },
      'node_modules/a/node_modules/c': {},
      'node_modules/b': { dependencies: { c: '2', f: '1' } },
      'node_modules/c': {},
      'node_modules/d': { peerDependencies: { g: '1' }, optionalDependencies: { h: '1' } },
      'node_modules/f': {},
      'node_modules/g': {},
      'node_modules/h': {},
    });
    const { packages } = JSON.parse(withoutLocked(lock, ['b']));
    expect(packages['']).toEqual({ dependencies: { a: '1' }, devDependencies: {} });
    expect(Object.keys(packages).slice(1)).toEqual([
      'lib/pool',
      'node_modules/pool',
      'node_modules/a',
      'node_modules/a/node_modules/c',
      'node_modules/d',
      'node_modules/g',
      'node_modules/h',
    ]);
  });
});

describe('a file that stays', () => {
  test.each([
    ['x.ts', '// Why.\n// See docs/decisions/0001.\nx();\n', '// Why.\nx();\n'],
    ['x.ts', 'x(); // template-only\ny(); // template\n', 'y(); // template\n'],
    ['.gitignore', 'a\n# template-only\nb\n# /template-only\nc\n', 'a\nc\n'],
    ['a.md', '## template-only\n', '## template-only\n'],
    ['a.md', '<!-- from: tools/workshop/x.ts -->\n```ts\n```\n', '```ts\n```\n'],
    ['docs/threat-model.md', '| a | b | `x.test.ts` |\n|---|---|---|\n', '| a | b |\n|---|---|\n'],
    ['data.json', '"// template-only"\n', '"// template-only"\n'],
  ])('%s has no reference to what goes: %j', (file, text, rest) => {
    expect(withoutTemplate(text, file)).toBe(rest);
  });

  test('keeps the lines of the demo, which has its own command', () => {
    const text = 'a(); // demo\nb(); // template-only\n';
    expect(withoutMarked(text, 'x.ts', 'template-only')).toBe('a(); // demo\n');
  });
});

test('the README lists the pages, and who can open them', () => {
  const site = {
    name: 'A shop',
    description: 'Fish.',
    pages: ['/', '/me', '/staff', '/till', '/terms'].map((path) => ({ path, title: `a|${path}` })),
    access: {
      publicPages: ['/'],
      staticPages: ['/terms'],
      publicFiles: [],
      groupPages: { '/staff': 'crew' },
      recentSignInPages: { '/till': 90 },
    },
  };
  expect(
    filledIn('{{title}}: {{description}} {{other}}\n{{pages}}\n', site),
  ).toBe(`A shop: Fish. {{other}}
| \`/\` | a\\|/ | anyone |
| \`/me\` | a\\|/me | signed-in users |
| \`/staff\` | a\\|/staff | members of the group \`crew\` |
| \`/till\` | a\\|/till | users who signed in within the last 90 seconds |
| \`/terms\` | a\\|/terms | anyone |
`);
});

test.each([
  [{ renamed: true, demo: false, lean: false }, '"Begin a-shop"'],
  [{ renamed: true, demo: true, lean: false }, '"Begin a-shop without the demo"'],
  [{ renamed: true, demo: true, lean: true }, '"Begin a-shop, lean"'],
  [{ renamed: false, demo: true, lean: false }, '"Remove the demo"'],
  [{ renamed: false, demo: false, lean: true }, '"Keep only what the site needs"'],
])('the proposed commit says what was chosen: %j', (done, message) => {
  const name = 'a-shop';
  expect(commitOf({ name, ...done })).toBe(`git add -A && git commit -m ${message}`);
  expect(commitOf({ name, renamed: false, demo: false, lean: false })).toBeUndefined();
});
