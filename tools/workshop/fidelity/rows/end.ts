import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';

const CODE = '302 <callback>?code=<uuid>&state=<state>';
const LOGIN =
  '302 <domain>/login?client_id=<client>&redirect_uri=<callback>&response_type=code&scope=<scopes>&state=<state>';

/** /logout in the browser that has signed in; it stores the cookies of the response. */
async function leave(target: Target, params: Record<string, string>): Promise<Response> {
  const query = new URLSearchParams({ client_id: target.clientId, ...params });
  const cookie = target.jar.cookie(target.domain);
  const response = await target.get(`/logout?${query}`, { cookie });
  target.jar.store(target.domain, response.headers.getSetCookie());
  return response;
}

/**
 * What ends a hosted session, and what /logout does not affect (cognito-facts, section 7). On a real pool,
 * these rows end the session that all rows share, so this chapter comes last.
 */
export const END: readonly Behavior[] = [
  behavior({
    id: 'end/global-sign-out',
    ask: 'A silent authorize after a global sign-out',
    cognito: CODE,
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      await target.code();
      controlOf(target).signOutGlobally(target.username);
      return await answer(target, await target.authorizeAgain());
    },
  }),
  behavior({
    id: 'end/disabled',
    ask: 'A silent authorize of a disabled user',
    cognito: LOGIN,
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      await target.code();
      controlOf(target).disable(target.username);
      return await answer(target, await target.authorizeAgain());
    },
  }),
  behavior({
    id: 'end/replayed-cookie',
    ask: 'The session cookie from before /logout, sent again',
    cognito: LOGIN,
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      await target.code();
      const before = target.jar.cookie(target.domain);
      await leave(target, { logout_uri: target.logoutUri });
      // As if the browser had kept its cookies.
      target.jar.store(target.domain, before.split('; '));
      return await answer(target, await target.authorizeAgain());
    },
  }),
  behavior({
    id: 'end/ends-session',
    ask: '/logout with the session: the cookie, a silent authorize, and a refresh with an earlier token',
    cognito: `302 <logout uri>, cookie deleted; ${LOGIN}; refresh 200`,
    source: 'dg: logout',
    needs: 'sign-in',
    observe: async (target) => {
      const { refresh_token } = await target.freshTokens();
      const left = await leave(target, { logout_uri: target.logoutUri });
      const kept = /(^|; )cognito=/.test(target.jar.cookie(target.domain));
      const again = await target.authorizeAgain();
      const refreshed = await target.refresh(refresh_token);
      const [out, back] = [await answer(target, left), await answer(target, again)];
      return `${out}, cookie ${kept ? 'kept' : 'deleted'}; ${back}; refresh ${refreshed.status}`;
    },
  }),
  behavior({
    id: 'end/unregistered',
    ask: 'A silent authorize after /logout with the session and an unregistered `logout_uri`',
    cognito: CODE,
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      await target.code();
      await leave(target, { logout_uri: `${target.logoutUri}x` });
      return await answer(target, await target.authorizeAgain());
    },
  }),
  behavior({
    id: 'end/deleted',
    ask: 'A silent authorize of a deleted user',
    cognito: LOGIN,
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      await target.code();
      controlOf(target).remove(target.username);
      return await answer(target, await target.authorizeAgain());
    },
  }),
  behavior({
    id: 'end/second-form',
    ask: 'A silent authorize after /logout with the session, a `redirect_uri` and a `response_type`',
    cognito: LOGIN,
    source: 'dg: logout',
    needs: 'control',
    observe: async (target) => {
      await target.code();
      await leave(target, { redirect_uri: target.redirectUri, response_type: 'code' });
      return await answer(target, await target.authorizeAgain());
    },
  }),
  behavior({
    id: 'end/user-info',
    ask: 'userInfo after /logout, with an earlier access token',
    cognito: '200',
    source: 'dg: logout',
    needs: 'sign-in',
    observe: async (target) => {
      const { access_token } = await target.tokens();
      await leave(target, { logout_uri: target.logoutUri });
      return String((await target.userInfo(access_token)).status);
    },
  }),
];
