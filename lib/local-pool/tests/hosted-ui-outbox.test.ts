import { describe, expect, it } from 'vitest';
import { type Message, messageLine } from '../src/outbox';
import { testUsers } from '../src/testing/test-seeds';
import { enter, loginPath, openBrowser } from './hosted-ui-browser';
import { get, START, startPool } from './support';
import { fromBase32, totpOf } from './totp-code';

const ZOE = {
  username: '<script>alert(1)</script>',
  'requiredAttributes[email]': 'zoe<i>@example.com',
  password: 'Zoes-password-1',
};

async function poolWithMails() {
  const sent: Message[] = [];
  const pool = await startPool({ onMessage: (message) => void sent.push(message) });
  const browser = openBrowser(pool);
  await browser.press(
    await browser.open(loginPath().replace('/login', '/signup')),
    'signUpButton',
    ZOE,
  );
  pool.advance(60);
  const forgot = await browser.open(loginPath().replace('/login', '/forgotPassword'));
  await browser.press(forgot, 'reset_my_password', { username: 'bob' });
  return { pool, sent };
}

describe('the outbox', () => {
  it('also takes the messages of the site itself, and none of a website', async () => {
    const pool = await startPool();
    const send = (headers: Record<string, string>) =>
      pool.fetch(
        new Request('http://127.0.0.1:9339/local-outbox', {
          method: 'POST',
          headers,
          body: '{"to":"alice@example.com","subject":"Changed","text":"Was it you?"}',
        }),
      );
    const json = { 'content-type': 'application/json' };
    expect((await send({ 'content-type': 'text/plain' })).status).toBe(403);
    expect((await send({ ...json, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(pool.outbox()).toEqual([]);
    expect((await send(json)).status).toBe(204);
    expect(pool.outbox()).toMatchObject([{ to: 'alice@example.com', subject: 'Changed' }]);
  });

  it('shows what Cognito would have emailed, newest first, escaped', async () => {
    const { pool } = await poolWithMails();
    const page = await openBrowser(pool).open('/local-outbox');
    expect(page.status).toBe(200);
    const [reset, signUp] = pool.outbox();
    expect(page.body.indexOf(reset?.text ?? '')).toBeLessThan(
      page.body.indexOf(signUp?.text ?? ''),
    );
    expect(page.body).toContain(`Your password reset code is ${reset?.code}.`);
    expect(page.body).toContain('to zoe&lt;i&gt;@example.com');
    expect(page.body).toContain(`href="${signUp?.link?.replaceAll('&', '&amp;')}"`);
    expect(page.body).not.toContain('<script');
    expect(page.response.headers.get('content-security-policy')).toContain("form-action 'none'");
  });

  it('is available as JSON, which no other origin may read', async () => {
    const { pool } = await poolWithMails();
    const response = await get(pool, '/local-outbox.json', { origin: 'http://localhost:3000' });
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(pool.outbox())));
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(pool.outbox()).toEqual(
      [
        { at: START + 60, to: 'bob@example.com', subject: expect.any(String) }, // see below
        { at: START, to: 'zoe<i>@example.com', subject: expect.any(String) },
      ].map((message) => expect.objectContaining(message)),
    );
  });

  it('never shows a password', async () => {
    const { pool } = await poolWithMails();
    const page = await openBrowser(pool).open('/local-outbox');
    const all = page.body + JSON.stringify(pool.outbox());
    for (const password of [ZOE.password, ...testUsers().map((user) => user.password)]) {
      expect(all).not.toContain(password);
    }
  });

  it('passes each message to a listener once, and formats it as one line', async () => {
    const { pool, sent } = await poolWithMails();
    expect(sent.toReversed()).toEqual(pool.outbox());
    const [first] = sent;
    if (!first) throw new Error('nothing was sent');
    expect(messageLine(first)).toBe(
      `Email to zoe<i>@example.com: Your confirmation code is ${first.code}. ${first.link}`,
    );
    const hostile = { ...first, to: 'a\u001b[2J\r\nb@example.com' };
    expect(messageLine(hostile)).not.toMatch(/\p{Cc}/u);
  });

  it('shows the codes of public secrets, and no others', async () => {
    const pool = await startPool({ mfa: 'ON' });
    const browser = openBrowser(pool);
    const setUp = await enter(browser, 'bob', 'Bob-password-1');
    const secret = /<code id="secret">(\w+)</.exec(setUp.body)?.[1] ?? '';
    const code = totpOf(fromBase32(secret), START);
    await browser.press(setUp, 'associate', { authentication_code: code });
    const { body } = await browser.open('/local-outbox');
    const erin = testUsers().find((user) => user.username === 'erin')?.mfa?.secret ?? '';
    expect(body).toContain(totpOf(fromBase32(erin), START));
    expect(body).not.toContain(secret);
    expect(body).not.toContain('<strong>bob</strong>');
  });

  it('keeps a hundred messages', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    for (let count = 1; count <= 101; count++) {
      const page = await browser.open(loginPath().replace('/login', '/signup'));
      await browser.press(page, 'signUpButton', { ...ZOE, username: `zoe${count}` });
    }
    expect(pool.outbox()).toHaveLength(100);
    expect(pool.outbox()[0]?.link).toContain('user_name=zoe101&');
  });
});
