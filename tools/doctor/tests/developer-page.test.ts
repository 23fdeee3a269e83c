import { NextFetchEvent } from 'next/dist/server/web/spec-extension/fetch-event';
import { NextRequest } from 'next/server';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { access } from '@/lib/access';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import configuration from '@/next.config';

let pool: TestPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.close());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The middleware's response when a signed-out visitor opens the page. */
async function open(mode: 'development' | 'production', env: Record<string, string>) {
  vi.resetModules();
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('COGNITO_')) vi.stubEnv(name, undefined);
  }
  vi.stubEnv('NODE_ENV', mode);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const { createGuard } = await import('@/lib/cognito/guard');
  const guard = createGuard(access);
  const headers = { accept: 'text/html', 'sec-fetch-dest': 'document' };
  const request = new NextRequest(`${pool.site}/doctor`, { headers });
  const context = { waitUntil: () => {} };
  return await guard(request, new NextFetchEvent({ request, page: '/', context }));
}

const isPassed = (response: Response) => response.headers.get('x-middleware-next') === '1';

describe('the doctor’s page', () => {
  test('opens for a signed-out visitor in development', async () => {
    expect(isPassed(await open('development', pool.environment()))).toBe(true);
  });

  test('opens even while a setting is missing', async () => {
    const { COGNITO_CLIENT_ID: _, ...env } = pool.environment();
    expect(isPassed(await open('development', env))).toBe(true);
  });

  test('is private in production, like every page that is not listed', async () => {
    const answer = await open('production', pool.environment());
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toContain(`${pool.origin}/oauth2/authorize`);
  });

  test('is a page of next dev only', () => {
    const development = configuration('phase-development-server');
    expect(development).toHaveProperty('pageExtensions', expect.arrayContaining(['dev.tsx']));
    for (const phase of ['phase-production-build', 'phase-production-server', 'phase-export']) {
      expect(configuration(phase)).not.toHaveProperty('pageExtensions');
    }
  });
});

describe('the error page of a failed sign-in', () => {
  test.each([
    ['development', true],
    ['production', false],
  ] as const)('in %s links to the doctor: %s', async (mode, leads) => {
    vi.stubEnv('NODE_ENV', mode);
    const { signInErrorPage } = await import('@/lib/cognito/responses/sign-in-pages');
    const { CognitoError } = await import('@/lib/cognito/protocol/errors');
    const look = { nonce: 'n', theme: undefined, reference: 'ABCDEFGH' };
    const error = new CognitoError('client_rejected', 'invalid_client');
    const page = await signInErrorPage(error, look, '/login').text();
    expect(page.includes('href="/doctor"')).toBe(leads);
  });
});
