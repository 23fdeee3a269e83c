import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { CHALLENGE } from '../target';
import { asked } from './asked';

const LOGIN = '302 <domain>/login?client_id=<client>&redirect_uri=<callback>&response_type=code';
const INVALID = '302 <callback>?error=invalid_request&state=<state>';
const CHALLENGED = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

const invalid = { cognito: INVALID, source: 'dg: authorize' };

/** GET /oauth2/authorize: errors that are sent to the callback (cognito-facts, section 2). */
export const AUTHORIZE: readonly Behavior[] = [
  asked(
    'good',
    'A valid request without a hosted session',
    {},
    { cognito: `${LOGIN}&scope=<scopes>&state=<state>`, source: 'dg: authorize' },
  ),
  behavior({
    id: 'authorize/alias',
    ask: 'The same at the old alias `/authorize`',
    cognito: `${LOGIN}&scope=<scopes>&state=<state>`,
    source: 'issue: amazon-cognito-auth-js#50',
    observe: async (target) => {
      return await answer(target, await target.get(`/authorize?${target.authorizeQuery()}`));
    },
  }),
  behavior({
    id: 'authorize/post',
    ask: 'The same by POST',
    cognito: 'refused',
    source: 'dg: authorize',
    observe: async (target) => {
      const response = await target.post(`/oauth2/authorize?${target.authorizeQuery()}`, {});
      return response.status < 400 ? await answer(target, response) : 'refused';
    },
  }),

  asked('no-response-type', 'No `response_type`', { response_type: null }, invalid),
  asked('odd-response-type', 'An unknown `response_type`', { response_type: 'id_token' }, invalid),
  asked(
    'implicit',
    '`response_type=token` from a client that may use only the code flow',
    { response_type: 'token' },
    {
      cognito: '302 <callback>?error=unauthorized_client&state=<state>',
      source: 'dg: authorize; one report says `/error`',
    },
  ),
  behavior({
    id: 'authorize/no-code-flow',
    ask: '`response_type=code` from a client that may not use the code flow',
    cognito: '302 <callback>?error=unauthorized_client&state=<state>',
    source: 'dg: authorize',
    needs: 'control',
    observe: async (target) => {
      controlOf(target).changeClient({ codeFlow: false });
      return await answer(target, await target.authorize());
    },
  }),
  asked(
    'no-state',
    'An error without a `state` in the request',
    { response_type: null, state: null },
    { cognito: '302 <callback>?error=invalid_request', source: 'dg: authorize' },
  ),
  behavior({
    id: 'authorize/callback-with-a-query',
    ask: 'An error for a callback URL that has its own query',
    cognito: '302 <callback>?a=1&error=invalid_request&state=<state>',
    source: 'rfc 6749, 3.1.2',
    needs: 'control',
    standing: unconfirmed,
    observe: async (target) => {
      const redirect_uri = `${target.redirectUri}?a=1`;
      controlOf(target).changeClient({ redirectUris: [redirect_uri] });
      return await answer(target, await target.authorize({ redirect_uri, response_type: null }));
    },
  }),

  asked('challenge', 'A PKCE challenge', CHALLENGED, {
    cognito: `302 <domain>/login?client_id=<client>&code_challenge=${CHALLENGE}&code_challenge_method=S256&redirect_uri=<callback>&response_type=code&scope=<scopes>&state=<state>`,
    source: 'dg: authorize',
  }),
  asked('no-method', 'A challenge without its method', { code_challenge: CHALLENGE }, invalid),
  asked(
    'no-challenge',
    'A method without a challenge',
    { code_challenge_method: 'S256' },
    {
      ...invalid,
      standing: unconfirmed,
    },
  ),
  asked('plain', 'The method `plain`', { ...CHALLENGED, code_challenge_method: 'plain' }, invalid),
  asked(
    'odd-challenge',
    'A challenge that is not 43 characters of base64url',
    { ...CHALLENGED, code_challenge: 'short' },
    { ...invalid, standing: unconfirmed },
  ),

  asked(
    'scope',
    'A scope that the client may not request',
    { scope: 'openid nobody/has-this' },
    {
      cognito: '302 <callback>?error=invalid_scope&state=<state>',
      source: 'dg: authorize; obs',
    },
  ),
  asked(
    'scope-without-openid',
    'The scope `email` without `openid`',
    { scope: 'email' },
    {
      cognito: '302 <callback>?error=invalid_scope&state=<state>',
      source: 'dg: authorize does not give the error',
      standing: unconfirmed,
    },
  ),
];
