/**
 * Follows every recipe of `docs/make-it-yours.md` to the letter, in a copy that also contains typical changes of a
 * first week. The template's own tests must pass there, and each page must do what its recipe promises.
 *
 * To save time, this doesn't run most in-process tests, which have their own access list and users, and only the
 * accessibility tests in the browser, which open every page. It doesn't cover next-intl's pages in `app/[locale]`;
 * `tools/workshop/next-intl` tests its middleware.
 */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessTokens } from '@/tests/examples/access-token';
import { send } from '@/tests/support/http';
import { createJar, type Jar, startLocalPool } from '@/tests/support/local-pool';
import { freePort, startServer } from '@/tests/support/site';
import { copyRepository } from '../support/copy';
import { faultsOf, multipart, oddRequests } from '../support/odd-requests';
import { editByHabit, editByRecipe, write } from './changes';
import { blockFrom, filesIn, settingsIn } from './document';

const DOCUMENT = 'docs/make-it-yours.md';
const TEXT = readFileSync(DOCUMENT, 'utf8');
const FILES = filesIn(DOCUMENT, TEXT);
const COMPOSED = 'tools/workshop/next-intl/middleware.ts';
const VITEST = ['node_modules/vitest/vitest.mjs', 'run'];
/** The tests that read files which a recipe or a first week changes. */
const UNIT = [
  'tests/boundaries',
  'tests/cognito',
  'tests/examples',
  'tests/invoices',
  'in-process/access',
  'in-process/events',
  'setup/tests/init',
  'setup/tests/migrate-proxy',
  'setup/demo',
];
const SITE = [
  // Also site/access-list, which compares lib/access.ts with the build.
  'site/access',
  'site/default-deny',
  'site/every-answer',
  'examples/site',
];
/** The browser test that opens pages which are not part of the template. */
const PAGES = ['browser/accessibility', '--testNamePattern', 'if alice may see it'];
/** The port of the server that replaces `api.example.com` and `audit.example.com`. */
const OTHERS = await freePort();

const copy = copyRepository();
const { folder } = copy;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  await passes('--import', 'tsx', 'tools/setup/init.ts', '--yes', '--name', 'a-shop');
  const here = `http://127.0.0.1:${OTHERS}`;
  const files = [...FILES].map(([path, text]): [string, string] => [
    path,
    text.replace(/https:\/\/(api|audit)\.example\.com/g, here),
  ]);
  write(folder, new Map(files));
  editByRecipe(folder);
  editByHabit(folder);
  await copy.git('add', '--all');
});

async function passes(...args: string[]): Promise<void> {
  const { ok, output } = await copy.node(args);
  expect(ok, output).toBe(true);
}

test('the document contains the files of its recipes', () => {
  expect([...FILES.keys()].sort()).toEqual([
    'app/_components/sign-in-with-google.tsx',
    'app/about/page.tsx',
    'app/api/export/route.ts',
    'app/blog/[slug]/page.tsx',
    'app/orders/page.tsx',
    'app/reports/page.tsx',
    'lib/on-event.ts',
    'lib/orders.ts',
    'lib/plan.ts',
  ]);
});

describe('with every recipe', () => {
  test.each([
    ['format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
    ['routes', ['node_modules/next/dist/bin/next', 'typegen']],
    ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
    ['unit tests', [...VITEST, '--project=unit', '--project=tools', ...UNIT]],
    ['build', ['node_modules/next/dist/bin/next', 'build']],
    ['static pages', ['node_modules/tsx/dist/cli.mjs', 'tools/setup/static-pages.ts']],
    ['tests of the built site', [...VITEST, '--project=site', '--maxWorkers=1', ...SITE]],
    ['browser tests of its own pages', [...VITEST, '--project=browser', ...PAGES]],
  ])('npm test passes its %s', async (_, args) => await passes(...args));
});

describe('the site', () => {
  let others: Server;
  let stop: () => Promise<unknown>;
  let output: () => string;
  let pool: Awaited<ReturnType<typeof startLocalPool>>;
  let alice: Jar;
  let bert: Jar;
  let nobody: Jar;
  const events: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    pool = await startLocalPool({ site: `http://localhost:${port}`, users: await seeds() });
    others = createServer(async (request, response) => {
      if (request.url === '/events') {
        for await (const chunk of request) events.push(String(chunk));
        return response.end();
      }
      const { sub } = await ordersApi(request.headers.authorization);
      response.end(JSON.stringify([`one order of ${sub}`]));
    });
    others.listen(OTHERS, '127.0.0.1');
    const server = await startServer(port, pool.environment(), folder);
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

  /** The API of the recipe, which verifies the access token itself. */
  async function ordersApi(authorization: string | undefined) {
    const { COGNITO_ISSUER = '', COGNITO_CLIENT_ID = '' } = pool.environment();
    return await accessTokens(COGNITO_ISSUER, COGNITO_CLIENT_ID)(authorization);
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

  test('has a private page', async () => {
    expect(await open(alice, '/orders')).toMatchObject({ status: 200 });
    expect((await open(alice, '/orders')).text).toContain('Orders of Alice Archer');
  });

  test('has a public page and a public file, and greets the user', async () => {
    expect(await open(nobody, '/about')).toMatchObject({ status: 200 });
    expect((await open(alice, '/about')).text).toContain('Hello alice');
    expect((await open(nobody, '/brochure.txt')).text).toBe('A brochure for everybody.\n');
    expect((await open(nobody, '/about/more')).status).toBe(307);
  });

  test('has a public page for each post, with its image', async () => {
    for (const path of ['/blog/hello', '/blog/hello/']) {
      expect((await open(nobody, path)).text).toContain('The post hello');
    }
    expect((await nobody.fetch('/blog/hello/opengraph-image')).status).toBe(200);
    for (const path of ['/blog', '/blog/hello/more', '/blog/%68ello', '/payroll/opengraph-image']) {
      expect((await open(nobody, path)).status, path).toBe(307);
    }
  });

  test('answers 403 below a loading.tsx for a page in groupPages; no page shows anything', async () => {
    const listed = await open(alice, '/reports');
    expect([listed.status, listed.text.includes('Reports for')]).toEqual([403, false]);
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
    expect((await open(bert, '/reports')).text).toContain('Reports for bert');
    const { status, text } = await open(alice, '/reports');
    expect(status).toBe(403);
    expect(text).toContain('<h1>You do not have access to this page</h1>');
    expect((await open(alice, '/reports/deep')).status).toBe(403);
  });

  test('reads a claim of its own', async () => {
    expect((await open(bert, '/plan')).text).toContain('The plan is gold');
    expect((await open(alice, '/plan')).text).toContain('The plan is free');
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
    for (const [path, own] of Object.entries({ '/contact': 413, '/orders': 415, '/about': 415 })) {
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

  test('links to another identity provider', async () => {
    const { text } = await open(nobody, '/welcome');
    const link = /href="(\/login\?identity_provider[^"]+)"/.exec(text)?.[1] ?? '';
    const { location } = await open(nobody, link.replaceAll('&amp;', '&'));
    expect(location).toMatch(/\/oauth2\/authorize\?.*identity_provider=Google/);
  });

  test('has the login page under its own domain', async () => {
    const [own = ''] = settingsIn(DOCUMENT, TEXT);
    const [name = '', domain = ''] = own.trim().split('=');
    const port = await freePort();
    const server = await startServer(port, { ...pool.environment(), [name]: domain }, folder);
    try {
      const elsewhere = createJar(`http://localhost:${port}`);
      const answer = await elsewhere.fetch('/orders', { headers: DOCUMENT_HEADERS });
      expect(answer.headers.get('location')).toMatch(`https://${domain}/oauth2/authorize?`);
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toMatch(new RegExp(`form-action [^;]*https://${domain}`));
    } finally {
      await server.close();
    }
  });
});

test('with next-intl’s middleware it passes the type check and the tests of its boundaries', async () => {
  const from = join(folder, 'tools/workshop/next-intl/node_modules');
  // Packages of the root are not replaced.
  cpSync(from, join(folder, 'node_modules'), { recursive: true, force: false });
  const matcher = readFileSync('middleware.ts', 'utf8').replace(
    /^[\s\S]*(?=export const config)/,
    '',
  );
  const middleware = `${blockFrom(DOCUMENT, TEXT, COMPOSED)}\n${matcher}`;
  write(folder, new Map([['middleware.ts', middleware]]));
  await passes('node_modules/typescript/bin/tsc', '--noEmit');
  await passes(...VITEST, '--project=unit', 'tests/boundaries');
});
