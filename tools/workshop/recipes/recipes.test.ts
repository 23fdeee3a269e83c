/**
 * Follows every recipe of `docs/make-it-yours.md` to the letter, in a copy that also contains typical changes of a
 * first week. The template's own tests and those of the recipes must pass there, and each page must do what its recipe
 * promises: in a build and in `next dev`, in a browser and over HTTP.
 *
 * To save time, this doesn't run the tests of the sign-in, which have their own access list and users.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessTokens } from '@/tests/examples/access-token';
import { launchBrowser } from '@/tests/support/browser';
import { send } from '@/tests/support/http';
import { createJar, type Jar, startLocalPool } from '@/tests/support/local-pool';
import { atWork } from '@/tests/support/person';
import { freePort, startServer } from '@/tests/support/site';
import { copyRepository } from '../support/copy';
import { faultsOf, multipart, oddRequests } from '../support/odd-requests';
import { editByHabit, write } from './changes';
import { startDevServer } from './dev-server';
import { recipesIn } from './document';
import { follow } from './follow';
import { lookAt, type Seen } from './look';

const DOCUMENT = 'docs/make-it-yours.md';
const TEXT = readFileSync(DOCUMENT, 'utf8');
const RECIPES = recipesIn(DOCUMENT, TEXT);
/** It moves all pages, so it is followed last. */
const LANGUAGES = RECIPES.find(({ title }) => title === 'Another middleware');
const COMPOSED = 'tools/workshop/next-intl/middleware.ts';
/** The pages of the recipes, with a value for each parameter. */
const PAGES_OF_RECIPES = RECIPES.filter((recipe) => recipe !== LANGUAGES)
  .flatMap(({ steps }) => steps)
  .flatMap(({ path }) => /^app(\/.+)\/page\.tsx$/.exec(path)?.[1] ?? [])
  .map((path) => path.replace('[slug]', 'hello'));
const VITEST = ['node_modules/vitest/vitest.mjs', 'run'];
/** The tests that read files which a recipe or a first week changes. */
const UNIT = [
  'tests/boundaries',
  'cognito/events',
  'cognito/requests',
  'cognito/security-headers',
  'tests/examples',
  'tests/invoices',
  'in-process/access',
  'in-process/events',
  'setup/demo',
];
const SITE = [
  'site/access',
  // Also compares lib/access.ts with the build.
  'site/default-deny',
  'site/every-answer',
  'examples/site',
  // The recipes' own.
  'site/shop',
  'site/own-domain',
];
/** The port of the server that replaces `api.example.com` and `audit.example.com`. */
const OTHERS = await freePort();

const EMAIL = { EMAIL_API_KEY: 'key-for-tests', EMAIL_FROM: 'shop@example.com' };
/** The pages of the recipes that anyone can open. */
const PUBLIC = ['/blog', '/blog/hello', '/pricing', '/terms', '/welcome'];

const copy = copyRepository();
const { folder } = copy;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  await passes('--import', 'tsx', 'tools/setup/init.ts', '--yes', '--name', 'a-shop');
  const here = `http://127.0.0.1:${OTHERS}`;
  const change = (text: string) =>
    text
      .replace(/https:\/\/(api|audit)\.example\.com/g, here)
      .replace('https://api.resend.com', here);
  for (const recipe of RECIPES) if (recipe !== LANGUAGES) follow(folder, recipe, change);
  editByHabit(folder);
  await copy.git('add', '--all');
});

async function passes(...args: readonly string[]): Promise<void> {
  const { ok, output } = await copy.node(args);
  expect(ok, output).toBe(true);
}

test('each recipe says how to test it, and what you will see', () => {
  const others = ['Before you start', 'Events', 'Remove the demo'];
  const recipes = RECIPES.filter(({ title }) => !others.includes(title));
  expect(recipes.length).toBeGreaterThan(8);
  for (const { title, steps, text } of recipes) {
    expect(text, title).toContain('**You will see:**');
    const tests = steps.filter(({ path }) => path.startsWith('tests/'));
    expect(tests.length > 0 || text.includes('.test.ts`'), title).toBe(true);
  }
});

const BUILD: [name: string, args: string[]] = [
  'build',
  ['node_modules/next/dist/bin/next', 'build'],
];

/** The second half of `npm run build`. */
const STATIC: [name: string, args: string[]] = [
  'static pages',
  ['node_modules/tsx/dist/cli.mjs', 'tools/setup/static-pages.ts'],
];

/** The checks of `npm test` that need no build. */
const STEPS: [name: string, args: string[]][] = [
  ['format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
  ['routes', ['node_modules/next/dist/bin/next', 'typegen']],
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['unit tests', [...VITEST, '--project=unit', '--project=tools', ...UNIT]],
];

describe('with every recipe', () => {
  test.each<[name: string, args: string[]]>([
    ...STEPS,
    BUILD,
    STATIC,
    ['tests of the built site', [...VITEST, '--project=site', '--maxWorkers=1', ...SITE]],
  ])('npm test passes its %s', async (_, args) => await passes(...args));
});

describe('the site', () => {
  let others: Server;
  let stop: () => Promise<unknown>;
  let output: () => string;
  let pool: Awaited<ReturnType<typeof startLocalPool>>;
  let devPool: typeof pool | undefined;
  let alice: Jar;
  let bert: Jar;
  let nobody: Jar;
  const events: string[] = [];
  const emails: unknown[] = [];

  beforeAll(async () => {
    const port = await freePort();
    pool = await startLocalPool({ site: `http://localhost:${port}`, users: await seeds() });
    others = createServer(async (request, response) => {
      if (request.url === '/events') {
        events.push(await text(request));
        return response.end();
      }
      if (request.url === '/emails') {
        emails.push(await json(request));
        return response.end('{}');
      }
      const caller = await ordersApi(request.headers.authorization);
      if (!caller) return response.writeHead(401).end();
      response.end(JSON.stringify([`one order of ${caller.sub}`]));
    });
    others.listen(OTHERS, '127.0.0.1');
    const server = await startServer(port, { ...pool.environment(), ...EMAIL }, folder);
    output = server.output;
    stop = () => Promise.all([server.close(), pool.close(), others.close()]);
    [alice, bert, nobody] = [createJar(pool.site), createJar(pool.site), createJar(pool.site)];
    await pool.signInAs(alice, 'alice', { path: '/orders' });
    await pool.signInAs(bert, 'bert', { path: '/orders' });
  });
  afterAll(() => stop?.());

  /** The users of the copy's `seed.ts`. */
  async function seeds() {
    const print = 'process.stdout.write(JSON.stringify(seedUsers()))';
    const script = `import { seedUsers } from './lib/local-pool/src/seed.ts'; ${print}`;
    const { output } = await copy.node(['--import', 'tsx', '--input-type=module', '-e', script]);
    return JSON.parse(output);
  }

  /** The API of the recipe, which verifies the access token itself. It knows the pools of both servers. */
  async function ordersApi(authorization: string | undefined) {
    for (const { environment } of [pool, devPool].filter((each) => each !== undefined)) {
      const { COGNITO_ISSUER = '', COGNITO_CLIENT_ID = '' } = environment();
      const verify = accessTokens(COGNITO_ISSUER, COGNITO_CLIENT_ID);
      const claims = await verify(authorization).catch(() => null);
      if (claims) return claims;
    }
    return null;
  }

  const MULTIPART = { 'content-type': 'multipart/form-data; boundary=x' };
  function formOf(...fields: [name: string, value: string][]): string {
    const parts = fields.map(
      ([name, value]) =>
        `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    return `${parts.join('')}--x--\r\n`;
  }

  const DOCUMENT_HEADERS = { accept: 'text/html', 'sec-fetch-dest': 'document' };
  async function open(jar: Jar, path: string) {
    const answer = await jar.fetch(path, { headers: DOCUMENT_HEADERS });
    const text = (await answer.text()).replaceAll('<!-- -->', '');
    return { status: answer.status, text, location: answer.headers.get('location') ?? '' };
  }

  test.each(['/orders', '/reports', '/plan', '/history', '/salaries.txt'])(
    'does not show %s to a visitor who is signed out',
    async (path) => {
      const { status, location } = await open(nobody, path);
      expect(status).toBe(307);
      expect(location).toContain(`${pool.origin}/oauth2/authorize`);
    },
  );

  test('has a public page and a public file', async () => {
    expect((await open(alice, '/pricing')).text).toContain('Your price, alice');
    expect((await open(nobody, '/brochure.txt')).text).toBe('A brochure for everybody.\n');
    expect((await open(nobody, '/pricing/more')).status).toBe(307);
  });

  test('has a public page for each post, with its image', async () => {
    for (const path of ['/blog/hello', '/blog/hello/']) {
      expect((await open(nobody, path)).text).toContain('This is the first post.');
    }
    expect((await nobody.fetch('/blog/hello/opengraph-image')).status).toBe(200);
    for (const path of ['/blog/hello/more', '/blog/%68ello', '/payroll/opengraph-image']) {
      expect((await open(nobody, path)).status, path).toBe(307);
    }
  });

  test('answers 403 below a loading.tsx for a page in groupPages; no page shows anything', async () => {
    const listed = await open(alice, '/reports');
    expect([listed.status, listed.text.includes('in the group')]).toEqual([403, false]);
    // This one is not in the list: Next has sent a 200 before the page can refuse.
    const alone = await open(alice, '/payroll');
    expect([alone.status, alone.text.includes('Payroll of')]).toEqual([200, false]);
    expect((await open(bert, '/payroll')).text).toContain('Payroll of bert');
  });

  test('has an API route for a group and a recent sign-in', async () => {
    expect((await bert.fetch('/api/export')).status).toBe(200);
    const refused = await alice.fetch('/api/export');
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer error="insufficient_scope"',
    ]);
  });

  test('has a page for a group', async () => {
    expect((await open(bert, '/reports')).text).toContain('bert is in the group staff');
    const { status, text } = await open(alice, '/reports/deep');
    expect(status).toBe(403);
    expect(text).toContain('<h1>You do not have access to this page</h1>');
  });

  test('reads a claim of its own', async () => {
    expect((await open(bert, '/plan')).text).toContain('the gold plan');
  });

  test('calls its own API with the access token', async () => {
    const { sub } = await (await bert.fetch('/api/me')).json();
    expect((await open(bert, '/history')).text).toContain(`one order of ${sub}`);
  });

  test('has an API route of its own', async () => {
    expect((await nobody.fetch('/api/invoices')).status).toBe(401);
    const answer = await bert.fetch('/api/invoices');
    expect(await answer.json()).toMatchObject({ currency: 'EUR' });
  });

  test('sends sign-ins to the audit service', async () => {
    await expect.poll(() => events.join()).toContain('"type":"signIn.finished"');
    expect(events.join()).not.toContain('signIn.started');
  });

  test('has an upload with its own limit, and never gets a cut-off file', async () => {
    const upload = async (bytes: number) => {
      const answer = await bert.fetch('/api/upload', {
        headers: { ...MULTIPART, origin: pool.site },
        body: formOf(['file"; filename="x.txt', 'y'.repeat(bytes)]),
      });
      return [answer.status, await answer.json()];
    };
    expect(await upload(2_900_000)).toEqual([200, { size: 2_900_000 }]);
    expect(await upload(3_100_000)).toEqual([413, { error: 'body too large' }]);
  });

  test('has a form with a Server Action that works before the page has loaded React', async () => {
    const { text } = await open(nobody, '/contact');
    const [, name = ''] = /name="(\$ACTION_ID_\w+)"/.exec(text) ?? [];
    const headers = { ...DOCUMENT_HEADERS, ...MULTIPART, origin: pool.site };
    const body = formOf([name, ''], ['text', 'hello']);
    const answer = await nobody.fetch('/contact', { headers, body });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain('/contact?sent=hello');
    const id = name.slice('$ACTION_ID_'.length);
    for (const [path, own] of Object.entries({
      '/contact': 413,
      '/orders': 415,
      '/pricing': 415,
    })) {
      const options = { path, method: 'POST', headers, body: multipart(5000) };
      const { status } = await send(pool.site, options);
      expect([path, status]).toEqual([path, own]);
    }
    for (const origin of ['https://evil.example', 'x y']) {
      const foreign = { ...DOCUMENT_HEADERS, origin, 'next-action': id };
      const options = { path: '/contact', method: 'POST', headers: foreign, body: '[]' };
      expect((await send(pool.site, options)).status).toBe(403);
    }
  });

  test('answers no odd request with a 500, or without its headers', async () => {
    const pages = ['/contact', '/photos/1', '/gallery', '/api/upload', '/orders'];
    const requests = oddRequests(pool.site, { pages, files: ['/brochure.txt', '/salaries.txt'] });
    const before = output().length;
    expect(await faultsOf(pool.site, requests)).toEqual([]);
    expect(await faultsOf(pool.site, requests, bert.cookie(pool.site))).toEqual([]);
    const printed = output().slice(before);
    expect(printed.match(/.*(⨯|Unhandled|(?!\n)\p{Cc}).*/gu)).toBeNull();
  });

  test('sends an email to the provider, with the answer to a verified address', async () => {
    const body = new URLSearchParams({ question: 'Where is it?' });
    const answer = await alice.fetch('/support/send', { body });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${pool.site}/support`]);
    await expect.poll(() => emails).toHaveLength(1);
    expect(emails[0]).toMatchObject({
      from: 'shop@example.com',
      to: 'support@example.com',
      reply_to: 'alice@example.com',
      text: expect.stringContaining('Where is it?'),
    });
  });

  test('runs no job while it has no secret', async () => {
    for (const authorization of ['', 'Bearer ', 'Bearer undefined']) {
      const headers = { authorization };
      expect((await nobody.fetch('/jobs/clean-up', { headers })).status).toBe(401);
    }
  });

  describe('in a browser', () => {
    let browser: Browser;
    let dev: Awaited<ReturnType<typeof startDevServer>>;
    beforeAll(async () => {
      const port = await freePort();
      const site = `http://localhost:${port}`;
      devPool = await startLocalPool({ site, users: await seeds() });
      const env = { ...copy.env, ...devPool.environment(), NODE_ENV: 'development' } as const;
      [browser, dev] = await Promise.all([launchBrowser(), startDevServer(folder, port, env)]);
    });
    afterAll(() => Promise.all([browser?.close(), dev?.close(), devPool?.close()]));

    /** What a visitor sees of each page of the recipes. */
    async function seenBy(username: string | undefined, from = pool) {
      const context = await browser.newContext({ reducedMotion: 'reduce' });
      if (username) {
        await from.signInAs(await context.newPage(), username, {
          path: '/pricing',
          directly: true,
        });
      }
      const seen: [path: string, Seen][] = [];
      for (const path of PAGES_OF_RECIPES) {
        seen.push([path, await lookAt(context, from.site, path)]);
      }
      await context.close();
      return Object.fromEntries(seen);
    }

    test.each([undefined, 'bert'])(
      'looks the same in next dev and in a build to %s, with its frame and without a fault',
      async (username) => {
        const built = await seenBy(username, pool);
        const open = Object.entries(built).flatMap(([path, seen]) =>
          seen.at === 'site' ? [{ path, ...seen }] : [],
        );
        expect(open.filter(({ status, problems }) => status !== 200 || problems[0])).toEqual([]);
        const paths = open.map(({ path }) => path);
        expect(paths.sort()).toEqual((username ? PAGES_OF_RECIPES : PUBLIC).sort());
        expect(await seenBy(username, devPool)).toEqual(built);
      },
    );

    test('has a form that shows its error and saves, and a button that calls the API', async () => {
      for (const from of [pool, devPool]) {
        const page = await browser.newPage();
        await from?.signInAs(page, 'bert', { path: '/feedback', directly: true });
        await atWork(page);
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByText('Write a sentence.').waitFor();
        await page.getByLabel('What do you think?').fill('It works.');
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByText('Saved.').waitFor();
        await page.goto(`${from?.site}/export`);
        await atWork(page);
        await page.getByRole('button', { name: 'Export for Bob Baker' }).click();
        await page.getByText('Your export is ready.').waitFor();
        await page.close();
      }
    });
  });
});

test('with next-intl, its pages move, and it passes the checks and speaks two languages', async () => {
  if (!LANGUAGES) throw new Error('The recipe for another middleware is missing.');
  const person = ['-c', 'user.name=Carol', '-c', 'user.email=carol@example.com'];
  await copy.git(...person, 'commit', '--quiet', '--message', 'Shop');
  await passes('--import', 'tsx', 'tools/setup/demo/remove.ts');
  await copy.git('add', '--all');
  const from = join(folder, 'tools/workshop/next-intl/node_modules');
  // Packages of the root are not replaced.
  cpSync(from, join(folder, 'node_modules'), { recursive: true, force: false });
  const pattern = /^[\s\S]*(?=export const config)/;
  const [block] = LANGUAGES.blocks.filter(({ note }) => note?.value === COMPOSED);
  const matcher = readFileSync('middleware.ts', 'utf8').replace(pattern, '');
  write(folder, new Map([['middleware.ts', `${block?.text}\n${matcher}`]]));
  const moves = LANGUAGES.blocks.flatMap(({ text }) => text.match(/^git mv .+$/gm) ?? []);
  mkdirSync(join(folder, 'app/[locale]'));
  for (const move of moves) {
    const { ok, output } = await copy.git(...move.replaceAll('"', '').split(' ').slice(1));
    expect(ok, output).toBe(true);
  }
  for (const own of ownFolders()) await copy.git('mv', own, 'app/[locale]');
  follow(folder, LANGUAGES);
  await copy.git('add', '--all');
  rmSync(join(folder, '.next'), { recursive: true });
  for (const [, args] of [...STEPS.slice(0, 3), BUILD, STATIC]) await passes(...args);
  await passes(...VITEST, '--project=unit', 'tests/boundaries');
  await passes(...VITEST, '--project=site', '--maxWorkers=1', 'site/shop', 'site/default-deny');
});

/** The folders of the copy's own pages and route handlers that move: not those of its static pages. */
function ownFolders(): string[] {
  const before = new Set([...readdirSync('app'), 'terms']);
  return readdirSync(join(folder, 'app'))
    .filter((name) => !before.has(name) && name !== '[locale]')
    .map((name) => `app/${name}`);
}
