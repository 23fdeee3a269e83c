import * as fc from 'fast-check';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { toUser } from '@/lib/cognito/protocol/claims';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { verifyAccessToken, verifyIdToken, verifyNewTokens } from '@/lib/cognito/protocol/verify';
import {
  accessClaims,
  fakePool,
  idClaims,
  mintTokens,
  NOW,
  sign,
} from '../../../tests/cognito/support';
import { budget } from './budget';

let idToken: string;
let accessToken: string;
let pool: Awaited<ReturnType<typeof fakePool>>;
beforeAll(async () => {
  [{ idToken, accessToken }, pool] = await Promise.all([mintTokens(), fakePool()]);
});

/** The claims, or the error; any other error fails the test. */
async function outcome<T>(work: Promise<T>): Promise<T | CognitoError> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    expect(error.code).toMatch(/^(token_invalid|keys_unavailable|clock_wrong)$/);
    expect(error.detail).toMatch(/^[\w ]{1,40}$/);
    return error;
  }
}

/** Checks that each verifier returns the claims of its real token, or rejects the text. */
async function expectNoOtherClaims(token: string): Promise<void> {
  const id = await outcome(verifyIdToken(pool.client, token, NOW));
  const access = await outcome(verifyAccessToken(pool.client, token, NOW));
  if (!(id instanceof CognitoError)) expect(id).toEqual(decodeJwt(idToken));
  if (!(access instanceof CognitoError)) expect(access).toEqual(decodeJwt(accessToken));
  expect(id instanceof CognitoError || access instanceof CognitoError).toBe(true);
}

const text = fc.string({ unit: 'binary', maxLength: 40 });
const encode = (part: string | Uint8Array) => Buffer.from(part).toString('base64url');
/** JSON that parsers treat differently, and JSON of any shape. */
const objects = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc
    .dictionary(
      fc.constantFrom('alg', 'kid', 'crit', 'b64', 'jwk', 'jku', 'x5u', 'typ', 'zip'),
      fc.jsonValue(),
    )
    .map((header) => JSON.stringify({ kid: 'key-of-id', alg: 'RS256', ...header })),
  fc.constantFrom(
    ...['{"alg":"none"}', '{"alg":"HS256","kid":"key-of-id"}', '{"alg":"RS256","alg":"none"}'],
    ...['{"kid":"key-of-id","alg":"RS256","kid":"x"}', '[', 'null', '{"alg":"RS256"}', '{} {}'],
    ...['{"__proto__":{"alg":"RS256"}}', `${'['.repeat(2000)}${']'.repeat(2000)}`, '\ufeff{}'],
    ...['{"alg":"RS256","kid":"constructor"}', '{"kid":["key-of-id"],"alg":"RS256"}'],
  ),
);
const segments = fc.oneof(objects.map(encode), fc.uint8Array({ maxLength: 40 }).map(encode), text);

/** One change to a real token, given as its three parts. */
type Change = (parts: string[]) => string[];
const at =
  (index: number, change: (part: string) => string): Change =>
  (parts) =>
    parts.map((part, position) => (position === index ? change(part) : part));
const flip = (bit: number) => (part: string) => {
  const bytes = Buffer.from(part, 'base64url');
  const index = (bit >> 3) % Math.max(bytes.length, 1);
  bytes[index] = (bytes[index] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('base64url');
};
const changes: fc.Arbitrary<Change> = fc
  .record({ index: fc.nat({ max: 2 }), bit: fc.nat({ max: 20_000 }), segment: segments, text })
  .chain(({ index, bit, segment, text }) => {
    const place = (part: string) => bit % Math.max(part.length, 1);
    return fc.constantFrom<Change>(
      at(index, flip(bit)),
      at(index, () => segment),
      at(index, () => ''),
      at(index, (part) => part.slice(0, place(part)) + text + part.slice(place(part))),
      at(index, (part) => part.slice(0, place(part))),
      at(index, (part) => `${part}=`),
      at(index, (part) => Buffer.from(part, 'base64url').toString('base64')),
      (parts) => [...parts, segment],
      (parts) => [segment, ...parts],
      (parts) => parts.toReversed(),
      (parts) => parts.slice(0, 2),
      (parts) => [parts[0] ?? '', encode(JSON.stringify(idClaims())), parts[2] ?? ''],
      (parts) => [...parts.slice(0, 2), idToken.split('.')[2] ?? ''],
      (parts) => [accessToken.split('.')[0] ?? '', ...parts.slice(1)],
    );
  });

describe('whatever is sent as a token', () => {
  test('random text is rejected', async () => {
    const texts = fc.oneof(
      text,
      fc.array(segments, { maxLength: 6 }).map((all) => all.join('.')),
    );
    await fc.assert(fc.asyncProperty(texts, expectNoOtherClaims), budget(150));
  });

  test('a changed token gives the claims that the user pool signed, or is rejected', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), changes, async (isId, change) => {
        const parts = (isId ? idToken : accessToken).split('.');
        await expectNoOtherClaims(change(parts).join('.'));
      }),
      budget(250),
    );
  });

  test('the unchanged tokens are accepted', async () => {
    expect(await verifyIdToken(pool.client, idToken, NOW)).toEqual(decodeJwt(idToken));
    expect(await verifyAccessToken(pool.client, accessToken, NOW)).toEqual(decodeJwt(accessToken));
  });
});

describe('whatever claims a user pool signs', () => {
  test('they describe a user, or are rejected', async () => {
    const names = fc.constantFrom(...Object.keys({ ...idClaims(), ...accessClaims() }), 'nbf', 'x');
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(1e300, -1, '', 'x', null, NOW, ['x', 1]));
    const claims = fc.dictionary(names, odd, { maxKeys: 4 });
    const subs = fc.record({
      sub: fc.constantFrom('', 's', 0, null),
      'cognito:groups': fc.constantFrom(['x', 1], 'x', null),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(claims, subs), claims, async (both, id) => {
        const use = { token_use: 'id', aud: idClaims().aud };
        const signed = {
          idToken: await sign({ ...idClaims(), ...both, ...use, ...id }),
          accessToken: await sign({ ...accessClaims(), ...both, token_use: 'access' }),
        };
        const verified = await outcome(verifyNewTokens(pool.client, signed));
        if (verified instanceof CognitoError) return;
        const user = toUser(verified.id);
        expect(user.sub).toBe(verified.access.sub);
        expect(user.sub).not.toBe('');
        for (const word of [user.sub, user.username, ...user.groups]) {
          expect(typeof word).toBe('string');
        }
        expect(typeof user.emailVerified).toBe('boolean');
      }),
      budget(50),
    );
  });
});
