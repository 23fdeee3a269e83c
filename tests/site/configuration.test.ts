/** What the built site does when its environment is wrong. `tests/in-process` has the details. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/http';
import { freePort, startServer } from '../support/site';
import { DOCUMENT, FETCH } from '../support/visitor';

const WRONG = {
  COGNITO_REGION: 'oregon',
  COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
  COGNITO_DOMAIN: 'my-app',
  COGNITO_CLIENT_SECRET: 'a-client-secret-of-somebody',
  COGNITO_REDIRECT_URI: 'https://example.com/login',
  SESSION_SECRET: 'short-one',
};

let server: Awaited<ReturnType<typeof startServer>>;
let origin = '';
beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  server = await startServer(port, WRONG);
});
afterAll(() => server?.close());

test('it reports all problems at startup, and no secret', () => {
  for (const name of ['COGNITO_REGION', 'COGNITO_CLIENT_ID', 'SESSION_SECRET']) {
    expect(server.output()).toContain(name);
  }
  expect(server.output()).not.toContain(WRONG.SESSION_SECRET);
  expect(server.output()).not.toContain(WRONG.COGNITO_CLIENT_SECRET);
  expect(server.output()).not.toContain('COGNITO_DOMAIN');
});

test('its log contains a configuration event at startup', () => {
  const lines = server.output().split('\n');
  const line = lines.find((text) => text.includes('"type":"configuration"')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ level: 'error', ok: false });
  expect(JSON.parse(line).wrong).toEqual(expect.arrayContaining(['COGNITO_REGION']));
});

test('every page is a 503 without details, and the API returns a 503 in JSON', async () => {
  for (const path of ['/', '/profile', '/login', '/logout', '/nothing']) {
    const page = await send(`${origin}${path}`, { headers: DOCUMENT });
    expect([path, page.status]).toEqual([path, 503]);
    expect(page.body).not.toMatch(/COGNITO|SESSION_SECRET|oregon/);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.setCookies).toEqual([]);
  }
  const head = await send(`${origin}/profile`, { method: 'HEAD', headers: DOCUMENT });
  expect([head.status, head.body]).toEqual([503, '']);
  const form = await send(`${origin}/profile`, { method: 'POST', headers: DOCUMENT, body: 'a=1' });
  expect([form.status, form.body]).toEqual([503, expect.stringContaining('Not available')]);
  const headers = { ...FETCH, 'next-action': '7f'.repeat(21) };
  const action = await send(`${origin}/profile`, { method: 'POST', headers, body: '[]' });
  expect([action.status, action.headers.get('content-type')]).toEqual([503, 'text/plain']);
  expect(action.body).toMatch(/^This site is not set up correctly/);
  for (const each of [head, form, action]) {
    expect(each.headers.get('cache-control')).toBe('private, no-store');
    expect(each.headers.get('content-security-policy')).toContain("'nonce-");
  }
  const api = await send(`${origin}/api/me`, { headers: FETCH });
  expect([api.status, JSON.parse(api.body)]).toEqual([503, { error: 'not_configured' }]);
});

test('the health checks say alive but not ready, and are never cached', async () => {
  const alive = await send(`${origin}/healthz`);
  expect([alive.status, JSON.parse(alive.body)]).toEqual([200, { status: 'alive', ready: false }]);
  const ready = await send(`${origin}/healthz/ready`);
  expect([ready.status, JSON.parse(ready.body)]).toEqual([503, { status: 'not_ready' }]);
  for (const { headers, setCookies } of [alive, ready]) {
    expect([headers.get('cache-control'), setCookies]).toEqual(['private, no-store', []]);
  }
});
