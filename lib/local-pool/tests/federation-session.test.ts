import { describe, expect, it } from 'vitest';
import { openBrowser, signInOver } from './browser-double';
import { authorizeAt, GINA, startFederated, tokensFrom } from './federated';
import { authorizeParams, claimsOf, get, location, REDIRECT_URI, START, signIn } from './support';

describe('a federated user', () => {
  it('cannot sign in with a password, not even an empty one', async () => {
    const pool = await startFederated();
    await signInOver(openBrowser(pool), 'Google', { person: GINA });
    for (const password of ['', 'Alice-password-1']) {
      const { response } = await signIn(pool, {}, { username: `google_${GINA}`, password });
      expect(await response.text()).toContain('Incorrect username or password.');
    }
  });

  it('is not listed among the users with passwords', async () => {
    const pool = await startFederated();
    await signInOver(openBrowser(pool), 'Google', { person: GINA });
    const page = await (await get(pool, `/login?${authorizeParams()}`)).text();
    expect(page).toContain('Sign in as alice');
    expect(page).not.toContain(GINA);
  });

  it('who is linked to a user of the pool signs in as that user, who keeps the password', async () => {
    const linked = {
      username: 'carol',
      password: 'Carol-password-1',
      groups: ['admin'],
      attributes: { email: 'carol@example.com' },
      identities: [{ userId: GINA, providerName: 'Google', issuer: null, primary: 'false' }],
    };
    const pool = await startFederated({ users: [linked] });
    const callback = await signInOver(openBrowser(pool), 'Google', { person: GINA });
    expect(claimsOf((await tokensFrom(pool, callback)).id_token)).toMatchObject({
      'cognito:username': 'carol',
      'cognito:groups': ['admin'],
      identities: linked.identities,
    });
    expect((await signIn(pool, {}, linked)).code).not.toBe('');
  });
});

describe('an active session', () => {
  it('from Google signs in silently for an hour, with the old auth_time', async () => {
    const pool = await startFederated();
    const browser = openBrowser(pool);
    await signInOver(browser, 'Google', { person: GINA });
    pool.advance(3599);
    for (const more of [{}, { identity_provider: 'Google' }, { prompt: 'none' }]) {
      const callback = await authorizeAt(browser, more);
      const claims = claimsOf((await tokensFrom(pool, callback)).id_token);
      expect(claims).toMatchObject({ auth_time: START, 'cognito:username': `google_${GINA}` });
    }
    pool.advance(1);
    expect(location(await authorizeAt(browser)).pathname).toBe('/login');
  });

  it('from Google does not satisfy a request for COGNITO, nor a native one a request for Google', async () => {
    const pool = await startFederated();
    const federated = openBrowser(pool);
    await signInOver(federated, 'Google', { person: GINA });
    const none = { identity_provider: 'COGNITO', prompt: 'none' };
    expect(location(await authorizeAt(federated, none)).searchParams.get('error')).toBe(
      'login_required',
    );
    const asked = { identity_provider: 'COGNITO' };
    expect(location(await authorizeAt(federated, asked)).pathname).toBe('/login');

    const { cookie } = await signIn(pool);
    const toGoogle = authorizeParams({ identity_provider: 'Google' });
    const away = await get(pool, `/oauth2/authorize?${toGoogle}`, { cookie });
    expect(location(away).pathname).toBe('/simulated-idp/Google');
    const native = await get(pool, `/oauth2/authorize?${authorizeParams(none)}`, { cookie });
    expect(location(native).searchParams.has('code')).toBe(true);
  });

  it.each(['login', 'select_account', 'consent'])(
    'does not stop prompt=%s from reaching the provider',
    async (prompt) => {
      const browser = openBrowser(await startFederated());
      await signInOver(browser, 'Google', { person: GINA });
      const away = location(await authorizeAt(browser, { identity_provider: 'Google', prompt }));
      expect(away.pathname).toBe('/simulated-idp/Google');
      expect(away.searchParams.get('prompt')).toBe(prompt);
    },
  );

  it('is required by prompt=none: without one the callback gets login_required', async () => {
    const browser = openBrowser(await startFederated());
    const asked = { identity_provider: 'Google', prompt: 'none' };
    expect((await authorizeAt(browser, asked)).headers.get('location')).toBe(
      `${REDIRECT_URI}?error=login_required&state=the-state`,
    );
  });
});
