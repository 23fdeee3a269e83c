import { notAuthorized } from '../caller';
import { type Refused, refused } from '../exceptions';
import { emailFault } from '../hosted-ui/email';
import type { AppClient } from '../settings';
import type { PoolState } from '../state';
import { isInSchema, mayWrite } from '../writable-attributes';

/** New values by attribute. A blank one deletes the attribute. */
export type Changes = ReadonlyMap<string, string>;

/**
 * Checks what a user wants to change of themselves. One attribute that is refused refuses all. The
 * order of the checks isn't documented: first the client's permissions, then the schema.
 *
 * @param pool the pool
 * @param client the app client of the access token
 * @param changes what was sent
 * @returns null if all are allowed
 */
export function refuseChanges(
  pool: PoolState,
  client: AppClient,
  changes: Changes,
): Refused | null {
  for (const attribute of changes.keys()) {
    if (!mayWrite(pool.settings, client, attribute)) {
      return notAuthorized('A client attempted to write unauthorized attribute');
    }
  }
  for (const [attribute, value] of changes) {
    const problem = schemaProblem(pool, attribute, value);
    if (problem !== null) return refused('InvalidParameterException', problem);
  }
  return null;
}

function schemaProblem({ settings }: PoolState, attribute: string, value: string): string | null {
  if (!isInSchema(settings, attribute)) {
    return `Attributes did not conform to the schema: Type for attribute {${attribute}} could not be determined`;
  }
  if (settings.immutableAttributes.includes(attribute)) {
    return `user.${attribute}: Attribute cannot be updated.`;
  }
  if (value === '') {
    if (!settings.requiredAttributes.includes(attribute)) return null;
    return `Invalid user attributes: ${attribute}: Required attribute cannot be deleted.`;
  }
  if (attribute === 'email') return emailFault(value);
  if (attribute === 'phone_number' && !/^\+[0-9]+$/.test(value)) {
    return 'Invalid phone number format.';
  }
  // Cognito's schema has the length 10 for `YYYY-MM-DD`; its message isn't documented.
  if (attribute === 'birthdate' && value.length !== 10) {
    return 'Attributes did not conform to the schema: birthdate: String must be 10 characters long';
  }
  return null;
}
