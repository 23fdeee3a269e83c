import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE_PATHS, withoutRandom } from '../support/hostile-paths';
import { type Answer, send } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, DOCUMENT, type Visitor } from '../support/visitor';

let site: InProcessSite;
let alice: Visitor;
beforeAll(async () => {
  site = await startInProcess();
  alice = createVisitor(site.origin);
  await alice.signIn('alice');
});
afterAll(() => site.close());

/** Headers that claim that this site has another host. */
const ELSEWHERE = {
  host: 'evil.example',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '444',
  'x-forwarded-prefix': '//evil.example',
  forwarded: 'host=evil.example;proto=https',
  'x-original-url': '//evil.example',
  'x-rewrite-url': 'https://evil.example/',
  referer: 'https://evil.example/profile',
};
const QUERY = ['returnTo', 'redirect_uri', 'logout_uri', 'client_id', 'next', 'url', 'iss'].map(
  (name) => [name, 'https://evil.example/'],
);
const HOSTILE_QUERY = `?${new URLSearchParams(QUERY)}`;

/** The paths that fit into a request line. */
const TARGETS = HOSTILE_PATHS.filter((path) => /^\/[\x21-\x7e]{0,8000}$/.test(path)).map(
  (path) => [path.slice(0, 60), path] as const,
);

/** A response may only redirect to this site or to the hosted UI, as configured. */
function expectOurs({ status, headers }: Answer): URL | undefined {
  const location = headers.get('location');
  const refresh = headers.get('refresh')?.replace(/^\d+;url=/, '') ?? location;
  expect(refresh).toBe(location);
  expect(status >= 300 && status < 400).toBe(location !== null);
  if (location === null) return undefined;
  // Also resolve it on another origin: a browser resolves a relative location by its request's URL.
  const readings = [site.origin, 'https://a.example'].map((base) => new URL(location, base));
  const { COGNITO_DOMAIN } = site.environment;
  expect([site.origin, COGNITO_DOMAIN]).toContain(readings[0]?.origin);
  expect([site.origin, COGNITO_DOMAIN, 'https://a.example']).toContain(readings[1]?.origin);
  if (readings[0]?.origin === COGNITO_DOMAIN) expect(withoutRandom(location)).not.toContain('evil');
  return readings[0];
}

function expectHostedUi(answer: Answer): void {
  const url = expectOurs(answer);
  expect(`${url?.origin}${url?.pathname}`).toBe(
    `${site.environment.COGNITO_DOMAIN}/oauth2/authorize`,
  );
  expect(url?.searchParams.getAll('redirect_uri')).toEqual([`${site.origin}/login`]);
}

describe('whatever a request says about the host', () => {
  test.each(['/login', '/login/', '/profile', '/nothing-here', '/refresh'])(
    '%s leads to /login of this site, and from there to the hosted UI, to return here',
    async (path) => {
      const headers = { ...DOCUMENT, ...ELSEWHERE };
      const nobody = createVisitor(site.origin);
      const start = expectOurs(await nobody.open(`${path}${HOSTILE_QUERY}`, headers));
      expect(`${start?.origin}${start?.pathname}`).toBe(`${site.origin}/login`);
      expectHostedUi(await nobody.open(`/login?moved&${start?.searchParams}`, headers));
    },
  );

  test('a callback that succeeds leads to the page, on the configured origin', async () => {
    const visitor = createVisitor(site.origin);
    const callback = await visitor.reachCallback('alice', '/profile?next=//evil.example');
    const answer = await visitor.open(callback, { ...DOCUMENT, ...ELSEWHERE });
    const page = expectOurs(answer);
    expect(`${page?.origin}${page?.pathname}`).toBe(`${site.origin}/profile`);
    expect(page?.searchParams.get('next')).toBe('//evil.example');
    const again = await visitor.open(callback, { ...DOCUMENT, ...ELSEWHERE });
    expect(again.status).toBe(303);
    expect(expectOurs(again)?.origin).toBe(site.origin);
  });

  test('a sign-out leads to the configured URL', async () => {
    const form = Object.fromEntries(QUERY);
    const visitor = createVisitor(site.origin);
    await visitor.signIn('alice');
    const answer = await visitor.post(`/logout${HOSTILE_QUERY}`, form, ELSEWHERE);
    expect(answer.status).toBe(303);
    const url = expectOurs(answer);
    expect(`${url?.origin}${url?.pathname}`).toBe(`${site.environment.COGNITO_DOMAIN}/logout`);
    expect([...(url?.searchParams ?? [])]).toEqual([
      ['client_id', site.environment.COGNITO_CLIENT_ID],
      ['logout_uri', `${site.origin}/`],
    ]);
  });

  test('HEAD and a form by a signed-out visitor lead to /login, and back to this site', async () => {
    const nobody = createVisitor(site.origin);
    const form = await nobody.post('/profile', {}, ELSEWHERE);
    expect(form.headers.get('location')).toBe(`${site.origin}/login?returnTo=%2F`);
    const head = await send(`${site.origin}/profile`, {
      method: 'HEAD',
      headers: { ...DOCUMENT, ...ELSEWHERE },
    });
    expect(head.headers.get('location')).toBe(`${site.origin}/login?returnTo=%2Fprofile`);
  });
});

describe('whatever a form says about its page', () => {
  test.each([
    'https://evil.example/profile',
    'https://evil.example//profile',
    '//evil.example/profile',
    'javascript:alert(1)',
    'data:text/html,x',
    'null',
    'ORIGIN@evil.example/profile',
    'ORIGIN.evil.example/profile',
    'blob:ORIGIN/profile',
    'ORIGIN//evil.example',
    'ORIGIN/\\evil.example',
    'ORIGIN/.//evil.example',
    'ORIGIN/logout',
    'ORIGIN/login?returnTo=//evil.example',
  ])('%s: a refresh leads to the front page', async (value) => {
    const referer = value.replace('ORIGIN', site.origin);
    const headers = { referer, 'x-forwarded-host': 'evil.example' };
    const signedIn = await alice.post('/refresh', {}, headers);
    expect(expectOurs(signedIn)?.href).toBe(`${site.origin}/`);
    const signedOut = await createVisitor(site.origin).post('/refresh', {}, headers);
    expect(expectOurs(signedOut)?.href).toBe(`${site.origin}/login?returnTo=%2F`);
  });
});

describe('whatever path is requested', () => {
  test.each(TARGETS)('%s', async (_, path) => {
    const { origin } = site;
    for (const headers of [DOCUMENT, { ...DOCUMENT, ...ELSEWHERE }]) {
      expectOurs(await send(origin, { path, headers }));
      expectOurs(await send(origin, { path, headers, method: 'HEAD' }));
      expectOurs(await send(origin, { path, headers: { ...headers, origin }, method: 'POST' }));
    }
  });

  test('and whatever the query contains', async () => {
    const nobody = createVisitor(site.origin);
    for (const value of HOSTILE_PATHS.filter(({ length }) => length < 2000)) {
      const query = new URLSearchParams({ returnTo: value, 'session-again': value });
      nobody.cookies.clear();
      expectHostedUi(await nobody.open(`/login?${query}`));
      expect(expectOurs(await nobody.open(`/profile?${query}`))).toBeDefined();
    }
  });
});

describe('the page of a failed sign-in', () => {
  test.each([
    'error=access_denied',
    'error=https://evil.example',
    'code=x',
    'code=x&state=//evil.example&returnTo=//evil.example',
    'error=x&state=y&error_uri=https://evil.example&error_description=<a href=//evil.example>',
  ])('%s: its links stay on this site', async (query) => {
    const headers = { ...DOCUMENT, ...ELSEWHERE };
    const page = await createVisitor(site.origin).open(`/login?${query}`, headers);
    expect(page.status).toBe(400);
    expectOurs(page);
    expect(page.body).not.toContain('evil');
    expect([...new Set(links(page.body))]).toEqual(['/icon.svg', '/', '/login?returnTo=%2F']);
  });

  test('leads to the requested page, if it is on this site', async () => {
    const visitor = createVisitor(site.origin);
    const declined = async (path: string) => {
      const start = await visitor.open(path);
      const state = new URL(start.headers.get('location') ?? '').searchParams.get('state');
      const page = await visitor.open(`/login?error=access_denied&state=${state}`);
      return links(page.body).find((address) => address.startsWith('/login'));
    };
    expect(await declined('/login?returnTo=//evil.example')).toBe('/login?returnTo=%2F');
    expect(await declined('/login?returnTo=/profile')).toBe('/login?returnTo=%2Fprofile');
  });
});

/** All links in a page, in order. */
function links(html: string): string[] {
  return [...html.matchAll(/\s(?:href|action|src)="([^"]*)"/g)].map(([, address = '']) => address);
}
