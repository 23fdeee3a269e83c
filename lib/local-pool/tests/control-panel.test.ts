import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { startLocalPool } from '../src/testing';
import { openBrowser, pathOf } from './hosted-ui-browser';
import { doneOn, lifetimesOf, PANEL, panelOf, press } from './panel-buttons';
import {
  authorize,
  BOB,
  get,
  location,
  post,
  rawPart,
  refresh,
  signIn,
  signInForTokens,
  startPool,
  startPoolWith,
  tokensOf,
} from './support';

const JWKS = '/us-east-1_LocalPool/.well-known/jwks.json';

describe('token lifetimes', () => {
  it.each([
    ['30', '30 seconds'],
    ['300', '5 minutes'],
    ['3600', '1 hour'],
  ])('of %s s apply to the next tokens, and the panel says so', async (seconds, text) => {
    const pool = await startPool();
    const before = await signInForTokens(pool);
    const page = await press(pool, { do: 'lifetimes', seconds });
    expect(doneOn(page)).toContain(`valid for ${text}`);
    expect(page.match(/aria-current="true"/g)).toHaveLength(1);
    expect(page).toMatch(new RegExp(`value="${seconds}" aria-current="true"`));
    expect(page).toContain(`ID and access tokens ${text}; refresh tokens 30 days`);
    const after = await tokensOf(await refresh(pool, before.refresh_token));
    expect(lifetimesOf(after)).toEqual([Number(seconds), Number(seconds)]);
    expect(lifetimesOf(before)).toEqual([3600, 3600]);
  });

  it('that were set elsewhere are shown as they are', async () => {
    const pool = await startPoolWith({ idTokenSeconds: 90, refreshTokenSeconds: 7200 });
    const page = await panelOf(pool);
    expect(page).toContain('ID tokens 90 seconds, access tokens 1 hour; refresh tokens 2 hours');
    expect(page).toContain('For another app client: ID and access tokens 1 hour');
    expect(page).not.toContain('aria-current=');
  });
});

describe('a user', () => {
  it.each([
    ['revoke', 'All refresh tokens of alice are revoked (2 sessions).'],
    ['sign-out', 'alice is signed out globally (2 sessions).'],
  ])('loses all refresh tokens with %s, and no other user does', async (what, said) => {
    const pool = await startPool();
    const tokens = [await signInForTokens(pool), await signInForTokens(pool)];
    const bob = await signInForTokens(pool, {}, BOB);
    expect(await panelOf(pool)).toMatch(/alice<\/strong> <span[^>]*>2 active sessions</);
    const page = await press(pool, { do: what, user: 'alice' });
    expect(doneOn(page)).toBe(said);
    expect(page).toMatch(/alice<\/strong> <span[^>]*>no active session</);
    for (const { refresh_token } of tokens) {
      expect(await (await refresh(pool, refresh_token)).json()).toEqual({ error: 'invalid_grant' });
    }
    expect((await refresh(pool, bob.refresh_token)).status).toBe(200);
  });

  it('whose tokens are revoked keeps the hosted UI session, as the panel says', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    await press(pool, { do: 'revoke', user: 'alice' });
    expect(location(await authorize(pool, {}, cookie)).searchParams.has('code')).toBe(true);
  });

  it('can be disabled, and enabled again', async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    const { cookie } = await signIn(pool);
    const page = await press(pool, { do: 'disable', user: 'alice' });
    expect(doneOn(page)).toBe('alice is disabled.');
    expect(page).toContain('aria-label="Enable alice"');
    expect(page).not.toContain('aria-label="Disable alice"');
    expect((await refresh(pool, refresh_token)).status).toBe(400);
    expect(location(await authorize(pool, {}, cookie)).pathname).toBe('/login');
    expect((await signIn(pool)).code).toBe('');

    expect(doneOn(await press(pool, { do: 'enable', user: 'alice' }))).toContain('enabled again');
    expect((await refresh(pool, refresh_token)).status).toBe(200);
    expect((await signIn(pool)).code).not.toBe('');
  });

  it('with a hostile name is shown as text', async () => {
    const username = '"><img src=x>';
    const pool = await startPool({ users: [{ username, groups: [], attributes: {} }] });
    const page = await press(pool, { do: 'disable', user: username });
    expect(page).not.toContain('<img');
    expect(page).toContain('aria-label="Enable &quot;&gt;&lt;img src=x&gt;"');
  });
});

it('new signing keys are in the JWKS and sign the next tokens, and the old ones are gone', async () => {
  const pool = await startPool();
  const kids = async () => {
    const { keys }: { keys: { kid: string }[] } = await (await get(pool, JWKS)).json();
    return keys.map(({ kid }) => kid);
  };
  const { refresh_token } = await signInForTokens(pool);
  const before = await kids();
  expect(doneOn(await press(pool, { do: 'keys' }))).toContain('new signing keys');
  const after = await kids();
  expect(after.filter((kid) => before.includes(kid))).toEqual([]);
  const { id_token } = await tokensOf(await refresh(pool, refresh_token));
  expect(after).toContain(JSON.parse(rawPart(id_token, 0)).kid);
});

describe('an outage', () => {
  const down = async (pool: LocalPool) => {
    const answers = await Promise.all([
      post(pool, '/oauth2/token', {}),
      post(pool, '/oauth2/revoke', {}),
      get(pool, '/oauth2/userInfo'),
      get(pool, JWKS),
      post(pool, '/', {}),
    ]);
    return answers.map(({ status }) => status);
  };
  const UP = [400, 401, 400, 200, 400];

  it('fails the endpoints for the chosen time, and ends by itself', async () => {
    const pool = await startPool();
    expect(await down(pool)).toEqual(UP);
    const page = await press(pool, { do: 'outage', seconds: '30' });
    expect(doneOn(page)).toContain('for 30 seconds the endpoints return 503');
    expect(await down(pool)).toEqual([503, 503, 503, 503, 503]);
    pool.advance(10);
    expect(await panelOf(pool)).toMatch(/return 503 for 20 seconds more, until/);
    pool.advance(19);
    expect(await down(pool)).toEqual([503, 503, 503, 503, 503]);
    pool.advance(1);
    expect(await down(pool)).toEqual(UP);
    expect(await panelOf(pool)).not.toContain('End the outage now');
  });

  it('ends immediately with its button', async () => {
    const pool = await startPool();
    expect(await press(pool, { do: 'outage', seconds: '120' })).toContain('value="end-outage"');
    expect(doneOn(await press(pool, { do: 'end-outage' }))).toContain('has ended');
    expect(await down(pool)).toEqual(UP);
  });

  it('can leave requests without a response, but browsers get a page even then', async () => {
    const served = await startLocalPool();
    const { pool, origin } = served;
    pool.outage({ seconds: 30, silent: true });
    const asked = fetch(`${origin}${JWKS}`).then(
      () => 'answered',
      () => 'closed',
    );
    const page = await fetch(`${origin}/oauth2/authorize`, { redirect: 'manual' });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('href="/local-control#outage"');
    expect(pool.requests().find(({ path }) => path === JWKS)?.status).toBeNull();
    await served.close();
    expect(await asked).toBe('closed');
  });

  it('does not affect the panel, the outbox and the sign-in page', async () => {
    const pool = await startPool();
    await press(pool, { do: 'silence', seconds: '30' });
    const browser = openBrowser(pool);
    const sign = await browser.open(
      '/login?client_id=confidential&response_type=code&redirect_uri=http://localhost:3000/login',
    );
    expect(sign.status).toBe(200);
    const panel = await browser.follow(sign, PANEL);
    expect([pathOf(panel), panel.status]).toEqual([PANEL, 200]);
    expect((await browser.open('/local-outbox')).status).toBe(200);
  });
});

it('the panel has no script, no inline style, one heading, and a unique name for each button', async () => {
  const pool = await startPool();
  pool.outage({ seconds: 30 });
  const page = await panelOf(pool);
  expect(page).not.toMatch(/<script|\son\w+=|style="/);
  expect(page.match(/<h1>/g)).toHaveLength(1);
  const names = [...page.matchAll(/<button([^>]*)>([^<]*)/g)].map(
    ([, attributes = '', text = '']) => /aria-label="([^"]*)"/.exec(attributes)?.[1] ?? text,
  );
  expect(names).toContain('Disable alice');
  expect(new Set(names).size).toBe(names.length);
});
