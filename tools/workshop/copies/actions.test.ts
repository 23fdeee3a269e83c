/**
 * A site with Server Actions, a service worker, and content from other origins, which the template doesn't have, in a
 * real browser: a copy with a few pages added, and its build. Next's client decides what a user sees of a refused action.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '@/tests/support/browser';
import { comeBack } from '@/tests/support/expired';
import { send } from '@/tests/support/http';
import { atWork, type Person, seatPerson } from '@/tests/support/person';
import { freePort, type RunningSite, startServer, startSite } from '@/tests/support/site';
import { bringCookies } from '@/tests/support/stage';
import { createVisitor, type Visitor } from '@/tests/support/visitor';
import { startDevServer } from '../recipes/dev-server';
import { copyRepository } from '../support/copy';
import { type OtherOrigin, startOtherOrigin } from '../support/other-origin';

const { folder, node } = copyRepository();
let site: RunningSite;
let browser: Browser;
/** One origin is in `lib/external-origins.js`, the other isn't. */
let allowed: OtherOrigin;
let other: OtherOrigin;
const probed = () => ({ ALLOWED: allowed.origin, OTHER: other.origin });

beforeAll(async () => {
  cpSync('tools/workshop/copies/actions', folder, { recursive: true });
  [allowed, other] = await Promise.all([startOtherOrigin(), startOtherOrigin()]);
  const origins = join(folder, 'lib/external-origins.js');
  writeFileSync(
    origins,
    readFileSync(origins, 'utf8').replaceAll(': [],', `: ['${allowed.origin}'],`),
  );
  const list = join(folder, 'lib/access.ts');
  const access = readFileSync(list, 'utf8')
    .replace('publicPages: [', "publicPages: ['/open-note', '/open-caller', '/policy',")
    .replace('publicFiles: [', "publicFiles: ['/worker.js', '/again.txt',")
    .replace('recentSignInPages: {', "recentSignInPages: { '/recent-note': 300,");
  writeFileSync(list, access);
  for (const step of [
    ['node_modules/next/dist/bin/next', 'build'],
    ['node_modules/tsx/dist/cli.mjs', 'tools/setup/static-pages.ts'],
  ]) {
    const { ok, output } = await node(step);
    expect(ok, output).toBe(true);
  }
  [site, browser] = await Promise.all([startSite({ folder, env: probed() }), launchBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser, site, allowed, other].map((each) => each?.close()));
  rmSync(folder, { recursive: true, force: true });
});

let person: Person;
let page: Page;
async function seat(options?: BrowserContextOptions): Promise<void> {
  person = await seatPerson(browser, site, options);
  page = person.page;
}
beforeEach(() => seat());
afterEach(async () => {
  site.pool.fault('/oauth2/token', null);
  await person.context.close();
});

/** Opens a page as alice, then continues with the cookies of another visitor. */
async function openThen(path: string, visitor: Visitor): Promise<void> {
  await person.signIn('alice', path);
  await atWork(page);
  await become(visitor);
}

async function become(visitor: Visitor): Promise<void> {
  await person.context.clearCookies();
  await bringCookies(person.context, visitor, site.origin);
}

async function submit(form = '#plain'): Promise<void> {
  await page.fill(`${form} input[name=text]`, 'hello');
  await page.click(`${form} button`);
}

const nobody = () => createVisitor(site.origin);
const atHostedUi = () => page.waitForURL((url) => url.origin === site.environment.COGNITO_DOMAIN);
const heading = () => page.locator('h1').first().textContent();

/** Signs in on the hosted UI's page that the browser is on. */
async function signInHere(username = 'alice', password = 'Alice-password-1'): Promise<void> {
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
}

describe('a Server Action', () => {
  test('of a signed-in user works', async () => {
    await person.signIn('alice', '/note');
    await atWork(page);
    await submit();
    await page.waitForURL('**/note?saved=*');
    expect(await page.textContent('output')).toBe('hello by alice');
  });

  test('after a sign-out asks the user to sign in, and comes back to the form', async () => {
    await openThen('/note?a=1', nobody());
    await submit();
    await atHostedUi();
    await signInHere();
    await page.waitForURL(`${site.origin}/note?a=1`);
    expect(await heading()).toBe('Note');
  });

  test('after the session has ended asks the user to sign in', async () => {
    const ended = await comeBack(site, { username: 'carol' });
    await openThen('/note', ended);
    site.pool.revokeAll('carol');
    await submit();
    await atHostedUi();
  });

  test('with expired tokens is refreshed and works', async () => {
    await openThen('/note', await comeBack(site));
    await submit();
    await page.waitForURL('**/note?saved=*');
    expect(await page.textContent('output')).toBe('hello by alice');
  });

  test('during an outage says that the user is still signed in, and works afterwards', async () => {
    await openThen('/note', await comeBack(site));
    site.pool.fault('/oauth2/token', { status: 500 });
    await submit();
    await page.waitForSelector('text=Something went wrong');
    expect(await page.textContent('main')).toContain('You have not been signed out');
    site.pool.fault('/oauth2/token', null);
    await page.goto('/note');
    expect(await heading()).toBe('Note');
  });

  test('during an outage loses no text, if its form catches the error', async () => {
    await openThen('/note', await comeBack(site));
    site.pool.fault('/oauth2/token', { status: 500 });
    await submit('#careful');
    await page.waitForSelector('text=You have not been signed out. Please try again');
    expect(await page.inputValue('#careful input[name=text]')).toBe('hello');
  });

  test("of a user who left the group shows the group's 403 page", async () => {
    const bob = nobody();
    await bob.signIn('bob');
    await openThen('/admin/note', bob);
    await submit();
    await page.waitForSelector('text=You do not have access to this page');
    expect(new URL(page.url()).pathname).toBe('/admin/note');
  });

  test('of a user who signed in too long ago asks for the password again', async () => {
    await openThen('/recent-note', await comeBack(site, { ago: 1000 }));
    await submit();
    await atHostedUi();
    expect(page.url()).toContain('max_age=300');
    await signInHere();
    await page.waitForURL(`${site.origin}/recent-note`);
  });

  test('on a public page says that the user has to sign in', async () => {
    await openThen('/open-note', nobody());
    await submit();
    await page.waitForSelector('text=Please sign in');
  });

  test('without JavaScript does the same as a form', async () => {
    await person.context.close();
    await seat({ javaScriptEnabled: false });
    await person.signIn('alice', '/note?a=1');
    await submit();
    await page.waitForURL('**/note?saved=*');
    await page.goto('/note?a=1');
    await become(nobody());
    await submit();
    await atHostedUi();
    await signInHere();
    await page.waitForURL(`${site.origin}/note?a=1`);
  });
});

describe('a client component that calls the API', () => {
  const press = (name: string) => page.click(`#${name}`);
  const shows = (text: string) => page.locator('output', { hasText: text }).waitFor();

  test('shows the name and groups of the user, without a request, and the answer', async () => {
    await openThen('/caller', await comeBack(site));
    expect(await page.textContent('#visitor')).toBe('Alice Archer, admin');
    await press('hello');
    await shows('{"hello":"alice"}');
  });

  test.each([
    ['has signed out', async () => nobody()],
    [
      'has an ended session',
      async () => {
        const ended = await comeBack(site, { username: 'carol' });
        site.pool.revokeAll('carol');
        return ended;
      },
    ],
  ])('lets a user sign in who %s, and comes back', async (_, visitor) => {
    await openThen('/caller?a=1', await visitor());
    await press('hello');
    await atHostedUi();
    await signInHere();
    await page.waitForURL(`${site.origin}/caller?a=1`);
    await press('hello');
    await shows('{"hello":"alice"}');
  });

  test('asks for the password again if the sign-in is too old, and comes back', async () => {
    await openThen('/caller', await comeBack(site, { ago: 1000 }));
    await press('recent');
    await atHostedUi();
    expect(page.url()).toContain('max_age=300');
    await signInHere();
    await page.waitForURL(`${site.origin}/caller`);
    await press('recent');
    await shows('"recent"');
  });

  test('waits out a short outage, and the user stays signed in', async () => {
    await openThen('/caller', await comeBack(site));
    site.pool.fault('/oauth2/token', { status: 500 });
    const refused = page.waitForResponse((response) => response.status() === 503);
    await press('hello');
    expect((await refused).headers()['retry-after']).toMatch(/^[1-9]$/);
    site.pool.fault('/oauth2/token', null);
    await shows('{"hello":"alice"}');
  });

  test('sees no text of an error that a route handler throws', async () => {
    await person.signIn('alice', '/caller');
    const answer = await page.request.get('/api/broken');
    expect([answer.status(), await answer.text()]).toEqual([500, '']);
    expect(answer.headers()['cache-control']).toBe('private, no-store');
    await press('broken');
    await shows('That didn’t work');
  });

  test('knows who the user is on every page that Next’s router opens', async () => {
    const who = (text: string) => page.locator('#visitor', { hasText: text }).waitFor();
    const go = (path: string) =>
      page.evaluate((to) => Reflect.get(window, 'next').router.push(to), path);
    await person.open('/open-caller');
    await who('signed-out');
    await person.signIn('alice', '/');
    await atWork(page);
    await go('/caller');
    await who('Alice Archer, admin');
    await go('/open-caller');
    await page.waitForURL('**/open-caller');
    await who('Alice Archer, admin');
    expect(person.complaints).toEqual([]);
  });

  test('knows during an outage that it cannot tell who the user is', async () => {
    await openThen('/open-caller', await comeBack(site));
    site.pool.fault('/oauth2/token', { status: 500 });
    await page.goto('/open-caller');
    expect(await page.textContent('#visitor')).toBe('unavailable');
    site.pool.fault('/oauth2/token', null);
    await page.goto('/open-caller');
    expect(await page.textContent('#visitor')).toBe('Alice Archer, admin');
  });

  test('of a page that another tab has signed out shows no name', async () => {
    await person.signIn('alice', '/caller');
    await atWork(page);
    const other = await person.context.newPage();
    await other.goto('/logout');
    await other.click('main button');
    await page.waitForSelector('text=You signed out in another tab');
    expect(await page.textContent('body')).not.toContain('Alice Archer');
  });
});

describe('through a service worker', () => {
  /** Every request of the site's pages goes through the worker from then on. */
  async function installWorker(): Promise<void> {
    await page.goto('/');
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/worker.js');
      await navigator.serviceWorker.ready;
    });
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  test('a user signs in, and sees the private page', async () => {
    await installWorker();
    await person.signInByPages('alice', '/profile');
    expect(await heading()).toBe('Alice Archer');
  });

  test('forms and Server Actions work, and ask a user to sign in who no longer is', async () => {
    await person.signIn('alice', '/note');
    await installWorker();
    await page.goto('/note');
    await atWork(page);
    await submit();
    await page.waitForURL('**/note?saved=*');
    await become(nobody());
    await submit();
    await atHostedUi();
    await signInHere();
    await page.waitForURL('**/note?saved=*');
    await page.goto('/logout');
    await page.click('main button');
    await page.waitForURL(`${site.origin}/`);
    expect(
      (await person.context.cookies(site.origin)).some(({ name }) => /^session/.test(name)),
    ).toBe(false);
  });

  test('a form of another site is still refused', async () => {
    await person.signIn('alice', '/profile');
    await installWorker();
    const evil = createServer((_, response) => {
      const form = `<form method="post" action="${site.origin}/logout"><button>Go</button></form>`;
      response.setHeader('content-type', 'text/html').end(form);
    });
    await new Promise<void>((resolve) => evil.listen(0, resolve));
    const address = evil.address();
    const port = typeof address === 'object' ? address?.port : 0;
    for (const host of ['localhost', '127.0.0.1']) {
      await page.goto(`http://${host}:${port}/`);
      const [answer] = await Promise.all([
        page.waitForResponse(`${site.origin}/logout`),
        page.click('button'),
      ]);
      expect(answer.status()).toBe(403);
    }
    evil.closeAllConnections();
    evil.close();
    await page.goto('/profile');
    expect(await heading()).toBe('Alice Archer');
  });
});

describe('the Content-Security-Policy', () => {
  const THINGS = ['image', 'connection', 'font', 'style', 'frame', 'in a worker'];
  const all = (origin: string, works: boolean) =>
    THINGS.map((thing) => [`${origin} ${thing}`, works]);
  const EXPECTED = {
    attribute: true,
    tag: false,
    fill: true,
    upload: true,
    ...Object.fromEntries([...all('allowed', true), ...all('other', false)]),
  };
  /** `next dev` compiles a page when it is asked for it. */
  const visit = (address: string) => page.goto(address, { timeout: 60_000 });
  const probe = async (origin: string) => {
    await visit(`${origin}/policy`);
    const result = page.locator('#result').filter({ hasText: '{' });
    return JSON.parse((await result.textContent()) ?? '');
  };

  test('of a build allows what the template promises, and listed origins, and nothing else', async () => {
    expect(await probe(site.origin)).toEqual(EXPECTED);
  });

  describe('of `next dev`', () => {
    let origin: string;
    let dev: Awaited<ReturnType<typeof startDevServer>>;
    beforeAll(async () => {
      const port = await freePort();
      origin = `http://localhost:${port}`;
      const env = { ...site.environment, COGNITO_REDIRECT_URI: `${origin}/login`, ...probed() };
      dev = await startDevServer(folder, port, {
        ...process.env,
        ...env,
        NODE_ENV: 'development',
      });
    });
    afterAll(() => dev?.close());

    test('allows the same, and the terminal says which line to add', async () => {
      // Next's error overlay needs styles without a nonce.
      expect(await probe(origin)).toEqual({ ...EXPECTED, tag: true });
      for (const directive of ['img-src', 'connect-src', 'font-src', 'style-src', 'frame-src']) {
        await expect
          .poll(dev.output)
          .toContain(
            `${directive} ${other.origin}. To allow it, add '${other.origin}' to '${directive}'`,
          );
      }
      expect(dev.output()).not.toContain(`add '${allowed.origin}'`);
      expect(dev.output()).not.toContain('/__policy-reports');
    });

    test('lets a static page hydrate, which no cache may keep there', async () => {
      const answer = await visit(`${origin}/privacy`);
      expect(answer?.status()).toBe(200);
      expect(answer?.headers()['cache-control']).toContain('no-store');
      await atWork(page);
      await page.getByRole('button', { name: 'Dark theme' }).click();
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
      expect(person.complaints).toEqual([]);
    });
  });
});

test('a static page that is rendered again after the build is the same, and its scripts run', async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  // The build had no settings, either: the site's address is part of the page.
  const server = await startServer(port, {}, folder);
  try {
    const built = await send(`${origin}/privacy`);
    expect((await send(`${origin}/again.txt`)).status).toBe(200);
    const again = await send(`${origin}/privacy`);
    const sources = [built, again].map(({ headers }) => headers.get('x-nextjs-cache'));
    expect(sources).toEqual(['HIT', 'MISS']);
    expect(again.body).toBe(built.body);
    await page.goto(`${origin}/privacy`);
    await atWork(page);
    expect(person.complaints).toEqual([]);
  } finally {
    await server.close();
  }
});

test('a preflight reaches the OPTIONS of a route handler, and a request without a token does not pass', async () => {
  const address = `${site.origin}/api/open`;
  const origin = 'http://127.0.0.1';
  const preflight = await send(address, { method: 'OPTIONS', headers: { origin } });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
  expect((await send(address, { headers: { origin } })).status).toBe(401);
  // Next responds for a route handler without OPTIONS.
  const other = await send(`${site.origin}/api/me`, { method: 'OPTIONS' });
  expect(other.headers.get('allow')).toContain('GET');
});
