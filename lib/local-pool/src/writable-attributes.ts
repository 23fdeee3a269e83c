import type { AppClient, LocalPoolSettings } from './settings';

/** The attributes that every user pool has (account facts, section 3). */
const STANDARD = new Set(
  (
    'address birthdate email family_name gender given_name locale middle_name name nickname ' +
    'phone_number picture preferred_username profile updated_at website zoneinfo'
  ).split(' '),
);

/** Never writable by users, whatever the client may write. */
const RESERVED = ['sub', 'username', 'email_verified', 'phone_number_verified', 'identities'];

/**
 * Whether users may change an attribute of themselves through an app client. Required attributes
 * are always writable.
 *
 * @param settings the pool's settings
 * @param client the app client
 * @param attribute e.g. `name` or `custom:plan`
 */
export function mayWrite(
  settings: LocalPoolSettings,
  client: AppClient,
  attribute: string,
): boolean {
  if (RESERVED.includes(attribute) || attribute.startsWith('dev:')) return false;
  const { writeAttributes } = client;
  if (writeAttributes === undefined || writeAttributes.includes(attribute)) return true;
  return settings.requiredAttributes.includes(attribute);
}

/**
 * Whether the pool's schema has an attribute.
 *
 * @param settings the pool's settings
 * @param attribute e.g. `name` or `custom:plan`
 */
export function isInSchema(settings: LocalPoolSettings, attribute: string): boolean {
  if (STANDARD.has(attribute)) return true;
  const { customAttributes } = settings;
  return /^custom:.{1,20}$/u.test(attribute) && (customAttributes?.includes(attribute) ?? true);
}
