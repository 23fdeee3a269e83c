/**
 * What each claim of Cognito's tokens means, in the order of display: the user, the issuer and audience,
 * the times, and the rest.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 */
const NOTES: ReadonlyMap<string, string> = new Map([
  ['sub', 'The user’s unique ID. It never changes: use it as the key for your own data.'],
  ['cognito:username', 'The user name. For federated users it starts with the provider’s name.'],
  ['username', 'The user name, under its name in the access token.'],
  ['name', 'The full name.'],
  ['given_name', 'The first name.'],
  ['family_name', 'The last name.'],
  ['email', 'The email address. Only trust it if the next claim is true.'],
  ['email_verified', 'Whether the user has confirmed the email address.'],
  ['phone_number', 'The phone number, with the country code.'],
  ['phone_number_verified', 'Whether the user has confirmed the phone number.'],
  ['picture', 'The URL of a picture, usually from an identity provider.'],
  ['identities', 'The linked accounts at identity providers.'],
  ['cognito:groups', 'The user’s groups in the user pool.'],
  ['cognito:roles', 'The IAM roles of those groups.'],
  ['cognito:preferred_role', 'The IAM role of the group with the highest precedence.'],
  ['scope', 'What this token can be used for, as requested in the authorize URL.'],
  ['iss', 'The issuer: the user pool that signed this token.'],
  ['aud', 'The app client that this ID token is for.'],
  ['client_id', 'The app client that this access token is for. It has no “aud” claim.'],
  ['token_use', 'The type of token, so that one can’t be used in place of the other.'],
  ['auth_time', 'When the user last authenticated. A refresh doesn’t change it.'],
  ['iat', 'When this token was issued.'],
  ['exp', 'When this token expires.'],
  ['nonce', 'The nonce from the authorize URL. It ties this token to that sign-in attempt.'],
  ['at_hash', 'Half of the access token’s hash. It ties the two tokens together.'],
  ['jti', 'The unique ID of this token.'],
  ['origin_jti', 'The ID that all tokens of one sign-in share. Revocation ends all of them.'],
  ['event_id', 'The ID of this sign-in in the user pool’s records.'],
  ['device_key', 'The remembered device.'],
  ['version', 'The version of the access token’s format.'],
]);

const ORDER: readonly string[] = [...NOTES.keys()];

/**
 * Explains a claim.
 *
 * @param claim its name
 * @returns one or two sentences; undefined for a claim that isn't one of Cognito's own
 */
export function noteOn(claim: string): string | undefined {
  return NOTES.get(claim);
}

/**
 * Sorts claims into the order of display. Claims without a note come last, in the token's order.
 *
 * @param claims their names
 */
export function inOrder(claims: readonly string[]): string[] {
  const known = ORDER.filter((claim) => claims.includes(claim));
  return [...known, ...claims.filter((claim) => !NOTES.has(claim))];
}
