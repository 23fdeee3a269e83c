/** The middleware's response to each kind of request, in each state of the site. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeBack } from '../support/expired';
import { type Answer, send } from '../support/http';
import {
  type InProcessSite,
  type Instance,
  startInProcess,
  startInstance,
} from '../support/in-process';
import { DOCUMENT, FETCH, type Visitor } from '../support/visitor';

let site: InProcessSite;
let down: InProcessSite;
let unset: Instance;
beforeAll(async () => {
  [site, down] = await Promise.all([startInProcess(), startInProcess()]);
  down.pool.fault('/oauth2/token', { status: 500 });
  unset = await startInstance({ ...site.environment, COGNITO_REGION: 'nowhere' });
});
afterAll(() => Promise.all([site?.close(), down?.close(), unset?.close()]));

type Kind = readonly [method: string, headers: Record<string, string>];
/** One request of each kind. */
const KINDS = {
  document: ['GET', DOCUMENT],
  'document, by Accept alone': ['GET', { accept: 'text/html,*/*' }],
  HEAD: ['HEAD', DOCUMENT],
  router: ['GET', { ...FETCH, 'next-url': '/' }],
  form: ['POST', DOCUMENT],
  fetch: ['GET', FETCH],
  iframe: ['GET', { ...DOCUMENT, 'sec-fetch-dest': 'iframe' }],
  prerender: ['GET', { ...DOCUMENT, 'sec-purpose': 'prefetch;prerender' }],
  PUT: ['PUT', DOCUMENT],
} satisfies Record<string, Kind>;

/** The status, the location, and the names of the cookies. */
function summary({ status, headers, setCookies }: Answer): string {
  const location = headers.get('location');
  const url = location === null ? undefined : new URL(location, site.origin);
  const place = url?.searchParams.has('session-again') ? 'again' : url?.pathname;
  const cookies = setCookies.map((line) => line.replace(/[-=].*/s, ''));
  return [status, place, ...cookies].filter((part) => part !== undefined).join(' ');
}

const ask = (origin: string, [method, headers]: Kind, cookie?: string) =>
  send(`${origin}/profile`, {
    method,
    headers: { ...headers, ...(cookie && { cookie, origin }) },
  });

test('an error page has no address: a client that writes the middleware’s header gets none', async () => {
  const user = await comeBack(site);
  const asked = { 'x-refusal': 'page=foreign' };
  for (const path of ['/refused', '/refused/']) {
    const url = `${site.origin}${path}`;
    expect((await send(url, { headers: { ...DOCUMENT, ...asked } })).status).toBe(307);
    const { status, body } = await user.open(path, asked);
    expect([status, body.includes('another site')]).toEqual([404, false]);
  }
});

describe.each<[keyof typeof KINDS, string, string, string, string]>([
  // kind, signed out, session ended, pool down, not configured
  ['document', '307 /oauth2/authorize signin', '307 again', '503', '503'],
  ['document, by Accept alone', '307 /oauth2/authorize signin', '307 again', '503', '503'],
  ['HEAD', '307 /login', '307 /login', '503', '503'],
  ['router', '200', '200', '200', '200'],
  ['form', '303 /login', '303 again', '503', '503'],
  ['fetch', '401', '401', '503', '503'],
  ['iframe', '401', '401', '503', '503'],
  ['prerender', '401', '401', '503', '503'],
  ['PUT', '401', '401', '503', '503'],
])('a %s', (kind, signedOut, over, outage, notSetUp) => {
  const request = KINDS[kind];

  test(`from a signed-out visitor: ${signedOut}`, async () => {
    expect(summary(await ask(site.origin, request))).toBe(signedOut);
  });

  test(`with a session that has ended: ${over}`, async () => {
    const visitor = await comeBack(site);
    site.pool.revokeAll('alice');
    expect(summary(await ask(site.origin, request, visitor.cookieHeader()))).toBe(over);
  });

  test(`while the user pool is down: ${outage}`, async () => {
    const visitor = await comeBack(down);
    const answer = await ask(down.origin, request, visitor.cookieHeader());
    expect(summary(answer)).toBe(outage);
    if (kind === 'router') expect(answer.body).toBe('');
  });

  test(`to a site that is not configured: ${notSetUp}`, async () => {
    expect(summary(await ask(unset.origin, request))).toBe(notSetUp);
  });

  test('is never cached, and gets its own policy with a new nonce', async () => {
    const answers = [await ask(site.origin, request), await ask(site.origin, request)];
    const policies = answers.map(({ headers }) => headers.get('content-security-policy'));
    expect(policies[0]).toContain("'nonce-");
    expect(policies[0]).not.toBe(policies[1]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('private, no-store');
    }
  });
});

describe('a page or route gets from the middleware', () => {
  let alice: Visitor;
  beforeAll(async () => {
    alice = await comeBack(site, { ago: 10 });
  });

  test('the reference and nonce of the request, and no forged ones', async () => {
    const forged = { ...DOCUMENT, 'x-nonce': 'forged', 'x-reference': 'FFFFFFFF' };
    const page = await alice.open('/forbidden?group=admin', forged);
    expect(page.body).toMatch(/Reference: <code>[0-9A-HJKMNP-TV-Z]{8}</);
    expect(page.body).not.toContain('FFFFFFFF');
    const { body, headers } = await alice.open('/logout', forged);
    const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1];
    expect(body).toContain(`nonce="${nonce}"`);
    expect(body).not.toContain('forged');
  });

  test('nothing of a session that has ended', async () => {
    const visitor = await comeBack(site);
    site.pool.revokeAll('alice');
    expect((await visitor.open('/')).body).toContain('You are signed out.');
  });
});

test('a method that no page can have is a 405, and so is writing to a file', async () => {
  expect((await send(`${site.origin}/`, { method: 'PROPFIND' })).status).toBe(405);
  expect((await send(`${site.origin}/icon.svg`, { method: 'POST' })).status).toBe(405);
});
