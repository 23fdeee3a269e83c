import { createHash } from 'node:crypto';
import type { TokenSet } from '@/lib/cognito/protocol/tokens';

/** A user as described in Cognito's tokens. The sizes are those of recorded or computed tokens. */
export interface ReferencePerson {
  readonly name: string;
  /** The upper limit for their session: number of cookies, and bytes of the `Cookie` header on https. */
  readonly budget: { readonly cookies: number; readonly bytes: number };
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

type Noise = (bytes: number) => Buffer;

/** Values as random as Cognito's, but the same in every run, so that sizes can be compared. */
function createNoise(seed: string): Noise {
  let drawn = 0;
  return (outputLength) => {
    drawn += 1;
    return createHash('shake256', { outputLength }).update(`${seed} ${drawn}`).digest();
  };
}

const noise = createNoise('people');

/** The time of all sign-ins, in seconds since 1970. It is fixed because its digits add to the size. */
export const REFERENCE_TIME = 1_800_000_000;

/** The users whose sessions the tests measure. */
export const REFERENCE_PEOPLE: readonly ReferencePerson[] = [
  {
    name: 'openid alone',
    budget: { cookies: 1, bytes: 3_821 },
    scopes: 'openid',
    idClaims: {},
    groups: [],
  },
  {
    name: 'openid email phone',
    budget: { cookies: 1, bytes: 3_864 },
    scopes: 'phone openid email',
    idClaims: { email_verified: true, email: 'someone@example.com' },
    groups: [],
  },
  {
    name: 'five scopes, names, phone, one group',
    budget: { cookies: 1, bytes: 3_992 },
    scopes: ALL_SCOPES,
    idClaims: NAMED,
    groups: ['admin'],
  },
  {
    name: 'federated with Google',
    budget: { cookies: 2, bytes: 4_205 },
    scopes: ALL_SCOPES,
    idClaims: {
      ...NAMED,
      'cognito:username': 'google_104729110384756201938',
      picture: `https://lh3.googleusercontent.com/a/${noise(36).toString('base64url')}=s96-c`,
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
    budget: { cookies: 2, bytes: 5_250 },
    scopes: ALL_SCOPES,
    idClaims: {
      ...NAMED,
      'cognito:roles': many(
        5,
        (i) => `arn:aws:iam::123456789012:role/team-${i}-${noise(6).toString('hex')}`,
      ),
      ...Object.fromEntries(
        many(10, (i) => [`custom:attribute_${i}`, noise(24).toString('base64')]),
      ),
    },
    groups: many(25, (i) => `department-${i}-${noise(4).toString('hex')}`),
  },
  {
    name: '100 groups, regular names',
    budget: { cookies: 2, bytes: 5_016 },
    scopes: ALL_SCOPES,
    idClaims: NAMED,
    groups: many(100, (i) => `department-${i}-of-somewhere`),
  },
  {
    name: '100 groups, random names of 16 characters',
    budget: { cookies: 2, bytes: 6_616 },
    scopes: ALL_SCOPES,
    idClaims: NAMED,
    groups: many(100, () => noise(12).toString('base64url')),
  },
];

/** The IDs of a pool's two keys, in Cognito's format. */
const KEY_IDS = { id: noise(32).toString('base64'), access: noise(32).toString('base64') };

/**
 * Creates the three tokens of a user's sign-in, the same each time. They have the sizes of Cognito's
 * tokens, but no valid signatures.
 *
 * @param person the user
 */
export function referenceTokens(person: ReferencePerson): TokenSet {
  const iat = REFERENCE_TIME;
  const { scopes, groups, idClaims } = person;
  const random = createNoise(person.name);
  const uuid = () => uuidOf(random);
  const sub = uuid();
  const inGroups = groups.length > 0 ? { 'cognito:groups': groups } : {};
  const iss = 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI';
  const clientId = random(13).toString('hex');
  const times = { auth_time: iat, exp: iat + 3600, iat, jti: uuid() };
  const origin = { origin_jti: uuid(), event_id: uuid() };
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
  const accessToken = jws(access, KEY_IDS.access, random);
  const hash = createHash('sha256').update(accessToken).digest().subarray(0, 16);
  const id = {
    at_hash: hash.toString('base64url'),
    sub,
    ...inGroups,
    iss,
    'cognito:username': sub,
    nonce: random(32).toString('base64url'),
    ...origin,
    aud: clientId,
    token_use: 'id',
    ...times,
    jti: uuid(),
    ...idClaims,
  };
  return { idToken: jws(id, KEY_IDS.id, random), accessToken, refreshToken: refreshToken(random) };
}

function uuidOf(random: Noise): string {
  const hex = random(16).toString('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ];
  return `${parts.join('-')}-${hex.slice(20)}`;
}

function jws(payload: object, kid: string, random: Noise): string {
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  // Cognito escapes slashes.
  const body = encode(JSON.stringify(payload).replaceAll('/', '\\/'));
  const header = encode(JSON.stringify({ kid, alg: 'RS256' }));
  return `${header}.${body}.${random(256).toString('base64url')}`;
}

/** A JWE whose five parts are as long as those of a recorded refresh token. */
function refreshToken(random: Noise): string {
  const header = '{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}';
  const parts = [Buffer.from(header), ...[256, 12, 954, 16].map((bytes) => random(bytes))];
  return parts.map((part) => part.toString('base64url')).join('.');
}

/**
 * The size of the `Cookie` header that a browser sends, in bytes.
 *
 * @param cookies names and values, both ASCII
 */
export function headerBytes(cookies: Iterable<readonly [name: string, value: string]>): number {
  return Array.from(cookies, (pair) => pair.join('=')).join('; ').length;
}
