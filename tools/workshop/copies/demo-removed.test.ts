/**
 * The repository without its demo, as somebody has it who builds on it: a copy, made once, and its build.
 * It has the other form of the middleware, so that neither form rots: one build shows both.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '@/tools/setup/child.js';
import { PARTS } from '@/tools/setup/demo/plan';
import { formOf, otherThan } from '@/tools/setup/proxy/form';
import { cleanEnv } from '@/tools/test/clean-env.js';
import { middlewareOf } from '../../../tests/support/built-middleware';
import { startSite } from '../../../tests/support/site';
import { createVisitor } from '../../../tests/support/visitor';
import { createWorkplace } from '../mutation/workplace';

const NEXT = 'node_modules/next/dist/bin/next';
const VITEST = 'node_modules/vitest/vitest.mjs';

/** Of its tests those that read the files of the repository, or know its pages. */
const UNIT = [
  'tests/boundaries',
  'tools/workshop/mutation/table.test',
  'tests/supply-chain',
  'cognito/refusals',
  'tools/workshop/docs/docs.test',
  'tools/setup/tests/init.test',
];
const SITE = [
  'flow/access',
  'flow/sign-in',
  'flow/work',
  'browser/sign-in',
  'security/without-middleware',
];
/** One of each of what is done to all pages, as every page takes its time. */
const ONE_PAGE = 'landing-|out of /profile,';
const PAGES = ['browser/accessibility', 'security/gate', '--testNamePattern', ONE_PAGE];

/** Without what vitest sets for its own: a build for tests would be another build. */
const env = cleanEnv(process.env, false);
for (const name of Object.keys(env)) if (/^(VITEST|TEST)/.test(name)) delete env[name];

const { folder } = createWorkplace();
const node = (...args: string[]) => run(process.execPath, args, { cwd: folder, env });
const git = (...args: string[]) => run('git', args, { cwd: folder, env });
const remove = () => node('--import', 'tsx', resolve('tools/setup/demo/remove.ts'));
const form = otherThan(formOf());
const migrate = () =>
  node('--import', 'tsx', 'tools/setup/migrate-proxy.ts', ...(form === 'proxy' ? [] : ['--back']));
/** What is left gets another name at the same time, and passes its tests with it. */
const NAME = 'a-shop';
const init = () =>
  node('--import', 'tsx', 'tools/setup/init.ts', '--yes', '--remove-demo', '--name', NAME);
const LICENSE = join(folder, 'LICENSE');

let uncommitted: { ok: boolean; output: string };
let removed: { ok: boolean; output: string };
let again: { ok: boolean; output: string };
let migrated: { ok: boolean; output: string };

beforeAll(async () => {
  const person = ['-c', 'user.name=Carol', '-c', 'user.email=carol@example.com'];
  await git('init', '--quiet');
  await git('add', '--all');
  await git(...person, 'commit', '--quiet', '--message', 'Begin');
  const licence = readFileSync(LICENSE, 'utf8');
  writeFileSync(LICENSE, 'ours');
  uncommitted = await init();
  writeFileSync(LICENSE, licence);
  removed = await init();
  await git('add', '--all');
  again = await remove();
  migrated = await migrate();
  await git('add', '--all');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the removal, by npm run init', () => {
  test('does nothing while something is not committed, and says what', () => {
    expect(uncommitted.ok).toBe(false);
    expect(uncommitted.output).toMatch(/^ M LICENSE$/m);
    expect(uncommitted.output).not.toContain('These go');
    expect(uncommitted.output).toContain('The rest was not begun');
  });

  test('says what it takes out, and that it has', () => {
    expect(removed.output).toMatch(/^✓ The demo is out: \d+ files gone, \d+ changed\./m);
    expect(removed.output).toMatch(/✓ a-shop: the demo is out, renamed in 5 files, .*\n$/);
    expect(removed.ok).toBe(true);
    for (const part of PARTS) expect(removed.output).toContain(`\n  ${part}`);
  });

  test('has nothing to do a second time', () => {
    expect(again).toMatchObject({ ok: true, output: 'Nothing of the demo is left to remove.\n' });
  });
});

describe('what is left', () => {
  test('has the other form of the middleware', () => {
    expect(migrated.ok, migrated.output).toBe(true);
    expect(formOf(folder)).toBe(form);
  });

  test('has no part of the demo, and no word of it', async () => {
    expect(PARTS.filter((part) => existsSync(join(folder, part)))).toEqual([]);
    const mentions = [
      "'/(flow|source)['?#/]",
      '`/(flow|source)`',
      'app/(flow|source)',
      'demo:remove',
    ];
    const words = ['(//|<!--|/\\*) /?demo( -->| \\*/)?$', ...mentions].join('|');
    expect((await git('grep', '-nE', words)).output).toBe('');
  });

  test('has its new name, and no word of the old one', async () => {
    expect((await git('grep', '-niE', 'starter', 'app', 'public', 'package.json')).output).toBe('');
    expect(readFileSync(join(folder, 'lib/site.ts'), 'utf8')).toContain("NAME = 'A shop'");
  });

  test('has no file that only the demo imported', async () => {
    const files = (await git('ls-files', 'app', 'tests/support')).output.trim().split('\n');
    const imports = (await git('grep', '-hE', "(from|import) '", '*.ts', '*.tsx')).output;
    // Next finds these by their names.
    const found =
      /\/(page|route|layout|[\w-]*error|not-found|forbidden|unauthorized|robots|sitemap|manifest)(\.dev)?\.tsx?$/;
    const others = files.filter((file) => /\.(tsx?|css)$/.test(file) && !found.test(file));
    expect(others.length).toBeGreaterThan(40);
    const nameOf = (file: string) => file.replace(/^.*\/|\.tsx?$/g, '');
    expect(others.filter((file) => !imports.includes(`/${nameOf(file)}'`))).toEqual([]);
  });

  test.each([
    ['is in format', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
    ['has routes that there are', [NEXT, 'typegen']],
    ['has its types', ['node_modules/typescript/bin/tsc', '--noEmit']],
    ['passes its own checks', [VITEST, 'run', '--project=unit', ...UNIT]],
    ['builds', [NEXT, 'build']],
    ['works when it is built', [VITEST, 'run', '--project=site', ...SITE]],
    [
      'shows a front page to everybody, and a private one to nobody',
      [VITEST, 'run', '--project=site', ...PAGES],
    ],
  ])('%s', async (_, args) => {
    const { ok, output } = await node(...args);
    expect(ok, output).toBe(true);
    if (args[0] === VITEST) expect(output).toMatch(/Tests +\d+ passed/);
  });

  test('signs alice in, and says so on its front page', async () => {
    expect(middlewareOf(folder).form).toBe(form);
    const site = await startSite({ folder });
    const alice = createVisitor(site.origin);
    const before = (await alice.open('/')).body;
    const { body } = await alice.signIn('alice', '/login?returnTo=/');
    expect(before).toContain('You are signed out.');
    expect(body).toMatch(/You are signed in as (<!-- -->)?<strong>alice<\/strong>/);
    expect((await alice.open('/profile')).status).toBe(200);
    expect((await alice.open('/flow')).status).toBe(404);
    await site.close();
  });
});
