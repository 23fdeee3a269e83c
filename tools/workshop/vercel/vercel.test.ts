/** What is different on Vercel, and what the middleware costs there. Run by `run.ts`, in a copy. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeBack } from '@/tests/support/expired';
import type { Answer } from '@/tests/support/http';
import { type RunningSite, startSite } from '@/tests/support/site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '@/tests/support/visitor';

const instances = Number(process.env.HOST_INSTANCES);

let site: RunningSite;
let bob: Visitor;
beforeAll(async () => {
  site = await startSite();
  bob = createVisitor(site.origin);
  await bob.signIn('bob');
});
afterAll(() => site.close());

const measuredOf = ({ headers }: Answer) => JSON.parse(headers.get('x-measured') ?? '{}');

describe('a page', () => {
  test('has one policy, with its own nonce, whatever next.config.js says', async () => {
    const { headers, body } = await bob.open('/profile');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/default-src 'none'|,/);
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? [];
    expect(body).toContain(`<script nonce="${nonce}"`);
  });

  test('of Next’s own for errors is the site’s own 404', async () => {
    for (const path of ['/404', '/500', '/_error', '/_global-error', '/nothing-here']) {
      const { status, body, headers } = await bob.open(path);
      expect(status, path).toBe(404);
      expect(body, path).toContain('nonce="');
      expect(headers.get('cache-control'), path).toBe('private, no-store');
    }
  });

  test('for a group is closed at the other addresses of its parts, too', async () => {
    for (const part of ['_tree', '_full', '_index', 'admin/__PAGE__']) {
      const path = `/admin.segments/${part}.segment.rsc`;
      expect((await bob.open(path, { ...FETCH, rsc: '1' })).status, path).toBe(403);
    }
    expect((await bob.open('/admin.rsc', { ...FETCH, rsc: '1' })).status).toBe(403);
    expect((await bob.open('/profile.rsc', { ...FETCH, rsc: '1' })).status).toBe(200);
  });

  test('that the build rendered is public, and no cookie comes with it', async () => {
    for (const visitor of [bob, createVisitor(site.origin)]) {
      const { status, headers, setCookies } = await visitor.open('/privacy');
      expect([status, setCookies]).toEqual([200, []]);
      expect(headers.get('content-security-policy')).toContain("'sha256-");
    }
  });
});

test('Back to a private page after a sign-out arrives in Safari: the redirect has no opener policy', async () => {
  const policyOf = async (visitor: Visitor) =>
    (await visitor.open('/profile')).headers.get('cross-origin-opener-policy');
  expect(await policyOf(bob)).toBe('same-origin');
  expect(await policyOf(createVisitor(site.origin))).toBeNull();
});

test('a sign-in at another host of the deployment starts at the site’s own', async () => {
  const headers = { ...DOCUMENT, host: 'my-app-abc123.vercel.app' };
  for (const path of ['/profile', '/login?returnTo=%2Fprofile']) {
    const answer = await createVisitor(site.origin).open(path, headers);
    expect(answer.status).toBe(307);
    const { origin, pathname, searchParams } = new URL(answer.headers.get('location') ?? '');
    expect([origin, pathname]).toEqual([site.origin, '/login']);
    expect(searchParams.get('returnTo')).toBe('/profile');
  }
});

test('with rotation and a grace period, fifty requests with one expired session all get their page', async () => {
  site.pool.changeClient({ rotation: { graceSeconds: 60 } });
  const visitor = await comeBack(site);
  const before = site.pool.requests().filter(({ grantType }) => grantType === 'refresh_token');
  const answers = await Promise.all([
    ...Array.from({ length: 25 }, () => visitor.clone().open('/api/me', FETCH)),
    ...Array.from({ length: 25 }, () => visitor.clone().open('/profile')),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const after = site.pool.requests().filter(({ grantType }) => grantType === 'refresh_token');
  // One for each instance of the middleware at most: pages never refresh.
  expect(after.length - before.length).toBeLessThanOrEqual(instances);
  site.pool.changeClient({ rotation: undefined });
});

describe('the middleware', () => {
  const measure = async (visitor: Visitor, path = '/profile') => {
    const answer = await visitor.open(path);
    return { status: answer.status, ...measuredOf(answer) };
  };

  test('starts fast, and is small', async () => {
    const code = readFileSync('.next/output/functions/_middleware.func/index.js');
    expect(gzipSync(code).length).toBeLessThanOrEqual(95_000);
    // 50 to 80 ms on two idle cores.
    expect((await measure(bob)).coldStart).toBeLessThan(500);
  });

  test('calls Web Crypto as rarely as it can', async () => {
    // Each instance opens and verifies a session once.
    for (let each = 0; each < 4 * instances; each++) await measure(bob);
    expect(await measure(bob)).toMatchObject({ status: 200, cryptoCalls: 0 });
    const start = await measure(createVisitor(site.origin));
    expect(start.status).toBe(307);
    expect(start.cryptoCalls).toBeLessThanOrEqual(7);
    const alice = createVisitor(site.origin);
    await alice.reachCallback('alice').then((callback) => alice.open(callback));
    expect((await measure(alice)).cryptoCalls).toBeLessThanOrEqual(9);
  });

  test('answers a refresh with few bytes, and few calls', async () => {
    const refreshed = await measure(await comeBack(site));
    expect(refreshed.status).toBe(200);
    expect(refreshed.cryptoCalls).toBeLessThanOrEqual(16);
    expect(refreshed.bytes).toBeGreaterThan(4000);
    expect(refreshed.bytes).toBeLessThanOrEqual(15_000);
  });
});
