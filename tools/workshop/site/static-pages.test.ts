/** A page that the build rendered, `/privacy`: over HTTP as a shared cache sees it, and in a browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '@/tests/support/browser';
import { send } from '@/tests/support/http';
import { atWork, type Person, seatPerson } from '@/tests/support/person';
import { mayBeStored, variesBy } from '@/tests/support/shared-cache';
import { type RunningSite, startSite } from '@/tests/support/site';
import { createVisitor, DOCUMENT, FETCH } from '@/tests/support/visitor';

const PAGE = '/privacy';

let site: RunningSite;
let browser: Browser;
let cookie: string;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  const alice = createVisitor(site.origin);
  await alice.signIn('alice');
  cookie = alice.cookieHeader();
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

const ask = (headers: Record<string, string> = {}, path = PAGE, method = 'GET') =>
  send(site.address, { path, method, headers: { ...DOCUMENT, ...headers } });

describe('a shared cache', () => {
  test('may keep the page: the same for everyone, with no cookie and no nonce', async () => {
    const { status, headers, setCookies, body } = await ask();
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=\d+/);
    expect(headers.get('content-security-policy')).not.toMatch(/nonce|unsafe-(inline'(?!;)|eval)/);
    expect([setCookies, body.includes('nonce=')]).toEqual([[], false]);
    expect(headers.get('etag')).toMatch(/./);
  });

  const FORGED: [string, () => Record<string, string>][] = [
    ['a session', () => ({ cookie })],
    ['a forged preview', () => ({ cookie: '__prerender_bypass=x; __next_preview_data=y' })],
    [
      '300 cookies',
      () => ({ cookie: Array.from({ length: 300 }, (_, at) => `c${at}=1`).join('; ') }),
    ],
    [
      'the cookie of a theme',
      () => ({ cookie: `theme=dark; theme-${new URL(site.origin).port}=dark` }),
    ],
    ['an access token', () => ({ authorization: 'Bearer x' })],
    ['a Server Action', () => ({ 'next-action': 'x' })],
    ['the type of a form', () => ({ 'content-type': 'multipart/form-data; boundary=x' })],
    ['the header of a data request', () => ({ 'x-nextjs-data': '1' })],
    ['a revalidation', () => ({ 'x-prerender-revalidate': 'x' })],
    ['a matched path', () => ({ 'x-matched-path': '/profile', 'x-invoke-path': '/profile' })],
    ['a skipped middleware', () => ({ 'x-middleware-subrequest': 'middleware:middleware' })],
    ['another host', () => ({ host: 'evil.example', 'x-forwarded-host': 'evil.example' })],
    ['a range', () => ({ range: 'bytes=0-10' })],
    ['a prefetch', () => ({ purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' })],
    ['the router’s header, without its query', () => ({ rsc: '1' })],
    ['a router state', () => ({ rsc: '1', 'next-router-state-tree': '%5B%22%22%5D' })],
    ['a bot', () => ({ 'user-agent': 'Googlebot' })],
  ];
  test.each(FORGED)('gets the same page for a request with %s', async (_, headers) => {
    const [plain, other] = [await ask(), await ask(headers())];
    expect([other.status, other.setCookies]).toEqual([200, []]);
    expect(other.body).toBe(plain.body);
    for (const name of ['cache-control', 'content-security-policy', 'etag', 'content-type']) {
      expect(other.headers.get(name)).toBe(plain.headers.get(name));
    }
  });

  test.each([
    '/privacy/',
    '/privacy?x=<script>',
    '/privacy?_rsc=x',
    '//privacy',
    '/privacy?session-again=x',
  ])('gets the same page at %s, under the same policy', async (path) => {
    const [plain, other] = [await ask(), await ask({ cookie }, path)];
    expect(other.body).toBe(plain.body);
    const policy = 'content-security-policy';
    expect(other.headers.get(policy)).toBe(plain.headers.get(policy));
  });

  test.each([
    '/PRIVACY',
    '/%70rivacy',
    '/privacy/x',
    '/privacy;x',
    '/privacy.segments/_tree.segment.rsc',
    '/privacy%zz',
  ])('may keep nothing at %s', async (path) => {
    for (const headers of [{}, { cookie }]) {
      const answer = await ask(headers, path);
      expect(mayBeStored({ ...answer, method: 'GET', asked: new Headers() })).toBe(false);
      expect(answer.headers.get('content-security-policy')).toContain("'nonce-");
    }
  });

  test('tells what the router fetches apart, which is as public', async () => {
    for (const headers of [{ rsc: '1' }, { rsc: '1', 'next-router-prefetch': '1' }]) {
      const path = `${PAGE}?_rsc=wrong`;
      const redirect = await ask({ ...FETCH, ...headers, cookie }, path);
      expect([redirect.status, redirect.setCookies]).toEqual([307, []]);
      expect(variesBy(redirect.headers, 'rsc')).toBe(true);
      const location = redirect.headers.get('location') ?? '';
      const data = await ask({ ...FETCH, ...headers, cookie }, location);
      expect(data.headers.get('content-type')).toBe('text/x-component');
      expect(variesBy(data.headers, 'rsc')).toBe(true);
      expect(data.body).not.toContain('alice');
      expect(data.setCookies).toEqual([]);
    }
  });

  test('can ask whether the page has changed, and gets no body for HEAD', async () => {
    const { headers } = await ask();
    const unchanged = await ask({ 'if-none-match': headers.get('etag') ?? '' });
    expect([unchanged.status, unchanged.body]).toEqual([304, '']);
    const policy = unchanged.headers.get('content-security-policy');
    expect(policy).toBe(headers.get('content-security-policy'));
    const head = await ask({ cookie }, PAGE, 'HEAD');
    expect([head.status, head.body, head.setCookies]).toEqual([200, '', []]);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('keeps no %s: it is a 405', async (method) => {
    const answer = await ask({ cookie, origin: site.origin }, PAGE, method);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(mayBeStored({ ...answer, method, asked: new Headers() })).toBe(false);
  });
});

describe.each([
  ['signed in', true],
  ['signed out', false],
])('in the browser of a visitor who is %s', (_, isSignedIn) => {
  let person: Person;
  const seat = async (options = {}) => {
    person = await seatPerson(browser, site, options);
    if (isSignedIn) await person.signIn('alice', '/');
    return person.page;
  };
  const go = (path: string) =>
    person.page.evaluate((to) => Reflect.get(window, 'next').router.push(to), path);
  const isSame = () => person.page.evaluate(() => Reflect.get(window, 'same') === true);
  const mark = () => person.page.evaluate(() => Reflect.set(window, 'same', true));

  test('the page hydrates, and shows nobody’s name', async () => {
    const page = await seat();
    await person.open(PAGE);
    expect(await page.locator('header').textContent()).not.toContain('alice');
    await page.getByRole('button', { name: 'Dark theme' }).click();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });

  test('the router goes there and back without loading a document', async () => {
    const page = await seat();
    await person.open('/');
    await mark();
    const redirects: string[] = [];
    page.on('response', (answer) => answer.status() === 307 && redirects.push(answer.url()));
    await go(PAGE);
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
    await go('/');
    await page.waitForURL(`${site.origin}/`);
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor({ state: 'detached' });
    expect(await isSame()).toBe(true);
    expect([person.complaints, redirects]).toEqual([[], []]);
    await person.context.close();
  });

  test('the router goes from there to a page that knows them, and back', async () => {
    const page = await seat();
    await person.open(PAGE);
    await mark();
    await go('/');
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor({ state: 'detached' });
    await page
      .locator('header')
      .getByRole(isSignedIn ? 'button' : 'link', { name: isSignedIn ? /alice/i : 'Sign in' })
      .waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
    expect(await isSame()).toBe(true);
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });

  test('an injected script does not run', async () => {
    const page = await seat();
    await person.open(PAGE);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.injected = true');
      image.src = 'data:,x';
      document.body.append(image);
      const other = document.createElement('script');
      other.src = 'https://evil.example/x.js';
      document.body.append(other);
    });
    await expect.poll(() => person.complaints.length).toBeGreaterThanOrEqual(3);
    expect(await page.evaluate(() => Reflect.get(window, 'injected'))).toBeUndefined();
    expect(person.complaints.filter((text) => !/Content.Security.Policy/.test(text))).toEqual([]);
    await person.context.close();
  });

  test('a theme that was chosen elsewhere applies before the first paint, as does the system’s', async () => {
    const page = await seat({ colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await person.open(PAGE);
    const dark = await ground();
    await person.open('/');
    await page.getByRole('button', { name: 'Light theme' }).click();
    // Before React is loaded: the scripts of the build never arrive.
    await page.route('**/_next/static/**/*.js', (route) => route.abort());
    await page.goto(PAGE, { waitUntil: 'commit' });
    await page.locator('footer').waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    expect(await ground()).not.toBe(dark);
    await page.unrouteAll();
    await person.open(PAGE);
    const light = page.getByRole('button', { name: 'Light theme' });
    expect(await light.getAttribute('aria-pressed')).toBe('true');
    await person.context.close();
  });

  test('the page is whole without JavaScript', async () => {
    person = await seatPerson(browser, site, { javaScriptEnabled: false });
    const { page } = person;
    await page.goto(PAGE);
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
    await page.getByRole('link', { name: 'Account' }).click();
    await page.waitForURL(/\/login\?client_id|\/oauth2|\/login/);
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });
});

test('the page loads in a tab that was restored', async () => {
  const person = await seatPerson(browser, site);
  await person.open(PAGE);
  await person.page.reload();
  await atWork(person.page);
  expect(person.complaints).toEqual([]);
  await person.context.close();
});
