import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, DOCUMENT, FETCH } from '../support/visitor';

let site: InProcessSite;
beforeAll(async () => {
  site = await startInProcess();
});
afterAll(() => site.close());

const tokenCalls = () =>
  site.pool.requests().filter((request) => request.path === '/oauth2/token').length;

describe('an anonymous visitor who opens a private page', () => {
  test('is sent to the hosted UI with everything that the app client needs', async () => {
    const answer = await createVisitor(site.origin).open('/profile');
    expect(answer.status).toBe(307);
    const url = new URL(answer.headers.get('location') ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(
      `${site.environment.COGNITO_DOMAIN}/oauth2/authorize`,
    );
    const query = Object.fromEntries(url.searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      client_id: site.environment.COGNITO_CLIENT_ID,
      redirect_uri: `${site.origin}/login`,
      scope: 'openid email profile phone aws.cognito.signin.user.admin',
      code_challenge_method: 'S256',
    });
    expect(query.state).toMatch(/^[\w.-]{100,1000}$/);
    for (const name of ['nonce', 'code_challenge']) {
      expect(query[name]).toMatch(/^[\w-]{43}$/);
    }
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.setCookies).toHaveLength(1);
  });

  test('returns to the requested page, with its query', async () => {
    const visitor = createVisitor(site.origin);
    const page = await visitor.signIn('alice', '/profile?tab=a%20b&x=1%262');
    expect(page.status).toBe(200);
    expect(page.url).toBe(`${site.origin}/profile?tab=a%20b&x=1%262`);
    expect(page.body).toContain('alice@example.com');
  });

  test('returns to the front page if the address was too long', async () => {
    const page = await createVisitor(site.origin).signIn('bob', `/profile?${'x'.repeat(3000)}`);
    expect(page.url).toBe(`${site.origin}/`);
  });

  test('stays on the hosted UI with a wrong password', async () => {
    const visitor = createVisitor(site.origin);
    const form = await visitor.follow('/profile');
    const csrf = /name="_csrf"[^>]*value="([^"]+)"/.exec(form.body)?.[1] ?? '';
    const again = await visitor.post(form.url, {
      _csrf: csrf,
      username: 'alice',
      password: 'Wrong-password-1',
    });
    expect(again.headers.get('location')).toBeNull();
    expect(again.body).toContain('Incorrect username or password.');
    expect(visitor.cookieNames('session')).toEqual([]);
  });

  test('does not need the password again while the hosted UI session lasts', async () => {
    const visitor = createVisitor(site.origin);
    await visitor.signIn('alice');
    for (const name of visitor.cookieNames('session')) {
      visitor.cookies.get('localhost')?.delete(name);
    }
    const page = await visitor.follow('/profile');
    expect(page.url).toBe(`${site.origin}/profile`);
    expect(page.status).toBe(200);
  });
});

describe('/login', () => {
  test('starts a sign-in for a document, and passes hints on', async () => {
    const answer = await createVisitor(site.origin).open(
      '/login?returnTo=/profile&identity_provider=Google&login_hint=a%40b.c&lang=de&prompt=login&evil=1',
    );
    const query = new URL(answer.headers.get('location') ?? '').searchParams;
    expect(answer.status).toBe(307);
    expect(query.get('identity_provider')).toBe('Google');
    expect(query.get('login_hint')).toBe('a@b.c');
    expect(query.get('lang')).toBe('de');
    expect(query.get('prompt')).toBe('login');
    expect(query.has('evil')).toBe(false);
  });

  test('does not pass on a hint that is longer than any name', async () => {
    const hint = 'x'.repeat(257);
    const answer = await createVisitor(site.origin).open(`/login?login_hint=${hint}&lang=de`);
    expect(answer.headers.get('location')).not.toContain('login_hint');
    expect(answer.headers.get('location')).toContain('lang=de');
  });

  test('opens the sign-up form with ?signup', async () => {
    const answer = await createVisitor(site.origin).open('/login?signup');
    expect(new URL(answer.headers.get('location') ?? '').pathname).toBe('/signup');
  });

  test('does not start a sign-in for a fetch, a prefetch, the router or HEAD', async () => {
    const visitor = createVisitor(site.origin);
    const fetched = await visitor.open('/login', FETCH);
    const speculative = await visitor.open('/login', { ...DOCUMENT, 'sec-purpose': 'prefetch' });
    const router = await visitor.open('/login', { ...FETCH, 'next-url': '/' });
    const head = await send(`${site.origin}/login?code=c&state=s`, { method: 'HEAD' });
    expect([fetched.status, speculative.status, router.status, head.status]).toEqual([
      401, 401, 200, 200,
    ]);
    expect([fetched, speculative, router, head].flatMap((answer) => answer.setCookies)).toEqual([]);
  });

  test('keeps one small cookie, however many attempts there are', async () => {
    const visitor = createVisitor(site.origin);
    for (let tab = 0; tab < 8; tab++) await visitor.open('/profile');
    expect(visitor.cookieNames('signin-')).toHaveLength(1);
  });

  test('leads only to this site after the sign-in', async () => {
    const visitor = createVisitor(site.origin);
    const page = await visitor.signIn('bob', '/login?returnTo=//evil.example/%5C');
    expect(page.url).toBe(`${site.origin}/`);
  });
});

describe('the callback', () => {
  test('two tabs at once both land on their own page', async () => {
    const visitor = createVisitor(site.origin);
    const first = await visitor.reachCallback('alice', '/profile?tab=1');
    const second = await visitor.reachCallback('alice', '/login?returnTo=/admin');
    const [one, two] = [await visitor.follow(second), await visitor.follow(first)];
    expect(one.url).toBe(`${site.origin}/admin`);
    expect(two.url).toBe(`${site.origin}/profile?tab=1`);
  });

  test('twice at once is exchanged once, and both land on the page', async () => {
    const visitor = createVisitor(site.origin);
    const callback = await visitor.reachCallback('alice');
    const before = tokenCalls();
    const answers = await Promise.all([
      visitor.clone().open(callback),
      visitor.clone().open(callback),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
    expect(answers.map((answer) => answer.headers.get('location'))).toEqual([
      `${site.origin}/profile`,
      `${site.origin}/profile`,
    ]);
    expect(tokenCalls() - before).toBe(1);
  });

  test('reloaded with an active session leads to the page', async () => {
    const visitor = createVisitor(site.origin);
    const callback = await visitor.reachCallback('alice');
    await visitor.follow(callback);
    const before = tokenCalls();
    const again = await visitor.open(callback);
    expect(again.status).toBe(303);
    expect(again.headers.get('location')).toBe(`${site.origin}/profile`);
    expect(tokenCalls()).toBe(before);
  });

  test('prefetched does not use the code', async () => {
    const visitor = createVisitor(site.origin);
    const callback = await visitor.reachCallback('alice');
    const ahead = await visitor.open(callback, { ...DOCUMENT, 'sec-purpose': 'prefetch' });
    expect(ahead.status).toBe(401);
    expect((await visitor.follow(callback)).status).toBe(200);
  });

  test('replayed with the same cookies by someone without a session is refused', async () => {
    const visitor = createVisitor(site.origin);
    const callback = await visitor.reachCallback('alice');
    const thief = visitor.clone();
    await visitor.open(callback);
    const before = tokenCalls();
    const replay = await thief.open(callback);
    expect(replay.status).toBe(400);
    expect(replay.body).toContain('This sign-in is no longer valid');
    expect(thief.cookieNames('session')).toEqual([]);
    expect(tokenCalls()).toBe(before);
  });

  test('of another browser is refused: no user is signed in as the attacker', async () => {
    const attacker = await createVisitor(site.origin).reachCallback('bob');
    const victim = createVisitor(site.origin);
    await victim.open('/profile');
    const answer = await victim.open(attacker);
    expect(answer.status).toBe(400);
    expect(victim.cookieNames('session')).toEqual([]);
    expect(answer.body).toContain('href="/login?returnTo=');
  });

  test('with the code of one attempt and the state of another is refused', async () => {
    const visitor = createVisitor(site.origin);
    const first = new URL(await visitor.reachCallback('alice', '/profile'));
    const second = new URL(await visitor.reachCallback('alice', '/login?returnTo=/admin'));
    second.searchParams.set('code', first.searchParams.get('code') ?? '');
    const answer = await visitor.open(second.href);
    expect(answer.status).toBe(400);
    expect(visitor.cookieNames('session')).toEqual([]);
  });

  test.each([
    ['no state', '?code=c'],
    ['no code', '?state=s'],
    ['code twice', '?code=c&code=d&state=s'],
    ['state twice', '?code=c&state=s&state=t'],
    ['another issuer', '?code=c&state=s&iss=https%3A%2F%2Fevil.example'],
    ['an unknown error', '?error=%3Cscript%3Ealert(1)%3C/script%3E'],
  ])('with %s is refused with a page that starts again', async (_, query) => {
    const answer = await createVisitor(site.origin).open(`/login${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body).not.toContain('alert(1)');
    expect(answer.body).toContain('Sign in again');
  });

  test('declined on the hosted UI says so, and the button leads back to the page', async () => {
    const visitor = createVisitor(site.origin);
    const start = await visitor.open('/profile?x=1');
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const answer = await visitor.open(`/login?error=access_denied&state=${state}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('You did not sign in');
    expect(answer.body).toContain('href="/login?returnTo=%2Fprofile%3Fx%3D1"');
  });

  test('in an outage returns 503, and the same callback works afterwards', async () => {
    const visitor = createVisitor(site.origin);
    const callback = await visitor.reachCallback('alice');
    site.pool.fault('/oauth2/token', { status: 502, body: '<html>', times: 1 });
    const down = await visitor.open(callback);
    expect(down.status).toBe(503);
    expect(down.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await visitor.follow(callback)).status).toBe(200);
  });

  test('during an outage of the key endpoint works on reload, with the same code', async () => {
    const other = await startInProcess();
    try {
      const visitor = createVisitor(other.origin);
      const callback = await visitor.reachCallback('alice');
      const keys = `/${other.environment.COGNITO_USER_POOL_ID}/.well-known/jwks.json`;
      other.pool.fault(keys, { status: 500 });
      expect((await visitor.open(callback)).status).toBe(503);
      other.pool.fault(keys, null);
      expect((await visitor.follow(callback)).url).toBe(`${other.origin}/profile`);
    } finally {
      await other.close();
    }
  });

  test('refused because of the app client returns 503, and the log names the variable', async () => {
    const visitor = createVisitor(site.origin);
    const callback = await visitor.reachCallback('alice');
    const body = '{"error":"invalid_client"}';
    site.pool.fault('/oauth2/token', { status: 400, body, times: 1 });
    const answer = await visitor.open(callback);
    expect(answer.status).toBe(503);
    expect(answer.body).not.toContain('COGNITO');
    expect(site.output()).toContain('Check COGNITO_CLIENT_ID and COGNITO_CLIENT_SECRET');
  });

  test('whose code has expired is refused', async () => {
    const visitor = createVisitor(site.origin);
    const callback = await visitor.reachCallback('alice');
    site.pool.fault('/oauth2/token', { status: 400, body: '{"error":"invalid_grant"}', times: 1 });
    expect((await visitor.open(callback)).status).toBe(400);
  });

  test('signs the second user in completely, with nothing left of the first', async () => {
    const visitor = createVisitor(site.origin);
    await visitor.signIn('alice');
    visitor.cookies.delete('127.0.0.1');
    const page = await visitor.signIn('bob', '/login?returnTo=/profile');
    expect(page.body).toContain('bob@example.com');
    expect(page.body).not.toContain('alice');
    expect((await visitor.open('/admin')).status).toBe(403);
  });
});

test('a redirect URI that ends with a slash works byte for byte', async () => {
  const other = await startInProcess({ redirectPath: '/login/' });
  try {
    const page = await createVisitor(other.origin).signIn('alice');
    expect(page.url).toBe(`${other.origin}/profile`);
    expect(page.status).toBe(200);
  } finally {
    await other.close();
  }
});

test('a public app client signs in with PKCE alone', async () => {
  const { PUBLIC_CLIENT_ID } = await import('@/lib/local-pool/src/testing/test-seeds');
  const env = { COGNITO_CLIENT_ID: PUBLIC_CLIENT_ID, COGNITO_CLIENT_SECRET: '' };
  const other = await startInProcess({ env });
  try {
    const page = await createVisitor(other.origin).signIn('alice');
    expect(page.status).toBe(200);
  } finally {
    await other.close();
  }
});

test('no token, code, verifier or secret is ever printed', async () => {
  const visitor = createVisitor(site.origin);
  const callback = await visitor.reachCallback('alice');
  await visitor.follow(callback);
  const secrets = [
    site.environment.COGNITO_CLIENT_SECRET ?? '',
    site.environment.SESSION_SECRET ?? '',
    new URL(callback).searchParams.get('code') ?? '',
    'eyJ',
  ];
  for (const secret of secrets) expect(site.output()).not.toContain(secret);
});
