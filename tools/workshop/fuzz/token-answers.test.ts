import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import {
  exchangeCode,
  refreshTokens,
  revokeToken,
  type TokenSet,
} from '@/lib/cognito/protocol/tokens';
import { verifyIdToken } from '@/lib/cognito/protocol/verify';
import { ENV, fakePool, idClaims, NOW, sign } from '../../../tests/cognito/support';
import { budget } from './budget';

const GRANT = { code: 'THE-CODE', codeVerifier: 'THE-VERIFIER' };
const REFRESH_TOKEN = 'THE-REFRESH-TOKEN';
const SECRETS = [...Object.values(GRANT), REFRESH_TOKEN, ENV.COGNITO_CLIENT_SECRET];

const names = ['id_token', 'access_token', 'refresh_token', 'error', 'error_description', 'x'];
const oauthErrors = ['invalid_grant', 'invalid_client', 'unauthorized_client', 'slow_down', ''];
const members = fc.oneof(
  fc.constantFrom(...oauthErrors, ...SECRETS, 'a.b.c', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const objects = fc.dictionary(fc.constantFrom(...names), members);
const tokenPairs = objects.map((all) => ({ ...all, id_token: 'i', access_token: 'a' }));
const bodies = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(objects, tokenPairs).map((body) => JSON.stringify(body)) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom('[', '{"id_token":"', '['.repeat(5000), '\ufeff{}') },
  { weight: 1, arbitrary: fc.constantFrom('{"error":"invalid_grant","error":1}', '<html>', '') },
);
const answers = fc.record({
  body: bodies,
  status: fc.oneof(fc.constantFrom(200, 400, 401, 429, 500), fc.integer({ min: 206, max: 599 })),
  retryAfter: fc.oneof(fc.constantFrom('', '5', '999', '-1', '1e9', 'soon'), fc.nat().map(String)),
});

function respond({
  body,
  status,
  retryAfter,
}: {
  body: string;
  status: number;
  retryAfter: string;
}) {
  const headers = { 'retry-after': retryAfter };
  return new Response(status === 304 ? null : body, { status, headers });
}

const CODES = /^(invalid_grant|client_rejected|sign_in_refused|unavailable|keys_unavailable)$/;

/** The returned value, or undefined for a `CognitoError`, which must not contain a secret. */
async function outcome<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    const { code, message, detail = '', retryAfter = 0 } = error;
    expect(code).toMatch(CODES);
    for (const secret of SECRETS) expect(message).not.toContain(secret);
    expect(detail).toMatch(/^[\w ]{0,40}$/);
    expect(retryAfter).toBeGreaterThanOrEqual(0);
    expect(retryAfter).toBeLessThanOrEqual(999);
    return undefined;
  }
}

function expectTokens(tokens: TokenSet | undefined): void {
  if (!tokens) return;
  for (const token of [tokens.idToken, tokens.accessToken, tokens.refreshToken]) {
    expect(typeof token).toBe('string');
    expect(token).not.toBe('');
  }
}

describe('whatever the token endpoint returns', () => {
  test('the result is three tokens, or an error without a secret', async () => {
    const pool = await fakePool();
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        pool.answer = () => respond(answer);
        const exchanged = await outcome(exchangeCode(pool.client, GRANT));
        const refreshed = await outcome(refreshTokens(pool.client, REFRESH_TOKEN));
        await outcome(revokeToken(pool.client, REFRESH_TOKEN));
        expectTokens(exchanged);
        expectTokens(refreshed);
        // Only a successful response gives tokens.
        if (answer.status >= 300) expect([exchanged, refreshed]).toEqual([undefined, undefined]);
      }),
      budget(100),
    );
  });
});

describe('whatever the JWKS contains', () => {
  const jwks = fc.oneof(
    bodies,
    fc
      .array(fc.dictionary(fc.constantFrom('kid', 'kty', 'n', 'e', 'alg', 'use', 'x5c'), members))
      .map((keys) => JSON.stringify({ keys: [{ kid: 'key-of-id', kty: 'RSA' }, ...keys] })),
  );

  test('a token is refused, or cannot be verified now', async () => {
    const token = await sign(idClaims());
    await fc.assert(
      fc.asyncProperty(jwks, answers, async (body, answer) => {
        const pool = await fakePool();
        pool.keys = () => respond({ ...answer, body });
        const work = verifyIdToken(pool.client, token, NOW);
        const error: unknown = await work.catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(CognitoError);
        // An unusable response says nothing about the token.
        const usable = answer.status < 300 && isJson(body);
        const code = usable ? /^(token_invalid|keys_unavailable)$/ : /^keys_unavailable$/;
        expect(error).toHaveProperty('code', expect.stringMatching(code));
      }),
      budget(100),
    );
  });
});

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
