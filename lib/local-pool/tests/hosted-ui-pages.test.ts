import { describe, expect, it } from 'vitest';
import { appClient } from '../src/app-client';
import { testUsers } from '../src/testing/test-seeds';
import {
  type Browser,
  enter,
  loginPath,
  openBrowser,
  type Page,
  pathOf,
  problemOn,
} from './hosted-ui-browser';
import { get, post, REDIRECT_URI, startPool, startPoolWith } from './support';

const at = (path: string, more: Record<string, string | null> = {}) =>
  loginPath(more).replace('/login', path);

/** How to reach each page that has a form, in a pool that requires MFA. */
const WAYS: [path: string, (browser: Browser, more: Record<string, string>) => Promise<Page>][] = [
  ['/login', (browser, more) => browser.open(loginPath(more))],
  ['/signup', (browser, more) => browser.open(at('/signup', more))],
  ['/confirm', (browser, more) => enter(browser, 'carol', 'Carol-password-1', more)],
  ['/forgotPassword', (browser, more) => browser.open(at('/forgotPassword', more))],
  [
    '/confirmforgotPassword',
    async (browser, more) => {
      const page = await browser.open(at('/forgotPassword', more));
      return await browser.press(page, 'reset_my_password', { username: '<script>bob' });
    },
  ],
  ['/newPassword', (browser, more) => enter(browser, 'dave', 'Dave-password-1', more)],
  ['/mfa', (browser, more) => enter(browser, 'erin', 'Erin-password-1', more)],
  ['/mfaSetup', (browser, more) => enter(browser, 'bob', 'Bob-password-1', more)],
];

describe.each(WAYS)('the page %s', (path, reach) => {
  const opened = async (more: Record<string, string> = {}) => {
    const pool = await startPool({ mfa: 'ON' });
    const browser = openBrowser(pool);
    const page = await reach(browser, more);
    expect(pathOf(page)).toBe(path);
    return { pool, browser, page };
  };

  it('says that it is the local pool’s, has one heading, and labels its fields', async () => {
    const { page } = await opened();
    expect(page.status).toBe(200);
    expect(page.body).toContain('<p class="badge" lang="en">Local user pool</p>');
    expect(page.body.match(/<h1>/g)).toHaveLength(1);
    expect(page.body).toMatch(/<title>[^<]+ · Local user pool<\/title>/);
    expect(page.body).toContain('<a href="/local-outbox">Outbox</a>');
    const inputs = page.body.match(/<input[^>]*>/g) ?? [];
    const ids = new Set<string>();
    for (const input of inputs.filter((text) => !/type="hidden"|\bhidden>/.test(text))) {
      const id = /id="([^"]+)"/.exec(input)?.[1] ?? 'none';
      expect(ids.has(id), id).toBe(false);
      ids.add(id);
      expect(page.body).toContain(`<label for="${id}">`);
      expect(input).toMatch(/autocomplete="[a-z-]+"/);
    }
    expect(ids.size).toBeGreaterThan(0);
  });

  it('works without a script, has none, and may only send forms to itself and the app', async () => {
    const { page } = await opened();
    expect(page.body).not.toMatch(/<script|\son\w+=|style="/);
    const policy = page.response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://localhost:3000 ");
  });

  it('includes the whole query in each of its links', async () => {
    const { page } = await opened({ nonce: 'a nonce&more', scope: 'openid email' });
    const query = new URLSearchParams(page.url.split('?')[1]);
    const links = [...page.body.matchAll(/<a [^>]*href="(\/[^"]*\?[^"]*)"/g)];
    expect(links.length).toBeGreaterThan(0);
    for (const [, link = ''] of links) {
      expect([...new URLSearchParams(link.replaceAll('&amp;', '&').split('?')[1])]).toEqual([
        ...query,
      ]);
    }
    expect(query.get('redirect_uri')).toBe(REDIRECT_URI);
    expect(query.get('nonce')).toBe('a nonce&more');
  });

  it('rejects a form with another anti-forgery token', async () => {
    const { pool, browser, page } = await opened();
    const mails = pool.outbox().length;
    browser.cookies.set('XSRF-TOKEN', '00000000-0000-4000-8000-000000000000');
    const button = page.body.match(/<button[^>]*name="(?!continue)(\w+)"/)?.[1] ?? '';
    const answer = await browser.press(page, button);
    expect(answer.status).toBe(403);
    expect(problemOn(answer)).toBe('Something went wrong. Please try again.');
    expect(pool.outbox()).toHaveLength(mails);
  });

  it('is in the requested language, and in English for an unknown one', async () => {
    const { page } = await opened({ lang: 'fr' });
    expect(page.body).toContain('<html lang="fr">');
    const { page: other } = await opened({ lang: '"><script>' });
    expect(other.body).toContain('<html lang="en">');
    expect(other.body).not.toContain('<script');
  });

  it('is refused for a client without a branding style, and for an unregistered callback URL', async () => {
    const unbranded = await startPoolWith({ branded: false });
    expect((await get(unbranded, at(path))).status).toBe(403);
    const { pool } = await opened();
    const foreign = at(path, { redirect_uri: 'https://evil.example/' });
    for (const response of [await get(pool, foreign), await post(pool, foreign, {})]) {
      expect(response.headers.get('location')).toContain('/error?error=redirect_mismatch');
    }
  });

  it('refuses a form of a megabyte', async () => {
    const { pool, browser, page } = await opened();
    const form = { _csrf: browser.cookies.get('XSRF-TOKEN') ?? '', x: 'x'.repeat(1_000_000) };
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await post(pool, page.url, form, { cookie })).status).toBe(413);
  });
});

it('the classic hosted UI has the same pages', async () => {
  for (const [path, reach] of WAYS) {
    const pool = await startPool({ mfa: 'ON', hostedUi: 'classic' });
    expect(pathOf(await reach(openBrowser(pool), {}))).toBe(path);
  }
});

describe('identity providers of the app client', () => {
  const both = { identityProviders: ['COGNITO', 'Google', 'My & "Company"'] };

  it('have a link each, to authorize with the same query', async () => {
    const page = await openBrowser(await startPoolWith(both)).open(loginPath({ nonce: 'n' }));
    const links = [...page.body.matchAll(/href="\/oauth2\/authorize\?([^"]*)"/g)].map(
      ([, query = '']) => new URLSearchParams(query.replaceAll('&amp;', '&')),
    );
    expect(links.map((query) => query.get('identity_provider'))).toEqual(
      both.identityProviders.slice(1),
    );
    expect(links.map((query) => query.get('nonce'))).toEqual(['n', 'n']);
    expect(page.body).toContain('Continue with Google');
    expect(page.body).toContain('Continue with My &amp; &quot;Company&quot;');
    expect(page.body.indexOf('signInFormUsername')).toBeLessThan(
      page.body.indexOf('/oauth2/authorize'),
    );
  });

  it('are the only choice if the client lacks COGNITO, and no password is accepted', async () => {
    const pool = await startPoolWith({ identityProviders: ['Google'] });
    const browser = openBrowser(pool);
    const page = await browser.open(loginPath());
    expect(page.status).toBe(200);
    expect(page.body).toContain('Continue with Google');
    expect(page.body).not.toContain('type="password"');
    expect(page.body).not.toContain('alice');
    const _csrf = browser.cookies.get('XSRF-TOKEN') ?? '';
    const form = { _csrf, username: 'alice', password: 'Alice-password-1' };
    const answer = await post(pool, loginPath(), form, { cookie: `XSRF-TOKEN=${_csrf}` });
    expect(answer.headers.has('location')).toBe(false);
    expect(answer.headers.getSetCookie().join()).not.toContain('cognito=');
    for (const path of ['/signup', '/forgotPassword']) {
      expect(pathOf(await browser.open(at(path)))).toBe('/login');
    }
  });
});

describe('the username at the sign-in', () => {
  it('may be the verified address, in any case', async () => {
    const pool = await startPool();
    const page = await enter(openBrowser(pool), 'ALICE@example.com', 'Alice-password-1');
    expect(page.callback).not.toBeNull();
  });

  it.each([
    ['is not verified', [{ username: 'x', verified: 'false' }]],
    [
      'two users have',
      [
        { username: 'x', verified: 'true' },
        { username: 'y', verified: 'true' },
      ],
    ],
  ])('may not be an address that %s', async (_, people) => {
    const users = people.map(({ username, verified }) => ({
      username,
      password: 'Password-1',
      groups: [],
      attributes: { email: 'x@example.com', email_verified: verified },
    }));
    const pool = await startPool({ users });
    const refused = await enter(openBrowser(pool), 'x@example.com', 'Password-1');
    expect(problemOn(refused)).toBe('Incorrect username or password.');
    expect((await enter(openBrowser(pool), 'x', 'Password-1')).callback).not.toBeNull();
  });

  it('may be an address that a federated user has too', async () => {
    const [alice] = testUsers();
    const federated = { username: 'google_1', groups: [], attributes: alice?.attributes ?? {} };
    const pool = await startPool({ users: [...testUsers(), federated] });
    const page = await enter(openBrowser(pool), 'alice@example.com', 'Alice-password-1');
    expect(page.callback).not.toBeNull();
  });

  it('and the address share one count of failures', async () => {
    const pool = await startPool();
    for (let count = 1; count <= 5; count++) {
      const name = count % 2 === 0 ? 'alice' : 'alice@example.com';
      await enter(openBrowser(pool), name, 'wrong');
    }
    const locked = await enter(openBrowser(pool), 'alice', 'Alice-password-1');
    expect(problemOn(locked)).toBe('Password attempts exceeded');
  });

  it('starts again without failures after a sign-in', async () => {
    const pool = await startPool();
    for (let round = 1; round <= 2; round++) {
      for (let count = 1; count <= 4; count++) await enter(openBrowser(pool), 'alice', 'wrong');
      const page = await enter(openBrowser(pool), 'alice', 'Alice-password-1');
      expect(page.callback).not.toBeNull();
    }
  });

  it('of a federated user works with no password, not even an empty one', async () => {
    const users = [{ username: 'google_1', groups: [], attributes: {} }];
    const page = await enter(openBrowser(await startPool({ users })), 'google_1', '');
    expect(problemOn(page)).toBe('Incorrect username or password.');
    expect(page.body).not.toContain('google_1 <');
  });
});

it('a provider’s link works on a page that was requested for COGNITO', async () => {
  const client = appClient({
    clientId: 'confidential',
    redirectUris: [REDIRECT_URI],
    identityProviders: ['COGNITO', 'Google'],
  });
  const browser = openBrowser(await startPool({ clients: [client] }));
  const page = await browser.open(loginPath({ identity_provider: 'COGNITO' }));
  expect(page.status).toBe(200);
  expect(page.body).toContain('identity_provider=Google');
  expect(page.body).not.toContain('identity_provider=COGNITO&amp;identity_provider');
});
