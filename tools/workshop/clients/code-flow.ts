import type { AppClient } from '@/lib/local-pool/src/settings';
import { type Person, signInAt } from './hosted-ui';
import { CALLBACK } from './served-pool';

/** The tokens of a sign-in. */
export interface Tokens {
  idToken: string;
  accessToken: string;
  refreshToken: string;
}

/**
 * Signs in through the hosted UI and exchanges the code itself, for clients that get tokens from others.
 *
 * @param origin the pool's domain
 * @param client the app client
 * @param person the user; default: alice
 */
export async function signInForTokens(
  origin: string,
  client: AppClient,
  person?: Person,
): Promise<Tokens> {
  const authorize = new URL('/oauth2/authorize', origin);
  const { clientId, clientSecret } = client;
  authorize.search = String(
    new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: CALLBACK }),
  );
  const callback = await signInAt(authorize, person);
  const response = await fetch(new URL('/oauth2/token', origin), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      client_id: clientId,
      ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
    }),
  });
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return {
    idToken: member(body, 'id_token'),
    accessToken: member(body, 'access_token'),
    refreshToken: member(body, 'refresh_token'),
  };
}

function member(body: unknown, name: string): string {
  const value: unknown = new Map(Object.entries(Object(body))).get(name);
  if (typeof value !== 'string') throw new Error(`The token endpoint's response has no ${name}.`);
  return value;
}
