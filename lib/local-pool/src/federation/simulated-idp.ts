import { type Context, Hono } from 'hono';
import { errorPage } from '../hosted-ui/error-page';
import { onDomain, type PoolEnv, readForm } from '../http';
import type { PoolState } from '../state';
import { answerOf } from './chosen-person';
import type { ProviderAnswer } from './federation-state';
import type { IdentityProvider } from './identity-provider';
import { changeAnswer, sealAnswer } from './provider-answer';
import { providerPage } from './simulated-idp-page';

const PATH = '/simulated-idp/:provider';

/**
 * Simulates the sign-in page of an identity provider. You can choose an account, enter another one,
 * or cancel. It keeps no session, so it always asks, whatever `prompt` says.
 *
 * @param pool the pool
 */
export function simulatedIdpRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();

  routes.get(PATH, (c) => {
    const provider = providerOf(pool, c);
    if (!provider) return errorPage(c, 404, '');
    const state = c.req.query(provider.type === 'SAML' ? 'RelayState' : 'state') ?? '';
    return providerPage(c, {
      provider,
      loginHint: c.req.query('login_hint'),
      redirectUri: pool.federation.trips.get(state)?.redirectUri,
      hidden: { _csrf: c.get('xsrfToken'), ...carried(pool, provider, state) },
    });
  });

  routes.post(PATH, async (c) => {
    const provider = providerOf(pool, c);
    if (!provider) return errorPage(c, 404, '');
    const form = await readForm(c.req.raw);
    if (form.get('_csrf') !== c.get('xsrfToken')) return errorPage(c, 403, '');
    const answer = answerOf(provider, form);
    if (!answer) return errorPage(c, 400, '');
    if (provider.type !== 'SAML') {
      return c.redirect(openIdReturn(pool, answer, form.get('state') ?? ''), 302);
    }
    changeAnswer(pool, form.get('SAMLResponse') ?? '', answer);
    // SAML returns with a POST. A 307 makes the browser repeat this POST, so no script is needed.
    return c.redirect(onDomain(pool, '/saml2/idpresponse'), 307);
  });

  return routes;
}

function providerOf(pool: PoolState, c: Context<PoolEnv, typeof PATH>) {
  return pool.settings.identityProviders.find(({ name }) => name === c.req.param('provider'));
}

/** The hidden fields of the forms. SAML's response means "cancelled" until the user chooses. */
function carried(
  pool: PoolState,
  provider: IdentityProvider,
  state: string,
): Record<string, string> {
  if (provider.type !== 'SAML') return { state };
  const undecided: ProviderAnswer = { kind: 'cancelled', provider: provider.name };
  return { RelayState: state, SAMLResponse: sealAnswer(pool, undecided) };
}

function openIdReturn(pool: PoolState, answer: ProviderAnswer, state: string): string {
  if (answer.kind === 'person') {
    return onDomain(pool, '/oauth2/idpresponse', { code: sealAnswer(pool, answer), state });
  }
  // RFC 6749, 4.1.2.1; Google sends no description.
  return onDomain(pool, '/oauth2/idpresponse', { error: 'access_denied', state });
}
