import * as next from 'next/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readBearer } from '@/lib/cognito/bearer';
import type { PageContext } from '@/lib/cognito/page-context';
import { toUser } from '@/lib/cognito/protocol/claims';
import { CognitoError, type CognitoErrorCode, isTransient } from '@/lib/cognito/protocol/errors';
import { foreignFormPage, refusedPage, setUpPage } from '@/lib/cognito/responses';
import { redirectTo, reloadDocument, unauthorized } from '@/lib/cognito/responses/answers';
import { NextRequest, NextResponse } from '@/lib/cognito/responses/next-server';
import { plainPage } from '@/lib/cognito/responses/plain-page';
import { signInErrorPage } from '@/lib/cognito/responses/sign-in-pages';
import { accessClaims, fakePool, idClaims, sign } from './support';

const LOOK: PageContext = { nonce: 'n', theme: undefined, reference: '7Q3XK9ZT' };

/** The page that the middleware asks for. */
function refused(page: string): Response {
  const found = refusedPage(`page=${page}`, LOOK);
  if (!found) throw new Error('There is no page.');
  return found;
}

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const level of ['error', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('requests and responses are of the classes that your own middleware gets from next/server', () => {
  expect(NextRequest).toBe(next.NextRequest);
  expect(NextResponse).toBe(next.NextResponse);
});

test('no input can become markup', async () => {
  const hostile = '"><script>alert(1)</script>';
  const page = plainPage(
    { ...LOOK, nonce: hostile, reference: hostile },
    {
      status: 400,
      title: hostile,
      paragraphs: [hostile],
      list: [{ term: hostile, text: hostile }],
      action: { label: hostile, href: hostile },
    },
  );
  const text = await page.text();
  expect(text).not.toContain('<script>');
  // It can't add an attribute either: every quotation mark in it is escaped.
  expect(text).not.toContain('">&#60;');
  expect(text.match(/&#34;&#62;&#60;script/g)?.length).toBe(9);
  expect(page.headers.get('cache-control')).toBe('private, no-store');
});

test('an error page sends no path as a referrer, because a callback URL contains a code', async () => {
  const page = plainPage(LOOK, { status: 400, title: 'x', paragraphs: [] });
  expect(await page.text()).toContain('<meta name="referrer" content="strict-origin">');
});

test.each<[CognitoErrorCode, number]>([
  ['attempt_unknown', 400],
  ['attempt_replayed', 400],
  ['callback_malformed', 400],
  ['sign_in_declined', 400],
  ['sign_in_refused', 400],
  ['invalid_grant', 400],
  ['token_invalid', 400],
  ['session_too_large', 431],
  ['client_rejected', 503],
  ['unavailable', 503],
  ['keys_unavailable', 503],
])('a sign-in that ends with %s is a %i with one link to continue', async (code, status) => {
  const page = signInErrorPage(new CognitoError(code, 'a detail'), LOOK, '/login?returnTo=%2F');
  const text = await page.text();
  expect(page.status).toBe(status);
  expect(page.headers.has('retry-after')).toBe(status === 503);
  expect(text).toContain('href="&#47;login'.replace('&#47;', '/'));
  expect(text).not.toContain('a detail');
});

test.each<CognitoErrorCode>(['attempt_unknown', 'attempt_replayed', 'invalid_grant'])(
  'an outdated callback (%s) says so, and that nothing is lost',
  async (code) => {
    const text = await signInErrorPage(new CognitoError(code), LOOK, '/login').text();
    expect(text).toContain('This sign-in is no longer valid');
  },
);

test('an unexpected error looks like an outage to the visitor, and reveals nothing', async () => {
  const page = signInErrorPage(new Error('with a token eyJ in its message'), LOOK, '/login');
  expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await page.text()).not.toContain('eyJ');
});

test('an outage page says that the user was not signed out, and when to try again', async () => {
  const page = refused('unavailable');
  expect(page.status).toBe(503);
  expect(page.headers.get('retry-after')).toBe('5');
  expect(await page.text()).toContain('You have not been signed out.');
});

test('a refreshed session that is too large gets the same page as a sign-in', async () => {
  const page = refused('too_large');
  const signIn = signInErrorPage(new CognitoError('session_too_large'), LOOK, '/login');
  expect(page.status).toBe(431);
  expect(await page.text()).toBe(await signIn.text());
});

test('redirects and the response that makes the router load the document are not cached', () => {
  for (const answer of [redirectTo('https://example.com/', 307), reloadDocument()]) {
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  }
});

test('a 401 has the challenge of RFC 6750', () => {
  expect(unauthorized().headers.get('www-authenticate')).toBe('Bearer');
  expect(unauthorized('invalid_token').headers.get('www-authenticate')).toBe(
    'Bearer error="invalid_token"',
  );
});

describe('a plain page', () => {
  const page = (status: number, look: PageContext) =>
    plainPage(look, { status, title: 'x', paragraphs: [] }).text();

  test('shows the reference if it is about an error, and uses the chosen theme', async () => {
    expect(await page(403, LOOK)).toContain('Reference: <code>7Q3XK9ZT</code>');
    expect(await page(200, LOOK)).not.toContain('7Q3XK9ZT');
    expect(await page(403, { ...LOOK, reference: undefined })).not.toContain('Reference');
    expect(await page(403, LOOK)).toContain('<html lang="en">');
    expect(await page(403, { ...LOOK, theme: 'dark' })).toContain(
      '<html lang="en" data-theme="dark">',
    );
  });

  test('shows its button in a browser that knows neither light-dark() nor oklch()', async () => {
    for (const theme of [undefined, 'light', 'dark'] as const) {
      const text = await page(403, { ...LOOK, theme });
      expect(text).not.toMatch(/light-dark|oklch|color-mix/);
      expect(text.match(/--accent: #/g)).toHaveLength(theme ? 1 : 2);
      expect(text.includes('color-scheme: dark;')).toBe(theme !== 'light');
    }
  });

  test.each<[string, () => Response]>([
    ['too many cookies', () => refused('cookies')],
    ['a form of another site', () => foreignFormPage(LOOK)],
    [
      'a site that is not set up',
      () => setUpPage({ ok: false, blank: false, problems: [], urls: undefined }, LOOK),
    ],
  ])('about %s writes one line to the log, with its reference', async (_, make) => {
    const text = await make().text();
    expect(text).toContain('7Q3XK9ZT');
    expect(text.match(/class="button"/g)).toHaveLength(1);
    expect(lines).toEqual([expect.stringContaining(`"reference":"${LOOK.reference}"`)]);
  });
});

describe('a failed sign-in', () => {
  const text = (code: CognitoErrorCode, detail?: string) =>
    signInErrorPage(new CognitoError(code, detail), LOOK, '/login').text();

  test('shows the error code of the sign-in service, if it is a known one', async () => {
    expect(await text('sign_in_declined', 'access_denied')).toContain(
      'The sign-in service returned: access_denied.',
    );
    expect(await text('sign_in_refused', 'server_error')).toContain('returned: server_error.');
    for (const detail of ['unknown', 'call_this_number', 'constructor']) {
      expect(await text('sign_in_refused', detail)).not.toMatch(/returned|call_this|constructor/);
    }
  });

  test('distinguishes a cancelled sign-in from one that may have been refused', async () => {
    for (const word of ['user_cancelled_authorize', 'user_cancelled_login']) {
      expect(await text('sign_in_declined', word)).toContain('You canceled the sign-in');
    }
    expect(await text('sign_in_declined', 'access_denied')).toContain('is not allowed');
  });

  test('because of a wrong setting does not name it to a visitor', async () => {
    const page = await text('client_rejected', 'invalid_client');
    expect(page).toContain('not set up correctly');
    expect(page).not.toMatch(/COGNITO|invalid_client|development/);
    expect(await text('sign_in_refused', 'unauthorized_client')).not.toMatch(/COGNITO/);
  });

  test('because of a wrong setting names it to a developer', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    vi.resetModules();
    const { signInErrorPage: page } = await import('@/lib/cognito/responses/sign-in-pages');
    const { CognitoError: Failure } = await import('@/lib/cognito/protocol/errors');
    const told = (...error: ConstructorParameters<typeof CognitoError>) =>
      page(new Failure(...error), LOOK, '/login').text();
    expect(await told('client_rejected', 'invalid_client')).toContain(
      'invalid_client. Check COGNITO_CLIENT_ID and COGNITO_CLIENT_SECRET.',
    );
    expect(await told('sign_in_refused', 'invalid_scope')).toContain('Check COGNITO_SCOPES');
    expect(await told('sign_in_declined', 'access_denied')).not.toContain('COGNITO');
    expect(await told('unavailable')).not.toContain('COGNITO');
  });
});

test('only an outage or a wrong setting is temporary', () => {
  expect(isTransient(new CognitoError('unavailable'))).toBe(true);
  expect(isTransient(new CognitoError('client_rejected'))).toBe(true);
  expect(isTransient(new CognitoError('invalid_grant'))).toBe(false);
  expect(isTransient(new Error('other'))).toBe(false);
});

test('a bearer token takes precedence, and only an access token is accepted', async () => {
  const pool = await fakePool();
  const state = async (authorization?: string) =>
    (await readBearer(pool.client, new Headers(authorization ? { authorization } : {}))).state;
  const access = await sign(accessClaims(), { kid: 'key-of-access' });
  expect(await state(`Bearer ${access}`)).toBe('signed-in');
  expect(await state(`bearer  ${access}`)).toBe('signed-in');
  expect(await state(`Bearer ${await sign(idClaims())}`)).toBe('invalid');
  expect(await state('Bearer')).toBe('invalid');
  expect(await state('Bearer garbage')).toBe('invalid');
  expect(await state('Basic eA==')).toBe('signed-out');
  expect(await state('Bearerish x')).toBe('signed-out');
  expect(await state()).toBe('signed-out');
  pool.now += 3600;
  expect(await state(`Bearer ${access}`)).toBe('invalid');
});

test('claims of any shape result in a user', () => {
  const claims = { iss: 'i', sub: 's', aud: 'a', exp: 1, iat: 1, token_use: 'id' } as const;
  expect(toUser(claims)).toMatchObject({
    sub: 's',
    username: 's',
    groups: [],
    emailVerified: false,
  });
  const odd = { 'cognito:groups': ['a', 1, null], email: 7, email_verified: true, name: '' };
  expect(toUser({ ...claims, ...odd })).toMatchObject({
    groups: ['a'],
    email: undefined,
    emailVerified: false,
    name: undefined,
  });
  expect(toUser({ ...claims, 'cognito:groups': 'admin' }).groups).toEqual([]);
  const verified = (said: object) => toUser({ ...claims, email: 'a@b.c', ...said }).emailVerified;
  expect(verified({ email_verified: true })).toBe(true);
  for (const said of ['true', 1, false, undefined]) {
    expect(verified({ email_verified: said })).toBe(false);
  }
});
