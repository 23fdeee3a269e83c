import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Answer, send } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../support/visitor';

let site: InProcessSite;
let alice: Visitor;
let bob: Visitor;
beforeAll(async () => {
  site = await startInProcess();
  alice = createVisitor(site.origin);
  bob = createVisitor(site.origin);
  const start = '/login?returnTo=/';
  await Promise.all([alice.signIn('alice', start), bob.signIn('bob', start)]);
});
afterAll(() => site.close());

/** What Next's client sends with a Server Action. */
const ACTION = { ...FETCH, accept: 'text/x-component', 'next-action': '7f'.repeat(21) };
/** Text that only a protected page contains. */
const PRIVATE = 'Verified claims of your ID token';
const TO_LOGIN = '/login?returnTo=%2Fprofile%3Fx%3D1';

describe('a private page, requested by a visitor who is signed out', () => {
  const ask = (method: string, headers: Record<string, string>) =>
    send(`${site.origin}/profile?x=1`, { method, headers });

  test('as a document: to the hosted UI, with one cookie for the attempt', async () => {
    const answer = await ask('GET', DOCUMENT);
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toContain('/oauth2/authorize?');
    expect(answer.setCookies).toHaveLength(1);
  });

  test('by a client without fetch metadata that wants HTML: the same', async () => {
    const answer = await ask('GET', { accept: 'text/html' });
    expect(answer.status).toBe(307);
    expect(answer.setCookies).toHaveLength(1);
  });

  test('as HEAD: the same status, to /login, and no cookie', async () => {
    const answer = await ask('HEAD', DOCUMENT);
    expect(answer.status).toBe(307);
    expect(locationOf(answer)).toBe(`${site.origin}${TO_LOGIN}`);
    expect(answer.setCookies).toEqual([]);
  });

  test("by Next's router: an empty response that makes it load the document", async () => {
    const answer = await ask('GET', { ...FETCH, rsc: '1', 'next-url': '/' });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.setCookies).toEqual([]);
  });

  test('by a form: back to its page through /login, never with its body', async () => {
    const answer = await ask('POST', {
      ...DOCUMENT,
      referer: `${site.origin}/profile?x=1`,
    });
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toBe(`${site.origin}${TO_LOGIN}`);
    expect(answer.setCookies).toEqual([]);
  });

  test('through a service worker: as without one', async () => {
    const answer = await ask('GET', { ...DOCUMENT, 'sec-fetch-dest': 'empty' });
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toContain('/oauth2/authorize?');
  });

  test('by a form through a service worker: back to its page, as without one', async () => {
    const referer = `${site.origin}/profile?x=1`;
    const answer = await ask('POST', { ...DOCUMENT, 'sec-fetch-dest': 'empty', referer });
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toBe(`${site.origin}${TO_LOGIN}`);
  });

  test('by a Server Action: its client is redirected to sign in and come back, without a cookie', async () => {
    const answer = await ask('POST', ACTION);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('x-action-redirect')).toBe(`${site.origin}${TO_LOGIN}`);
    expect(answer.headers.has('location')).toBe(false);
    expect(answer.body).toBe('');
    expect(answer.setCookies).toEqual([]);
  });

  test('by a form of another site: to the front page', async () => {
    const answer = await ask('POST', { ...DOCUMENT, referer: 'https://evil.example/profile' });
    expect(locationOf(answer)).toBe(`${site.origin}/login?returnTo=%2F`);
  });

  test.each([
    ['a fetch', 'GET', FETCH],
    ['an iframe', 'GET', { ...DOCUMENT, 'sec-fetch-dest': 'iframe' }],
    ['a prefetch', 'GET', { ...DOCUMENT, 'sec-purpose': 'prefetch' }],
    ['a prerender', 'GET', { ...DOCUMENT, 'sec-purpose': 'prefetch;prerender' }],
    ['an old prefetch', 'GET', { ...DOCUMENT, purpose: 'prefetch' }],
    ['a client that wants anything', 'GET', { accept: '*/*' }],
    ['a PUT', 'PUT', DOCUMENT],
    ['a DELETE', 'DELETE', FETCH],
  ])('by %s: 401 in JSON, and no cookie', async (_, method, headers) => {
    const answer = await ask(method, headers);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(JSON.parse(answer.body)).toEqual({ error: 'unauthorized' });
    expect(answer.setCookies).toEqual([]);
  });
});

describe('pages', () => {
  test('are shown to anyone if they are public', async () => {
    for (const path of ['/', '/healthz', '/logout']) {
      expect((await createVisitor(site.origin).open(path)).status).toBe(200);
    }
  });

  test('show verified claims on the profile, and no token', async () => {
    const { body } = await alice.open('/profile');
    expect(body).toContain(PRIVATE);
    expect(body).toContain('alice@example.com');
    expect(body).not.toContain('eyJ');
  });

  test('of a group are only for its members', async () => {
    expect((await alice.open('/admin')).status).toBe(200);
    const refused = await bob.open('/admin');
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('group admin');
  });

  test('below the page of a group are only for its members, too', async () => {
    expect((await bob.open('/admin/deep')).status).toBe(403);
    expect((await bob.open('/forbidden?group=%3Cb%3E')).status).toBe(403);
  });

  test('that do not exist are a 404 only for signed-in users', async () => {
    expect((await alice.open('/nothing-here')).status).toBe(404);
    expect((await createVisitor(site.origin).open('/nothing-here')).status).toBe(307);
  });
});

describe('a Server Action', () => {
  const act = (visitor: Visitor, path: string, headers: Record<string, string> = {}) =>
    send(`${site.origin}${path}`, {
      method: 'POST',
      headers: { ...ACTION, ...headers, cookie: visitor.cookieHeader() },
    });

  test('of a signed-in user reaches its page', async () => {
    const answer = await act(alice, '/profile');
    expect(answer.status).toBe(200);
    expect(answer.headers.has('x-action-redirect')).toBe(false);
  });

  test("on the page of another group: its client loads the page, which is the group's 403", async () => {
    const answer = await act(bob, '/admin?tab=1');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('x-action-redirect')).toBe(`${site.origin}/admin?tab=1`);
    expect(answer.body).toBe('');
  });

  test('of another site is refused, and nothing is changed', async () => {
    const answer = await act(alice, '/profile', { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.body).toContain('Nothing was changed.');
  });

  test('gets no further than a form by its header alone', async () => {
    for (const path of ['/profile', '/admin', '/nothing', '/api/me', '/refresh', '/_next/x']) {
      for (const headers of [FETCH, DOCUMENT, { ...DOCUMENT, 'next-url': '/' }]) {
        for (const more of [{}, { 'next-action': ACTION['next-action'] }]) {
          const sent = { method: 'POST', headers: { ...headers, ...more } };
          const answer = await send(`${site.origin}${path}`, sent);
          expect([303, 401], path).toContain(answer.status);
          expect(answer.setCookies, path).toEqual([]);
        }
      }
    }
  });
});

describe('a preflight', () => {
  const preflight = (path: string, headers: Record<string, string> = {}) =>
    send(`${site.origin}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
        'sec-fetch-mode': 'cors',
        ...headers,
      },
    });

  test('of an API reaches its route handler, which responds itself', async () => {
    // The handler of /api/me has no OPTIONS, so the stand-in for Next returns 405.
    for (const headers of [{}, { authorization: 'Bearer garbage' }]) {
      const answer = await preflight('/api/me', headers);
      expect(answer.status).toBe(405);
      expect(answer.setCookies).toEqual([]);
    }
  });

  test('of anything else is refused without a session', async () => {
    for (const path of ['/profile', '/apis', '/admin/api/x']) {
      expect((await preflight(path)).status, path).toBe(401);
    }
  });
});

describe('/api/me', () => {
  test('returns 401 in JSON, never a redirect', async () => {
    for (const headers of [DOCUMENT, FETCH, {}]) {
      const answer = await createVisitor(site.origin).open('/api/me', headers);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    }
  });

  test('returns the claims for a session', async () => {
    const answer = await alice.open('/api/me', FETCH);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      'cognito:username': 'alice',
      'cognito:groups': ['admin'],
      email: 'alice@example.com',
      token_use: 'id',
    });
    expect(JSON.parse((await bob.open('/api/me')).body)).not.toHaveProperty('cognito:groups');
  });

  test('returns the claims for a bearer token', async () => {
    const answer = await send(`${site.origin}/api/me`, {
      headers: { authorization: `Bearer ${await accessToken()}` },
    });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ username: 'bob', token_use: 'access' });
  });

  test.each([
    ['garbage', 'Bearer garbage'],
    ['nothing', 'Bearer'],
    ['an unsigned token', `Bearer ${btoa('{"alg":"none"}')}.${btoa('{}')}.`],
  ])('refuses a bearer token of %s, even with a valid session', async (_, authorization) => {
    const answer = await alice.open('/api/me', { ...FETCH, authorization });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  });

  test('refuses an ID token as a bearer token', async () => {
    const { id_token } = await tokens();
    const answer = await send(`${site.origin}/api/me`, {
      headers: { authorization: `Bearer ${id_token}` },
    });
    expect(answer.status).toBe(401);
  });
});

/** Resolves a location as a browser does: Next makes redirects to the same host relative. */
function locationOf(answer: Answer): string {
  return new URL(answer.headers.get('location') ?? '', site.origin).href;
}

/** Tokens from a sign-in outside this site. */
async function tokens(): Promise<Record<string, string>> {
  const callback = new URL(await withoutPkce());
  const { COGNITO_CLIENT_ID: id, COGNITO_CLIENT_SECRET: secret } = site.environment;
  const answer = await send(`${site.environment.COGNITO_DOMAIN}/oauth2/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${btoa(`${id}:${secret}`)}`,
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: `${site.origin}/login`,
    }).toString(),
  });
  return JSON.parse(answer.body);
}

async function accessToken(): Promise<string> {
  return (await tokens()).access_token ?? '';
}

function withoutPkce(): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: site.environment.COGNITO_CLIENT_ID ?? '',
    redirect_uri: `${site.origin}/login`,
    state: 's',
  });
  const visitor = createVisitor(site.origin);
  return visitor.reachCallback(
    'bob',
    `${site.environment.COGNITO_DOMAIN}/oauth2/authorize?${query}`,
  );
}

/** There is no page at these paths, so a request that the middleware lets through gets a 404. */
describe('a visitor who is signed out', () => {
  const ask = (path: string) => send(site.origin, { path, headers: DOCUMENT });

  test.each([
    '/theme/',
    '/blog/hello',
    '/blog/hello/',
    '/blog/%C3%BCber-uns',
    '/blog/hello/opengraph-image',
    '/blog/hello/twitter-image-1a2b3c',
    '/blog/-/apple-icon.png',
    '/blog/hello/icon2-1a2b3c/small',
    '/docs',
    '/docs/',
    '/docs/a/b/c',
    '/opengraph-image-1a2b3c',
    '/healthz/',
  ])('gets %s, which belongs to a public page', async (path) => {
    const { status, headers } = await ask(path);
    expect([200, 404, 405]).toContain(status);
    expect(headers.get('location')).toBeNull();
  });

  test.each([
    '/blog',
    '/blog/',
    '/Blog/hello',
    '/blog/hello/more',
    '/blog/hello%2Fmore',
    '/blog/%68ello',
    '/blog/hello/opengraph-imagery',
    '/blog/hello/opengraph-image/a/b',
    '/docs/internal',
    '/docs/internal/deep',
    '/docs/%69nternal',
    '/docs/internal.segments/_tree.segment',
    '/profile/opengraph-image',
  ])('has to sign in at %s, which only looks like one', async (path) => {
    const { status, headers } = await ask(path);
    expect(status).toBe(307);
    expect(headers.get('location')).toContain('/oauth2/authorize?');
  });
});

describe('an API route in the list of groups or of recent sign-ins', () => {
  const bearer = async (name: string, path: string) => {
    const { access_token } = await site.pool.mint(name);
    return send(site.origin, { path, headers: { authorization: `Bearer ${access_token}` } });
  };

  test('refuses a user who is not in the group, by session and by bearer token', async () => {
    for (const answer of [await bob.open('/api/staff', FETCH), await bearer('bob', '/api/staff')]) {
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toEqual({ error: 'forbidden' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope"');
    }
    expect((await bearer('bob', '/api/staff/deep')).status).toBe(403);
    expect((await alice.open('/api/staff', FETCH)).status).toBe(404);
    expect((await bearer('alice', '/api/staff')).status).toBe(404);
  });

  test('refuses a bearer token whose sign-in is too old, and says how old it may be', async () => {
    expect((await bearer('bob', '/api/recent')).status).toBe(404);
    const { access_token } = await site.pool.mint('bob');
    vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ['Date'] });
    try {
      const headers = { authorization: `Bearer ${access_token}` };
      const answer = await send(site.origin, { path: '/api/recent', headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe(
        'Bearer error="insufficient_user_authentication", max_age="300"',
      );
    } finally {
      vi.useRealTimers();
    }
  });
});
