/**
 * The repository of a developer who builds a site on it, and who chooses one thing after the other: a name, no demo,
 * the other form of the middleware, so that both forms are tested, and finally a lean copy, which then gets a made-up next
 * release. One build covers them all.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PARTS } from '@/tools/setup/demo/plan';
import { formOf, otherThan } from '@/tools/setup/proxy/form';
import { readRecord } from '@/tools/setup/record';
import { send } from '../../../tests/support/http';
import { freePort, startSite } from '../../../tests/support/site';
import { createVisitor } from '../../../tests/support/visitor';
import { middlewareOf } from '../support/built-middleware';
import { copyRepository } from '../support/copy';
import { makeTemplate, NEXT_RELEASE, NEXT_VERSION } from '../update/template';

const NEXT = 'node_modules/next/dist/bin/next';
const VITEST = 'node_modules/vitest/vitest.mjs';
const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const TSC = 'node_modules/typescript/bin/tsc';
const WORKSHOP = 'tools/workshop';

/** The workshop's tests that read the files of the repository. */
const OF_FILES = [
  'mutation/table.test',
  'docs/docs.test',
  'docs/named.test',
  'docs/supply-chain.test',
];
const copy = copyRepository();
const { folder, git } = copy;
const node = (...args: string[]) => copy.node(args);
const remove = () => node('--import', 'tsx', resolve('tools/setup/demo/remove.ts'));
const form = otherThan(formOf());
const migrate = () =>
  node('--import', 'tsx', 'tools/setup/migrate-proxy.ts', ...(form === 'proxy' ? [] : ['--back']));
/** The rest is renamed at the same time, and must pass its tests with the new name. */
const NAME = 'a-shop';
const init = (...options: string[]) =>
  node('--import', 'tsx', 'tools/setup/init.ts', '--yes', ...options);
const removeDemo = () => init('--remove-demo', '--name', NAME);
const LICENSE = join(folder, 'LICENSE');

async function passes(...args: string[]): Promise<void> {
  const { ok, output } = await node(...args);
  expect(ok, output).toBe(true);
  if (args[0] === VITEST) expect(output).toMatch(/Tests +\d+ passed/);
}

async function commit(): Promise<void> {
  await git('add', '--all');
  const person = ['-c', 'user.name=Carol', '-c', 'user.email=carol@example.com'];
  await git(...person, 'commit', '--quiet', '--message', 'Begin');
}

let uncommitted: { ok: boolean; output: string };
let removed: { ok: boolean; output: string };
let again: { ok: boolean; output: string };
let migrated: { ok: boolean; output: string };

beforeAll(async () => {
  await commit();
  const license = readFileSync(LICENSE, 'utf8');
  writeFileSync(LICENSE, 'ours');
  uncommitted = await removeDemo();
  writeFileSync(LICENSE, license);
  removed = await removeDemo();
  await git('add', '--all');
  again = await remove();
  migrated = await migrate();
  await commit();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the removal, by npm run init', () => {
  test('does nothing while there are uncommitted changes, and lists them', () => {
    expect(uncommitted.ok).toBe(false);
    expect(uncommitted.output).toMatch(/^ M LICENSE$/m);
    expect(uncommitted.output).not.toContain('Deleting:');
    expect(uncommitted.output).toContain('Nothing was changed');
  });

  test('lists what it removes, and confirms it', () => {
    expect(removed.output).toMatch(/^✓ Demo removed: \d+ files deleted, \d+ changed\./m);
    expect(removed.output).toMatch(
      /✓ a-shop: demo removed, renamed in 6 files, .*\n.* -m "Begin a-shop without the demo"\n$/,
    );
    expect(removed.ok).toBe(true);
    for (const part of PARTS) expect(removed.output).toContain(`\n  ${part}`);
  });

  test('has nothing to do a second time', () => {
    expect(again).toMatchObject({ ok: true, output: 'The demo has already been removed.\n' });
  });
});

describe('what is left', () => {
  test('has the other form of the middleware', () => {
    expect(migrated.ok, migrated.output).toBe(true);
    expect(formOf(folder)).toBe(form);
  });

  test('contains no part of the demo, and no mention of it', async () => {
    expect(PARTS.filter((part) => existsSync(join(folder, part)))).toEqual([]);
    const mentions = [
      "'/(flow|source)['?#/]",
      '`/(flow|source)`',
      'app/(flow|source)',
      'demo:remove',
    ];
    const words = ['(//|<!--|/\\*) /?demo( -->| \\*/)?$', ...mentions].join('|');
    // Tests of copies, and what lists all commands or choices.
    const others = ['copies', 'docs/lean.test.ts', 'release', 'update'].map(
      (name) => `:!${WORKSHOP}/${name}`,
    );
    const files = ['--', '.', ...others, ':!tools/setup/update'];
    expect((await git('grep', '-nE', words, ...files)).output).toBe('');
  });

  test('has its new name, and no mention of the old one', async () => {
    expect((await git('grep', '-niE', 'starter', 'app', 'public', 'package.json')).output).toBe('');
    expect(readFileSync(join(folder, 'lib/site.ts'), 'utf8')).toContain("NAME = 'A shop'");
  });

  test('has no file that only the demo imported', async () => {
    const files = (await git('ls-files', 'app', 'tests/support')).output.trim().split('\n');
    // The recipes also import what the tests of an owner need.
    const code = ['*.ts', '*.tsx', 'docs/make-it-yours.md'];
    const imports = (await git('grep', '-hE', "(from|import) '|globalSetup", ...code)).output;
    // Next loads these by their names.
    const found =
      /\/(page|route|layout|[\w-]*error|not-found|forbidden|unauthorized|robots|sitemap|manifest)(\.dev)?\.tsx?$/;
    const others = files.filter(
      (file) => /(?<!\.test)\.(tsx?|css)$/.test(file) && !found.test(file),
    );
    expect(others.length).toBeGreaterThan(40);
    const nameOf = (file: string) => file.replace(/^.*\/|\.tsx?$/g, '');
    expect(others.filter((file) => !new RegExp(`/${nameOf(file)}(\\.ts)?'`).test(imports))).toEqual(
      [],
    );
  });

  test('passes the tests that read its files', async () => {
    const config = `--config=${WORKSHOP}/vitest.config.ts`;
    await passes(VITEST, 'run', config, '--project=workshop', ...OF_FILES);
  });
});

describe('a lean copy', () => {
  /** A file of the owner, in a folder that goes. */
  const OWN = 'docs/decisions/0001-our-database.md';
  let lean: { ok: boolean; output: string };
  beforeAll(async () => {
    writeFileSync(join(folder, OWN), 'We use Postgres.\n');
    await commit();
    lean = await init('--lean');
    await git('add', '--all');
  });

  test('is made later, and keeps the files of its owner', async () => {
    expect(lean.ok, lean.output).toBe(true);
    expect(lean.output).toMatch(
      /✓ a-shop: made lean\. .*\n.* -m "Keep only what the site needs"\n$/,
    );
    expect((await git('ls-files', 'docs/decisions', WORKSHOP)).output.trim()).toBe(OWN);
    const choices = { name: NAME, demo: false, lean: true, middleware: form };
    expect(readRecord(folder).choices).toEqual(choices);
  });

  test('gets the next release of the template without a conflict, and works as before', async () => {
    const template = makeTemplate();
    await commit();
    const update = ['--import', 'tsx', 'tools/setup/update.ts', '--from', template.path];
    const { ok, output } = await node(...update);
    expect(ok, output).toBe(true);
    await commit();
    expect(readRecord(folder).version).toBe(NEXT_VERSION);
    expect(existsSync(join(folder, NEXT_RELEASE.moved[1]))).toBe(true);
    expect((await git('ls-files', 'docs/decisions', WORKSHOP)).output.trim()).toBe(OWN);
  });

  test.each([
    ['it is formatted', [BIOME, 'check', '.']],
    ['it has valid routes', [NEXT, 'typegen']],
    ['it passes the type check', [TSC, '--noEmit']],
    ['it passes its unit tests', [VITEST, 'run', '--project=unit']],
    ['it builds', [NEXT, 'build']],
    ['it has static pages', ['node_modules/tsx/dist/cli.mjs', 'tools/setup/static-pages.ts']],
    [
      'it passes the tests of its site',
      [VITEST, 'run', '--project=site', '--project=browser', '--maxWorkers=1'],
    ],
    ['npm test runs a part', ['tools/test/run.js', 'unit', 'tests/pages']],
  ])('%s', async (_, args) => await passes(...args));

  test('signs alice in, and shows that on its front page', async () => {
    expect(middlewareOf(folder).form).toBe(form);
    const site = await startSite({ folder });
    const alice = createVisitor(site.origin);
    const before = (await alice.open('/')).body;
    const { body } = await alice.signIn('alice', '/login?returnTo=/');
    expect(before).toContain('Create an account');
    expect(body).toMatch(/Welcome back, (<!-- -->)?<strong>Alice Archer<\/strong>/);
    expect((await alice.open('/profile')).status).toBe(200);
    expect((await alice.open('/flow')).status).toBe(404);
    await site.close();
  });

  test('serves its static page for a CDN, with the hashes of its scripts', async () => {
    const site = await startSite({ folder });
    const alice = createVisitor(site.origin);
    const anyone = await alice.open('/privacy');
    await alice.signIn('alice');
    const { status, headers, setCookies, body } = await alice.open('/privacy');
    await site.close();
    expect([status, setCookies, body]).toEqual([200, [], anyone.body]);
    expect(headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=\d+/);
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/script-src 'self'( 'sha256-[^']+')+;/);
    const scripts = [...body.matchAll(/<script(?![^>]* src=)[^>]*>(.*?)<\/script>/gs)];
    expect(scripts.length).toBeGreaterThan(2);
    for (const [, text = ''] of scripts) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
  });

  test('npm run dev starts the local pool and the site', async () => {
    const port = await freePort();
    const env = { ...copy.env, PORT: String(port), NODE_ENV: 'development' } as const;
    const args = ['--import', 'tsx', 'tools/setup/dev.ts'];
    const dev = spawn(process.execPath, args, { cwd: folder, env });
    try {
      const answer = await untilResponse(`http://localhost:${port}/healthz`);
      expect(answer.status).toBe(200);
      const rebound = { headers: { host: 'rebound.example' } };
      for (const path of ['/_next/mcp', '/doctor']) {
        expect((await send(`http://127.0.0.1:${port}${path}`, rebound)).status).toBe(403);
      }
    } finally {
      dev.kill('SIGTERM');
    }
  });
});

/** Waits for a minute at most: a development server compiles on request. */
async function untilResponse(address: string): Promise<Response> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${address} does not respond.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
