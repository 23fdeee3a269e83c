import { checkAccessToken } from './access';
import { type Refused, refused } from './exceptions';
import { missingParameter } from './operation';
import type { AppClient } from './settings';
import type { PoolState } from './state';
import type { Account } from './users';

/** The scope without which no operation accepts an access token. */
const ADMIN_SCOPE = 'aws.cognito.signin.user.admin';

/** The user who calls the API with their access token. */
export interface Caller {
  kind: 'caller';
  account: Account;
  /** The app client that the token was issued to. */
  client: AppClient;
}

/**
 * Checks the access token of an API request, in the order of the account facts, section 1. AWS's
 * own order isn't documented.
 *
 * @param pool the pool
 * @param token the member `AccessToken`
 * @returns the user, or the exception; nine of its meanings share one `__type`
 */
export function callerOf(pool: PoolState, token: string | undefined): Caller | Refused {
  if (!token) return missingParameter('AccessToken');
  const checked = checkAccessToken(pool, token);
  if (checked.kind === 'unknown') return notAuthorized(unknownToken(token));
  if (checked.kind === 'expired') return notAuthorized('Access Token has expired');
  if (!checked.scopes.includes(ADMIN_SCOPE)) {
    return notAuthorized('Access Token does not have required scopes');
  }
  const client = pool.clients.get(checked.grant.clientId);
  if (!client) {
    const message = `User pool client ${checked.grant.clientId} does not exist.`;
    return refused('ResourceNotFoundException', message);
  }
  if (checked.kind === 'deleted') return refused('UserNotFoundException', 'User does not exist.');
  if (checked.kind === 'disabled') return notAuthorized('User is disabled.');
  if (checked.kind === 'revoked') return notAuthorized('Access Token has been revoked');
  const { account } = checked;
  if (account.status === 'UNCONFIRMED') {
    return refused('UserNotConfirmedException', 'User is not confirmed.');
  }
  if (account.status === 'RESET_REQUIRED') {
    return refused('PasswordResetRequiredException', 'Password reset required for the user');
  }
  return { kind: 'caller', account, client };
}

/**
 * Refuses a caller.
 *
 * @param message which of the meanings of this exception it is
 */
export function notAuthorized(message: string): Refused {
  return refused('NotAuthorizedException', message);
}

/** Another pool's access token, or a changed one, has a signature that doesn't match our keys. */
function unknownToken(token: string): string {
  const [, payload = '', signature] = token.split('.');
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const { token_use, username } = Object(claims);
    if (signature !== undefined && token_use === 'access' && username !== undefined) {
      return 'Could not verify signature for Access Token';
    }
  } catch {
    // It isn't a JWT.
  }
  return 'Invalid Access Token';
}
