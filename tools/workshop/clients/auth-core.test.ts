import { Auth, type AuthConfig } from '@auth/core';
import Cognito from '@auth/core/providers/cognito';
import { describe, expect, test } from 'vitest';
import type { ServedPool } from '@/lib/local-pool/src/serve';
import { type CookieJar, createJar } from '@/lib/local-pool/src/testing';
import { BOB, signInAt } from './hosted-ui';
import { CONFIDENTIAL, PUBLIC, servePool } from './served-pool';

const SITE = 'http://localhost:3000';
const CALLBACK = `${SITE}/auth/callback/cognito`;

/** A user pool whose app clients have Auth.js's callback URL. */
function servePoolForAuth(protocol?: 'https' | 'http'): Promise<ServedPool> {
  const clients = [CONFIDENTIAL, PUBLIC].map((one) => ({ ...one, redirectUris: [CALLBACK] }));
  return servePool({ clients }, protocol);
}

/** Auth.js's own options for its provider; the rest have their defaults. */
type ProviderOptions = Partial<Parameters<typeof Cognito>[0]>;

/** A site with Auth.js, and one browser. */
function createSite({ pool }: ServedPool, options: ProviderOptions = {}) {
  const signIns: Parameters<NonNullable<NonNullable<AuthConfig['events']>['signIn']>>[0][] = [];
  const faults: string[] = [];
  const { clientId, clientSecret = '' } = CONFIDENTIAL;
  const config: AuthConfig = {
    basePath: '/auth',
    secret: 'a-secret-of-this-test-0123456789-abcdef',
    trustHost: true,
    providers: [Cognito({ clientId, clientSecret, issuer: pool.settings.issuer, ...options })],
    events: { signIn: (message) => void signIns.push(message) },
    logger: { error: (error) => void faults.push(error.name) },
  };

  const jar = createJar(SITE);
  const visit = async (url: URL | string, form?: Record<string, string>): Promise<Response> => {
    const body = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const request = new Request(new URL(url, SITE), {
      ...body,
      headers: { cookie: jar.cookie(SITE) },
    });
    const response = await Auth(request, config);
    jar.store(SITE, response.headers.getSetCookie());
    return response;
  };
  return { visit, jar, signIns, faults };
}

type Site = ReturnType<typeof createSite>;

/** Presses the sign-in button; returns the URL that the browser is redirected to. */
async function pressSignIn({ visit }: Site): Promise<URL> {
  const { csrfToken } = Object(await (await visit('/auth/csrf')).json());
  const answer = await visit('/auth/signin/cognito', { csrfToken, callbackUrl: SITE });
  return new URL(answer.headers.get('location') ?? 'missing:');
}

const session = async ({ visit }: Site): Promise<unknown> => (await visit('/auth/session')).json();

/** Makes both jars send the same cookies, like a browser that opens a URL twice before the first response arrives. */
function copyCookies(from: CookieJar, to: CookieJar): void {
  to.store(SITE, from.cookie(SITE).split('; '));
}

describe('Auth.js with its Cognito provider', () => {
  test.each(['https', 'http'] as const)(
    'signs alice in over %s, and its session has her name and email address',
    async (protocol) => {
      const site = createSite(await servePoolForAuth(protocol));
      expect(await session(site)).toBeNull();
      const authorize = await pressSignIn(site);
      expect(authorize.searchParams.get('code_challenge_method')).toBe('S256');

      const answer = await site.visit(await signInAt(authorize));
      expect(answer.headers.get('location')).toBe(SITE);
      expect(await session(site)).toMatchObject({
        user: { name: 'Alice Archer', email: 'alice@example.com' },
      });
      expect(site.faults).toEqual([]);
    },
  );

  test('passes the tokens and the ID token’s claims to the site', async () => {
    const site = createSite(await servePoolForAuth());
    await site.visit(await signInAt(await pressSignIn(site)));
    const [{ account, profile } = {}] = site.signIns;
    expect(account).toMatchObject({ type: 'oidc', provider: 'cognito', expires_in: 3600 });
    expect(account?.refresh_token).toMatch(/^eyJ/);
    expect(profile).toMatchObject({ 'cognito:groups': ['admin'], email_verified: true });
    expect(account?.providerAccountId).toBe(profile?.sub);
  });

  test('signs in with state and nonce in addition to PKCE', async () => {
    const site = createSite(await servePoolForAuth(), { checks: ['pkce', 'state', 'nonce'] });
    const authorize = await pressSignIn(site);
    await site.visit(await signInAt(authorize, BOB));
    expect(await session(site)).toMatchObject({ user: { name: 'Bob Baker' } });
    expect(site.signIns[0]?.profile?.nonce).toBe(authorize.searchParams.get('nonce'));
  });

  test.each(['client_secret_post', 'client_secret_basic'])('signs in with %s', async (method) => {
    const client = { token_endpoint_auth_method: method };
    const site = createSite(await servePoolForAuth(), { client });
    await site.visit(await signInAt(await pressSignIn(site)));
    expect(await session(site)).toMatchObject({ user: { name: 'Alice Archer' } });
  });

  test('signs in as the public client, without a secret', async () => {
    const site = createSite(await servePoolForAuth(), {
      clientId: PUBLIC.clientId,
      client: { token_endpoint_auth_method: 'none' },
    });
    await site.visit(await signInAt(await pressSignIn(site)));
    expect(await session(site)).toMatchObject({ user: { name: 'Alice Archer' } });
  });

  test('signs out of the site only', async () => {
    const site = createSite(await servePoolForAuth());
    await site.visit(await signInAt(await pressSignIn(site)));
    const { csrfToken } = Object(await (await site.visit('/auth/csrf')).json());
    await site.visit('/auth/signout', { csrfToken });
    expect(await session(site)).toBeNull();
  });
});

describe('Auth.js fails to sign in', () => {
  const isErrorPage = (answer: Response) =>
    expect(answer.headers.get('location')).toContain(`${SITE}/auth/error?error=`);

  test('with a callback that has the wrong state', async () => {
    const site = createSite(await servePoolForAuth(), { checks: ['pkce', 'state'] });
    const callback = await signInAt(await pressSignIn(site));
    callback.searchParams.set('state', 'another');
    isErrorPage(await site.visit(callback));
    expect(await session(site)).toBeNull();
  });

  test('with the callback of another user’s sign-in', async () => {
    const served = await servePoolForAuth();
    const [victim, attacker] = [createSite(served), createSite(served)];
    await pressSignIn(victim);
    isErrorPage(await victim.visit(await signInAt(await pressSignIn(attacker), BOB)));
    expect(await session(victim)).toBeNull();
  });

  test('with a callback that is opened twice: the code has already been used', async () => {
    const served = await servePoolForAuth();
    const [site, twin] = [createSite(served), createSite(served)];
    const callback = await signInAt(await pressSignIn(site));
    copyCookies(site.jar, twin.jar);
    await site.visit(callback);
    isErrorPage(await twin.visit(callback));
    expect(await session(twin)).toBeNull();
    const atToken = served.pool.requests().filter(({ path }) => path === '/oauth2/token');
    expect(atToken.map(({ status }) => status)).toEqual([200, 400]);
  });

  test('with a wrong client secret', async () => {
    const site = createSite(await servePoolForAuth(), { clientSecret: 'wrong' });
    isErrorPage(await site.visit(await signInAt(await pressSignIn(site))));
    expect(await session(site)).toBeNull();
  });
});
