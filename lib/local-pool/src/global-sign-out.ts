import { type AccessCheck, checkAccessToken, endAllGrants } from './access';
import { missingParameter, type Operation } from './json-api';

/** GlobalSignOut of the JSON API: revokes every refresh token of the user. */
export const globalSignOut: Operation = async (pool, input) => {
  const token = input.get('AccessToken');
  if (token === undefined) return missingParameter('AccessToken');
  const checked = checkAccessToken(pool, token);
  if (checked.kind !== 'valid') return notAuthorized(REFUSALS[checked.kind]);
  if (!checked.scopes.includes('aws.cognito.signin.user.admin')) {
    return notAuthorized('Access Token does not have required scopes');
  }
  endAllGrants(pool, checked.account.username);
  return { kind: 'done', answer: {} };
};

const REFUSALS: Record<Exclude<AccessCheck['kind'], 'valid'>, string> = {
  unknown: 'Invalid Access Token',
  expired: 'Access Token has expired',
  revoked: 'Access Token has been revoked',
  disabled: 'User is disabled.',
};

const notAuthorized = (message: string) =>
  ({ kind: 'refused', exception: 'NotAuthorizedException', message }) as const;
