import { expect, test } from 'vitest';
import { groupClaims } from './claim-groups';

test('claims are grouped by meaning, in one order whatever the token has, and none is lost', () => {
  const claims = {
    tenant: 't1',
    exp: 2,
    'custom:plan': 'pro',
    email: 'a@example.com',
    iss: 'https://issuer',
    'cognito:groups': ['admin'],
    name: 'Alice',
    sub: 's',
  };
  const groups = groupClaims(claims).map((group) => [group.title, group.claims.map(([n]) => n)]);
  expect(groups).toEqual([
    ['Who you are', ['sub', 'name']],
    ['Contact', ['email']],
    ['Groups and roles', ['cognito:groups']],
    ['This token', ['iss', 'exp']],
    ['Custom attributes', ['custom:plan']],
    ['Other claims', ['tenant']],
  ]);
});
