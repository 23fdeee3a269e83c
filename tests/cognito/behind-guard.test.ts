/** Tests any middleware behind the guard. For next-intl's, see `docs/make-it-yours.md`. */
import { existsSync } from 'node:fs';
import { type NextFetchEvent, NextRequest, NextResponse } from 'next/server';
import { expect, test, vi } from 'vitest';
import type { AccessList } from '@/lib/cognito/access/access-rules';
import { behindGuard, type OtherMiddleware } from '@/lib/cognito/behind-guard';
import { HANDED } from '@/lib/cognito/memory/hand-over';
import { TEMPLATE_ROUTES } from '../support/built-site';
import { access } from '../support/choices';
import { ENV } from './support';

// Read at the first request.
Object.assign(process.env, ENV);

async function ask(path: string, other: OtherMiddleware, list: AccessList = access) {
  const cookie = '__Host-session=ended; theme=dark';
  const headers = { 'sec-fetch-dest': 'document', 'x-mine': 'as it came', cookie };
  const request = new NextRequest(`https://example.com${path}`, { headers });
  const event: NextFetchEvent = Object.create(null, { waitUntil: { value: () => {} } });
  const answer = await behindGuard(list, other)(request, event);
  const given = (name: string) => answer.headers.get(`x-middleware-request-${name}`);
  const policy = answer.headers.get('content-security-policy') ?? '';
  return { answer, given, policy };
}

test('the other middleware does not run for requests that the guard refuses, nor for the sign-in', async () => {
  const other = vi.fn(() => NextResponse.next());
  for (const path of ['/anything', '/de', '/api/me', '/login', '/logout/', '/icon.svg']) {
    await ask(path, other);
  }
  expect(other).not.toHaveBeenCalled();
  await ask('/', other);
  expect(other).toHaveBeenCalledOnce();
});

test('the other middleware does not run for any route of the template', async () => {
  const other = vi.fn(() => NextResponse.next());
  const own = TEMPLATE_ROUTES.filter((path) => existsSync(`app${path}/route.ts`));
  expect(own).toEqual(expect.arrayContaining(['/login', '/refresh', '/healthz/ready', '/theme']));
  const publicPages = [...own, '/forbidden'];
  for (const path of publicPages.flatMap((each) => [each, `${each}/`])) {
    const { answer } = await ask(path, other, { ...access, publicPages });
    expect([path, other.mock.calls.length]).toEqual([path, 0]);
    if (!path.startsWith('/api')) expect(answer.headers.get('x-middleware-next')).toBe('1');
  }
});

test('the other middleware adds nothing to what a shared cache may keep', async () => {
  const other = vi.fn(() => NextResponse.next());
  const publicFiles = ['/images/[...path]'];
  for (const path of ['/about', '/about/', '/images/a.png']) {
    await ask(path, other, { ...access, staticPages: ['/about'], publicFiles });
  }
  expect(other).not.toHaveBeenCalled();
});

test('the other middleware gets the same request as the page', async () => {
  const { policy } = await ask('/', ({ headers }) => {
    expect(headers.get('x-nonce')).toMatch(/^[\w-]{20,}$/);
    expect(headers.get('content-security-policy')).toContain(`'nonce-${headers.get('x-nonce')}'`);
    return NextResponse.next();
  });
  expect(policy).toContain("'nonce-");
});

test('if the other middleware forwards no headers, the page gets those of the guard', async () => {
  const { given, policy } = await ask('/', () => NextResponse.next());
  expect(given('content-security-policy')).toBe(policy);
  expect(policy).toContain(`'nonce-${given('x-nonce')}'`);
  expect(given('x-mine')).toBe('as it came');
});

test('if the other middleware forwards headers, it can change neither the policy nor the cookies', async () => {
  const request = {
    headers: new Headers({
      'x-mine': 'changed',
      'x-nonce': 'mine',
      cookie: '__Host-session=ended',
    }),
  };
  const { answer, given, policy } = await ask('/', () =>
    NextResponse.rewrite('https://example.com/en', { request }),
  );
  expect(answer.headers.get('x-middleware-rewrite')).toBe('https://example.com/en');
  expect(given('content-security-policy')).toBe(policy);
  expect(policy).toContain(`'nonce-${given('x-nonce')}'`);
  expect(given('x-mine')).toBe('changed');
  expect(given('cookie')).toBe('theme=dark');
  const names = answer.headers.get('x-middleware-override-headers')?.split(',');
  expect(names).toEqual(expect.arrayContaining(['x-mine', 'x-nonce', 'content-security-policy']));
});

test('an opened session goes with the request to a page, but not to another site', async () => {
  const headers = new Headers({ [HANDED]: 'as the guard has set it' });
  const rewriteTo = (url: string) => () => NextResponse.rewrite(url, { request: { headers } });
  const inside = await ask('/', rewriteTo('https://example.com/en'));
  expect(inside.given(HANDED)).toBe('as the guard has set it');
  expect((await ask('/', rewriteTo('https://blog.example/en'))).given(HANDED)).toBe('');
});

test.each([
  ['a redirect', () => NextResponse.redirect('https://example.com/elsewhere'), 307],
  ['a page of its own', () => new Response('tea', { status: 418 }), 418],
])(
  '%s has the response headers of the guard, and none that are for the page',
  async (_, other, status) => {
    const loose: OtherMiddleware = () => {
      const answer = other();
      answer.headers.set('Cache-Control', 'public, max-age=60');
      answer.headers.set('Content-Security-Policy', '*');
      answer.headers.set('X-Theirs', 'kept');
      return answer;
    };
    const { answer, policy } = await ask('/', loose);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(policy).toContain("'nonce-");
    expect(answer.headers.get('x-theirs')).toBe('kept');
    const names = [...answer.headers.keys()];
    expect(names.filter((name) => name.startsWith('x-middleware-'))).toEqual([]);
  },
);
