import { runInNewContext } from 'node:vm';
import { NextRequest } from 'next/server';
import { describe, expect, test, vi } from 'vitest';
import { isPublicPage } from '@/lib/cognito/access/access-rules';
import { failureOf } from '@/lib/cognito/account/refusals';
import { serviceError } from '@/lib/cognito/account/response';
import { readBearer } from '@/lib/cognito/bearer';
import type { Variable } from '@/lib/cognito/config/advice';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { pack } from '@/lib/cognito/packing/pack';
import { readCallback } from '@/lib/cognito/protocol/sign-in';
import { exchangeCode } from '@/lib/cognito/protocol/tokens';
import { requestKind } from '@/lib/cognito/request-kind';
import { plainPage } from '@/lib/cognito/responses/plain-page';
import { createAttemptStore } from '@/lib/cognito/session/attempts';
import { openJar } from '@/lib/cognito/session/cookies';
import { readAgain } from '@/lib/cognito/session/lost-refresh-race';
import { refererPath, safeReturnTo } from '@/lib/cognito/session/return-to';
import { createSignOutMarker } from '@/lib/cognito/session/session-end';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import {
  browser,
  config,
  ENV,
  failure,
  fakePool,
  ISSUER,
  NOW,
} from '../../../tests/cognito/support';

/**
 * A megabyte of the worst input for each function that reads outside input: its regular expression could start
 * to match at every character and fail at the last one. A quadratic match would take an hour. vitest would notice the
 * time-out only afterwards, so Node stops it.
 */
const MEGABYTE = 1_000_000;
vi.setConfig({ testTimeout: 30_000 });

const much = (piece: string) => piece.repeat(Math.ceil(MEGABYTE / piece.length));
const stoppable = (work: () => unknown): unknown =>
  runInNewContext('work()', { work }, { timeout: 10_000 });

const ORIGIN = 'https://example.com';
const LOCAL = config({ COGNITO_REDIRECT_URI: 'http://localhost/login' });

describe('a megabyte of the worst input is read in linear time:', () => {
  test.each(['/', '\\', '/../', '%', '\t', '中'])('%j as a return-to path', (piece) => {
    expect(stoppable(() => safeReturnTo(`/${much(piece)}`, ORIGIN))).toBe('/');
    expect(stoppable(() => refererPath(`${ORIGIN}/${much(piece)}?`, ORIGIN))).toBe('/');
  });

  test.each(['/', '/icon', '/docs/icon-1a2b3c', '/.', 'a', '%', '%C3%A4', '.segments'])(
    '%j as a path, compared with the patterns of an access list',
    (piece) => {
      const publicPages = ['/', '/[a]/[b]', '/docs/[...path]', '/shop/[[...path]]'];
      const list = {
        publicPages,
        publicFiles: [],
        groupPages: { '/[a]/x': 'g' },
        recentSignInPages: { '/[...a]': 1 },
      };
      for (const start of ['/', '/docs/', '/shop']) {
        stoppable(() => isPublicPage(list, `${start}${much(piece)}%`));
        stoppable(() =>
          isPublicPage({ ...list, recentSignInPages: {} }, `${start}${much(piece)}%`),
        );
      }
    },
  );

  test.each(['?session-again=', '?session-again', '?', '-'])('%j as a query', (piece) => {
    const search = `?session-again=${much(piece)}!`;
    expect(stoppable(() => readAgain(search))).toBeUndefined();
  });

  test.each([
    `code=c&${much('state=&')}`,
    much('&'),
    much('%'),
    `error=${much('a')}!`,
    `error=${much('_')}`,
  ])('as a callback, %#', (text) => {
    const query = new URLSearchParams(text);
    expect(() => stoppable(() => readCallback(query, ISSUER))).toThrow(/\((code|state|unknown)\)$/);
  });

  test.each([
    ['accept', 'text/htm'],
    ['accept', 'text/html1'],
    ['purpose', 'prefetc'],
    ['sec-purpose', 'prerende'],
  ])('as the header %s: %j', (name, piece) => {
    const headers = new Headers({ [name]: much(piece) });
    expect(stoppable(() => requestKind({ method: 'GET', path: '/', headers }))).toBe('fetch');
  });

  test.each([' ', 'bearer ', '.'])('%j as a bearer token', async (piece) => {
    const { client } = await fakePool();
    const headers = new Headers({ authorization: `Bearer a${much(piece)}!` });
    expect(await stoppable(() => readBearer(client, headers))).toEqual({ state: 'invalid' });
  });

  test.each<[Variable, string, string, string]>([
    ['COGNITO_REGION', 'us', '-a', '!'],
    ['COGNITO_REGION', 'us-', 'a', '!'],
    ['COGNITO_USER_POOL_ID', 'us-west-2', '_', '!'],
    ['COGNITO_USER_POOL_ID', 'us-west-2', '_a', '!'],
    ['COGNITO_DOMAIN', 'a', '-', '!'],
    ['COGNITO_DOMAIN', 'a', '.a', '!'],
    ['COGNITO_CLIENT_ID', '', 'a', '!'],
    ['COGNITO_REDIRECT_URI', ORIGIN, '/login', '!'],
    ['COGNITO_LOGOUT_URI', 'http://a', '.a', '/'],
    ['COGNITO_SCOPES', 'openid', ' ', '"'],
    ['COGNITO_SCOPES', 'openid ', 'a ', '"'],
    ['COGNITO_SCOPES', 'openid ', 'a', '"'],
    ['COGNITO_ISSUER', ORIGIN, '/', '/'],
    ['SESSION_SECRET', '{', '"1":{', '!'],
    ['SESSION_SECRET', '{"1', '0', '":"x"}'],
    ['SESSION_LIFETIME', '', '1', '!'],
  ])('as %s: %j, then %j, then %j', (variable, start, piece, end) => {
    const env = { ...ENV, [variable]: `${start}${much(piece)}${end}` };
    expect(stoppable(() => parseConfig(env))).toHaveProperty('ok', false);
  });

  test.each(['&', "'>"])('%j as text on a page', async (piece) => {
    const page = { status: 200, title: '', paragraphs: [much(piece)] };
    const answer = stoppable(() =>
      plainPage({ nonce: '', theme: undefined, reference: undefined }, page),
    );
    expect(answer).toHaveProperty('status', 200);
  });

  test.each([';', '=', '%', 'session.0=~; '])('%j as a Cookie header', async (piece) => {
    const request = new NextRequest('http://localhost:3000/', { headers: { cookie: much(piece) } });
    const read = () => createSessionStore(LOCAL, () => NOW).read(openJar(request.cookies));
    expect(await stoppable(read)).toBeNull();
  });

  test.each(['signin-', 'session.'])('50,000 cookies called %s…', async (prefix) => {
    const names = Array.from({ length: 50_000 }, (_, index) => `${prefix}${index}`);
    const jar = browser(new Map(names.map((name) => [name, '1']))).jar();
    expect(await stoppable(() => createSessionStore(LOCAL, () => NOW).read(jar))).toBeNull();
    expect(
      await stoppable(() => createAttemptStore(LOCAL, () => NOW).recall(jar, 's'.repeat(43))),
    ).toBeNull();
  });

  test.each(['*', 'Fe26.2*', '~', '0'])('%j as the value of each cookie', async (piece) => {
    const names = ['session', 'session.0', 'signed-out', 'seen', 'signin-0-aaaaaaaaaaaa'];
    const jar = browser(new Map(names.map((name) => [name, much(piece)]))).jar();
    expect(await stoppable(() => createSessionStore(LOCAL, () => NOW).read(jar))).toBeNull();
    expect(
      await stoppable(() => createAttemptStore(LOCAL, () => NOW).recall(jar, 'a'.repeat(43))),
    ).toBeNull();
    expect(stoppable(() => createSignOutMarker(LOCAL, () => NOW).isSignedOut(jar, NOW))).toBe(
      false,
    );
  });

  // This is read after an `await`, where Node's time-out doesn't apply. So it is half as long, and vitest's
  // time-out decides.
  test.each(['a', '_'])('%j as the error of the token endpoint', async (piece) => {
    const pool = await fakePool();
    const grant = { code: 'c', codeVerifier: 'v' };
    const headers = { 'retry-after': much('1') };
    const error = much(piece).slice(MEGABYTE / 2);
    pool.answer = () => Response.json({ error }, { status: 400, headers });
    expect(await failure(exchangeCode(pool.client, grant))).toBe('sign_in_refused: HTTP 400');
    pool.answer = () => new Response(null, { status: 500, headers });
    const refused: unknown = await exchangeCode(pool.client, grant).catch((reason) => reason);
    expect(refused).toHaveProperty('retryAfter', undefined);
  });

  test.each([
    ['', '1'],
    ['1 validation errors', ' '],
    ['Invalid attributes given, ', 'a'],
    ['Attributes did not conform to the schema: Type for attribute ', 'a'],
    ['', 'attribute cannot be updated'],
    ['Password did not conform with policy: ', 'lon'],
  ])('as an error message of the user pool: %j, then %j', (start, piece) => {
    const message = `${start}${much(piece)}!`;
    for (const name of ['InvalidParameter', 'InvalidPassword', 'NotAuthorized']) {
      const error = { name: `${name}Exception`, message };
      expect(stoppable(() => failureOf('ChangePassword', error, 400))).toHaveProperty('ok', false);
    }
  });

  test.each(['#', 'a', ':', '#a', ' '])('%j as the name of such an error', (piece) => {
    const body = { __type: `${much(piece)}!` };
    const read = () => serviceError(new Response('{}', { status: 400 }), body);
    expect(stoppable(read)).toHaveProperty('message', '');
  });

  test.each(['0', '~', '34c84488-e0e1-70ae-d2ee-991ad1a898c'])(
    '%j as tokens to pack into a cookie',
    (piece) => {
      const idToken = `${Buffer.from(much(piece)).toString('base64url')}.e30.`;
      const tokens = { idToken, accessToken: 'e30.e30.', refreshToken: much('.') };
      expect(stoppable(() => pack(tokens))).toHaveLength(3);
    },
  );
});
