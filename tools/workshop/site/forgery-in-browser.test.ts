/** A signed-in user opens an attacker's page in a real browser. */
import { createServer, type Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '@/tests/support/browser';
import { type Person, seatPerson } from '@/tests/support/person';
import { freePort, type RunningSite, startSite } from '@/tests/support/site';

let site: RunningSite;
let browser: Browser;
let person: Person;
let attacker: Server;
let port: number;
let page = '';
beforeAll(async () => {
  [site, browser, port] = await Promise.all([startSite(), launchBrowser(), freePort()]);
  attacker = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(page);
  });
  await new Promise<void>((resolve) => attacker.listen(port, resolve));
  person = await seatPerson(browser, site);
  await person.signIn('alice');
});
afterAll(async () => {
  await Promise.all([browser?.close(), site?.close()]);
  attacker?.closeAllConnections();
  attacker?.close();
});

/** The same machine with another host name is another site; with another port it is only another origin. */
const WHERE: [string, () => string][] = [
  ['another site', () => `http://127.0.0.1:${port}/`],
  ['another origin of the same site, which gets the cookies', () => `http://localhost:${port}/`],
];

const FORM = (path: string, more = '') =>
  `<form method="post" action="${path}" ${more}><input name="everywhere" value="yes"></form>
   <script>document.forms[0].submit()</script>`;

const LOADS: [string, (path: string) => string][] = [
  ['an image', (path) => `<img src="${path}">`],
  ['a script', (path) => `<script src="${path}"></script>`],
  ['a frame', (path) => `<iframe src="${path}"></iframe>`],
  ['a prefetch', (path) => `<link rel="prefetch" href="${path}">`],
  [
    'a fetch',
    (path) =>
      `<script>for (const mode of ['cors', 'no-cors'])
         fetch('${path}', { method: 'POST', mode, credentials: 'include' }).catch(() => {});</script>`,
  ],
  ['a beacon', (path) => `<script>navigator.sendBeacon('${path}', 'everywhere=yes')</script>`],
];

/** How often the user pool was called to end a session. */
const ended = () =>
  site.pool.requests().filter(({ path }) => path === '/oauth2/revoke' || path === '/').length;

async function stillSignedIn(): Promise<void> {
  const answer = await person.page.goto(`${site.origin}/profile`);
  expect(answer?.status()).toBe(200);
  expect(await person.page.locator('h1').textContent()).toBe('Alice Archer');
}

describe.each(WHERE)('%s', (_, where) => {
  test.each(['/logout', '/refresh', '/profile', '/api/me'])(
    'sends a form to %s: refused, and nothing is changed',
    async (path) => {
      const before = ended();
      page = FORM(`${site.origin}${path}`);
      const answered = person.page.waitForResponse((answer) => answer.url() === site.origin + path);
      await person.page.goto(where());
      // SameSite withholds the cookies from another site, so a private page only redirects to the sign-in.
      const refused = path === '/profile' ? [403, 303] : [403, 401];
      expect(refused).toContain((await answered).status());
      expect(ended()).toBe(before);
      await stillSignedIn();
    },
  );

  test.each(LOADS)('loads the sign-out as %s: the user stays signed in', async (_, load) => {
    const before = ended();
    page = `<body>${load(`${site.origin}/logout`)}</body>`;
    const asked = person.page.waitForRequest(
      (request) => request.url() === `${site.origin}/logout`,
    );
    await person.page.goto(where());
    await asked;
    await person.page.waitForLoadState('networkidle');
    expect(ended()).toBe(before);
    await stillSignedIn();
  });

  test('cannot read who is signed in', async () => {
    page = '<body></body>';
    await person.page.goto(where());
    const read = await person.page.evaluate(
      (url) =>
        fetch(url, { credentials: 'include' })
          .then((answer) => answer.text())
          .catch(String),
      `${site.origin}/api/me`,
    );
    expect(read).toContain('Failed to fetch');
  });

  test('cannot put a page of the site into a frame', async () => {
    page = `<iframe src="${site.origin}/profile"></iframe>`;
    await person.page.goto(where());
    await person.page.waitForLoadState('networkidle');
    const texts = await Promise.all(
      person.page.frames().map((frame) =>
        frame
          .locator('body')
          .textContent()
          .catch(() => ''),
      ),
    );
    expect(texts.join()).not.toContain('Alice');
  });
});
