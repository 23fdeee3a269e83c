import { authenticateClient } from './client-auth';
import { missingParameter, type Operation, type Outcome } from './json-api';
import { redeemRefreshToken } from './refresh-grant';

/**
 * GetTokensFromRefreshToken of the JSON API, which Amplify uses to refresh, with or without
 * rotation. It does the same as the token endpoint, but the ID token has no `at_hash` (facts,
 * section 9).
 *
 * The exceptions are those of the API reference. Their messages aren't documented, so they follow
 * those of other operations.
 */
export const getTokensFromRefreshToken: Operation = async (pool, input) => {
  for (const name of ['ClientId', 'RefreshToken']) {
    if (!input.get(name)) return missingParameter(name);
  }
  const form = new URLSearchParams({
    client_id: input.get('ClientId') ?? '',
    client_secret: input.get('ClientSecret') ?? '',
    refresh_token: input.get('RefreshToken') ?? '',
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
};

function refused(exception: string, message: string): Outcome {
  return { kind: 'refused', exception, message };
}
