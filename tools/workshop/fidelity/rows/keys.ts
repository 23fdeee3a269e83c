import { decodeProtectedHeader } from 'jose';
import { type Behaviour, behaviour, unconfirmed } from '../behaviour';
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
export const KEYS: readonly Behaviour[] = [
  behaviour({
    id: 'keys/members',
    ask: 'The members of each key, in their order; nothing private',
    cognito: 'alg, e, kid, kty, n, use | alg, e, kid, kty, n, use',
    source: 'obs',
    observe: async (target) => await eachKey(target, (key) => [...key.keys()].join(', ')),
  }),
  behaviour({
    id: 'keys/values',
    ask: '`alg`, `kty` and `use` of each',
    cognito: 'RS256 RSA sig | RS256 RSA sig',
    source: 'dg: verify JWT',
    observe: async (target) => {
      return await eachKey(
        target,
        (key) => `${key.get('alg')} ${key.get('kty')} ${key.get('use')}`,
      );
    },
  }),
  behaviour({
    id: 'keys/size',
    ask: 'Bits of each modulus; the exponent',
    cognito: '2048 AQAB | 2048 AQAB',
    source: 'dg: verify JWT',
    observe: async (target) => {
      return await eachKey(target, (key) => {
        const bytes = Buffer.from(String(key.get('n')), 'base64url');
        return `${bytes.length * 8} ${key.get('e')}`;
      });
    },
  }),
  behaviour({
    id: 'keys/kid',
    ask: 'The form of each `kid`, and whether they differ',
    cognito: '44 characters of base64 | 44 characters of base64, different',
    source: 'obs',
    observe: async (target) => {
      const { keys } = await keySet(target);
      const forms = await eachKey(target, (key) => {
        const fits = /^[A-Za-z0-9+/]{43}=$/.test(String(key.get('kid')));
        return fits ? '44 characters of base64' : 'another form';
      });
      const different = new Set(keys.map(({ kid }) => kid)).size === keys.length;
      return `${forms}, ${different ? 'different' : 'the same'}`;
    },
  }),
  behaviour({
    id: 'keys/two',
    ask: 'The `kid`s of ID and access token',
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
  behaviour({
    id: 'keys/verify',
    ask: 'ID and access token, verified with the set',
    cognito: 'verified, verified',
    source: 'dg: verify JWT',
    needs: 'sign-in',
    observe: async (target) => await verified(target, await target.tokens()),
  }),
  behaviour({
    id: 'keys/shared',
    ask: "Another client's ID and access token, verified with the same set and issuer",
    cognito: 'verified, verified',
    source: 'dg: verify JWT',
    needs: 'control',
    observe: async (target) => await verified(target, await anotherClient(target).tokens()),
  }),
  behaviour({
    id: 'keys/cache-control',
    ask: 'The `Cache-Control` of the set',
    cognito: 'no-cache, no-store, max-age=0, must-revalidate',
    source: 'facts name none',
    standing: unconfirmed,
    observe: async (target) => {
      const { headers } = await target.issuerGet('/.well-known/jwks.json');
      return headers.get('cache-control') ?? 'absent';
    },
  }),
  behaviour({
    id: 'keys/content-type',
    ask: 'Status and content type of the set',
    cognito: '200 application/json',
    source: 'facts name none',
    standing: unconfirmed,
    observe: async (target) => {
      const { status, headers } = await target.issuerGet('/.well-known/jwks.json');
      return `${status} ${headers.get('content-type')?.split(';')[0]}`;
    },
  }),
  behaviour({
    id: 'keys/rotated',
    ask: 'Old tokens after a rotation that took the old keys away',
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
  behaviour({
    id: 'keys/refresh-after-rotation',
    ask: 'An old refresh token after it: the new tokens',
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
