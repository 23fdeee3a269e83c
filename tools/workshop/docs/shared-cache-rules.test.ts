import { expect, test } from 'vitest';
import { mayBeStored, variesBy } from '../../../tests/support/shared-cache';

/** Tests the rules that tools/workshop/site/shared-cache.test.ts uses, by RFC 9111. */
const answer = (
  headers: Record<string, string>,
  rest: { method?: string; asked?: Record<string, string>; status?: number } = {},
) => ({
  method: rest.method ?? 'GET',
  asked: new Headers(rest.asked),
  status: rest.status ?? 200,
  headers: new Headers(headers),
});

test.each([
  ['a page without headers about caching', answer({})],
  ['the same with a cookie', answer({ 'set-cookie': 'a=b' })],
  ['one that is stale immediately', answer({ 'cache-control': 'public, max-age=0' })],
  ['no-cache, which is stored and revalidated', answer({ 'cache-control': 'no-cache' })],
  ['private for one header only', answer({ 'cache-control': 'private="set-cookie"' })],
  ['a permanent redirect', answer({}, { status: 308 })],
  ['a missing page', answer({}, { status: 404 })],
  [
    'an error with an expiry',
    answer({ expires: 'Wed, 25 Nov 2026 00:00:00 GMT' }, { status: 500 }),
  ],
  [
    'the response to a request with a token, if it is public',
    answer({ 'cache-control': 'public' }, { asked: { authorization: 'Bearer x' } }),
  ],
])('a shared cache may store %s', (_, exchange) => {
  expect(mayBeStored(exchange)).toBe(true);
});

test.each([
  ['no-store', answer({ 'cache-control': 'public, No-Store' })],
  ['private', answer({ 'cache-control': 'max-age=60, private' })],
  ['the response to a request with a token', answer({}, { asked: { authorization: 'Bearer x' } })],
  ['a temporary redirect without headers about caching', answer({}, { status: 307 })],
  ['a refusal', answer({}, { status: 401 })],
  ['the response to a form', answer({ 'cache-control': 'max-age=60' }, { method: 'POST' })],
  ['the response to a PUT', answer({ 'cache-control': 'max-age=60' }, { method: 'PUT' })],
])('a shared cache may not store %s', (_, exchange) => {
  expect(mayBeStored(exchange)).toBe(false);
});

test('only the headers in Vary distinguish two requests', () => {
  const headers = new Headers({ vary: 'RSC, Accept-Encoding' });
  expect(['rsc', 'accept-encoding', 'cookie'].map((name) => variesBy(headers, name))).toEqual([
    true,
    true,
    false,
  ]);
  expect(variesBy(new Headers({ vary: '*' }), 'cookie')).toBe(true);
});
