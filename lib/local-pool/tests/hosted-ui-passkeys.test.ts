import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { signInToApi } from './api';
import { type Authenticator, type Changes, createAuthenticator } from './authenticator';
import {
  type Browser,
  enter,
  loginPath,
  openBrowser,
  type Page,
  pathOf,
  problemOn,
} from './hosted-ui-browser';
import { authorizeParams, claimsOf, REDIRECT_URI, redeem, startPool, tokensOf } from './support';

const ALICE = ['alice', 'Alice-password-1'] as const;
const start = () => startPool({ passkeys: true });
const query = { client_id: 'confidential', redirect_uri: REDIRECT_URI };
const ADD = `/passkeys/add?${new URLSearchParams(query)}`;

/** The page on the host of the passkeys, in a browser that has none of the domain's cookies. */
async function elsewhere(pool: LocalPool, page: Page): Promise<{ other: Browser; page: Page }> {
  const to = page.callback ?? new URL('missing:');
  expect(to.origin).toBe('http://localhost:4801');
  const other = openBrowser(pool);
  return { other, page: await other.open(`${to.pathname}${to.search}`) };
}

function challengeOn(page: Page): string {
  return /&quot;challenge&quot;:&quot;([\w-]+)&quot;/.exec(page.body)?.[1] ?? '';
}

/** What the page's script does. */
async function send(browser: Browser, page: Page, credential: object): Promise<Page> {
  const form = new URLSearchParams({ credential: JSON.stringify(credential), failure: '' });
  return await browser.send(page, form);
}

async function addPasskey(pool: LocalPool, browser: Browser): Promise<Authenticator> {
  const authenticator = createAuthenticator();
  const { other, page } = await elsewhere(pool, await browser.open(ADD));
  const added = await send(other, page, authenticator.create(challengeOn(page)));
  expect(added.callback?.href).toBe(`${REDIRECT_URI}?result=success`);
  return authenticator;
}

/** Signs in with a passkey, up to the redirect back to the pool's domain. */
async function present(
  pool: LocalPool,
  browser: Browser,
  authenticator: Authenticator,
  changes: Changes = {},
): Promise<Page> {
  const login = await browser.open(loginPath());
  const asked = await browser.press(login, 'passkey', { username: 'alice' });
  const { other, page } = await elsewhere(pool, asked);
  return await send(other, page, authenticator.get(challengeOn(page), changes));
}

describe('/passkeys/add', () => {
  it('redirects back immediately without a session, or after an hour', async () => {
    const pool = await start();
    const browser = openBrowser(pool);
    const bounced = `${REDIRECT_URI}?result=invalid_session`;
    expect((await browser.open(ADD)).callback?.href).toBe(bounced);
    await enter(browser, ...ALICE);
    pool.advance(3600);
    expect((await browser.open(ADD)).callback?.href).toBe(bounced);
  });

  it('adds a passkey to the user of the session', async () => {
    const pool = await start();
    const browser = openBrowser(pool);
    await enter(browser, ...ALICE);
    const { id } = await addPasskey(pool, browser);
    const session = await signInToApi(pool);
    expect(await session.done('ListWebAuthnCredentials')).toMatchObject({
      Credentials: [{ CredentialId: id }],
    });
  });

  it('has a heading, two buttons and a script that its policy names', async () => {
    const pool = await start();
    const browser = openBrowser(pool);
    await enter(browser, ...ALICE);
    const { other, page } = await elsewhere(pool, await browser.open(ADD));
    expect(page.body).toContain('<h1>Set up sign-in with a passkey</h1>');
    const policy = page.response.headers.get('content-security-policy');
    expect(policy).toMatch(/script-src 'sha256-[\w+/=]+';/);
    const left = await other.press(page, 'cancel');
    expect(left.callback?.href).toBe(`${REDIRECT_URI}?result=cancelled`);
    expect((await other.open(page.url)).status).toBe(400);
  });

  it('stays on the page if the browser refuses, or the credential is wrong', async () => {
    const pool = await start();
    const browser = openBrowser(pool);
    await enter(browser, ...ALICE);
    const { other, page } = await elsewhere(pool, await browser.open(ADD));
    const form = new URLSearchParams({ credential: '', failure: 'NotAllowedError' });
    const refused = await other.send(page, form);
    expect(problemOn(refused)).toBe('The browser refused: NotAllowedError.');
    const changes = { rpId: 'evil.example' };
    const wrong = createAuthenticator().create(challengeOn(refused), changes);
    expect(problemOn(await send(other, refused, wrong))).toBe('Relying party does not match.');
  });

  it('needs a client and a registered callback URL', async () => {
    const browser = openBrowser(await start());
    const without = await browser.open('/passkeys/add?client_id=confidential');
    expect([without.status, without.body]).toEqual([
      400,
      expect.stringContaining('Missing required parameter redirect_uri'),
    ]);
    const evil = new URLSearchParams({ ...query, redirect_uri: 'https://evil.example/login' });
    const page = await browser.open(`/passkeys/add?${evil}`);
    expect([page.status, page.callback]).toEqual([400, null]);
    expect(page.body).toContain('redirect_mismatch');
    expect((await browser.open(`/passkeys/add?redirect_uri=${REDIRECT_URI}`)).status).toBe(400);
  });

  it('does not exist on the classic hosted UI, or in a pool without passkeys', async () => {
    for (const settings of [{ passkeys: true, hostedUi: 'classic' }, {}] as const) {
      const browser = openBrowser(await startPool(settings));
      expect((await browser.open(ADD)).status).toBe(404);
      expect((await browser.open(loginPath())).body).not.toContain('with a passkey');
    }
  });
});

describe('a sign-in with a passkey', () => {
  it('issues a code, and starts a session', async () => {
    const pool = await start();
    const browser = openBrowser(pool);
    await enter(browser, ...ALICE);
    const authenticator = await addPasskey(pool, browser);

    const later = openBrowser(pool);
    const presented = await present(pool, later, authenticator);
    expect(presented.url).toContain('/login');
    // The other browser isn't at this step, so the pool redirected it to the sign-in page.
    const finished = await later.open(`/passkeys/sign-in?${authorizeParams()}`);
    const code = finished.callback?.searchParams.get('code') ?? '';
    const { id_token } = await tokensOf(await redeem(pool, code));
    expect(claimsOf(id_token)['cognito:username']).toBe('alice');
    expect(later.cookies.has('cognito')).toBe(true);
  });

  it.each<[string, Changes]>([
    ['a wrong signature', { signature: Buffer.from('MAYCAQECAQE', 'base64url') }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a registration in its place', { type: 'webauthn.create' }],
    ['nobody present', { userPresent: false }],
  ])('is refused with %s', async (_, changes) => {
    const pool = await start();
    const browser = openBrowser(pool);
    await enter(browser, ...ALICE);
    const authenticator = await addPasskey(pool, browser);
    const later = openBrowser(pool);
    const presented = await present(pool, later, authenticator, changes);
    expect(problemOn(presented)).toBe('The passkey could not be used. Try again.');
    const next = await later.open(`/passkeys/sign-in?${authorizeParams()}`);
    expect(next.callback?.origin).toBe('http://localhost:4801');
  });

  it('is refused with the passkey of another user, and with a copied authenticator', async () => {
    const pool = await start();
    const browser = openBrowser(pool);
    await enter(browser, ...ALICE);
    const authenticator = await addPasskey(pool, browser);
    const refusal = 'The passkey could not be used. Try again.';
    const other = await present(pool, openBrowser(pool), createAuthenticator());
    expect(problemOn(other)).toBe(refusal);
    await present(pool, openBrowser(pool), authenticator, { signCount: 5 });
    const copy = await present(pool, openBrowser(pool), authenticator, { signCount: 5 });
    expect(problemOn(copy)).toBe(refusal);
  });

  it('needs a username with a passkey', async () => {
    const browser = openBrowser(await start());
    for (const username of ['alice', 'nobody', '']) {
      const page = await browser.press(await browser.open(loginPath()), 'passkey', { username });
      expect(problemOn(page)).toBe('This user has no passkey.');
    }
  });

  it('never adds one: the ticket of a sign-in does not open the other page', async () => {
    const pool = await start();
    const browser = openBrowser(pool);
    await enter(browser, ...ALICE);
    await addPasskey(pool, browser);
    const attacker = openBrowser(pool);
    const login = await attacker.open(loginPath());
    const asked = await attacker.press(login, 'passkey', { username: 'alice' });
    const stolen = await attacker.open(`/passkeys/create${asked.callback?.search}`);
    expect([stolen.status, pathOf(stolen)]).toEqual([400, '/passkeys/create']);
  });

  it('has expired after three minutes', async () => {
    const pool = await start();
    const browser = openBrowser(pool);
    await enter(browser, ...ALICE);
    const authenticator = await addPasskey(pool, browser);
    const later = openBrowser(pool);
    await present(pool, later, authenticator);
    pool.advance(180);
    const page = await later.open(`/passkeys/sign-in?${authorizeParams()}`);
    expect(problemOn(page)).toBe('Invalid session for the user, session is expired.');
  });
});
