import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import type { Patient } from '@/tools/doctor/doctor';
import { checksThatAre, examineSite, json, wrongs } from './support';

let pool: TestPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.close());

/** A `fetch` that gives this response to calls of the API. */
function apiThat(respond: () => Response | Promise<Response>): Patient['fetch'] {
  return async (url, init) =>
    new Headers(init?.headers).has('x-amz-target') ? await respond() : await fetch(url, init);
}

test('a site that does not request the scope of the account pages gets a warning', async () => {
  const findings = await examineSite(pool, { COGNITO_SCOPES: 'openid email' });
  expect(checksThatAre('warning', findings)).toEqual(['account-scope']);
  const text = JSON.stringify(findings);
  expect(text).toContain('COGNITO_SCOPES=\\"openid email aws.cognito.signin.user.admin\\"');
  expect(text).toContain('at their next sign-in');
});

test('scopes that cannot be read lead to no conclusion about one of them', async () => {
  const findings = await examineSite(pool, { COGNITO_SCOPES: 'openid,email' });
  expect(checksThatAre('warning', findings)).toEqual([]);
  expect(checksThatAre('unknown', findings)).toEqual(['account-scope']);
});

test('the API gets no token of a user, and not the client secret', async () => {
  const calls: (RequestInit | undefined)[] = [];
  await examineSite(
    pool,
    {},
    {
      fetch: (url, init) => {
        if (new Headers(init?.headers).has('x-amz-target')) calls.push(init);
        return fetch(url, init);
      },
    },
  );
  expect(calls.map((init) => init?.body)).toEqual(['{"AccessToken":"doctor"}']);
  expect(new Headers(calls[0]?.headers).has('authorization')).toBe(false);
});

test.each<[string, Response]>([
  ['a page of a proxy', new Response('<h1>Blocked</h1>', { status: 403 })],
  ['a sign-in page of a network', new Response('<h1>Welcome</h1>')],
])('%s instead of the API is wrong', async (_, response) => {
  const found = wrongs(await examineSite(pool, {}, { fetch: apiThat(() => response) }));
  expect(found.map(({ check }) => check)).toEqual(['account-api']);
  expect(found[0]?.text).toContain(`"value":"HTTP ${response.status}"`);
  expect(found[0]?.text).toContain(new URL(pool.origin).host);
});

test.each<[string, () => Response]>([
  ['fails', () => json({ __type: 'InternalErrorException' }, 500)],
  ['is too busy', () => json({ __type: 'TooManyRequestsException' }, 400)],
  ['is behind a proxy that is too busy', () => new Response(null, { status: 429 })],
  ['is behind a gateway that fails', () => new Response(null, { status: 503 })],
  [
    'is not reachable',
    () => {
      throw new TypeError('fetch failed');
    },
  ],
])('nothing is concluded while the API %s', async (_, respond) => {
  const findings = await examineSite(pool, {}, { fetch: apiThat(respond) });
  expect(wrongs(findings)).toEqual([]);
  expect(checksThatAre('unknown', findings)).toEqual(['account-api']);
});

test('the name of the error may have a prefix', async () => {
  const __type = 'com.amazonaws.cognitoidentityprovider#NotAuthorizedException';
  const respond = () => json({ __type }, 400);
  const findings = await examineSite(pool, {}, { fetch: apiThat(respond) });
  expect(checksThatAre('ok', findings)).toContain('account-api');
});

test('an invalid region or issuer leads to no request to an API that the site does not use', async () => {
  for (const changes of [{ COGNITO_USER_POOL_ID: 'x' }, { COGNITO_ISSUER: 'x' }]) {
    let calls = 0;
    const fetch = apiThat(() => {
      calls += 1;
      return json({});
    });
    const findings = await examineSite(pool, changes, { fetch });
    expect(calls).toBe(0);
    expect(checksThatAre('unknown', findings)).toContain('account-api');
  }
});
