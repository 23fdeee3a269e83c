import { afterEach, describe, expect, test, vi } from 'vitest';
import { send } from '../support/http';
import { type Instance, startInProcess, startInstance } from '../support/in-process';
import { createVisitor, DOCUMENT, FETCH } from '../support/visitor';

/** A user pool that can't be reached. */
const REAL = {
  COGNITO_REGION: 'us-west-2',
  COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
  COGNITO_DOMAIN: 'my-app',
  COGNITO_CLIENT_ID: '1example23456789abcdefghij',
  COGNITO_CLIENT_SECRET: 'a-client-secret-of-somebody',
  COGNITO_REDIRECT_URI: 'https://example.com/login',
  SESSION_SECRET: 'tests-only:Zk3vQ9wL7Tx2Bn8Yd5Hm4Jc6Pf1Gs0',
};

let server: Instance | undefined;
let origin = '';
afterEach(() => server?.close());

async function start(env: Record<string, string>) {
  server = await startInstance(env);
  origin = server.origin;
  return server;
}

describe('a site with a real-looking user pool that cannot be reached', () => {
  test('shows its public pages and sends visitors to that pool', async () => {
    await start(REAL);
    expect((await send(`${origin}/`, { headers: DOCUMENT })).status).toBe(200);
    const answer = await send(`${origin}/profile`, { headers: DOCUMENT });
    expect(answer.status).toBe(307);
    const url = new URL(answer.headers.get('location') ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(
      'https://my-app.auth.us-west-2.amazoncognito.com/oauth2/authorize',
    );
    expect(url.searchParams.get('client_id')).toBe(REAL.COGNITO_CLIENT_ID);
    expect(url.searchParams.get('redirect_uri')).toBe(REAL.COGNITO_REDIRECT_URI);
  });
});

describe('a site with an invalid environment', () => {
  const WRONG = {
    ...REAL,
    COGNITO_REGION: 'oregon',
    COGNITO_CLIENT_ID: '',
    SESSION_SECRET: 'short-one',
  };

  test('answers everything with a 503 that reveals nothing to a visitor', async () => {
    await start(WRONG);
    for (const path of ['/', '/profile', '/login', '/logout', '/nothing']) {
      const page = await send(`${origin}${path}`, { headers: DOCUMENT });
      expect(page.status).toBe(503);
      expect(page.body).not.toMatch(/COGNITO|SESSION_SECRET|oregon/);
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
      expect(page.setCookies).toEqual([]);
    }
    const api = await send(`${origin}/api/me`, { headers: FETCH });
    expect(api.status).toBe(503);
    expect(JSON.parse(api.body)).toEqual({ error: 'not_configured' });
  });

  test('answers a form and a HEAD request in the same way, and a Server Action with a text', async () => {
    const { output } = await start(WRONG);
    const ask = (method: string, headers: Record<string, string>) =>
      send(`${origin}/profile`, { method, headers, ...(method === 'POST' && { body: 'a=1' }) });
    const form = await ask('POST', DOCUMENT);
    const head = await ask('HEAD', DOCUMENT);
    const action = await ask('POST', { ...FETCH, 'next-action': '7f'.repeat(21) });
    expect(form.body).toMatch(/^<!doctype html>.*Not available/s);
    expect(head.body).toBe('');
    expect(action.body).toMatch(/^This site is not set up correctly/);
    expect(action.headers.get('content-type')).toBe('text/plain');
    for (const { status, headers } of [form, head, action]) {
      expect([status, headers.get('cache-control')]).toEqual([503, 'private, no-store']);
      expect(headers.get('content-security-policy')).toContain("'nonce-");
    }
    const lines = output().split('\n');
    expect(lines.filter((line) => line.includes('"type":"configuration"'))).toHaveLength(3);
  });

  test('shows the same page at the address of that page as anywhere else', async () => {
    await start(WRONG);
    const own = await send(`${origin}/not-configured`, { headers: DOCUMENT });
    expect(own.status).toBe(503);
    expect(own.body).toContain('Not available');
    expect(own.body).not.toMatch(/COGNITO|SESSION_SECRET|oregon/);
    expect((await send(`${origin}/not-configured`, { headers: FETCH })).status).toBe(503);
  });
});

test('a configured site has no set-up page, and shows a visitor no sign of it', async () => {
  const site = await startInProcess();
  try {
    const visitor = await send(`${site.origin}/not-configured`, { headers: DOCUMENT });
    expect(visitor.status).toBe(307);
    const bob = createVisitor(site.origin);
    await bob.signIn('bob');
    const { status, body } = await bob.open('/not-configured');
    expect([status, body]).toEqual([404, '']);
  } finally {
    await site.close();
  }
});

test('a first deploy without any setting shows what to set, and nothing else', async () => {
  await start({});
  const page = await send(`${origin}/`, { headers: DOCUMENT });
  expect(page.status).toBe(503);
  for (const name of ['COGNITO_USER_POOL_ID', 'COGNITO_REDIRECT_URI', 'SESSION_SECRET']) {
    expect(page.body).toContain(name);
  }
  const count = page.body.match(/<dt>/g)?.length;
  expect(page.body).toContain(`Set ${count} environment variables`);
  expect(page.body).toContain('npm run dev');
  expect(page.body).not.toMatch(/deployed|node_modules|\/home\/|\/root\/|at .*:\d+/);
});

test('a first deploy on Vercel shows the two URLs to register, and not the host of the request', async () => {
  await start({
    VERCEL_ENV: 'production',
    VERCEL_URL: 'my-app-abc123.vercel.app',
    VERCEL_PROJECT_PRODUCTION_URL: 'my-app.example.com',
  });
  const headers = { ...DOCUMENT, 'x-forwarded-host': 'evil.example' };
  const page = await send(`${origin}/`, { headers });
  expect(page.status).toBe(503);
  for (const url of ['https://my-app.example.com/login', 'https://my-app.example.com/']) {
    expect(page.body).toContain(`<code>${url}</code>`);
  }
  expect(page.body).not.toMatch(/evil\.example|abc123|COGNITO_REDIRECT_URI/);
});

const ask = async (path: string, method = 'GET') => {
  const { status, body, headers, setCookies } = await send(`${origin}${path}`, { method });
  expect(setCookies).toEqual([]);
  expect(headers.get('cache-control')).toBe('private, no-store');
  return { status, body: body === '' ? undefined : JSON.parse(body) };
};

test('a configured site is alive and ready, without a call to the user pool', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  await start(REAL);
  expect(await ask('/healthz')).toEqual({ status: 200, body: { status: 'alive', ready: true } });
  expect(await ask('/healthz', 'HEAD')).toEqual({ status: 200, body: undefined });
  expect(await ask('/healthz/ready')).toEqual({ status: 200, body: { status: 'ready' } });
  expect((await send(`${origin}/healthz`, { method: 'POST' })).status).toBe(405);
  expect(fetched).not.toHaveBeenCalled();
  fetched.mockRestore();
});

test('a site that is not configured is alive and not ready, and does not say why', async () => {
  await start({ COGNITO_REGION: 'oregon' });
  expect(await ask('/healthz')).toEqual({ status: 200, body: { status: 'alive', ready: false } });
  expect(await ask('/healthz/ready')).toEqual({ status: 503, body: { status: 'not_ready' } });
});
