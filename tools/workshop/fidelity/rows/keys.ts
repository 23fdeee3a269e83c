import { decodeProtectedHeader } from 'jose';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { anotherClient } from '../other-targets';
import type { Target } from '../target';
import { membersOf, tokensIn } from '../wire';
import { keySet, verified } from './verified';

async function eachKey(
  target: Target,
  say: (key: ReadonlyMap<string, unknown>) => string,
): Promise<string> {
  const { keys } = await keySet(target);
  return keys.map((key) => say(membersOf(key))).join(' | ');
}

/** The signing keys (cognito-facts, section 10). */
export const KEYS: readonly Behavior[] = [
  behavior({
    id: 'keys/members',
    ask: 'The members of each key, in order, none of them private',
    cognito: 'alg, e, kid, kty, n, use | alg, e, kid, kty, n, use',
    source: 'obs',
    observe: async (target) => await eachKey(target, (key) => [...key.keys()].join(', ')),
  }),
  behavior({
    id: 'keys/values',
    ask: '`alg`, `kty` and `use` of each key',
    cognito: 'RS256 RSA sig | RS256 RSA sig',
    source: 'dg: verify JWT',
    observe: async (target) => {
      return await eachKey(
        target,
        (key) => `${key.get('alg')} ${key.get('kty')} ${key.get('use')}`,
      );
    },
  }),
  behavior({
    id: 'keys/size',
    ask: 'The size of each modulus in bits, and the exponent',
    cognito: '2048 AQAB | 2048 AQAB',
    source: 'dg: verify JWT',
    observe: async (target) => {
      return await eachKey(target, (key) => {
        const bytes = Buffer.from(String(key.get('n')), 'base64url');
        return `${bytes.length * 8} ${key.get('e')}`;
      });
    },
  }),
  behavior({
    id: 'keys/kid',
    ask: 'The format of each `kid`, and whether they differ',
    cognito: '44 characters of base64 | 44 characters of base64, different',
    source: 'obs',
    observe: async (target) => {
      const { keys } = await keySet(target);
      const forms = await eachKey(target, (key) => {
        const fits = /^[A-Za-z0-9+/]{43}=$/.test(String(key.get('kid')));
        return fits ? '44 characters of base64' : 'another format';
      });
      const different = new Set(keys.map(({ kid }) => kid)).size === keys.length;
      return `${forms}, ${different ? 'different' : 'the same'}`;
    },
  }),
  behavior({
    id: 'keys/two',
    ask: 'The `kid`s of the ID and access token',
    cognito: 'different, both in the set',
    source: 'dg: verify JWT',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token, access_token } = await target.tokens();
      const [first, second] = [id_token, access_token].map((t) => decodeProtectedHeader(t).kid);
      const known = new Set((await keySet(target)).keys.map(({ kid }) => kid));
      const both = known.has(first) && known.has(second) ? 'both in the set' : 'not in the set';
      return `${first === second ? 'the same' : 'different'}, ${both}`;
    },
  }),
  behavior({
    id: 'keys/verify',
    ask: 'The ID and access token, verified with the key set',
    cognito: 'verified, verified',
    source: 'dg: verify JWT',
    needs: 'sign-in',
    observe: async (target) => await verified(target, await target.tokens()),
  }),
  behavior({
    id: 'keys/shared',
    ask: "Another client's ID and access token, verified with the same key set and issuer",
    cognito: 'verified, verified',
    source: 'dg: verify JWT',
    needs: 'control',
    observe: async (target) => await verified(target, await anotherClient(target).tokens()),
  }),
  behavior({
    id: 'keys/cache-control',
    ask: '`Cache-Control` of the key set',
    cognito: 'no-cache, no-store, max-age=0, must-revalidate',
    source: 'not in the facts',
    standing: unconfirmed,
    observe: async (target) => {
      const { headers } = await target.issuerGet('/.well-known/jwks.json');
      return headers.get('cache-control') ?? 'absent';
    },
  }),
  behavior({
    id: 'keys/content-type',
    ask: 'Status and content type of the key set',
    cognito: '200 application/json',
    source: 'not in the facts',
    standing: unconfirmed,
    observe: async (target) => {
      const { status, headers } = await target.issuerGet('/.well-known/jwks.json');
      return `${status} ${headers.get('content-type')?.split(';')[0]}`;
    },
  }),
  behavior({
    id: 'keys/rotated',
    ask: 'Old tokens after a rotation that removed the old keys',
    cognito: 'ERR_JWKS_NO_MATCHING_KEY, ERR_JWKS_NO_MATCHING_KEY',
    source: 'dg: verify JWT says only that keys may be rotated',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const tokens = await target.freshTokens();
      await controlOf(target).rotateKeys();
      return await verified(target, tokens);
    },
  }),
  behavior({
    id: 'keys/refresh-after-rotation',
    ask: 'The new tokens from an old refresh token after that rotation',
    cognito: 'verified, verified',
    source: 'dg: verify JWT says only that keys may be rotated',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const { refresh_token } = await target.freshTokens();
      await controlOf(target).rotateKeys();
      return await verified(target, await tokensIn(await target.refresh(refresh_token)));
    },
  }),
];
