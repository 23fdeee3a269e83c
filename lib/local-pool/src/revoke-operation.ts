import { authenticateClient } from './client-auth';
import { refused } from './exceptions';
import { missingParameter, operation } from './operation';
import { endFamily } from './revoke';

const MEMBERS = { ClientId: 'string', ClientSecret: 'string', Token: 'string' } as const;

/**
 * RevokeToken of the JSON API, which Amplify calls on sign-out, before it opens /logout. It does
 * what /oauth2/revoke does and returns an empty body, or an exception of the API reference. Unlike
 * /oauth2/revoke it takes the secret in the body, the only place for it.
 */
export const revokeToken = operation(MEMBERS, (pool, input) => {
  const { ClientId, ClientSecret = '', Token } = input;
  if (!ClientId) return missingParameter('ClientId');
  if (!Token) return missingParameter('Token');
  const form = new URLSearchParams({ client_id: ClientId, client_secret: ClientSecret });
  const checked = authenticateClient(pool, undefined, form, 'basic-or-body');
  if (checked.kind !== 'authenticated') {
    return refused('UnauthorizedException', 'Unable to verify the client and its secret.');
  }

  switch (endFamily(pool, checked.client, Token)) {
    case 'done':
      return { kind: 'done', answer: null };
    case 'off':
      return refused('UnsupportedOperationException', 'Token revocation is not enabled.');
    case 'no-refresh-token':
      return refused('UnsupportedTokenTypeException', 'Only a refresh token can be revoked.');
  }
});
