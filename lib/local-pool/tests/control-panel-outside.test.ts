import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { doneOn, lifetimesOf, PANEL, panelOf, press, SAME_ORIGIN } from './panel-buttons';
import { DOMAIN, get, post, refresh, signInForTokens, startPool, tokensOf } from './support';

const JWKS = '/us-east-1_LocalPool/.well-known/jwks.json';

describe('another site', () => {
  const FORMS: Record<string, string>[] = [
    { do: 'lifetimes', seconds: '30' },
    { do: 'revoke', user: 'alice' },
    { do: 'sign-out', user: 'alice' },
    { do: 'disable', user: 'alice' },
    { do: 'keys' },
    { do: 'outage', seconds: '30' },
    { do: 'silence', seconds: '30' },
  ];
  const everything = async (pool: LocalPool, refreshToken: string) => ({
    tokens: lifetimesOf(await tokensOf(await refresh(pool, refreshToken))),
    keys: await (await get(pool, JWKS)).text(),
    panel: await panelOf(pool),
  });

  it.each([
    ['another Origin', { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }],
    [
      'an Origin on another port',
      { origin: 'http://127.0.0.1:4802', 'sec-fetch-site': 'same-site' },
    ],
    ['an opaque Origin', { origin: 'null' }],
    ['only another Origin', { origin: 'https://evil.example' }],
    ['only metadata that say cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['metadata that say no site sent it', { origin: DOMAIN, 'sec-fetch-site': 'none' }],
    ['an Origin that the metadata contradict', { origin: DOMAIN, 'sec-fetch-site': 'cross-site' }],
    ['metadata that the Origin contradicts', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['no header that says where it comes from', {}],
  ])('can press no button: %s', async (_, headers) => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    const before = await everything(pool, refresh_token);
    for (const form of FORMS) {
      const response = await post(pool, PANEL, form, headers);
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('Nothing was changed');
    }
    expect(await everything(pool, refresh_token)).toEqual(before);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('changes nothing with %s', async (method) => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    const before = await everything(pool, refresh_token);
    for (const form of FORMS) {
      const url = `${DOMAIN}${PANEL}?${new URLSearchParams(form)}`;
      await pool.fetch(new Request(url, { method, headers: SAME_ORIGIN }));
    }
    expect(await everything(pool, refresh_token)).toEqual(before);
  });

  it('cannot make the panel report what was not done, nor show it in a frame', async () => {
    const pool = await startPool();
    await press(pool, { do: 'keys' });
    const response = await get(pool, `${PANEL}?done=alice+is+disabled`);
    expect(doneOn(await response.text())).toBeUndefined();
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });
});

it.each([
  { do: 'lifetimes', seconds: '31' },
  { do: 'lifetimes', seconds: '-1' },
  { do: 'outage', seconds: '1e9' },
  { do: 'disable', user: 'nobody' },
  { do: 'remove', user: 'alice' },
  {},
])('a form that the panel does not have is refused: %o', async (form) => {
  const pool = await startPool();
  const before = await panelOf(pool);
  const response = await post(pool, PANEL, { ...form }, SAME_ORIGIN);
  expect(response.status).toBe(400);
  expect(await panelOf(pool)).toBe(before);
});
