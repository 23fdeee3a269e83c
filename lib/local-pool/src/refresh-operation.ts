import { authenticateClient } from './client-auth';
import { refused } from './exceptions';
import { missingParameter, operation } from './operation';
import { redeemRefreshToken } from './refresh-grant';

const MEMBERS = { ClientId: 'string', ClientSecret: 'string', RefreshToken: 'string' } as const;

/**
 * GetTokensFromRefreshToken of the JSON API, which Amplify uses to refresh, with or without
 * rotation. It does the same as the token endpoint, but the ID token has no `at_hash` (facts,
 * section 9).
 *
 * The exceptions are those of the API reference. Their messages aren't documented, so they follow
 * those of other operations.
 */
export const getTokensFromRefreshToken = operation(MEMBERS, async (pool, input) => {
  const { ClientId, ClientSecret = '', RefreshToken } = input;
  if (!ClientId) return missingParameter('ClientId');
  if (!RefreshToken) return missingParameter('RefreshToken');
  const form = new URLSearchParams({
    client_id: ClientId,
    client_secret: ClientSecret,
    refresh_token: RefreshToken,
  });
  const checked = authenticateClient(pool, undefined, form, 'basic-or-body');
  if (checked.kind !== 'authenticated') {
    return refused('NotAuthorizedException', 'Unable to verify the client and its secret.');
  }

  const result = await redeemRefreshToken(pool, checked.client, form, 'api');
  if (result.kind === 'error') {
    return result.reused
      ? refused('RefreshTokenReuseException', 'Refresh Token has been reused.')
      : refused('NotAuthorizedException', 'Invalid Refresh Token');
  }
  const { access_token, expires_in, id_token, refresh_token, token_type } = result.answer;
  const tokens = {
    AccessToken: access_token,
    ExpiresIn: expires_in,
    IdToken: id_token,
    RefreshToken: refresh_token,
    TokenType: token_type,
  };
  return { kind: 'done', answer: { AuthenticationResult: tokens } };
});
