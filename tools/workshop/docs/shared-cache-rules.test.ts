import { expect, test } from 'vitest';
import { mayBeStored, variesBy } from '../../../tests/support/shared-cache';

/** The judge of tools/workshop/site/shared-cache.test.ts, judged by RFC 9111. */
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
  ['a page that says nothing', answer({})],
  ['the same with a cookie', answer({ 'set-cookie': 'a=b' })],
  ['one that is stale at once', answer({ 'cache-control': 'public, max-age=0' })],
  ['no-cache, which is kept and asked about', answer({ 'cache-control': 'no-cache' })],
  ['private for one header only', answer({ 'cache-control': 'private="set-cookie"' })],
  ['a permanent redirect', answer({}, { status: 308 })],
  ['a missing page', answer({}, { status: 404 })],
  ['an error with an end', answer({ expires: 'Wed, 25 Nov 2026 00:00:00 GMT' }, { status: 500 })],
  [
    'what was asked for with a token, if it is public',
    answer({ 'cache-control': 'public' }, { asked: { authorization: 'Bearer x' } }),
  ],
])('a shared cache may keep %s', (_, exchange) => {
  expect(mayBeStored(exchange)).toBe(true);
});

test.each([
  ['no-store', answer({ 'cache-control': 'public, No-Store' })],
  ['private', answer({ 'cache-control': 'max-age=60, private' })],
  ['what was asked for with a token', answer({}, { asked: { authorization: 'Bearer x' } })],
  ['a temporary redirect that says nothing', answer({}, { status: 307 })],
  ['a refusal', answer({}, { status: 401 })],
  ['the answer to a form', answer({ 'cache-control': 'max-age=60' }, { method: 'POST' })],
  ['the answer to a PUT', answer({ 'cache-control': 'max-age=60' }, { method: 'PUT' })],
])('and may not keep %s', (_, exchange) => {
  expect(mayBeStored(exchange)).toBe(false);
});

test('two requests are told apart by what Vary lists, and by nothing else', () => {
  const headers = new Headers({ vary: 'RSC, Accept-Encoding' });
  expect(['rsc', 'accept-encoding', 'cookie'].map((name) => variesBy(headers, name))).toEqual([
    true,
    true,
    false,
  ]);
  expect(variesBy(new Headers({ vary: '*' }), 'cookie')).toBe(true);
});
