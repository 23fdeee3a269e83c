/** Claims that mean something together. */
export interface ClaimGroup {
  readonly title: string;
  readonly claims: readonly (readonly [name: string, value: unknown])[];
}

/**
 * The claims of Cognito's ID tokens and of OpenID Connect, in reading order.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 */
const GROUPS: readonly (readonly [title: string, names: readonly string[]])[] = [
  [
    'Who you are',
    [
      ...['sub', 'cognito:username', 'preferred_username', 'name', 'given_name', 'middle_name'],
      ...['family_name', 'nickname', 'gender', 'birthdate', 'locale', 'zoneinfo', 'picture'],
      ...['profile', 'website', 'identities', 'updated_at'],
    ],
  ],
  ['Contact', ['email', 'email_verified', 'phone_number', 'phone_number_verified', 'address']],
  ['Groups and roles', ['cognito:groups', 'cognito:roles', 'cognito:preferred_role']],
  [
    'This token',
    [
      ...['iss', 'aud', 'token_use', 'auth_time', 'iat', 'nbf', 'exp', 'nonce', 'at_hash', 'amr'],
      ...['jti', 'origin_jti', 'event_id'],
    ],
  ],
];

/**
 * Sorts and groups claims by their meaning. Unknown ones come last.
 *
 * @param claims of a verified ID token
 * @returns the groups that have claims
 */
export function groupClaims(claims: Readonly<Record<string, unknown>>): readonly ClaimGroup[] {
  const entries = Object.entries(claims);
  const known = new Set(GROUPS.flatMap(([, names]) => names));
  const rest = entries.filter(([name]) => !known.has(name)).toSorted(byName);
  const isCustom = ([name]: readonly [string, unknown]) => name.startsWith('custom:');
  return [
    ...GROUPS.map(([title, names]) => ({
      title,
      claims: names.flatMap((name) => entries.filter(([own]) => own === name)),
    })),
    { title: 'Custom attributes', claims: rest.filter(isCustom) },
    { title: 'Other claims', claims: rest.filter((claim) => !isCustom(claim)) },
  ].filter((group) => group.claims.length > 0);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
