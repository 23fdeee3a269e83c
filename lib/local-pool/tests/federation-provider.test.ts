import { describe, expect, it } from 'vitest';
import { goToProvider, hiddenFields, openBrowser } from './browser-double';
import { authorizeAt, GINA, startFederated } from './federated';
import { FOREIGN, get, location, signIn } from './support';

describe('what is passed to the provider', () => {
  it('includes the login hint for Google, escaped in its page, but not for SAML', async () => {
    const browser = openBrowser(await startFederated());
    const hint = { login_hint: '"><i>zoe' };
    expect((await goToProvider(browser, 'Google', hint)).page).toContain(
      'value="&quot;&gt;&lt;i&gt;zoe"',
    );
    const saml = await goToProvider(browser, 'ExampleCorp', { ...hint, prompt: 'login' });
    expect([...new URL(saml.address).searchParams.keys()]).toEqual(['RelayState']);
    expect(saml.page).not.toContain('zoe');
  });
});

describe('the simulated page', () => {
  it('rejects a form from another browser', async () => {
    const pool = await startFederated();
    const { address, page } = await goToProvider(openBrowser(pool), 'Google');
    const response = await openBrowser(pool).post(address, {
      ...hiddenFields(page),
      person: GINA,
    });
    expect(response.status).toBe(403);
  });

  it.each([{ person: 'nobody' }, { email: ' ' }, {}])(
    'rejects a form without an account: %o',
    async (choice) => {
      const browser = openBrowser(await startFederated());
      const at = await goToProvider(browser, 'Google');
      const response = await browser.post(at.address, { ...hiddenFields(at.page), ...choice });
      expect(response.status).toBe(400);
    },
  );

  it('allows redirects to the app after a form, but only in a known round trip', async () => {
    const browser = openBrowser(await startFederated());
    const { address } = await goToProvider(browser, 'Google');
    const policy = async (url: string) =>
      (await browser.get(url)).headers.get('content-security-policy');
    expect(await policy(address)).toContain("form-action 'self' http://localhost:3000 ");
    expect(await policy('/simulated-idp/Google?state=made-up')).toContain("form-action 'self';");
  });

  it("of an unknown provider is Cognito's error page", async () => {
    const response = await get(await startFederated(), '/simulated-idp/Facebook?state=x');
    expect(response.status).toBe(404);
  });
});

describe('a provider that the client does not support', () => {
  it.each([
    [{ identity_provider: 'Facebook' }],
    [{ identity_provider: 'google' }],
    [{ idp_identifier: 'other.example.com' }],
    [{ client_id: FOREIGN.clientId, identity_provider: 'Google' }],
    [{ client_id: FOREIGN.clientId, idp_identifier: 'corp.example.com' }],
  ])('ends at /login with 401: %o', async (more) => {
    const browser = openBrowser(await startFederated());
    const response = await authorizeAt(browser, more);
    expect(location(response).pathname).toBe('/login');
    const page = await browser.follow(response);
    expect(page.status).toBe(401);
    expect(await page.text()).toBe('Login option is not available. Please try another one');
  });
});

it('a client without COGNITO accepts no password', async () => {
  const pool = await startFederated();
  pool.changeClient({ identityProviders: ['Google'] });
  const { response } = await signIn(pool);
  expect(response.status).toBe(401);
  expect(response.headers.has('location')).toBe(false);
});
