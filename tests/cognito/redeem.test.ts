import { expect, test } from 'vitest';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import type { TokenSet } from '@/lib/cognito/protocol/tokens';
import { createRedeem } from '@/lib/cognito/session/redeem';
import { failure } from './support';

const TOKENS: TokenSet = { idToken: 'i', accessToken: 'a', refreshToken: 'r' };
const notNow = () => Promise.reject(new CognitoError('keys_unavailable'));
const forged = () => Promise.reject(new CognitoError('token_invalid', 'signature'));
const fine = async () => 'verified';

/** A memory of grants, and how often the pool was asked for tokens. */
function setUp() {
  const redeem = createRedeem();
  const asked: string[] = [];
  const offer = (grant: string, verify: (tokens: TokenSet) => Promise<string>) =>
    redeem(
      grant,
      async () => {
        asked.push(grant);
        return TOKENS;
      },
      verify,
    );
  return { offer, asked };
}

test('tokens that cannot be verified yet wait, and are asked for once', async () => {
  const { offer, asked } = setUp();
  expect(await failure(offer('code', notNow))).toBe('keys_unavailable');
  expect(await failure(offer('code', notNow))).toBe('keys_unavailable');
  expect(await offer('code', fine)).toBe('verified');
  expect(asked).toEqual(['code']);
});

test('tokens that were found wrong are not offered a second time', async () => {
  const { offer, asked } = setUp();
  expect(await failure(offer('code', forged))).toBe('token_invalid: signature');
  await offer('code', fine);
  expect(asked).toEqual(['code', 'code']);
});

test('a thousand grants wait at most: the oldest is forgotten, the newest is not', async () => {
  const { offer, asked } = setUp();
  for (let grant = 0; grant <= 1000; grant++) await failure(offer(String(grant), notNow));
  asked.length = 0;
  await offer('1000', fine);
  await offer('0', fine);
  expect(asked).toEqual(['0']);
});
