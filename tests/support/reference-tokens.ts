import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import type { TokenSet } from '@/lib/cognito/protocol/tokens';

/** A person as Cognito's tokens tell of them; sizes as in recorded and computed tokens. */
export interface ReferencePerson {
  readonly name: string;
  readonly scopes: string;
  readonly idClaims: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[];
}

const ALL_SCOPES = 'aws.cognito.signin.user.admin phone openid profile email';
const NAMED = {
  email_verified: true,
  phone_number_verified: true,
  given_name: 'Alexandra',
  family_name: 'Papadopoulos',
  name: 'Alexandra Papadopoulos',
  phone_number: '+4915112345678',
  email: 'alexandra.papadopoulos@example.com',
};
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));

/** The token sets that the size of a session is judged by. */
export const REFERENCE_PEOPLE: readonly ReferencePerson[] = [
  { name: 'openid alone', scopes: 'openid', idClaims: {}, groups: [] },
  {
    name: 'openid email phone',
    scopes: 'phone openid email',
    idClaims: { email_verified: true, email: 'someone@example.com' },
    groups: [],
  },
  {
    name: 'five scopes, names, phone, one group',
    scopes: ALL_SCOPES,
    idClaims: NAMED,
    groups: ['admin'],
  },
  {
    name: 'federated with Google',
    scopes: ALL_SCOPES,
    idClaims: {
      ...NAMED,
      'cognito:username': 'google_104729110384756201938',
      picture: `https://lh3.googleusercontent.com/a/${randomBytes(36).toString('base64url')}=s96-c`,
      identities: [
        {
          dateCreated: '1642699117273',
          userId: '104729110384756201938',
          providerName: 'Google',
          providerType: 'Google',
          issuer: null,
          primary: 'true',
        },
      ],
    },
    groups: ['us-west-2_AbCdEfGhI_Google'],
  },
  {
    name: '25 groups, 5 roles, 10 custom attributes',
    scopes: ALL_SCOPES,
    idClaims: {
      ...NAMED,
      'cognito:roles': many(
        5,
        (i) => `arn:aws:iam::123456789012:role/team-${i}-${randomBytes(6).toString('hex')}`,
      ),
      ...Object.fromEntries(
        many(10, (i) => [`custom:attribute_${i}`, randomBytes(24).toString('base64')]),
      ),
    },
    groups: many(25, (i) => `department-${i}-${randomBytes(4).toString('hex')}`),
  },
  {
    name: '100 groups, regular names',
    scopes: ALL_SCOPES,
    idClaims: NAMED,
    groups: many(100, (i) => `department-${i}-of-somewhere`),
  },
  {
    name: '100 groups, random names of 16 characters',
    scopes: ALL_SCOPES,
    idClaims: NAMED,
    groups: many(100, () => randomBytes(12).toString('base64url')),
  },
];

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Two keys of a pool, by the form of their names; one pair signs for both. */
const KEY_IDS = {
  id: randomBytes(32).toString('base64'),
  access: randomBytes(32).toString('base64'),
};

/**
 * Makes the three tokens of a sign-in of this person, with fresh random values wherever Cognito's
 * have them.
 *
 * @param person whose
 * @param iat seconds since 1970
 */
export function referenceTokens(person: ReferencePerson, iat: number): TokenSet {
  const { scopes, groups, idClaims } = person;
  const sub = `${randomUUID().slice(0, 15)}70ae-d2ee-${randomUUID().slice(24)}`;
  const inGroups = groups.length > 0 ? { 'cognito:groups': groups } : {};
  const iss = 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI';
  const clientId = randomBytes(13).toString('hex');
  const times = { auth_time: iat, exp: iat + 3600, iat, jti: randomUUID() };
  const origin = { origin_jti: randomUUID(), event_id: randomUUID() };
  const access = {
    sub,
    ...inGroups,
    iss,
    version: 2,
    client_id: clientId,
    ...origin,
    token_use: 'access',
    scope: scopes,
    ...times,
    username: idClaims['cognito:username'] ?? sub,
  };
  const accessToken = jws(access, KEY_IDS.access);
  const hash = createHash('sha256').update(accessToken).digest().subarray(0, 16);
  const id = {
    at_hash: hash.toString('base64url'),
    sub,
    ...inGroups,
    iss,
    'cognito:username': sub,
    nonce: randomBytes(32).toString('base64url'),
    ...origin,
    aud: clientId,
    token_use: 'id',
    ...times,
    jti: randomUUID(),
    ...idClaims,
  };
  return { idToken: jws(id, KEY_IDS.id), accessToken, refreshToken: refreshToken() };
}

function jws(payload: object, kid: string): string {
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  // Slashes are escaped in Cognito's.
  const body = encode(JSON.stringify(payload).replaceAll('/', '\\/'));
  const signed = `${encode(JSON.stringify({ kid, alg: 'RS256' }))}.${body}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** A JWE whose five parts are as long as a recorded one's. */
function refreshToken(): string {
  const header = '{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}';
  const parts = [Buffer.from(header), ...[256, 12, 954, 16].map((bytes) => randomBytes(bytes))];
  return parts.map((part) => part.toString('base64url')).join('.');
}
