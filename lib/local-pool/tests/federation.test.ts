import { describe, expect, it } from 'vitest';
import { seedIdentityProviders } from '../src/federation/seed-providers';
import {
  chooseAtProvider,
  goToProvider,
  hiddenFields,
  openBrowser,
  signInOver,
} from './browser-double';
import { ERIN, GINA, startFederated, tokensFrom, UUID } from './federated';
import { claimsOf, DOMAIN, location, REDIRECT_URI, refresh, START, tokensOf } from './support';

describe('a sign-in through Google', () => {
  it("redirects to a page that says it is simulated, under a path that Cognito doesn't have", async () => {
    const browser = openBrowser(await startFederated());
    const { address, page } = await goToProvider(browser, 'Google');
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:4801\/simulated-idp\/Google\?state=[\w-]{43}$/);
    expect(page).toContain('<h1>Simulated Google</h1>');
    expect(page).toContain('aria-label="Sign in as Gina Green"');
    expect(page).toContain('gus@example.com');
    expect(page).not.toContain('http://localhost:3000');
  });

  it('returns with a code and the state, and a session for an hour', async () => {
    const browser = openBrowser(await startFederated());
    const response = await signInOver(browser, 'Google', { person: GINA });
    expect(response.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/login\?code=[0-9a-f-]{36}&state=the-state$/,
    );
    const session = response.headers.getSetCookie().find((line) => line.startsWith('cognito='));
    expect(session).toContain('Max-Age=3600');
  });

  it("issues tokens in Cognito's format and order, with identities and a generated nonce", async () => {
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

  it('finds the same user again, with the same sub and dateCreated, and current attributes', async () => {
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

  it('is not repeated at Google by a refresh', async () => {
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

  it('accepts a made-up account, and the same address is the same user', async () => {
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

describe('a sign-in through a SAML provider', () => {
  it('starts with its name or its identifier, and returns with a POST and RelayState', async () => {
    const pool = await startFederated();
    for (const more of [
      { identity_provider: 'ExampleCorp' },
      { identity_provider: null, idp_identifier: 'corp.example.com' },
    ]) {
      const browser = openBrowser(pool);
      const at = await goToProvider(browser, 'ExampleCorp', more);
      expect(at.address).toMatch(/\/simulated-idp\/ExampleCorp\?RelayState=[\w-]{43}$/);
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

  it('names the user after the NameID, in lower case, with an unverified address', async () => {
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

  it('maps several values to one string, each of them form-encoded', async () => {
    const [, corp] = seedIdentityProviders();
    if (!corp) throw new Error('no seeded provider');
    const attributeMapping = { ...corp.attributeMapping, 'custom:groups': 'groups' };
    const pool = await startFederated({ identityProviders: [{ ...corp, attributeMapping }] });
    const callback = await signInOver(openBrowser(pool), 'ExampleCorp', { person: ERIN });
    const claims = claimsOf((await tokensFrom(pool, callback)).id_token);
    expect(claims['custom:groups']).toBe('[staff,all+hands]');
  });

  it('rejects a response that the provider did not issue', async () => {
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

  it('rejects a response that was used in another round trip', async () => {
    const browser = openBrowser(await startFederated());
    const first = await goToProvider(browser, 'ExampleCorp');
    const { SAMLResponse = '' } = hiddenFields(first.page);
    await chooseAtProvider(browser, first, { person: ERIN });
    const second = await goToProvider(browser, 'ExampleCorp', { prompt: 'login' });
    const form = { ...hiddenFields(second.page), SAMLResponse };
    const { searchParams } = location(await browser.post('/saml2/idpresponse', form));
    expect(searchParams.get('error')).toBe('server_error');
  });

  it('does not sign anyone in before an account is chosen', async () => {
    const browser = openBrowser(await startFederated());
    const { page } = await goToProvider(browser, 'ExampleCorp');
    const response = await browser.post('/saml2/idpresponse', hiddenFields(page));
    expect(location(response).searchParams.get('error')).toBe('access_denied');
  });
});
