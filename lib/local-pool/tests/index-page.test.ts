import { expect, it } from 'vitest';
import { enter, loginPath, openBrowser } from './hosted-ui-browser';
import { get, startPool } from './support';

const FROM_A_BROWSER = { 'sec-fetch-dest': 'document' };

it("a browser that opens the pool's address gets the index; other requests get Cognito's 404", async () => {
  const pool = await startPool();
  const opened = await get(pool, '/', FROM_A_BROWSER);
  expect([opened.status, opened.headers.get('location')]).toEqual([302, '/local-index']);
  expect((await get(pool, '/')).status).toBe(404);
});

it('the index leads to the site, the outbox and the control panel, and lists the users', async () => {
  const pool = await startPool();
  const page = await (await get(pool, '/local-index')).text();
  const [uri = ''] = pool.settings.clients[0]?.redirectUris ?? [];
  expect(page).toContain(`href="${new URL(uri).origin}/login"`);
  expect(page).toContain('href="/local-outbox"');
  expect(page).toContain('href="/local-control"');
  for (const { username } of pool.settings.users) expect(page).toContain(username);
  expect(page).toContain('Alice-password-1');
});

it('the index never shows a password that someone chose', async () => {
  const pool = await startPool();
  const browser = openBrowser(pool);
  const signUp = await browser.open(loginPath().replace('/login', '/signup'));
  await browser.press(signUp, 'signUpButton', {
    username: 'zoe',
    'requiredAttributes[email]': 'zoe@example.com',
    password: 'Zoes-password-1',
  });
  const page = await (await get(pool, '/local-index')).text();
  expect(page).toContain('zoe');
  expect(page).not.toContain('Zoes-password-1');
});

it('every page links to the index, and the page for an authenticator code says where codes are', async () => {
  const pool = await startPool();
  const browser = openBrowser(pool);
  const page = await enter(browser, 'erin', 'Erin-password-1');
  expect(page.body).toContain('href="/local-outbox#apps"');
  expect(page.body).toContain('href="/local-index"');
});
