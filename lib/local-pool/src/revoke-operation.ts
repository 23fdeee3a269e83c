import { authenticateClient } from './client-auth';
import { missingParameter, type Operation, type Outcome } from './json-api';
import { endFamily } from './revoke';

/**
 * RevokeToken of the JSON API, which Amplify calls on sign-out, before it opens /logout. It does
 * what /oauth2/revoke does and returns an empty body, or an exception of the API reference. Unlike
 * /oauth2/revoke it takes the secret in the body, the only place for it.
 */
export const revokeToken: Operation = async (pool, input) => {
  for (const name of ['ClientId', 'Token']) {
    if (!input.get(name)) return missingParameter(name);
  }
  const form = new URLSearchParams({
    client_id: input.get('ClientId') ?? '',
    client_secret: input.get('ClientSecret') ?? '',
  });
  const checked = authenticateClient(pool, undefined, form, 'basic-or-body');
  if (checked.kind !== 'authenticated') {
    return refused('UnauthorizedException', 'Unable to verify the client and its secret.');
  }

  switch (endFamily(pool, checked.client, input.get('Token') ?? '')) {
    case 'done':
      return { kind: 'done', answer: null };
    case 'off':
      return refused('UnsupportedOperationException', 'Token revocation is not enabled.');
    case 'no-refresh-token':
      return refused('UnsupportedTokenTypeException', 'Only a refresh token can be revoked.');
  }
};

function refused(exception: string, message: string): Outcome {
  return { kind: 'refused', exception, message };
}
