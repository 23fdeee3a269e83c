import { answer, pageSays } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { asked } from './asked';

const MISSING = '302 <domain>/error?error=Required+parameters+missing';

/** A redirect to the pool's own error page, which names only the client. */
const errorPage = (error: string, source: string, client = '<client>') => ({
  cognito: `302 <domain>/error?client_id=${client}&error=${error}`,
  source,
});

/** GET /oauth2/authorize: errors that never leave the domain (cognito-facts, section 2). */
export const ERROR_PAGE: readonly Behavior[] = [
  asked(
    'no-client-id',
    'No `client_id`',
    { client_id: null },
    {
      cognito: MISSING,
      source: 'obs: live 2026-07-03',
    },
  ),
  asked(
    'empty-client-id',
    'An empty `client_id`',
    { client_id: '' },
    {
      cognito: MISSING,
      source: 'obs: live 2026-07-03',
    },
  ),
  asked(
    'only-response-type',
    'Only a `response_type`',
    { client_id: null, redirect_uri: null, scope: null, state: null },
    { cognito: MISSING, source: 'obs: live 2026-07-03' },
  ),
  asked(
    'no-redirect-uri',
    'No `redirect_uri`',
    { redirect_uri: null },
    {
      cognito: MISSING,
      source: 'facts, section 2',
      standing: unconfirmed,
    },
  ),
  asked(
    'unknown-client',
    'An unknown `client_id`',
    { client_id: 'nobodyknowsthisclient0000' },
    errorPage('invalid_request', 'obs: live 2026-07-03', 'nobodyknowsthisclient0000'),
  ),
  behavior({
    id: 'authorize/redirect-mismatch',
    ask: 'A `redirect_uri` that differs in its path, case, query, fragment, scheme, host or port',
    ...errorPage('redirect_mismatch', 'obs; dg: authorize'),
    observe: async (target) => {
      const uri = target.redirectUri;
      const near = [
        `${uri}/x`,
        `${uri}?x=1`,
        `${uri}#x`,
        uri.toUpperCase(),
        uri.replace('://', '://x.'),
        uri.replace(/^https?/, (scheme) => (scheme === 'http' ? 'https' : 'http')),
        uri.replace(/^(\w+:\/\/[^/:]+)(:\d+)?/, '$1:1'),
      ];
      const answers = new Set<string>();
      for (const redirect_uri of near) {
        answers.add(await answer(target, await target.authorize({ redirect_uri })));
      }
      return [...answers].join(' | ');
    },
  }),
  behavior({
    id: 'authorize/error-page',
    ask: 'The page `/error`',
    cognito: '400 "An error was encountered with the requested page."',
    source: 'obs',
    observe: async (target) => {
      const page = await target.get('/error?error=redirect_mismatch&client_id=x');
      return await pageSays(page, 'An error was encountered with the requested page.');
    },
  }),
  behavior({
    id: 'authorize/no-provider',
    ask: 'A client without any identity provider',
    ...errorPage('invalid_request', 'obs'),
    needs: 'control',
    observe: async (target) => {
      controlOf(target).changeClient({ identityProviders: [] });
      return await answer(target, await target.authorize());
    },
  }),
];
