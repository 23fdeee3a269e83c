import { sealSession } from '../../../tests/support/local-pool';
import { claimsOf, mintTokens, startPool } from '../bench/tokens';

/** A signed-in user of a site that doesn't run yet. */
export interface ColdVisitor {
  /** The site's settings. */
  readonly environment: Readonly<Record<string, string>>;
  /** The value of the `Cookie` header. */
  readonly cookie: string;
  close(): Promise<void>;
}

/**
 * Signs a user in at a new local user pool, before the site starts.
 *
 * @param origin of the site
 * @param keysAfter how long the pool takes to send its keys, in milliseconds: Cognito is not on this machine
 */
export async function signInBefore(origin: string, keysAfter: number): Promise<ColdVisitor> {
  const served = await startPool(origin);
  const { pool } = served;
  const environment = served.environment();
  const keys = new URL(`${environment.COGNITO_ISSUER}/.well-known/jwks.json`).pathname;
  if (keysAfter > 0) pool.fault(keys, { delayMs: keysAfter });
  const { idToken, accessToken, refreshToken } = await mintTokens(pool);
  const tokens = { id_token: idToken, access_token: accessToken, refresh_token: refreshToken };
  const answer = { ...tokens, expires_in: 3600, token_type: 'Bearer' } as const;
  const sealed = await sealSession(environment, answer, new Map());
  const cookies = sealed.filter(({ maxAge }) => maxAge !== 0);
  return {
    // The site without its sign-in takes its user from there.
    environment: { ...environment, BENCH_CLAIMS: JSON.stringify(claimsOf(idToken)) },
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    close: served.close,
  };
}
