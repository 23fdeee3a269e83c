import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '@/tests/support/browser';
import { type Person, seatPerson } from '@/tests/support/person';
import { type RunningSite, startSite } from '@/tests/support/site';

let site: RunningSite;
let browser: Browser;
let person: Person;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));
beforeEach(async () => {
  person = await seatPerson(browser, site);
});
afterEach(() => person.context.close());

/** What an attacker would write into a page that doesn't escape, and the directive that forbids it. */
const INJECTIONS = [
  ['script-src-elem', '<script>ran.push("an inline script")</script>'],
  ['script-src-elem', '<script nonce="x">ran.push("one with its own nonce")</script>'],
  // An image, and not an <svg onload>: its event comes even if React has removed the element by then.
  ['script-src-attr', '<img src="data:," onerror="ran.push(\'an event handler\')">'],
  ['script-src-elem', '<script src="http://127.0.0.1:9/evil.js"></script>'],
  ['script-src-elem', '<script src="/evil.js"></script>'],
] as const;

/** What a script would do if it ran anyway, and the directive that forbids it. */
const ATTEMPTS = [
  ['form-action', '<form action="http://127.0.0.1:9/"></form>'],
  ['base-uri', '<base href="http://127.0.0.1:9/">'],
  ['img-src', '<img src="http://127.0.0.1:9/x.png">'],
  ['object-src', '<object data="/icon.svg"></object>'],
  ['style-src-elem', '<style>p { color: red }</style>'],
  ['frame-src', '<iframe src="http://127.0.0.1:9/"></iframe>'],
] as const;

/** Opens the front page with this HTML written into it; everything else is as the site sent it. */
async function openWith(page: Page, html: string, policy: 'with' | 'without'): Promise<void> {
  await page.addInitScript(() => {
    const [ran, violations]: [string[], string[]] = [[], []];
    Object.assign(window, { ran, violations });
    addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
  });
  await page.route('**/evil.js', (route) => {
    const body = `ran.push("a script of ${new URL(route.request().url()).hostname}")`;
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.route(`${site.origin}/`, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    if (policy === 'without') delete headers['content-security-policy'];
    const body = (await response.text()).replace(/<body[^>]*>/, (tag) => `${tag}${html}`);
    await route.fulfill({ response, headers, body });
  });
  await page.goto('/');
}

const listed = (page: Page, name: 'ran' | 'violations') =>
  page.evaluate((list): string[] => Reflect.get(window, list), name);

/** The page doesn't wait for events: those that run a handler, and those that report a violation. */
const untilListed = (page: Page, name: 'ran' | 'violations', count: number) =>
  page.waitForFunction(([list, least]) => Reflect.get(window, list).length >= least, [
    name,
    count,
  ] as const);

test('a script that an attacker has written into a page does not run', async () => {
  await openWith(person.page, INJECTIONS.map(([, html]) => html).join('\n'), 'with');
  await untilListed(person.page, 'violations', INJECTIONS.length);
  expect(await listed(person.page, 'ran')).toEqual([]);
  const violations = await listed(person.page, 'violations');
  expect(violations.sort()).toEqual(INJECTIONS.map(([directive]) => directive).sort());
});

test('without the policy all of these scripts would run', async () => {
  const all = [
    'a script of 127.0.0.1',
    'a script of localhost',
    'an event handler',
    'an inline script',
    'one with its own nonce',
  ];
  await openWith(person.page, INJECTIONS.map(([, html]) => html).join('\n'), 'without');
  await untilListed(person.page, 'ran', all.length);
  expect((await listed(person.page, 'ran')).sort()).toEqual(all);
});

test('even if a script ran, it could not call another host, show content or send a form', async () => {
  const { page } = person;
  await openWith(page, '', 'with');
  await page.evaluate((attempts) => {
    for (const [, html] of attempts) document.body.insertAdjacentHTML('beforeend', html);
    document.querySelector<HTMLFormElement>('form[action^="http://127"]')?.submit();
    fetch('http://127.0.0.1:9/').catch(() => {});
  }, ATTEMPTS);
  const expected = [...ATTEMPTS.map(([directive]) => directive), 'connect-src'].sort();
  await untilListed(page, 'violations', expected.length);
  expect((await listed(page, 'violations')).sort()).toEqual(expected);
});

test('no page can be shown in a frame, not even by this site', async () => {
  const PATHS = ['/', '/profile', '/logout', '/login?code=c&state=s', '/icon.svg', '/allowed'];
  const { page } = person;
  await person.signIn('bob');
  const frames = PATHS.map((path) => `<iframe src="${path}"></iframe>`).join('');
  await page.route('**/framing', (route) =>
    route.fulfill({ contentType: 'text/html', body: frames }),
  );
  await page.route('**/allowed', (route) => route.fulfill({ body: 'a page without headers' }));
  await page.goto('/framing');
  expect(page.frames().map((frame) => frame.url())).toEqual([
    `${site.origin}/framing`,
    ...PATHS.slice(0, -1).map(() => 'chrome-error://chromewebdata/'),
    `${site.origin}/allowed`,
  ]);
});
