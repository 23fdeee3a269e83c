import type { AppClient } from './settings';

/** The attributes that these scopes require. `profile` is whatever the client may read. */
const NEEDED = new Map<string, readonly string[]>([
  ['email', ['email', 'email_verified']],
  ['phone', ['phone_number', 'phone_number_verified']],
]);

/**
 * Whether a client may read an attribute.
 *
 * @param client the app client
 * @param attribute e.g. `email` or `custom:plan`
 */
export function mayRead(client: AppClient, attribute: string): boolean {
  return client.readAttributes === undefined || client.readAttributes.includes(attribute);
}

/**
 * Whether a client may read all attributes that its scopes require. If not, the token endpoint
 * returns `invalid_grant` after a successful sign-in (facts, section 4).
 *
 * @param client the app client
 * @param scopes the granted scopes
 */
export function mayReadScopes(client: AppClient, scopes: readonly string[]): boolean {
  return scopes
    .flatMap((scope) => NEEDED.get(scope) ?? [])
    .every((attribute) => mayRead(client, attribute));
}
