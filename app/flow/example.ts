import { base64url } from 'jose';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import { openJar } from '@/lib/cognito/session/cookies';
import type { Session } from '@/lib/cognito/session/session';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { type Evidence, evidenceOf } from './evidence-of';

/**
 * An example sign-in for visitors who are signed out: alice, a sample user of the local user pool, as if
 * she had signed in at a user pool on AWS. Her tokens have the claims and sizes of real ones, but random
 * signatures. The rest is derived from them with the same code as for a visitor's own session.
 */

/** When she signed in, in seconds since 1970. She opens the page eighteen minutes later. */
const SIGNED_IN = Date.UTC(2026, 10, 28, 12) / 1000;
const NOW = SIGNED_IN + 18 * 60;
/** Typical times of a verification on a server. */
const MILLISECONDS = { id: 0.4, access: 0.3 };

const SITE = {
  COGNITO_REGION: 'us-west-2',
  COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
  COGNITO_DOMAIN: 'my-app',
  COGNITO_CLIENT_ID: '1example23456789abcdefghij',
  COGNITO_CLIENT_SECRET: 'not used in the example',
  COGNITO_REDIRECT_URI: 'https://example.com/login',
};

let known: Promise<Evidence> | undefined;

/**
 * The evidence of the example.
 *
 * @returns the same object for as long as the process runs
 */
export function exampleEvidence(): Promise<Evidence> {
  known ??= makeExample();
  return known;
}

async function makeExample(): Promise<Evidence> {
  const parsed = parseConfig({ ...SITE, SESSION_SECRET: crypto.randomUUID() });
  if (!parsed.ok) throw new Error('The configuration of the example is invalid.');
  const { config } = parsed;
  const { session, claims } = await aliceSession(config);
  const jar = openJar({ get: () => undefined, getAll: () => [] });
  await createSessionStore(config, () => SIGNED_IN).write(jar, session);
  return await evidenceOf({
    config,
    session,
    claims,
    milliseconds: MILLISECONDS,
    cookies: jar.written,
    request: { method: 'GET', destination: 'document', kind: 'document' },
    now: NOW,
    example: true,
  });
}

async function aliceSession(config: CognitoConfig) {
  const times = { auth_time: SIGNED_IN, exp: SIGNED_IN + 3600, iat: SIGNED_IN };
  const person = {
    sub: '34c84488-e0e1-70ae-d2ee-991ad1a898c8',
    'cognito:groups': ['admin'],
    iss: config.issuer,
    origin_jti: 'a38c3f12-5c53-4f06-a825-5aa88aadd7ed',
  };
  const access = {
    ...person,
    version: 2,
    client_id: config.clientId,
    token_use: 'access' as const,
    scope: 'aws.cognito.signin.user.admin phone openid profile email',
    ...times,
    jti: '37d38f02-2fa5-474e-bdc6-fcbeffe7a064',
    username: 'alice',
  };
  const accessToken = asToken(access, 'Az5T8O4HsJ6vrwdCo/m+6Psm1yqf/O3d/q993qGjq8E=');
  const id = {
    ...person,
    at_hash: await halfHash(accessToken),
    email_verified: true,
    phone_number_verified: true,
    'cognito:username': 'alice',
    nonce: random(32),
    aud: config.clientId,
    token_use: 'id' as const,
    name: 'Alice Archer',
    phone_number: '+12065550100',
    ...times,
    jti: 'c1d38f02-2fa5-474e-bdc6-fcbeffe7a064',
    email: 'alice@example.com',
  };
  const session: Session = {
    idToken: asToken(id, 'W1MZqUbucu2+8P2qdba2jA+o0eSsH6nwPGNSAPFNv9M='),
    accessToken,
    refreshToken: [
      encode({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' }),
      ...REFRESH_TOKEN_BYTES.map(random),
    ].join('.'),
    signedInAt: SIGNED_IN,
    receivedAt: SIGNED_IN,
  };
  return { session, claims: { id, access } };
}

/** Wrapped key, initialization vector, content and tag (RFC 7516): 1,718 characters with the header. */
const REFRESH_TOKEN_BYTES = [256, 12, 954, 16];
/** RS256 with a 2,048-bit key. */
const SIGNATURE_BYTES = 256;

function asToken(claims: object, kid: string): string {
  return [encode({ kid, alg: 'RS256' }), encode(claims), random(SIGNATURE_BYTES)].join('.');
}

/** Escapes slashes, as Cognito does. */
function encode(part: object): string {
  return base64url.encode(JSON.stringify(part).replaceAll('/', '\\/'));
}

function random(bytes: number): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(bytes)));
}

async function halfHash(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return base64url.encode(new Uint8Array(hash, 0, 16));
}
