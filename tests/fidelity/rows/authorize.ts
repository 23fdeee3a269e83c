import { answer, pageSays } from '../answer';
import { type Behaviour, behaviour, unconfirmed } from '../behaviour';
import { controlOf } from '../control';
import { CHALLENGE, type Changes } from '../target';

const LOGIN = '302 <domain>/login?client_id=<client>&redirect_uri=<callback>&response_type=code';
const CHALLENGED = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

/** One request to /oauth2/authorize by somebody who is not signed in. */
function asked(
  id: string,
  ask: string,
  changes: Changes,
  row: Pick<Behaviour, 'cognito' | 'source'> & Partial<Behaviour>,
): Behaviour {
  return behaviour({
    ...row,
    id: `authorize/${id}`,
    ask,
    observe: async (target) => await answer(target, await target.authorize(changes)),
  });
}

/** GET /oauth2/authorize (cognito-facts, section 2). */
export const AUTHORIZE: readonly Behaviour[] = [
  asked(
    'good',
    'A good request while nobody is signed in',
    {},
    {
      cognito: `${LOGIN}&scope=<scopes>&state=<state>`,
      source: 'dg: authorize',
    },
  ),
  behaviour({
    id: 'authorize/alias',
    ask: 'The same at the old alias `/authorize`',
    cognito: `${LOGIN}&scope=<scopes>&state=<state>`,
    source: 'issue: amazon-cognito-auth-js#50',
    observe: async (target) => {
      return await answer(target, await target.get(`/authorize?${target.authorizeQuery()}`));
    },
  }),

  asked(
    'no-client-id',
    'No `client_id`',
    { client_id: null },
    {
      cognito: '302 <domain>/error?error=Required+parameters+missing',
      source: 'obs: live 2026-07-03',
    },
  ),
  asked(
    'empty-client-id',
    'An empty `client_id`',
    { client_id: '' },
    {
      cognito: '302 <domain>/error?error=Required+parameters+missing',
      source: 'obs: live 2026-07-03',
    },
  ),
  asked(
    'no-redirect-uri',
    'No `redirect_uri`',
    { redirect_uri: null },
    {
      cognito: '302 <domain>/error?error=Required+parameters+missing',
      source: 'facts, section 2',
      standing: unconfirmed,
    },
  ),
  asked(
    'unknown-client',
    'An unknown `client_id`',
    { client_id: 'nobodyknowsthisclient0000' },
    {
      cognito: '302 <domain>/error?client_id=nobodyknowsthisclient0000&error=invalid_request',
      source: 'obs: live 2026-07-03',
    },
  ),
  behaviour({
    id: 'authorize/redirect-mismatch',
    ask: 'A `redirect_uri` that differs by one slash, one capital or a query',
    cognito: '302 <domain>/error?client_id=<client>&error=redirect_mismatch',
    source: 'obs',
    observe: async (target) => {
      const uri = target.redirectUri;
      const near = [`${uri}/x`, `${uri}?x=1`, uri.replace('://', '://x.'), uri.toUpperCase()];
      const answers = new Set<string>();
      for (const redirect_uri of near) {
        answers.add(await answer(target, await target.authorize({ redirect_uri })));
      }
      return [...answers].join(' | ');
    },
  }),
  behaviour({
    id: 'authorize/error-page',
    ask: 'The page `/error`',
    cognito: '400 "An error was encountered with the requested page."',
    source: 'obs',
    observe: async (target) => {
      const page = await target.get('/error?error=redirect_mismatch&client_id=x');
      return await pageSays(page, 'An error was encountered with the requested page.');
    },
  }),
  behaviour({
    id: 'authorize/no-provider',
    ask: 'A client without any identity provider',
    cognito: '302 <domain>/error?client_id=<client>&error=invalid_request',
    source: 'obs',
    needs: 'control',
    observe: async (target) => {
      controlOf(target).changeClient({ identityProviders: [] });
      return await answer(target, await target.authorize());
    },
  }),

  asked(
    'no-response-type',
    'No `response_type`',
    { response_type: null },
    {
      cognito: '302 <callback>?error=invalid_request&state=<state>',
      source: 'dg: authorize',
    },
  ),
  asked(
    'odd-response-type',
    'A `response_type` that is none',
    { response_type: 'id_token' },
    {
      cognito: '302 <callback>?error=invalid_request&state=<state>',
      source: 'dg: authorize',
    },
  ),
  asked(
    'challenge-without-method',
    'A code challenge without its method',
    { code_challenge: CHALLENGE },
    {
      cognito: '302 <callback>?error=invalid_request&state=<state>',
      source: 'dg: authorize',
    },
  ),
  asked(
    'plain',
    'The challenge method `plain`',
    { ...CHALLENGED, code_challenge_method: 'plain' },
    {
      cognito: '302 <callback>?error=invalid_request&state=<state>',
      source: 'dg: authorize',
    },
  ),
  asked(
    'scope',
    'A scope that the client has not',
    { scope: 'openid nobody/has-this' },
    {
      cognito: '302 <callback>?error=invalid_scope&state=<state>',
      source: 'dg: authorize; obs',
    },
  ),
  asked(
    'prompt-none',
    '`prompt=none` while nobody is signed in, managed login',
    { prompt: 'none' },
    {
      cognito: '302 <callback>?error=login_required&state=<state>',
      source: 'dg: authorize',
      traits: ['managed'],
    },
  ),
  asked(
    'prompt-none-classic',
    'The same in the classic hosted UI',
    { prompt: 'none' },
    {
      cognito: `302 <domain>/login?client_id=<client>&prompt=none&redirect_uri=<callback>&response_type=code&scope=<scopes>&state=<state>`,
      source: 'facts, section 2',
      standing: unconfirmed,
      traits: ['classic'],
    },
  ),
];
