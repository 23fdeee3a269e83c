import { answer } from '../answer';
import { type Behaviour, behaviour, unconfirmed } from '../behaviour';
import { controlOf } from '../control';
import type { Target } from '../target';

const LOGIN =
  '302 <domain>/login?client_id=<client>&redirect_uri=<callback>&response_type=code&scope=<scopes>&state=<state>';

/** /logout by the browser that has signed in, which does with its cookies as it is told. */
async function leave(target: Target, params: Record<string, string>): Promise<void> {
  const query = new URLSearchParams({ client_id: target.clientId, ...params });
  const cookie = target.jar.cookie(target.domain);
  const response = await target.get(`/logout?${query}`, { cookie });
  target.jar.store(target.domain, response.headers.getSetCookie());
}

/**
 * What else ends a hosted session, and what /logout does not reach (cognito-facts, section 7). The
 * last row ends a real pool's session, so this is the last chapter.
 */
export const END: readonly Behaviour[] = [
  behaviour({
    id: 'end/deleted',
    ask: 'A silent authorize of a user who was deleted',
    cognito: LOGIN,
    source: 'facts name none',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      await target.code();
      controlOf(target).remove(target.username);
      return await answer(target, await target.authorizeAgain());
    },
  }),
  behaviour({
    id: 'end/second-form',
    ask: '/logout with the session, a `redirect_uri` and a `response_type`: authorize afterwards',
    cognito: LOGIN,
    source: 'dg: logout',
    needs: 'control',
    observe: async (target) => {
      await target.code();
      await leave(target, { redirect_uri: target.redirectUri, response_type: 'code' });
      return await answer(target, await target.authorizeAgain());
    },
  }),
  behaviour({
    id: 'end/user-info',
    ask: 'userInfo after /logout, with an access token from before',
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
