import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isApi, isPublicFile, isPublicPage, maxAgeFor } from '@/lib/cognito/access-rules';
import { readBearer } from '@/lib/cognito/bearer';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { ANSWERS, type Answer, type RequestKind } from '@/lib/cognito/request-kind';
import {
  forbiddenJson,
  setUpJson,
  setUpPage,
  unavailableJson,
} from '@/lib/cognito/responses/answers';
import { accessClaims, ENV, fakePool, sign } from './support';

const LOOK = { nonce: 'n', theme: undefined, reference: undefined };

// The contract's table, a row for each kind of request.
test.each<[RequestKind, Answer, Answer, Answer]>([
  ['document', 'start-sign-in', 'unavailable-page', 'set-up-page'],
  ['document-head', 'to-login', 'unavailable-page', 'set-up-page'],
  ['router', 'reload', 'reload', 'reload'],
  ['form', 'to-login-from-form', 'unavailable-page', 'set-up-page'],
  ['fetch', 'unauthorized', 'unavailable-json', 'set-up-json'],
])('a %s that is signed out gets %s, in an outage %s, unconfigured %s', (kind, ...answers) => {
  const row = ANSWERS[kind];
  expect([row['signed-out'], row.unavailable, row.misconfigured]).toEqual(answers);
});

test('whose session was refused is asked once more, for the answer of another instance', () => {
  const answers = Object.entries(ANSWERS).map(([kind, row]) => [kind, row.ended]);
  expect(Object.fromEntries(answers)).toEqual({
    document: 'again',
    'document-head': 'to-login',
    router: 'reload',
    form: 'again-from-form',
    fetch: 'unauthorized-yet',
  });
});

test('these paths are open, and nothing near them', () => {
  const open = [
    '/',
    '/flow', // demo
    '/login',
    '/login/',
    '/logout',
    '/logout/',
    '/source', // demo
    '/theme',
  ];
  expect(open.filter((path) => !isPublicPage(path))).toEqual([]);
  for (const path of open.flatMap((each) => [`${each}x`, `${each}//`, `/x${each}`])) {
    if (!open.includes(path)) expect(isPublicPage(path), path).toBe(false);
  }
  expect(isPublicFile('/robots.txt')).toBe(true);
  expect(isPublicFile('/robots.txt/')).toBe(false);
  expect(isApi('/api/me')).toBe(true);
  expect(maxAgeFor('/sensitive')).toBe(300);
  expect(maxAgeFor('/sensitive/')).toBe(300);
  expect(maxAgeFor('/')).toBeUndefined();
});

test.each<[string, () => Response, number, object]>([
  ['cannot be told right now', unavailableJson, 503, { error: 'temporarily_unavailable' }],
  ['is not set up', setUpJson, 503, { error: 'not_configured' }],
  ['is not for this group', forbiddenJson, 403, { error: 'forbidden' }],
])('an API that %s says so in JSON that no cache keeps', async (_, make, status, body) => {
  const response = make();
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual(body);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.has('location')).toBe(false);
});

test('an outage of the API says when to try again', () => {
  expect(unavailableJson().headers.get('retry-after')).toBe('5');
});

test('a bearer token that cannot be verified now is neither good nor bad', async () => {
  const pool = await fakePool();
  pool.keys = () => new Response(null, { status: 503 });
  const authorization = `Bearer ${await sign(accessClaims(), { kid: 'key-of-access' })}`;
  expect((await readBearer(pool.client, new Headers({ authorization }))).state).toBe('unavailable');
});

describe('a site that is not set up', () => {
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

  test('tells a first deploy which names to set', async () => {
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

  test('tells a developer what is wrong, and what a right value looks like', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    vi.resetModules();
    const { setUpPage: page } = await import('@/lib/cognito/responses/answers');
    const parsed = parseConfig({ ...ENV, COGNITO_REGION: 'Oregon' });
    if (parsed.ok) throw new Error('that was right');
    const text = await page(parsed, LOOK).text();
    expect(text).toMatch(/COGNITO_REGION.*us-west-2/s);
    expect(text).not.toContain(ENV.SESSION_SECRET);
  });
});
