import { describe, expect, it } from 'vitest';
import type { GroupDefinition } from '../src/group-claims';
import { claimsOf, signInForTokens, startPool } from './support';

const READER = 'arn:aws:iam::123456789012:role/reader';
const WRITER = 'arn:aws:iam::123456789012:role/writer';

/** Tokens of alice, who is in `admin` and `staff`. */
async function tokensWith(groups: readonly GroupDefinition[]) {
  const pool = await startPool({ groups });
  pool.addToGroup('alice', 'staff');
  const { id_token, access_token } = await signInForTokens(pool);
  return { id: claimsOf(id_token), access: claimsOf(access_token) };
}

describe('the roles of groups', () => {
  it('are in the ID token, at the recorded positions, and not in the access token', async () => {
    const { id, access } = await tokensWith([
      { name: 'staff', roleArn: READER, precedence: 5 },
      { name: 'admin', roleArn: WRITER, precedence: 1 },
      { name: 'others', roleArn: 'arn:aws:iam::123456789012:role/others', precedence: 0 },
    ]);
    expect(id['cognito:roles']).toEqual([READER, WRITER]);
    expect(id['cognito:preferred_role']).toBe(WRITER);
    const names = Object.keys(id);
    expect(names.indexOf('cognito:preferred_role')).toBe(names.indexOf('iss') - 1);
    expect(names.indexOf('cognito:roles')).toBe(names.indexOf('aud') - 1);
    expect(Object.keys(access).filter((name) => name.startsWith('cognito:'))).toEqual([
      'cognito:groups',
    ]);
  });

  it.each([
    ['a precedence beats none', 9, undefined, READER],
    ['zero beats one', 0, 1, READER],
    ['a tie of different roles prefers neither', 1, 1, undefined],
    ['no precedence at all is a tie', undefined, undefined, undefined],
  ])('%s', async (_, staff, admin, preferred) => {
    const { id } = await tokensWith([
      { name: 'staff', roleArn: READER, precedence: staff },
      { name: 'admin', roleArn: WRITER, precedence: admin },
    ]);
    expect(id['cognito:preferred_role']).toBe(preferred);
    expect(id['cognito:roles']).toEqual([READER, WRITER]);
  });

  it('are listed once if tied groups have the same role', async () => {
    const { id } = await tokensWith([
      { name: 'staff', roleArn: READER, precedence: 1 },
      { name: 'admin', roleArn: READER, precedence: 1 },
    ]);
    expect([id['cognito:roles'], id['cognito:preferred_role']]).toEqual([[READER], READER]);
  });

  it('are absent for groups without roles', async () => {
    const { id } = await tokensWith([{ name: 'admin', precedence: 1 }]);
    expect(id).not.toHaveProperty('cognito:roles');
    expect(id).not.toHaveProperty('cognito:preferred_role');
    expect(id['cognito:groups']).toEqual(['admin', 'staff']);
  });
});
