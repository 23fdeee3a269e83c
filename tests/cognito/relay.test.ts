import { createHash } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { describe, expect, test } from 'vitest';
import { isHostPattern, isPreviewOrigin } from '@/lib/cognito/config/preview-settings';
import { attemptState, isRelayState, relayAddress, relayState } from '@/lib/cognito/previews/relay';

const NOW = 1_800_000_000;
const SECRET = 'tests-only:relay:Wq8eRt5Yu2Io9Pa6Sd3Fg0Hj';
const PREVIEW = 'https://my-app-git-new-my-team.vercel.app';
const RELAY = {
  role: 'relay',
  secret: SECRET,
  hosts: ['my-app-git-*-my-team.vercel.app'],
} as const;
const PRODUCTION = 'https://example.com';

const ATTEMPT = '1.the.state-of.an_attempt';
const stateOf = (origin = PREVIEW, secret = SECRET) =>
  relayState(secret, { origin, now: NOW, state: ATTEMPT });
const pass = (query: Record<string, string> | URLSearchParams, now = NOW, relay = RELAY) =>
  relayAddress(relay, { query: new URLSearchParams(query), origin: PRODUCTION, now });
const refused = (detail: string) => expect.objectContaining({ code: 'relay_refused', detail });

describe('a callback for a preview', () => {
  test('is forwarded to the preview, with code and state unchanged', async () => {
    const state = await stateOf();
    const target = new URL(await pass({ code: 'the-code', state }));
    expect(`${target.origin}${target.pathname}`).toBe(`${PREVIEW}/login`);
    expect(Object.fromEntries(target.searchParams)).toEqual({ code: 'the-code', state });
  });

  test('is forwarded with an error, too, and without any other parameter', async () => {
    const state = await stateOf();
    const said = { error: 'access_denied', error_description: 'no', iss: 'x' };
    const target = new URL(
      await pass({ ...said, state, returnTo: '//evil.example', redirect: 'x' }),
    );
    expect(Object.fromEntries(target.searchParams)).toEqual({ ...said, state });
  });

  test('has a state of unreserved characters: the attempt’s own, and 300 more', async () => {
    const state = await stateOf();
    expect(state).toMatch(/^[\w.~-]+$/);
    expect(attemptState(state)).toBe(ATTEMPT);
    expect(attemptState(ATTEMPT)).toBe(ATTEMPT);
    expect(state.length).toBeLessThan(400);
    expect(isRelayState(state)).toBe(true);
    expect(isRelayState(ATTEMPT)).toBe(false);
    expect(state).not.toContain('vercel');
  });

  test('is valid for as long as the attempt, and at most a minute of clock skew longer', async () => {
    const state = await stateOf();
    await expect(pass({ state, code: 'x' }, NOW + 3600)).resolves.toContain(PREVIEW);
    await expect(pass({ state, code: 'x' }, NOW + 3661)).rejects.toEqual(refused('expired'));
  });
});

describe('an attacker does not get a code forwarded', () => {
  test('with an envelope that was sealed with another secret', async () => {
    const state = await stateOf(PREVIEW, 'tests-only:other:Mn7bVc4Xz1Lk8Jh5Gf2Ds9Ap');
    await expect(pass({ state, code: 'x' })).rejects.toEqual(refused('seal'));
  });

  test('with an envelope that was changed at any character', async () => {
    const [id = '', envelope = ''] = (await stateOf()).split('~');
    for (let at = 0; at < envelope.length; at += 7) {
      const other = envelope[at] === 'A' ? 'B' : 'A';
      const state = `${id}~${envelope.slice(0, at)}${other}${envelope.slice(at + 1)}`;
      await expect(pass({ state, code: 'x' }), `${at}`).rejects.toEqual(refused('seal'));
    }
  });

  test('with the envelope of another attempt behind their own state', async () => {
    const [, envelope = ''] = (await stateOf()).split('~');
    for (const state of [`${ATTEMPT}x~${envelope}`, `~${envelope}`]) {
      await expect(pass({ state, code: 'x' })).rejects.toEqual(refused('state'));
    }
  });

  test('with something else that was sealed with the same secret', async () => {
    const digest = await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode(`preview-relay ${SECRET}`),
    );
    const claims = {
      jti: createHash('sha256').update('a').digest('base64url'),
      aud: PREVIEW,
      exp: NOW + 60,
    };
    const seal = (header: { typ?: string }) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...header })
        .encrypt(new Uint8Array(digest));
    expect(await pass({ state: `a~${await seal({ typ: 'preview-relay' })}` })).toContain(PREVIEW);
    for (const header of [{}, { typ: 'JWT' }]) {
      await expect(pass({ state: `a~${await seal(header)}` })).rejects.toEqual(refused('seal'));
    }
  });

  test.each(['', '~', 'a~b', 'a~b.c.d.e.f', 'a~eyJhbGciOiJub25lIn0...', '\0~\0'])(
    'with the state %j',
    async (state) => {
      await expect(pass({ state, code: 'x' })).rejects.toEqual(refused('seal'));
    },
  );

  test.each([
    'https://evil.example',
    'https://my-app-git-new-my-team.vercel.app.evil.example',
    'https://my-app-git-new-my-team.vercel.app.',
    'https://my-app-git-new.evil-my-team.vercel.app',
    'https://my-app-git--my-team.vercel.app.evil.example',
    'https://my-app-git-new-my-team.vercel.app:8443',
    'http://my-app-git-new-my-team.vercel.app',
    'https://MY-APP-GIT-NEW-MY-TEAM.VERCEL.APP',
    'https://user@my-app-git-new-my-team.vercel.app',
    'https://my-app-git-new-my-team.vercel.app/',
    'https://my-app-git-new-my-team.vercel.app/login',
    'https://my-app-git-new-my-team.vercel.app\\@evil.example',
    'https://evil.example/my-app-git-new-my-team.vercel.app',
    'https://evil.example#my-app-git-new-my-team.vercel.app',
    'https://my-app-git-n\u0435w-my-team.vercel.app',
    'https://my-app-git-\n-my-team.vercel.app',
    'javascript:alert(1)',
    'null',
    '',
  ])('to %j, even if a preview of this site sealed it', async (origin) => {
    const state = await stateOf(origin);
    await expect(pass({ state, code: 'x' })).rejects.toEqual(refused('host'));
  });

  test('in a loop', async () => {
    const relay = { ...RELAY, hosts: ['example.com', 'www.example.com'] as const };
    const query = new URLSearchParams({ state: await stateOf(PRODUCTION), code: 'x' });
    const options = { query, origin: PRODUCTION, now: NOW };
    await expect(relayAddress(relay, options)).rejects.toEqual(refused('loop'));
  });

  test('with a repeated parameter', async () => {
    const state = await stateOf();
    for (const [name, value] of [
      ['code', 'another'],
      ['state', state],
      ['error', 'x'],
    ] as const) {
      const query = new URLSearchParams({ code: 'x', state, error: 'y' });
      query.append(name, value);
      await expect(pass(query), name).rejects.toEqual(refused('twice'));
    }
  });
});

describe('the list of hosts', () => {
  test.each([
    ['my-app-git-*-my-team.vercel.app', 'example.com'],
    ['*--my-app.netlify.app', 'example.com'],
    ['*.my-app.pages.dev', 'example.com'],
    ['*.d1a2b3c4d5.amplifyapp.com', 'example.com'],
    ['*.example.com', 'example.com'],
    ['pr-*.example.com', 'example.com'],
    ['*.preview.example.com', 'example.com'],
    ['*.preview.example.com', 'www.example.com'],
    ['*.preview.example.co.uk', 'example.co.uk'],
    ['staging.example.com', 'www.example.net'],
    ['localhost:3001', 'example.com'],
    ['127.0.0.1:3001', 'example.com'],
  ])('accepts %s for the site %s', (pattern, site) => {
    expect(isHostPattern(pattern, site)).toBe(true);
  });

  test.each([
    ['*', 'example.com'],
    ['*.app', 'my-app.vercel.app'],
    ['*.vercel.app', 'my-app.vercel.app'],
    ['*.example.com', 'www.example.com'],
    ['*.preview.example.net', 'example.com'],
    ['*.notexample.com', 'example.com'],
    ['*.s3.amazonaws.com', 'example.com'],
    ['*.s3.eu-west-1.amazonaws.com', 'example.com'],
    ['*.web.core.windows.net', 'example.com'],
    ['*.centralus.azurestaticapps.net', 'my-app.centralus.azurestaticapps.net'],
    ['*.up.railway.app', 'my-app.up.railway.app'],
    ['*.us-east-1.awsapprunner.com', 'example.com'],
    ['*.lambda-url.us-east-1.on.aws', 'example.com'],
    ['*.a.run.app', 'example.com'],
    ['*.pages.dev', 'my-app.pages.dev'],
    ['*-git-main.vercel.app', 'my-app.vercel.app'],
    ['*-my-team.vercel.app', 'my-app.vercel.app'],
    ['my-app-*.vercel.app', 'my-app.vercel.app'],
    ['my-app-*-my-team.vercel.app', 'my-app.vercel.app'],
    ['*-my-app.netlify.app', 'my-app.netlify.app'],
    ['my-app.*.app', 'my-app.vercel.app'],
    ['my-app.vercel.*', 'my-app.vercel.app'],
    ['https://my-app.vercel.app', 'my-app.vercel.app'],
    ['my-app.vercel.app/', 'my-app.vercel.app'],
    ['my-app.vercel.app:443', 'my-app.vercel.app'],
    ['localhost', 'example.com'],
    ['10.0.0.1:3001', 'example.com'],
    ['MY-APP-git-*-my-team.vercel.app', 'my-app.vercel.app'],
  ])('refuses %s for the site %s: others can have such a name', (pattern, site) => {
    expect(isHostPattern(pattern, site)).toBe(false);
  });

  test('matches one label with a star, and only exact text with everything else', () => {
    const hosts = ['*.preview.example.com', 'localhost:3001'];
    expect(isPreviewOrigin('https://new.preview.example.com', hosts)).toBe(true);
    expect(isPreviewOrigin('https://a.b.preview.example.com', hosts)).toBe(false);
    expect(isPreviewOrigin('https://preview.example.com', hosts)).toBe(false);
    expect(isPreviewOrigin('https://newxpreview.example.com', hosts)).toBe(false);
    expect(isPreviewOrigin('http://localhost:3001', hosts)).toBe(true);
    expect(isPreviewOrigin('https://localhost:3001', hosts)).toBe(false);
    expect(isPreviewOrigin('http://localhost:3002', hosts)).toBe(false);
  });
});
