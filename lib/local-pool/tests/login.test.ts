import { describe, expect, it } from 'vitest';
import { PAGE_STYLE } from '../src/hosted-ui/page-style';
import {
  authorizeParams,
  claimsOf,
  DOMAIN,
  get,
  location,
  post,
  REDIRECT_URI,
  redeem,
  setCookie,
  signIn,
  startPool,
  startPoolWith,
  tokensOf,
} from './support';

const LOGIN = `/login?${authorizeParams()}`;

describe('the sign-in page', () => {
  it('has the classic form, labeled, with the anti-forgery token of its cookie', async () => {
    const response = await get(await startPool(), LOGIN);
    expect(response.status).toBe(200);
    const page = await response.text();
    for (const name of ['_csrf', 'username', 'password', 'cognitoAsfData', 'signInSubmitButton']) {
      expect(page).toContain(`name="${name}"`);
    }
    expect(page).toContain('<label for="signInFormUsername">');
    expect(page).toContain('<label for="signInFormPassword">');
    expect(page).toContain('<html lang="en">');
    expect(page).toContain(`value="${setCookie(response, 'XSRF-TOKEN')}"`);
    expect(page).toContain('Local user pool');
  });

  it('offers to sign in as each seeded user with one click', async () => {
    const page = await (await get(await startPool(), LOGIN)).text();
    for (const [name, password] of [
      ['alice', 'Alice-password-1'],
      ['bob', 'Bob-password-1'],
    ]) {
      expect(page).toContain(`aria-label="Sign in as ${name}"`);
      expect(page).toContain(`<input type="hidden" name="password" value="${password}">`);
    }
  });

  it('allows its own style by hash, and forms only to itself and the app', async () => {
    const csp = (await get(await startPool(), LOGIN)).headers.get('content-security-policy') ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(PAGE_STYLE));
    expect(csp).toContain(`style-src 'sha256-${Buffer.from(digest).toString('base64')}'`);
    expect(csp).toContain("form-action 'self' http://localhost:3000 ");
    expect(csp).toContain("default-src 'none'");
  });

  it('contains its style sheet unescaped, so that the hash matches', async () => {
    const page = await (await get(await startPool(), LOGIN)).text();
    expect(page).toContain(`<style>${PAGE_STYLE}</style>`);
  });

  it("names an app's own scheme as a form target", async () => {
    const pool = await startPoolWith({ redirectUris: ['myapp://callback'] });
    const page = await get(pool, `/login?${authorizeParams({ redirect_uri: 'myapp://callback' })}`);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' myapp:;");
  });

  it('fills in the login hint, escaped; the classic page does not', async () => {
    const hinted = `/login?${authorizeParams({ login_hint: '"><i>zoe' })}`;
    const managed = await (await get(await startPool(), hinted)).text();
    expect(managed).toContain('value="&quot;&gt;&lt;i&gt;zoe"');
    const classic = await (await get(await startPool({ hostedUi: 'classic' }), hinted)).text();
    expect(classic).not.toContain('<i>zoe');
    expect(classic).not.toContain('value="&quot;');
  });

  it('checks client and redirect URI before anything else, even with a session', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    const unregistered = authorizeParams({ redirect_uri: 'http://evil.example/' });
    for (const request of [
      get(pool, `/login?${unregistered}`, { cookie }),
      post(pool, `/login?${unregistered}`, {}, { cookie }),
    ]) {
      expect((await request).headers.get('location')).toBe(
        `${DOMAIN}/error?error=redirect_mismatch&client_id=confidential`,
      );
    }
  });

  it('is 403 in managed login without a branding style, 200 in the classic UI', async () => {
    const unbranded = await startPoolWith({ branded: false });
    const response = await get(unbranded, LOGIN);
    expect(response.status).toBe(403);
    expect(await response.text()).toBe('Login pages unavailable. Please contact an administrator.');
    const classic = await startPool({ hostedUi: 'classic' });
    classic.changeClient({ branded: false });
    expect((await get(classic, LOGIN)).status).toBe(200);
  });
});

describe('signing in', () => {
  it('sets the session for an hour and renews the anti-forgery token', async () => {
    const { response } = await signIn(await startPool());
    const cookies = response.headers.getSetCookie();
    expect(cookies.find((line) => line.startsWith('cognito='))).toMatch(
      /^cognito="[\w-]+\.[\w-]+\.3"; Version=1; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const xsrf = cookies.filter((line) => line.startsWith('XSRF-TOKEN='));
    expect(xsrf[0]).toContain('XSRF-TOKEN=""; Expires=Thu, 01 Jan 1970');
    expect(xsrf[1]).toMatch(/^XSRF-TOKEN=[0-9a-f-]{36}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('marks cookies Secure on an https domain', async () => {
    const pool = await startPool({ domain: 'https://auth.example.com' });
    for (const line of (await get(pool, LOGIN)).headers.getSetCookie()) {
      expect(line).toContain('; Secure');
    }
  });

  it('finds the user in any letter case', async () => {
    const { code } = await signIn(await startPool(), {}, upper);
    expect(code).not.toBe('');
  });

  const upper = { username: 'ALICE', password: 'Alice-password-1' };

  it.each([
    ['a wrong password', 'alice', 'wrong'],
    ['an unknown user', 'mallory', 'wrong'],
    ['an inherited property', '__proto__', 'wrong'],
    ['nothing', '', ''],
  ])('shows the same message for %s', async (_, username, password) => {
    const { response } = await signIn(await startPool(), {}, { username, password });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Incorrect username or password.');
    expect(setCookie(response, 'cognito')).toBeUndefined();
  });

  it.each([
    ['no cookie', undefined],
    ['another token in the cookie', 'XSRF-TOKEN=00000000-0000-4000-8000-000000000000'],
  ])('refuses a form with %s', async (_, cookie) => {
    const pool = await startPool();
    const xsrf = setCookie(await get(pool, LOGIN), 'XSRF-TOKEN') ?? '';
    const form = { _csrf: xsrf, username: 'alice', password: 'Alice-password-1' };
    const response = await post(pool, LOGIN, form, cookie === undefined ? {} : { cookie });
    expect(response.status).toBe(403);
    expect(response.headers.has('location')).toBe(false);
  });

  it('keeps the token of a browser that has one, so that two tabs can sign in', async () => {
    const pool = await startPool();
    const first = setCookie(await get(pool, LOGIN), 'XSRF-TOKEN');
    const second = await get(pool, LOGIN, { cookie: `XSRF-TOKEN=${first}` });
    expect(setCookie(second, 'XSRF-TOKEN')).toBe(first);
  });

  it.each(['multipart/form-data; boundary=x', 'application/json', 'text/plain'])(
    'returns 403 and not 500 for a body of type %s',
    async (type) => {
      const pool = await startPool();
      const headers = { 'content-type': type };
      const request = { method: 'POST', headers, body: '--x\r\nbroken' };
      expect((await pool.fetch(new Request(`${DOMAIN}${LOGIN}`, request))).status).toBe(403);
    },
  );
});

describe('/login with an active session', () => {
  it('never continues silently, but offers to continue', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    const response = await get(pool, LOGIN, { cookie });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/Continue as alice/);
  });

  it('continues with one button, keeping the time of the sign-in', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    pool.advance(100);
    const xsrf = setCookie(await get(pool, LOGIN, { cookie }), 'XSRF-TOKEN') ?? '';
    const form = { _csrf: xsrf, continueSession: 'yes' };
    const headers = { cookie: `${cookie}; XSRF-TOKEN=${xsrf}` };
    const response = await post(pool, LOGIN, form, headers);
    expect(response.headers.get('location')).toContain(`${REDIRECT_URI}?code=`);
    const code = location(response).searchParams.get('code') ?? '';
    const { id_token } = await tokensOf(await redeem(pool, code));
    const claims = claimsOf(id_token);
    expect(Number(claims.iat) - Number(claims.auth_time)).toBe(100);
  });

  it('does not continue once the session has ended', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    pool.advance(3600);
    const xsrf = setCookie(await get(pool, LOGIN), 'XSRF-TOKEN') ?? '';
    const form = { _csrf: xsrf, continueSession: 'yes' };
    const headers = { cookie: `${cookie}; XSRF-TOKEN=${xsrf}` };
    expect((await post(pool, LOGIN, form, headers)).status).toBe(200);
  });
});

it.each(['/', '/nowhere', '/passkeys/add'])("%s is Cognito's error page with 404", async (path) => {
  const response = await get(await startPool(), path);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('An error was encountered with the requested page.');
});
