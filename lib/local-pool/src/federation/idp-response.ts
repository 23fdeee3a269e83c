import { Hono } from 'hono';
import { checkAuthorization, toCallback } from '../authorization-request';
import { grantAuthorization } from '../authorize';
import { beginHostedSession } from '../hosted-ui/hosted-session';
import { type PoolContext, type PoolEnv, readForm } from '../http';
import type { PoolState } from '../state';
import { federatedAccount, federatedName } from './federated-account';
import type { ProviderAnswer, RoundTrip } from './federation-state';
import { openAnswer } from './provider-answer';
import { endRoundTrip, noRoundTrip } from './round-trip';

/** What the provider sent back: its response, or an error to pass on. */
type Outcome = ProviderAnswer | { kind: 'error'; error: string; description?: string };

/**
 * Where browsers return from an identity provider: GET /oauth2/idpresponse for OpenID Connect and
 * social providers, POST /saml2/idpresponse for SAML.
 *
 * @param pool the pool
 */
export function idpResponseRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();

  routes.get('/oauth2/idpresponse', async (c) => {
    const trip = endRoundTrip(pool, c.req.raw, c.req.query('state') ?? '');
    if (!trip || trip.provider.type === 'SAML') return invalidState(pool, c);
    return await arrive(pool, c, trip, readCode(pool, trip, new URL(c.req.url).searchParams));
  });

  routes.post('/saml2/idpresponse', async (c) => {
    const form = await readForm(c.req.raw);
    const trip = endRoundTrip(pool, c.req.raw, form.get('RelayState') ?? '');
    if (trip?.provider.type !== 'SAML') return invalidState(pool, c);
    const answer = openAnswer(pool, trip.provider, form.get('SAMLResponse') ?? '');
    return await arrive(pool, c, trip, answer ?? INVALID_SAML);
  });

  return routes;
}

/** The provider's own error is passed on unchanged (aws-amplify/amplify-flutter#7350). */
function readCode(pool: PoolState, trip: RoundTrip, query: URLSearchParams): Outcome {
  const error = query.get('error');
  const description = query.get('error_description');
  if (error !== null) {
    return description === null ? { kind: 'error', error } : { kind: 'error', error, description };
  }
  const answer = openAnswer(pool, trip.provider, query.get('code') ?? '');
  return answer ?? { kind: 'error', error: 'invalid_request', description: badCode(trip) };
}

/** Follows the pattern in facts, section 2. The text for this case is unconfirmed. */
function badCode(trip: RoundTrip): string {
  return `${trip.provider.name} Error - 400 invalid_grant getting token`;
}

/** The text up to the colon was recorded; the rest is unconfirmed. */
const INVALID_SAML: Outcome = {
  kind: 'error',
  error: 'server_error',
  description: 'Invalid SAML response received: Response Signature is invalid',
};

async function arrive(pool: PoolState, c: PoolContext, trip: RoundTrip, outcome: Outcome) {
  for (const cookie of noRoundTrip(pool)) c.header('Set-Cookie', cookie, { append: true });
  // The client may have changed in the meantime, so the redirect URI must be checked again.
  const checked = checkAuthorization(pool, trip.query);
  if (checked.kind === 'refused') return c.redirect(checked.location, 302);
  const { request } = checked;
  const fail = (error: string, description?: string) => {
    const told = description === undefined ? {} : { error_description: description };
    const answer = { ...told, state: request.state, error };
    return c.redirect(toCallback(request.redirectUri, answer), 302);
  };

  const failure = pool.federation.failures.get(trip.provider.name);
  if (failure) return fail(failure.error, failure.description);
  if (outcome.kind === 'error') return fail(outcome.error, outcome.description);
  // How Cognito reports a SAML response that denies the sign-in is unconfirmed.
  if (outcome.kind === 'cancelled') return fail('access_denied');

  const signedIn = federatedAccount(pool, trip.provider, outcome.person);
  if (signedIn.kind === 'name-taken') {
    const name = federatedName(trip.provider, outcome.person);
    return fail('invalid_request', `Already found an entry for username ${name}`);
  }
  const { account } = signedIn;
  // A disabled user is refused. The text is unconfirmed.
  if (!account.enabled) return fail('invalid_request', 'User is not enabled');
  const { session, cookie } = beginHostedSession(pool, account, trip.provider.name);
  c.header('Set-Cookie', cookie, { append: true });
  return c.redirect(await grantAuthorization(pool, request, account, session.authTime), 302);
}

/** The state is missing, expired, used before or another browser's (facts, section 2). */
function invalidState(pool: PoolState, c: PoolContext) {
  return c.redirect(`${pool.settings.domain}/error?error=Invalid%20state`, 302);
}
