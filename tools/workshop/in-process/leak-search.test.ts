import { expect, test } from 'vitest';
import { Secrets } from '../../../tests/support/overhear';
import { searchFor } from '../../../tests/support/search';

/** The search of tools/workshop/site/leaks.test.ts finds what it is to find, and nothing else. */
const SECRET = 'a marked secret+/=&%"<> of some length';
const PAYLOAD = 'eyJzdWIiOiI1IiwidG9rZW5fdXNlIjoiaWQifQ';
const SIGNATURE = 'c2lnbmF0dXJlLW9mLXNvbWUtbGVuZ3Ro';
const secrets = new Secrets();
secrets.add('client secret', SECRET);
secrets.add('ID token', `eyJhbGciOiJSUzI1NiJ9.${PAYLOAD}.${SIGNATURE}`);
const search = searchFor(secrets);

test.each([
  ['as it is', `… ${SECRET} …`],
  ['the first half of it', SECRET.slice(0, 20)],
  ['the last half of it', SECRET.slice(-20)],
  ['in an address', `/x?y=${encodeURIComponent(SECRET)}`],
  ['in a form', `y=${new URLSearchParams({ y: SECRET })}`],
  ['in HTML', 'a marked secret+/=&#38;%&#34;&#60;'],
  ['in JSON', JSON.stringify({ y: SECRET })],
  ['in base64', btoa(SECRET)],
  ['in base64, after something', btoa(`x${SECRET}`)],
  ['in base64, between two things', btoa(`id:${SECRET}y`)],
  ['in base64 for addresses', Buffer.from(`xx${SECRET}`).toString('base64url')],
  [
    'in the basic authentication of a client',
    btoa(`id:${encodeURIComponent(SECRET).replaceAll('%20', '+')}`),
  ],
  ['in hexadecimal digits', Buffer.from(SECRET).toString('hex')],
])('a secret is found %s', (_, text) => {
  expect(search(text)).toEqual(['client secret']);
});

test('of a token, its payload and its signature are found, and its header is nothing', () => {
  expect(search(`x${PAYLOAD}`)).toEqual(['ID token']);
  expect(search(`x${SIGNATURE}`)).toEqual(['ID token']);
  expect(search('eyJhbGciOiJSUzI1NiJ9')).toEqual([]);
});

test('a text without secrets has none', () => {
  expect(search('a marked secret is not the secret of some length')).toEqual([]);
});
