/** What is different in OpenNext's server function. Run by `run.ts`, in a copy. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comeBack } from '@/tests/support/expired';
import { type RunningSite, startSite } from '@/tests/support/site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '@/tests/support/visitor';

let site: RunningSite;
let bob: Visitor;
beforeAll(async () => {
  site = await startSite();
  bob = createVisitor(site.origin);
  await bob.signIn('bob');
});
afterAll(() => site.close());

test('a page has one policy, with its own nonce, whatever next.config.js says', async () => {
  const { headers, body } = await bob.open('/profile');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).not.toMatch(/default-src 'none'|,/);
  const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? [];
  expect(body).toContain(`<script nonce="${nonce}"`);
});

test('Back to a private page after a sign-out arrives in Safari: the redirect has no opener policy', async () => {
  const policyOf = async (visitor: Visitor) =>
    (await visitor.open('/profile')).headers.get('cross-origin-opener-policy');
  expect(await policyOf(bob)).toBe('same-origin');
  expect(await policyOf(createVisitor(site.origin))).toBeNull();
});

test('a page for a group, and everything below it, is a 403 for other users', async () => {
  for (const path of ['/admin', '/admin/deep']) {
    const { status, body } = await bob.open(path);
    expect(status, path).toBe(403);
    expect(body).toContain('You do not have access to this page');
  }
  expect((await bob.open('/admin.segments/_tree.segment.rsc')).status).toBe(403);
});

test('Next’s own pages for errors are the site’s own 404', async () => {
  for (const path of ['/404', '/500', '/_error', '/nothing-here']) {
    expect((await bob.open(path)).status, path).toBe(404);
  }
});

test('a sign-in starts at once at the site’s host, and at another host leads there first', async () => {
  const visitor = createVisitor(site.origin);
  expect((await visitor.open('/profile')).headers.get('location')).toContain('/oauth2/authorize');
  const other = await visitor.open('/profile', {
    ...DOCUMENT,
    host: 'd111111abcdef8.cloudfront.net',
  });
  expect(other.headers.get('location')).toBe(`${site.origin}/login?returnTo=%2Fprofile`);
});

test('with rotation and a grace period, twenty requests with one expired session all get their page', async () => {
  site.pool.changeClient({ rotation: { graceSeconds: 60 } });
  const visitor = await comeBack(site);
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, () => visitor.clone().open('/api/me', FETCH)),
    ...Array.from({ length: 10 }, () => visitor.clone().open('/profile')),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  site.pool.changeClient({ rotation: undefined });
});
