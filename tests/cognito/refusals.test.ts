import { NextRequest, type NextRequest as Request } from 'next/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GET as errorPage } from '@/app/refused/route';
import { readBearer } from '@/lib/cognito/bearer';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { getSite } from '@/lib/cognito/get-site';
import { NO_TIMING } from '@/lib/cognito/logging';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { refuse, refuseMisconfigured } from '@/lib/cognito/refusals';
import { passThrough } from '@/lib/cognito/request-context';
import type { RequestKind } from '@/lib/cognito/request-kind';
import { setUpPage } from '@/lib/cognito/responses';
import { forbiddenJson, setUpJson, unavailableJson } from '@/lib/cognito/responses/answers';
import { openJar } from '@/lib/cognito/session/cookies';
import { access } from '../support/choices';
import { handedOn } from '../support/in-process-next';
import { accessClaims, ENV, fakePool, mintSession, sign } from './support';

const LOOK = { nonce: 'n', theme: undefined, reference: undefined };
const KINDS: RequestKind[] = ['document', 'document-head', 'router', 'form', 'action', 'fetch'];

// Read at the first request.
Object.assign(process.env, ENV);
beforeEach(() => void vi.spyOn(console, 'info').mockReturnValue());
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

function contextOf(kind: RequestKind, path = '/profile') {
  const headers = { referer: 'https://example.com/a-form?a=1' };
  const address = `https://example.com${path}?q=1`;
  const request: Request = new NextRequest(address, { headers });
  const site = getSite();
  if (!site.ok) throw new Error('The site of a test is not configured.');
  // These tests don't wait for the response of another instance.
  const client = { ...site.client, wait: () => Promise.resolve() };
  const page = { ...LOOK, asText: kind === 'action' };
  const context = { access, request, path, kind, page, headers: [] };
  const jar = openJar(request.cookies);
  return { ...context, jar, timing: NO_TIMING, site: { ...site, client } };
}

/** The response as a visitor gets it: `app/refused` renders the error pages. */
function shown(answer: Response): Response {
  const rewritten = answer.headers.get('x-middleware-rewrite');
  if (!rewritten?.endsWith('/refused')) return answer;
  const page = errorPage(
    new NextRequest(rewritten, { headers: handedOn(new Headers(), answer.headers) }),
  );
  expect(page.status).toBe(answer.status);
  return page;
}

/** A short form of a response: its status, and its location or content type. */
async function inWords(answer: Response): Promise<string> {
  const { status, headers } = shown(answer);
  const rewritten = headers.get('x-middleware-rewrite');
  if (rewritten !== null) return `${status} page ${new URL(rewritten).pathname}`;
  const forAction = headers.get('x-action-redirect');
  const location = headers.get('location') ?? forAction;
  if (location === null) return `${status} ${(headers.get('content-type') ?? '').split(';')[0]}`;
  const { origin, pathname, search } = new URL(location);
  const where = origin === 'https://example.com' ? `${pathname}${search}` : `hosted UI ${pathname}`;
  const short = where.replace(/(session-again=).+/, '$1…');
  return `${status} ${forAction === null ? '' : 'action '}${short}`;
}

// The expected responses, one row for each kind of request.
test.each<[RequestKind, string, string, string]>([
  ['document', '307 hosted UI /oauth2/authorize', '503 text/html', '503 page /not-configured'],
  [
    'document-head',
    '307 /login?returnTo=%2Fprofile%3Fq%3D1',
    '503 text/html',
    '503 page /not-configured',
  ],
  ['router', '200 text/plain', '200 text/plain', '200 text/plain'],
  ['form', '303 /login?returnTo=%2Fa-form%3Fa%3D1', '503 text/html', '503 page /not-configured'],
  [
    'action',
    '303 action /login?returnTo=%2Fprofile%3Fq%3D1',
    '503 text/plain',
    '503 page /not-configured',
  ],
  ['fetch', '401 application/json', '503 application/json', '503 application/json'],
])('%s, signed out: %s; in an outage: %s; unconfigured: %s', async (kind, ...expected) => {
  const error = new CognitoError('unavailable');
  const answers = [
    await refuse(contextOf(kind), 'signed-out', {}),
    await refuse(contextOf(kind), 'unavailable', { error }),
    refuseMisconfigured(contextOf(kind)),
  ];
  expect(await Promise.all(answers.map(inWords))).toEqual(expected);
});

test('a browser whose session was refused is redirected once more, to wait for another instance', async () => {
  const session = await mintSession();
  const answers = KINDS.map(async (kind) => {
    return [kind, await inWords(await refuse(contextOf(kind), 'ended', { session }))];
  });
  expect(Object.fromEntries(await Promise.all(answers))).toEqual({
    document: '307 /profile?q=1&session-again=…',
    'document-head': '307 /login?returnTo=%2Fprofile%3Fq%3D1',
    router: '200 text/plain',
    form: '303 /a-form?a=1&session-again=…',
    action: '307 /profile?q=1&session-again=…',
    fetch: '401 application/json',
  });
  const { headers } = await refuse(contextOf('fetch'), 'ended', { session });
  expect(headers.get('retry-after')).toBe('1');
});

test('a fetch that may have lost a race learns that a second try may work', async () => {
  const session = await mintSession();
  const answer = await refuse(contextOf('fetch'), 'ended', { session });
  expect(answer.headers.get('retry-after')).toBe('1');
});

test('only a document gets a cookie for a sign-in attempt', async () => {
  const starting = await Promise.all(
    KINDS.map(async (kind) => {
      const context = contextOf(kind);
      await refuse(context, 'signed-out', {});
      return context.jar.written.length > 0 ? kind : undefined;
    }),
  );
  expect(starting.filter(Boolean)).toEqual(['document']);
});

test.each(KINDS)('%s of a page that requires a recent sign-in says so', async (kind) => {
  const answer = await refuse(contextOf(kind), 'signed-out', { maxAge: 300 });
  const names = ['location', 'x-action-redirect', 'www-authenticate'];
  const said = names.map((name) => answer.headers.get(name)).join(' ');
  if (kind === 'router') expect(answer.status).toBe(200);
  else expect(said).toMatch(/max_age="?=?300/);
});

test.each<[RequestKind, string, string]>([
  ['document', '403 page /forbidden', '403 text/html'],
  ['document-head', '403 page /forbidden', '403 text/html'],
  ['router', '403 page /forbidden', '403 text/html'],
  ['form', '403 page /forbidden', '403 text/html'],
  ['action', '303 action /profile?q=1', '403 text/plain'],
  ['fetch', '403 application/json', '403 application/json'],
])('%s of a user outside the group: %s; of another site: %s', async (kind, ...expected) => {
  const answers = [
    await refuse(contextOf(kind), 'group', { group: 'admin' }),
    await refuse(contextOf(kind), 'forged', {}),
  ];
  expect(await Promise.all(answers.map(inWords))).toEqual(expected);
});

test('the client of a Server Action gets each error as a text that is true and not cached', async () => {
  const error = new CognitoError('unavailable');
  const outage = shown(await refuse(contextOf('action'), 'unavailable', { error }));
  expect(await outage.text()).toContain('You have not been signed out.');
  expect(outage.headers.get('retry-after')).toBe('5');
  const forged = shown(await refuse(contextOf('action'), 'forged', {}));
  expect(await forged.text()).toContain('Nothing was changed.');
  for (const { headers } of [outage, forged]) {
    // Next's client compares the whole header with this.
    expect(headers.get('content-type')).toBe('text/plain');
    expect(headers.get('cache-control')).toBe('private, no-store');
  }
});

describe('an error page', () => {
  const THEIRS = {
    host: 'example.com',
    cookie: 'session=sealed; theme=dark',
    authorization: 'Bearer token',
    'next-action': '7f',
    'content-type': 'multipart/form-data',
    'x-nonce': 'theirs',
    'x-reference': 'THE1RS00',
    'x-refusal': 'page=unavailable&retry=/evil',
  };
  const look = { nonce: 'ours', theme: 'dark', reference: '7Q3XK9ZT', asText: false } as const;
  const given = () => {
    const context = contextOf('form');
    const request = new NextRequest(context.request, { method: 'POST', headers: THEIRS });
    return { ...context, request, page: look };
  };

  test('gets nothing of the request that could open or start something, even if the page is gone', async () => {
    const { headers } = await refuse(given(), 'forged', {});
    const passed = handedOn(new Headers(THEIRS), headers);
    expect([...passed.keys()].sort()).toEqual([
      'accept-encoding',
      'host',
      'x-nonce',
      'x-reference',
      'x-refusal',
    ]);
    expect(`${[...passed]}`).not.toMatch(/theirs|session|token|evil/);
  });

  test('has the nonce, the reference and the theme of the request', async () => {
    const text = await shown(await refuse(given(), 'forged', {})).text();
    expect(text).toContain('<style nonce="ours">');
    expect(text).toContain('Reference: <code>7Q3XK9ZT</code>');
    expect(text).toContain('data-theme="dark"');
  });

  test('says when to try again, and where', async () => {
    const error = new CognitoError('unavailable', 'HTTP 429', { retryAfter: 17 });
    const page = shown(await refuse(contextOf('document'), 'unavailable', { error }));
    expect(page.headers.get('retry-after')).toBe('17');
    expect(await page.text()).toContain('href="/profile?q=1"');
    const clock = shown(
      await refuse(contextOf('document'), 'unavailable', {
        error: new CognitoError('clock_wrong'),
      }),
    );
    expect(await clock.text()).toContain('clock is wrong');
  });

  test('can’t be asked for by a client', () => {
    const { headers } = passThrough({ ...given(), path: '/refused' });
    const passed = handedOn(new Headers(THEIRS), headers);
    expect(passed.get('x-refusal')).toBe('');
    expect(
      errorPage(new NextRequest('https://example.com/refused', { headers: passed })).status,
    ).toBe(404);
  });

  test('has no text or other site of a client that bypasses the middleware', async () => {
    const said = 'page=unavailable&retry=https://evil.example/&theme="><b>&after=<b>&title=evil';
    const request = new NextRequest('https://example.com/refused', {
      headers: { 'x-refusal': said },
    });
    const text = await errorPage(request).text();
    expect(text).toContain('Sign-in service unavailable');
    expect(text).not.toMatch(/evil|<b>/);
  });
});

test('a semicolon in the path of a Server Action does not cut off its redirect', async () => {
  const answer = await refuse(contextOf('action', '/a;b'), 'group', { group: 'admin' });
  expect(answer.headers.get('x-action-redirect')).toBe('https://example.com/a%3Bb?q=1');
});

test.each<[string, () => Response, number, object]>([
  ['is unavailable', unavailableJson, 503, { error: 'temporarily_unavailable' }],
  ['is not configured', setUpJson, 503, { error: 'not_configured' }],
  ['is not for this group', forbiddenJson, 403, { error: 'forbidden' }],
])('an API that %s says so in JSON that is not cached', async (_, make, status, body) => {
  const response = make();
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual(body);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.has('location')).toBe(false);
});

test('an outage of the API says when to try again', () => {
  expect(unavailableJson().headers.get('retry-after')).toBe('5');
});

test('a bearer token that cannot be verified now is neither valid nor invalid', async () => {
  const pool = await fakePool();
  pool.keys = () => new Response(null, { status: 503 });
  const authorization = `Bearer ${await sign(accessClaims(), { kid: 'key-of-access' })}`;
  expect((await readBearer(pool.client, new Headers({ authorization }))).state).toBe('unavailable');
});

describe('a site that is not configured', () => {
  beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  const page = async (env: Record<string, string>) => {
    const parsed = parseConfig(env);
    if (parsed.ok) throw new Error('that was right');
    const response = setUpPage(parsed, LOOK);
    return { status: response.status, text: await response.text() };
  };

  test('shows on a first deploy which variables to set', async () => {
    const { status, text } = await page({});
    expect(status).toBe(503);
    for (const name of ['COGNITO_USER_POOL_ID', 'COGNITO_REDIRECT_URI', 'SESSION_SECRET']) {
      expect(text).toContain(name);
    }
  });

  test('tells a visitor nothing about a wrong setting', async () => {
    const { status, text } = await page({ ...ENV, COGNITO_REGION: 'Oregon' });
    expect(status).toBe(503);
    expect(text).not.toMatch(/COGNITO_|Oregon|SESSION_SECRET/);
  });

  test('tells a developer what is wrong, and what a valid value looks like', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    vi.resetModules();
    const { setUpPage: page } = await import('@/lib/cognito/responses');
    const parsed = parseConfig({ ...ENV, COGNITO_REGION: 'Oregon' });
    if (parsed.ok) throw new Error('that was right');
    const text = await page(parsed, LOOK).text();
    expect(text).toMatch(/COGNITO_REGION.*us-west-2/s);
    expect(text).not.toContain(ENV.SESSION_SECRET);
  });
});
