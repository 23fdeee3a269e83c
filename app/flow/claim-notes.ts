/**
 * What each claim of Cognito's tokens says, in the order in which a reader wants them: who, for whom,
 * until when, and the rest.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 */
const NOTES: ReadonlyMap<string, string> = new Map([
  ['sub', 'Who this is. It never changes: key your own data by it.'],
  ['cognito:username', 'The user name. For federated people it begins with the provider’s name.'],
  ['username', 'The user name, as the access token calls it.'],
  ['name', 'The full name, an attribute of the user pool.'],
  ['given_name', 'The first name.'],
  ['family_name', 'The last name.'],
  ['email', 'The e-mail address. Worth something only together with the next claim.'],
  ['email_verified', 'Whether the person has proved that the address is theirs.'],
  ['phone_number', 'The phone number, with the country’s code.'],
  ['phone_number_verified', 'Whether the person has proved that the number is theirs.'],
  ['picture', 'The address of a picture, usually from an identity provider.'],
  ['identities', 'The accounts at identity providers that are linked to this person.'],
  ['cognito:groups', 'The groups of the user pool that this person is a member of.'],
  ['cognito:roles', 'The IAM roles of those groups.'],
  ['cognito:preferred_role', 'The IAM role of the group that counts most.'],
  ['scope', 'What this token may be used for, as it was asked for in the authorize URL.'],
  ['iss', 'The issuer: the user pool that signed this token.'],
  ['aud', 'The app client that this ID token is for.'],
  ['client_id', 'The app client that this access token is for. Cognito gives it no audience.'],
  ['token_use', 'Which of the two tokens this is, so that neither can stand in for the other.'],
  ['auth_time', 'When the person last proved who they are on the hosted UI. A refresh keeps it.'],
  ['iat', 'When this token was issued.'],
  ['exp', 'When it is over. Nobody believes it after that.'],
  ['nonce', 'Came from the authorize URL: this token answers that attempt and no other.'],
  ['at_hash', 'Half of the access token’s hash: these two tokens belong together.'],
  ['jti', 'The number of this one token.'],
  ['origin_jti', 'The same for all tokens of one sign-in. Revoking ends all of them.'],
  ['event_id', 'The number of this sign-in in the user pool’s own records.'],
  ['device_key', 'The device that the user pool remembers.'],
  ['version', 'The version of the access token’s format.'],
]);

const ORDER: readonly string[] = [...NOTES.keys()];

/**
 * What a claim says.
 *
 * @param claim its name
 * @returns one plain sentence; undefined for a claim that Cognito does not have by itself
 */
export function noteOn(claim: string): string | undefined {
  return NOTES.get(claim);
}

/**
 * Puts claims into the order of a reader; those without a note come last, in the token's own order.
 *
 * @param claims names
 */
export function inOrder(claims: readonly string[]): string[] {
  const known = ORDER.filter((claim) => claims.includes(claim));
  return [...known, ...claims.filter((claim) => !NOTES.has(claim))];
}
