import { describe, expect, test } from 'vitest';
import { otpauthUri } from '@/lib/cognito/account/totp';

const KEY = { issuer: 'My Site', label: 'alice@example.com', secret: 'JBSWY3DPEHPK3PXP' };

test('an authenticator app gets everything that it needs', () => {
  expect(otpauthUri(KEY)).toBe(
    'otpauth://totp/My%20Site:alice%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=My%20Site&algorithm=SHA1&digits=6&period=30',
  );
});

describe('a name cannot change the address:', () => {
  test.each([
    '?secret=AAAA&x=',
    '&issuer=Other',
    '#',
    '/../x',
    'a:b',
    '%3A',
    '%',
    '\ud800',
    '😀',
    'a\nb',
  ])('%j', (name) => {
    const url = new URL(otpauthUri({ issuer: name, label: name, secret: 'ABCD' }));
    expect(url.searchParams.getAll('secret')).toEqual(['ABCD']);
    expect(url.searchParams.getAll('issuer')).toHaveLength(1);
    expect([...url.searchParams]).toHaveLength(5);
    expect(url.hash).toBe('');
    expect(url.pathname.split(/:|%3A/i)).toHaveLength(2);
  });
});
