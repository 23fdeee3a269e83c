/** What the guard passes to the page, which no request can change, and to the browser. */

import { gzipSync } from 'node:zlib';
import { type NextFetchEvent, NextRequest } from 'next/server';
import { expect, test } from 'vitest';

import { createGuard } from '@/lib/cognito/guard';
import { HANDED } from '@/lib/cognito/memory/hand-over';
import { access } from '../support/choices';
import { ENV } from './support';

// Read at the first request.
Object.assign(process.env, ENV);

async function ask(headers: Record<string, string>, path = '/') {
  const request = new NextRequest(`https://example.com${path}`, { headers });
  const event: NextFetchEvent = Object.create(null, { waitUntil: { value: () => {} } });
  const answer = await createGuard(access)(request, event);
  return { answer, given: (name: string) => answer.headers.get(`x-middleware-request-${name}`) };
}

test('the page gets the policy, nonce and reference of its response, and none that the client sent', async () => {
  const forged = { 'x-nonce': 'forged', 'x-reference': 'FFFFFFFF' };
  const policy = { 'content-security-policy': "script-src 'nonce-forged'" };
  const { answer, given } = await ask({ ...forged, ...policy });
  expect(given('content-security-policy')).toBe(answer.headers.get('content-security-policy'));
  expect(given('content-security-policy')).toContain(`'nonce-${given('x-nonce')}'`);
  expect(given('x-nonce')).not.toBe('forged');
  expect(given('x-reference')).toMatch(/^(?!F{8})[0-9A-Z]{8}$/);
});

test('the page gets all cookies except those of an invalid session', async () => {
  const cookies = ['session=over', 'session.0=over', 'theme=dark', 'sessions=of-the-app'];
  const cookie = cookies.map((each) => `__Host-${each}`).join('; ');
  const { answer, given } = await ask({ cookie });
  expect(given('cookie')).toBe('__Host-theme=dark; __Host-sessions=of-the-app');
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('the page gets no opened session that the client sent', async () => {
  for (const cookie of ['', '__Host-session=over']) {
    expect((await ask({ [HANDED]: '1.2.3', cookie })).given(HANDED)).toBeNull();
  }
});

test('a page has the security headers and is not cached', async () => {
  const { answer } = await ask({});
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('x-frame-options')).toBe('DENY');
});

test('a page is protected from the window that opened it; a redirect isn’t, or Back would hang in Safari', async () => {
  const policyOf = ({ answer }: Awaited<ReturnType<typeof ask>>) => [
    answer.status,
    answer.headers.get('cross-origin-opener-policy'),
  ];
  expect(policyOf(await ask({}))).toEqual([200, 'same-origin']);
  expect(policyOf(await ask({ accept: 'text/html' }, '/private'))).toEqual([307, null]);
});

test('a body that is announced as too large is a 413 even where nothing runs before the middleware', async () => {
  for (const path of ['/', '/login', '/private', '/api/me']) {
    const { answer } = await ask({ 'content-length': '1000001' }, path);
    expect([path, answer.status]).toEqual([path, 413]);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  }
  expect((await ask({ 'content-length': '1000000' })).answer.status).toBe(200);
});

test('the compressed length of a page does not show what a query guessed right', async () => {
  // The nonce is in each tag of a page; compression stores it once.
  const lengths = new Set<number>();
  for (let n = 0; n < 100; n++) {
    const nonce = (await ask({})).given('x-nonce');
    lengths.add(gzipSync(`<p>alice@example.com</p>${`<i nonce="${nonce}">`.repeat(20)}`).length);
  }
  // A right guess makes a page about eight bytes shorter.
  expect(Math.max(...lengths) - Math.min(...lengths)).toBeGreaterThan(64);
  expect(lengths.size).toBeGreaterThan(30);
});
