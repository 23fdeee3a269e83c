import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  REFERENCE_PEOPLE,
  type ReferencePerson,
  referenceTokens,
} from '../../../../tests/support/reference-tokens';
import { claimsOf, type Tokens } from '../tokens';

/** The user pool that has issued all tokens, and their app client. */
export const ISSUER = 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI';
export const CLIENT_ID = '1example23456789abcdefghij';

const PAIRS = { id: newPair(), access: newPair() };

/**
 * Tokens as long as Cognito's, with valid signatures.
 *
 * @param person one of the reference users, or a variant
 */
export function signedTokens(person: ReferencePerson): Tokens {
  const { idToken, accessToken, refreshToken } = referenceTokens(person);
  const access = jws(accessToken, PAIRS.access.privateKey, { client_id: CLIENT_ID });
  const hash = createHash('sha256').update(access).digest().subarray(0, 16);
  const more = { aud: CLIENT_ID, at_hash: hash.toString('base64url') };
  return {
    idToken: jws(idToken, PAIRS.id.privateKey, more),
    accessToken: access,
    refreshToken,
  };
}

/**
 * The key set of the user pool that signed the tokens.
 *
 * @param count the total number of keys, at least 2; the extra keys are unused and come first
 */
export function keySet(count: number): { keys: object[] } {
  const { idToken, accessToken } = referenceTokens(usualPerson());
  const own = [
    { ...PAIRS.id.publicKey.export({ format: 'jwk' }), kid: kidOf(idToken) },
    { ...PAIRS.access.publicKey.export({ format: 'jwk' }), kid: kidOf(accessToken) },
  ];
  // No signature is ever verified with these keys, so random numbers are enough.
  const others = Array.from({ length: count - own.length }, () => ({
    kty: 'RSA',
    e: 'AQAB',
    n: randomBytes(256).toString('base64url'),
    kid: randomBytes(32).toString('base64'),
  }));
  return { keys: [...others, ...own].map((key) => ({ ...key, alg: 'RS256', use: 'sig' })) };
}

/** A user with five scopes, a name, a phone number and one group. */
export function usualPerson(): ReferencePerson {
  const person = REFERENCE_PEOPLE.find(({ name }) => name.startsWith('five scopes'));
  if (!person) throw new Error('There is no reference user with five scopes.');
  return person;
}

/**
 * The usual user, in a number of groups.
 *
 * @param count Cognito allows up to 100
 */
export function personInGroups(count: number): ReferencePerson {
  const groups = Array.from({ length: count }, (_, index) => `department-${index}-${hex(index)}`);
  return { ...usualPerson(), name: `${count} groups`, groups };
}

/**
 * The usual user, with a number of custom attributes of 16 characters.
 *
 * @param count Cognito allows up to 50
 */
export function personWithAttributes(count: number): ReferencePerson {
  const usual = usualPerson();
  const attributes = Array.from({ length: count }, (_, index) => [
    `custom:attribute_${index}`,
    `${hex(index)}${hex(index + 1000)}`,
  ]);
  const idClaims = { ...usual.idClaims, ...Object.fromEntries(attributes) };
  return { ...usual, name: `${count} attributes`, idClaims };
}

/** Eight characters that look random but are the same in every run. */
function hex(seed: number): string {
  return createHash('sha256').update(`${seed}`).digest('hex').slice(0, 8);
}

function newPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function kidOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')).kid;
}

function jws(token: string, key: KeyObject, over: object): string {
  const claims = { ...claimsOf(token), ...over };
  const body = Buffer.from(JSON.stringify(claims).replaceAll('/', '\\/')).toString('base64url');
  const signed = `${token.split('.')[0]}.${body}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}
