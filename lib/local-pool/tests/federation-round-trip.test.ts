import { describe, expect, it } from 'vitest';
import { seedIdentityProviders } from '../src/federation/seed-providers';
import {
  chooseAtProvider,
  goToProvider,
  hiddenFields,
  openBrowser,
  signInOver,
} from './browser-double';
import { authorizeAt, ERIN, GINA, INVALID_STATE, startFederated } from './federated';
import { authorizeParams, DOMAIN, get, location, REDIRECT_URI, signIn } from './support';

describe('a round trip', () => {
  it('repeated with the Back button ends at Invalid state, a page with status 400', async () => {
    const pool = await startFederated();
    const browser = openBrowser(pool);
    const at = await goToProvider(browser, 'Google');
    const form = { ...hiddenFields(at.page), person: GINA };
    const back = (await browser.post(at.address, form)).headers.get('location') ?? '';
    expect(location(await browser.get(back)).searchParams.has('code')).toBe(true);
    const again = await browser.get(back);
    expect(again.headers.get('location')).toBe(INVALID_STATE);
    const page = await browser.follow(again);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('Invalid state');
  });

  it('cannot be completed twice with the same cookies', async () => {
    const browser = openBrowser(await startFederated());
    const at = await goToProvider(browser, 'ExampleCorp');
    const form = { ...hiddenFields(at.page), person: ERIN };
    await browser.post(at.address, form);
    const kept = browser.copy();
    const first = await browser.post('/saml2/idpresponse', form);
    expect(location(first).searchParams.has('code')).toBe(true);
    const second = await kept.post('/saml2/idpresponse', form);
    expect(second.headers.get('location')).toBe(INVALID_STATE);
  });

  it('cannot be completed in another browser, nor broken by it', async () => {
    const pool = await startFederated();
    const mine = openBrowser(pool);
    const at = await goToProvider(mine, 'Google');
    const form = { ...hiddenFields(at.page), person: GINA };
    const back = (await mine.post(at.address, form)).headers.get('location') ?? '';
    const other = openBrowser(pool);
    expect((await other.get(back)).headers.get('location')).toBe(INVALID_STATE);
    await goToProvider(other, 'Google');
    expect((await other.get(back)).headers.get('location')).toBe(INVALID_STATE);
    expect(other.cookie('cognito')).toBeUndefined();
    expect(location(await mine.get(back)).searchParams.has('code')).toBe(true);
  });

  it('works with the legacy cookie alone, but not without both', async () => {
    const pool = await startFederated();
    for (const [lost, ending] of [
      [['csrf-state'], `${REDIRECT_URI}?code=`],
      [['csrf-state', 'csrf-state-legacy'], INVALID_STATE],
    ] as const) {
      const browser = openBrowser(pool);
      const at = await goToProvider(browser, 'Google');
      for (const name of lost) browser.forget(name);
      const response = await chooseAtProvider(browser, at, { person: GINA });
      expect(response.headers.get('location')).toContain(ending);
    }
  });

  it.each([
    ['/oauth2/idpresponse'],
    ['/oauth2/idpresponse?code=x&state=made-up'],
    ['/oauth2/idpresponse?error=access_denied&state='],
  ])('that starts at %s is Invalid state', async (path) => {
    const response = await openBrowser(await startFederated()).get(path);
    expect(response.headers.get('location')).toBe(INVALID_STATE);
  });

  it('cannot end at the endpoint of the other protocol', async () => {
    const browser = openBrowser(await startFederated());
    const { page } = await goToProvider(browser, 'ExampleCorp');
    const { RelayState = '' } = hiddenFields(page);
    const response = await browser.get(`/oauth2/idpresponse?error=x&state=${RelayState}`);
    expect(response.headers.get('location')).toBe(INVALID_STATE);
  });

  it('of five minutes or more is Invalid state', async () => {
    const pool = await startFederated();
    const browser = openBrowser(pool);
    const at = await goToProvider(browser, 'Google');
    pool.advance(300);
    const response = await chooseAtProvider(browser, at, { person: GINA });
    expect(response.headers.get('location')).toBe(INVALID_STATE);
  });

  it.each(['made up', "another provider's"])('fails with a code that is %s', async (which) => {
    const own = { name: 'MyOidc', type: 'OIDC', attributeMapping: {}, people: [] } as const;
    const pool = await startFederated({ identityProviders: [...seedIdentityProviders(), own] });
    pool.changeClient({ identityProviders: ['Google', 'MyOidc'] });
    const browser = openBrowser(pool);
    const at = await goToProvider(browser, 'Google');
    const form = { ...hiddenFields(at.page), person: GINA };
    const googles = location(await browser.post(at.address, form)).searchParams.get('code') ?? '';
    const { address } = await goToProvider(browser, 'MyOidc');
    const state = new URL(address).searchParams.get('state') ?? '';
    const code = which === 'made up' ? which : googles;
    const response = await browser.get(`/oauth2/idpresponse?code=${code}&state=${state}`);
    expect(response.headers.get('location')).toBe(
      `${REDIRECT_URI}?error_description=MyOidc+Error+-+400+invalid_grant+getting+token&state=the-state&error=invalid_request`,
    );
  });

  it('does not return to a callback that is no longer registered', async () => {
    const pool = await startFederated();
    const browser = openBrowser(pool);
    const at = await goToProvider(browser, 'Google');
    pool.changeClient({ redirectUris: ['http://localhost:3000/other'] });
    const response = await chooseAtProvider(browser, at, { person: GINA });
    expect(response.headers.get('location')).toBe(
      `${DOMAIN}/error?error=redirect_mismatch&client_id=confidential`,
    );
  });
});

describe('the csrf-state cookies', () => {
  it('are set for the round trip, one of them without SameSite, and emptied after it', async () => {
    const browser = openBrowser(await startFederated());
    const away = await authorizeAt(browser, { identity_provider: 'Google' });
    const set = away.headers.getSetCookie().filter((line) => line.startsWith('csrf-state'));
    expect(set[0]).toMatch(/^csrf-state=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(set[1]).toMatch(/^csrf-state-legacy=[\w-]{32}; Path=\/; HttpOnly$/);
    await signInOver(browser, 'Google', { person: GINA });
    expect(browser.cookie('csrf-state')).toBeUndefined();
    expect(browser.cookie('csrf-state-legacy')).toBeUndefined();
  });

  it('are SameSite=None on https, for the POST of a real SAML provider', async () => {
    const pool = await startFederated({ domain: 'https://auth.example.com' });
    const asked = authorizeParams({ identity_provider: 'ExampleCorp' });
    const lines = (await get(pool, `/oauth2/authorize?${asked}`)).headers.getSetCookie();
    const [modern, legacy] = lines.filter((line) => line.startsWith('csrf-state'));
    expect(modern).toMatch(/; Secure; HttpOnly; SameSite=None$/);
    expect(legacy).toMatch(/; Secure; HttpOnly$/);
  });

  it('are empty on the way to /login', async () => {
    const response = await authorizeAt(openBrowser(await startFederated()));
    const set = response.headers.getSetCookie().filter((line) => line.startsWith('csrf-state'));
    expect(set.map((line) => line.split(';')[0])).toEqual([
      'csrf-state=""',
      'csrf-state-legacy=""',
    ]);
  });
});

describe('a federated sign-in that fails', () => {
  it.each([['Google'], ['ExampleCorp']])(
    'because the user cancels at %s returns to the site with an error and the state',
    async (provider) => {
      const browser = openBrowser(await startFederated());
      const response = await signInOver(browser, provider, { cancel: 'yes' });
      expect(response.headers.get('location')).toBe(
        `${REDIRECT_URI}?state=the-state&error=access_denied`,
      );
      expect(browser.cookie('cognito')).toBeUndefined();
    },
  );

  it("passes on the provider's own error unchanged", async () => {
    const browser = openBrowser(await startFederated());
    const { address } = await goToProvider(browser, 'Google');
    const state = new URL(address).searchParams.get('state') ?? '';
    const error = 'error=user_cancelled_authorize&error_description=Not+%3Cnow%3E';
    const response = await browser.get(`/oauth2/idpresponse?${error}&state=${state}`);
    expect(response.headers.get('location')).toBe(
      `${REDIRECT_URI}?error_description=Not+%3Cnow%3E&state=the-state&error=user_cancelled_authorize`,
    );
  });

  it.each([
    ['invalid_request', 'attributes required: [email]', 'attributes+required%3A+%5Bemail%5D'],
    [
      'server_error',
      'Timeout occurred in calling IdP token endpoint',
      'Timeout+occurred+in+calling+IdP+token+endpoint',
    ],
  ] as const)('returns %s, %s to the site', async (error, description, encoded) => {
    const pool = await startFederated();
    pool.failFederation('Google', { error, description });
    const browser = openBrowser(pool);
    const response = await signInOver(browser, 'Google', { person: GINA });
    expect(response.headers.get('location')).toBe(
      `${REDIRECT_URI}?error_description=${encoded}&state=the-state&error=${error}`,
    );
    expect(browser.cookie('cognito')).toBeUndefined();
    pool.failFederation('Google', null);
    const retried = await signInOver(browser, 'Google', { person: GINA });
    expect(location(retried).searchParams.has('code')).toBe(true);
  });

  it("does not take over the pool's own user of the same name", async () => {
    const taken = { username: 'Google_7', password: 'p', groups: ['admin'], attributes: {} };
    const pool = await startFederated({ users: [taken] });
    const choice = { email: 'mallory@example.com', id: '7' };
    const { searchParams } = location(await signInOver(openBrowser(pool), 'Google', choice));
    expect(searchParams.get('error_description')).toBe(
      'Already found an entry for username google_7',
    );
    expect((await signIn(pool, {}, taken)).code).not.toBe('');
  });

  it('because the user is disabled works again once the user is enabled', async () => {
    const pool = await startFederated();
    await signInOver(openBrowser(pool), 'Google', { person: GINA });
    pool.disable(`google_${GINA}`);
    const browser = openBrowser(pool);
    const refused = await signInOver(browser, 'Google', { person: GINA });
    expect(location(refused).searchParams.get('error')).toBe('invalid_request');
    expect(browser.cookie('cognito')).toBeUndefined();
    pool.enable(`google_${GINA}`);
    const again = await signInOver(browser, 'Google', { person: GINA });
    expect(location(again).searchParams.has('code')).toBe(true);
  });
});
