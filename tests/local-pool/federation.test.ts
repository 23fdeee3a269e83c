import { describe, expect, it } from 'vitest';
import { seedIdentityProviders } from '@/lib/local-pool/federation/seed-providers';
import type { LocalPool } from '@/lib/local-pool/pool';
import type { LocalPoolSettings } from '@/lib/local-pool/settings';
import {
  type BrowserDouble,
  chooseAtProvider,
  goToProvider,
  hiddenFields,
  openBrowser,
  signInOver,
} from './browser-double';
import {
  authorizeParams,
  CONFIDENTIAL,
  claimsOf,
  DOMAIN,
  FOREIGN,
  get,
  location,
  REDIRECT_URI,
  redeem,
  refresh,
  START,
  signIn,
  startPool,
  tokensOf,
} from './support';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const GINA = '104729183650274918365';
const ERIN = 'erin@corp.example.com';
const INVALID_STATE = `${DOMAIN}/error?error=Invalid%20state`;

/** A pool whose first client offers all of the seeded providers. */
async function startFederated(given: Partial<LocalPoolSettings> = {}): Promise<LocalPool> {
  const identityProviders = ['COGNITO', 'Google', 'ExampleCorp'];
  return await startPool({ clients: [{ ...CONFIDENTIAL, identityProviders }, FOREIGN], ...given });
}

async function tokensFrom(pool: LocalPool, callback: Response) {
  return await tokensOf(await redeem(pool, location(callback).searchParams.get('code') ?? ''));
}

async function authorizeAt(browser: BrowserDouble, more: Record<string, string | null> = {}) {
  return await browser.get(`/oauth2/authorize?${authorizeParams(more)}`);
}

describe('a sign-in over Google', () => {
  it("leaves for a page that says it is pretended, under a path that Cognito hasn't", async () => {
    const browser = openBrowser(await startFederated());
    const { address, page } = await goToProvider(browser, 'Google');
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:4801\/pretended-idp\/Google\?state=[\w-]{43}$/);
    expect(page).toContain('<h1>Pretended Google</h1>');
    expect(page).toContain('aria-label="Sign in as Gina Green"');
    expect(page).toContain('gus@example.com');
    expect(page).not.toContain('http://localhost:3000');
  });

  it('comes back with a code and my state, and a session for an hour', async () => {
    const browser = openBrowser(await startFederated());
    const response = await signInOver(browser, 'Google', { person: GINA });
    expect(response.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/login\?code=[0-9a-f-]{36}&state=the-state$/,
    );
    const session = response.headers.getSetCookie().find((line) => line.startsWith('cognito='));
    expect(session).toContain('Max-Age=3600');
  });

  it("gives tokens of Cognito's form, in its order, with identities and a made-up nonce", async () => {
    const pool = await startFederated();
    const callback = await signInOver(openBrowser(pool), 'Google', { person: GINA });
    const { id_token, access_token } = await tokensFrom(pool, callback);
    const claims = claimsOf(id_token);
    expect(Object.entries(claims)).toEqual(
      Object.entries({
        at_hash: expect.any(String),
        sub: expect.stringMatching(UUID),
        'cognito:groups': ['us-east-1_LocalPool_Google'],
        email_verified: true,
        iss: `${DOMAIN}/us-east-1_LocalPool`,
        'cognito:username': `google_${GINA}`,
        nonce: expect.stringMatching(UUID),
        origin_jti: expect.stringMatching(UUID),
        aud: 'confidential',
        identities: [
          {
            dateCreated: `${START}000`,
            userId: GINA,
            providerName: 'Google',
            providerType: 'Google',
            issuer: null,
            primary: 'true',
          },
        ],
        token_use: 'id',
        auth_time: START,
        name: 'Gina Green',
        picture: `https://pictures.example.com/${GINA}`,
        exp: START + 3600,
        iat: START,
        jti: expect.stringMatching(UUID),
        email: 'gina@example.com',
      }),
    );
    expect(claimsOf(access_token)).toMatchObject({
      username: `google_${GINA}`,
      'cognito:groups': ['us-east-1_LocalPool_Google'],
    });
    expect(claimsOf(access_token)).not.toHaveProperty('identities');
  });

  it('keeps the nonce that the site sent', async () => {
    const pool = await startFederated();
    const choice = { person: GINA };
    const callback = await signInOver(openBrowser(pool), 'Google', choice, { nonce: 'mine' });
    expect(claimsOf((await tokensFrom(pool, callback)).id_token).nonce).toBe('mine');
  });

  it('finds the same person again: one sub, one dateCreated, attributes as they are now', async () => {
    const people = [{ id: '7', claims: { email: 'old@example.com', email_verified: true } }];
    const [google] = seedIdentityProviders();
    if (!google) throw new Error('no seeded provider');
    const pool = await startFederated({ identityProviders: [{ ...google, people }] });
    const first = claimsOf(
      (await tokensFrom(pool, await signInOver(openBrowser(pool), 'Google', { person: '7' })))
        .id_token,
    );
    pool.addToGroup('google_7', 'admin');
    people.splice(0, 1, { id: '7', claims: { email: 'new@example.com', email_verified: false } });
    pool.advance(60);
    const second = claimsOf(
      (await tokensFrom(pool, await signInOver(openBrowser(pool), 'Google', { person: '7' })))
        .id_token,
    );
    expect(first.email).toBe('old@example.com');
    expect(second).toMatchObject({ email: 'new@example.com', email_verified: false });
    expect(second.sub).toBe(first.sub);
    expect(second.identities).toEqual(first.identities);
    expect(second['cognito:groups']).toEqual(['us-east-1_LocalPool_Google', 'admin']);
  });

  it('is not asked of Google again by a refresh', async () => {
    const people = [{ id: '7', claims: { email: 'old@example.com' } }];
    const [google] = seedIdentityProviders();
    if (!google) throw new Error('no seeded provider');
    const pool = await startFederated({ identityProviders: [{ ...google, people }] });
    const callback = await signInOver(openBrowser(pool), 'Google', { person: '7' });
    const { refresh_token } = await tokensFrom(pool, callback);
    people.splice(0, 1);
    const claims = claimsOf((await tokensOf(await refresh(pool, refresh_token))).id_token);
    expect(claims.email).toBe('old@example.com');
    expect(claims).toHaveProperty('identities');
    expect(claims).not.toHaveProperty('nonce');
  });

  it('takes somebody made up in the form, the same one for the same address', async () => {
    const pool = await startFederated();
    const choice = { email: 'zoe@example.com', name: 'Zoe <Zed>', id: '' };
    const usernames = [];
    for (const email of ['zoe@example.com', 'Zoe@example.com', 'yan@example.com']) {
      const callback = await signInOver(openBrowser(pool), 'Google', { ...choice, email });
      usernames.push(claimsOf((await tokensFrom(pool, callback)).id_token)['cognito:username']);
    }
    expect(usernames[0]).toMatch(/^google_1\d{20}$/);
    expect(usernames[1]).toBe(usernames[0]);
    expect(usernames[2]).not.toBe(usernames[0]);
    const own = await signInOver(openBrowser(pool), 'Google', { ...choice, id: 'My-Id' });
    expect(claimsOf((await tokensFrom(pool, own)).id_token)).toMatchObject({
      'cognito:username': 'google_my-id',
      identities: [{ userId: 'My-Id' }],
      name: 'Zoe <Zed>',
      email_verified: true,
    });
  });
});

describe('a sign-in over a SAML provider', () => {
  it('goes by its name or its identifier, and comes back by a POST with RelayState', async () => {
    const pool = await startFederated();
    for (const more of [
      { identity_provider: 'ExampleCorp' },
      { identity_provider: null, idp_identifier: 'corp.example.com' },
    ]) {
      const browser = openBrowser(pool);
      const at = await goToProvider(browser, 'ExampleCorp', more);
      expect(at.address).toMatch(/\/pretended-idp\/ExampleCorp\?RelayState=[\w-]{43}$/);
      const form = { ...hiddenFields(at.page), person: ERIN };
      expect(Object.keys(form)).toEqual(['_csrf', 'RelayState', 'SAMLResponse', 'person']);
      const post = await browser.post(at.address, form);
      expect([post.status, post.headers.get('location')]).toEqual([
        307,
        `${DOMAIN}/saml2/idpresponse`,
      ]);
      const callback = await browser.post('/saml2/idpresponse', form);
      expect(callback.headers.get('location')).toMatch(`${REDIRECT_URI}?code=`);
    }
  });

  it('names the person by the NameID, in lower case, with an unverified address', async () => {
    const pool = await startFederated();
    const choice = { email: 'Zoe@Corp.example.com', name: 'Zoe' };
    const callback = await signInOver(openBrowser(pool), 'ExampleCorp', choice);
    expect(claimsOf((await tokensFrom(pool, callback)).id_token)).toMatchObject({
      'cognito:username': 'examplecorp_zoe@corp.example.com',
      'cognito:groups': ['us-east-1_LocalPool_ExampleCorp'],
      email: 'Zoe@Corp.example.com',
      email_verified: false,
      name: 'Zoe',
      identities: [{ userId: 'Zoe@Corp.example.com', providerType: 'SAML' }],
    });
  });

  it('maps several values to one string, form-encoded inside', async () => {
    const [, corp] = seedIdentityProviders();
    if (!corp) throw new Error('no seeded provider');
    const attributeMapping = { ...corp.attributeMapping, 'custom:groups': 'groups' };
    const pool = await startFederated({ identityProviders: [{ ...corp, attributeMapping }] });
    const callback = await signInOver(openBrowser(pool), 'ExampleCorp', { person: ERIN });
    const claims = claimsOf((await tokensFrom(pool, callback)).id_token);
    expect(claims['custom:groups']).toBe('[staff,all+hands]');
  });

  it('does not believe a response that the provider did not write', async () => {
    const pool = await startFederated();
    const browser = openBrowser(pool);
    const { page } = await goToProvider(browser, 'ExampleCorp');
    const forged = Buffer.from(`<samlp:Response>${ERIN}</samlp:Response>`).toString('base64');
    const form = { ...hiddenFields(page), SAMLResponse: forged, person: ERIN };
    const { searchParams } = location(await browser.post('/saml2/idpresponse', form));
    expect(searchParams.get('error')).toBe('server_error');
    expect(searchParams.get('error_description')).toMatch(/^Invalid SAML response received: /);
    expect(browser.cookie('cognito')).toBeUndefined();
  });

  it('does not believe a response that was used before, on another trip', async () => {
    const browser = openBrowser(await startFederated());
    const first = await goToProvider(browser, 'ExampleCorp');
    const { SAMLResponse = '' } = hiddenFields(first.page);
    await chooseAtProvider(browser, first, { person: ERIN });
    const second = await goToProvider(browser, 'ExampleCorp', { prompt: 'login' });
    const form = { ...hiddenFields(second.page), SAMLResponse };
    const { searchParams } = location(await browser.post('/saml2/idpresponse', form));
    expect(searchParams.get('error')).toBe('server_error');
  });

  it('signs nobody in before somebody was chosen', async () => {
    const browser = openBrowser(await startFederated());
    const { page } = await goToProvider(browser, 'ExampleCorp');
    const response = await browser.post('/saml2/idpresponse', hiddenFields(page));
    expect(location(response).searchParams.get('error')).toBe('access_denied');
  });
});

describe('a round trip that is not whole', () => {
  it('Back after a federated sign-in ends at Invalid state, a page of status 400', async () => {
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

  it('is not made whole twice by somebody who kept the cookies', async () => {
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

  it('another browser cannot finish my round trip, and cannot spoil it', async () => {
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

  it('works with the legacy cookie alone, and not without both', async () => {
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
  ])('%s out of nowhere is Invalid state', async (path) => {
    const response = await openBrowser(await startFederated()).get(path);
    expect(response.headers.get('location')).toBe(INVALID_STATE);
  });

  it('does not end at the door of the other protocol', async () => {
    const browser = openBrowser(await startFederated());
    const { page } = await goToProvider(browser, 'ExampleCorp');
    const { RelayState = '' } = hiddenFields(page);
    const response = await browser.get(`/oauth2/idpresponse?error=x&state=${RelayState}`);
    expect(response.headers.get('location')).toBe(INVALID_STATE);
  });

  it('of more than five minutes is Invalid state', async () => {
    const pool = await startFederated();
    const browser = openBrowser(pool);
    const at = await goToProvider(browser, 'Google');
    pool.advance(300);
    const response = await chooseAtProvider(browser, at, { person: GINA });
    expect(response.headers.get('location')).toBe(INVALID_STATE);
  });

  it.each(['made-up', "another provider's"])(
    'brings nothing with a code that is %s',
    async (which) => {
      const own = { name: 'MyOidc', type: 'OIDC', attributeMapping: {}, people: [] } as const;
      const pool = await startFederated({ identityProviders: [...seedIdentityProviders(), own] });
      pool.changeClient({ identityProviders: ['Google', 'MyOidc'] });
      const browser = openBrowser(pool);
      const at = await goToProvider(browser, 'Google');
      const form = { ...hiddenFields(at.page), person: GINA };
      const googles = location(await browser.post(at.address, form)).searchParams.get('code') ?? '';
      const { address } = await goToProvider(browser, 'MyOidc');
      const state = new URL(address).searchParams.get('state') ?? '';
      const code = which === 'made-up' ? which : googles;
      const response = await browser.get(`/oauth2/idpresponse?code=${code}&state=${state}`);
      expect(response.headers.get('location')).toBe(
        `${REDIRECT_URI}?error_description=MyOidc+Error+-+400+invalid_grant+getting+token&state=the-state&error=invalid_request`,
      );
    },
  );

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
  it('are set for the trip, one of them without SameSite, and emptied after it', async () => {
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
    'cancel at %s comes back to the site as an error, with my state',
    async (provider) => {
      const browser = openBrowser(await startFederated());
      const response = await signInOver(browser, provider, { cancel: 'yes' });
      expect(response.headers.get('location')).toBe(
        `${REDIRECT_URI}?state=the-state&error=access_denied`,
      );
      expect(browser.cookie('cognito')).toBeUndefined();
    },
  );

  it("hands a provider's own error on, word by word", async () => {
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
  ] as const)('tells the site %s, %s', async (error, description, encoded) => {
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

  it("does not take over a user of the pool's own who has the name", async () => {
    const taken = { username: 'Google_7', password: 'p', groups: ['admin'], attributes: {} };
    const pool = await startFederated({ users: [taken] });
    const choice = { email: 'mallory@example.com', id: '7' };
    const { searchParams } = location(await signInOver(openBrowser(pool), 'Google', choice));
    expect(searchParams.get('error_description')).toBe(
      'Already found an entry for username google_7',
    );
    expect((await signIn(pool, {}, taken)).code).not.toBe('');
  });

  it('is refused to a disabled person, who comes back once enabled', async () => {
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

describe('a federated person', () => {
  it('cannot sign in with a password, not even an empty one', async () => {
    const pool = await startFederated();
    await signInOver(openBrowser(pool), 'Google', { person: GINA });
    for (const password of ['', 'Alice-password-1']) {
      const { response } = await signIn(pool, {}, { username: `google_${GINA}`, password });
      expect(await response.text()).toContain('Incorrect username or password.');
    }
  });

  it('is not offered among the people with passwords', async () => {
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

describe('a live session', () => {
  it('from Google is silent for an hour, with the old auth_time', async () => {
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

  it('from Google is no answer to COGNITO, and a native one none to Google', async () => {
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
    expect(location(away).pathname).toBe('/pretended-idp/Google');
    const native = await get(pool, `/oauth2/authorize?${authorizeParams(none)}`, { cookie });
    expect(location(native).searchParams.has('code')).toBe(true);
  });

  it.each(['login', 'select_account', 'consent'])(
    'does not keep prompt=%s from the provider',
    async (prompt) => {
      const browser = openBrowser(await startFederated());
      await signInOver(browser, 'Google', { person: GINA });
      const away = location(await authorizeAt(browser, { identity_provider: 'Google', prompt }));
      expect(away.pathname).toBe('/pretended-idp/Google');
      expect(away.searchParams.get('prompt')).toBe(prompt);
    },
  );

  it('is what prompt=none needs: without one it is login_required, at the callback', async () => {
    const browser = openBrowser(await startFederated());
    const asked = { identity_provider: 'Google', prompt: 'none' };
    expect((await authorizeAt(browser, asked)).headers.get('location')).toBe(
      `${REDIRECT_URI}?error=login_required&state=the-state`,
    );
  });
});

describe('what is passed to the provider', () => {
  it('is the login hint to Google, escaped in its page, and not to SAML', async () => {
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

describe('the pretended page', () => {
  it('takes no form from elsewhere', async () => {
    const pool = await startFederated();
    const { address, page } = await goToProvider(openBrowser(pool), 'Google');
    const response = await openBrowser(pool).post(address, {
      ...hiddenFields(page),
      person: GINA,
    });
    expect(response.status).toBe(403);
  });

  it.each([{ person: 'nobody' }, { email: ' ' }, {}])('makes nobody of %o', async (choice) => {
    const browser = openBrowser(await startFederated());
    const at = await goToProvider(browser, 'Google');
    const response = await browser.post(at.address, { ...hiddenFields(at.page), ...choice });
    expect(response.status).toBe(400);
  });

  it('names the app as the last stop of its forms, and only the app of a known trip', async () => {
    const browser = openBrowser(await startFederated());
    const { address } = await goToProvider(browser, 'Google');
    const policy = async (url: string) =>
      (await browser.get(url)).headers.get('content-security-policy');
    expect(await policy(address)).toContain("form-action 'self' http://localhost:3000;");
    expect(await policy('/pretended-idp/Google?state=made-up')).toContain("form-action 'self';");
  });

  it("of a provider that the pool hasn't is Cognito's error page", async () => {
    const response = await get(await startFederated(), '/pretended-idp/Facebook?state=x');
    expect(response.status).toBe(404);
  });
});

describe('a provider that the client has not', () => {
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

it('a client without COGNITO takes no password', async () => {
  const pool = await startFederated();
  pool.changeClient({ identityProviders: ['Google'] });
  const { response } = await signIn(pool);
  expect(response.status).toBe(401);
  expect(response.headers.has('location')).toBe(false);
});
