import { expect, test } from 'vitest';
import { Secrets, searchFor } from '../../../tests/support/overhear';

/** The search in tools/workshop/site/leaks.test.ts finds secrets in every encoding, and nothing else. */
const SECRET = 'a marked secret+/=&%"<> of some length';
const PAYLOAD = 'eyJzdWIiOiI1IiwidG9rZW5fdXNlIjoiaWQifQ';
const SIGNATURE = 'c2lnbmF0dXJlLW9mLXNvbWUtbGVuZ3Ro';
const secrets = new Secrets();
secrets.add('client secret', SECRET);
secrets.add('ID token', `eyJhbGciOiJSUzI1NiJ9.${PAYLOAD}.${SIGNATURE}`);
const search = searchFor(secrets);

test.each([
  ['in plain text', `… ${SECRET} …`],
  ['by its first half', SECRET.slice(0, 20)],
  ['by its last half', SECRET.slice(-20)],
  ['in a URL', `/x?y=${encodeURIComponent(SECRET)}`],
  ['in a form', `y=${new URLSearchParams({ y: SECRET })}`],
  ['in HTML', 'a marked secret+/=&#38;%&#34;&#60;'],
  ['in JSON', JSON.stringify({ y: SECRET })],
  ['in base64', btoa(SECRET)],
  ['in base64, with text before it', btoa(`x${SECRET}`)],
  ['in base64, with text on both sides', btoa(`id:${SECRET}y`)],
  ['in base64url', Buffer.from(`xx${SECRET}`).toString('base64url')],
  [
    'in the basic authentication of a client',
    btoa(`id:${encodeURIComponent(SECRET).replaceAll('%20', '+')}`),
  ],
  ['in hexadecimal digits', Buffer.from(SECRET).toString('hex')],
])('a secret is found %s', (_, text) => {
  expect(search(text)).toEqual(['client secret']);
});

test('a token is found by its payload or its signature, but not by its header', () => {
  expect(search(`x${PAYLOAD}`)).toEqual(['ID token']);
  expect(search(`x${SIGNATURE}`)).toEqual(['ID token']);
  expect(search('eyJhbGciOiJSUzI1NiJ9')).toEqual([]);
});

test('nothing is found in a text without secrets', () => {
  expect(search('a marked secret is not the secret of some length')).toEqual([]);
});
