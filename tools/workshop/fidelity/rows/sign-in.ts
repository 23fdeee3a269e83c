import { enter, openBrowser, problemOn } from '../../../../lib/local-pool/tests/hosted-ui-browser';
import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';
import { at, signIn } from './walk';

const HOUR = 3600;
const LOCKED = 'Password attempts exceeded';

/** The response to a name and a password. Local pool only: on a real one it would look like an attack. */
function attempted(
  id: string,
  ask: string,
  cognito: string,
  attempt: (target: Target) => Promise<string>,
  row: Partial<Behavior> = {},
): Behavior {
  return behavior({
    source: 'api; dg: managing errors',
    needs: 'control',
    ...row,
    id: `sign-in/${id}`,
    ask,
    cognito,
    observe: attempt,
  });
}

/** Enters a name and a password once, in a new browser. */
async function says(target: Target, username: string, password: string): Promise<string> {
  const page = await enter(openBrowser(controlOf(target)), username, password, {
    client_id: target.clientId,
  });
  return page.callback === null ? problemOn(page) : 'signed in';
}

/** Seconds until a wrong password is reported as wrong again, which counts as one more failure. */
async function secondsLocked(target: Target): Promise<number> {
  for (let seconds = 1; seconds <= 60; seconds += 1) {
    controlOf(target).advance(1);
    if ((await says(target, 'alice', 'wrong')) !== LOCKED) return seconds;
  }
  throw new Error('The user was locked for a minute.');
}

/** Posts the form without parsing the page. */
async function postForm(target: Target, csrf: (sent: string) => string): Promise<Response> {
  const path = `/login?${target.authorizeQuery()}`;
  const page = await target.get(path);
  const cookies = page.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  const token = cookies.findLast((pair) => pair.startsWith('XSRF-TOKEN='))?.slice(11) ?? '';
  const { username, password } = target;
  const form = { _csrf: csrf(token), username, password, cognitoAsfData: '' };
  return await target.post(path, form, { cookie: `XSRF-TOKEN=${token}` });
}

/** The pages of a sign-in (cognito-facts, section 3). */
export const SIGN_IN: readonly Behavior[] = [
  behavior({
    id: 'sign-in/form',
    ask: 'The fields of the classic form',
    cognito: '_csrf, username, password, cognitoAsfData, signInSubmitButton',
    source: 'obs: recorded',
    traits: ['classic'],
    observe: async (target) => {
      const page = await (await target.get(`/login?${target.authorizeQuery()}`)).text();
      const names = ['_csrf', 'username', 'password', 'cognitoAsfData', 'signInSubmitButton'];
      return names.filter((name) => page.includes(`name="${name}"`)).join(', ');
    },
  }),
  behavior({
    id: 'sign-in/success',
    ask: 'The right password: a redirect to the callback, an empty body, two `XSRF-TOKEN` cookies and one `cognito` cookie',
    cognito: '302 <callback>?code=<uuid>&state=<state>, 0 bytes, XSRF-TOKEN XSRF-TOKEN cognito',
    source: 'obs: recorded',
    needs: 'control',
    observe: async (target) => {
      const response = await postForm(target, (token) => token);
      const names = response.headers.getSetCookie().map((line) => line.split('=')[0] ?? '');
      const bytes = (await response.clone().arrayBuffer()).byteLength;
      const named = names.filter((name) => ['XSRF-TOKEN', 'cognito'].includes(name)).sort();
      return `${await answer(target, response)}, ${bytes} bytes, ${named.join(' ')}`;
    },
  }),
  behavior({
    id: 'sign-in/session-cookie',
    ask: 'The session cookie: its format, one hour, HttpOnly, SameSite=Lax, no Secure over http',
    cognito: '"<b64>.<b64>.3"; Version=1; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax',
    source: 'obs: recorded, with Domain and, over https, Secure',
    needs: 'control',
    observe: async (target) => {
      const lines = (await postForm(target, (token) => token)).headers.getSetCookie();
      const cookie = lines.find((line) => line.startsWith('cognito=')) ?? '';
      return cookie.slice('cognito='.length).replace(/"[\w-]+\.[\w-]+\.3"/, '"<b64>.<b64>.3"');
    },
  }),
  behavior({
    id: 'sign-in/csrf',
    ask: 'A form whose `_csrf` differs from the `XSRF-TOKEN` cookie',
    cognito: '403 page',
    source: 'obs; status: facts, section 2',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => await answer(target, await postForm(target, () => 'another')),
  }),
  attempted('wrong', 'A wrong password', 'Incorrect username or password.', async (target) => {
    return await says(target, 'alice', 'wrong');
  }),
  attempted(
    'unknown',
    'An unknown user name',
    'Incorrect username or password.',
    async (target) => {
      return await says(target, 'nobody', 'wrong');
    },
  ),
  attempted(
    'unknown-legacy',
    'The same where PreventUserExistenceErrors is LEGACY',
    'User does not exist.',
    async (target) => {
      controlOf(target).changeClient({ preventUserExistenceErrors: 'LEGACY' }, target.clientId);
      return await says(target, 'nobody', 'wrong');
    },
    { source: 'obs: recorded' },
  ),
  attempted(
    'lock',
    'The number of wrong passwords that lock a user; the seconds of the lock, and of the locks after further failures',
    '5 times, then 1, 2, 4, 8 s',
    async (target) => {
      let failures = 0;
      while (failures < 50 && (await says(target, 'alice', 'wrong')) !== LOCKED) failures += 1;
      const locks = [];
      while (locks.length < 4) locks.push(await secondsLocked(target));
      return `${failures} times, then ${locks.join(', ')} s`;
    },
    { source: 'dg 2023: authentication flow' },
  ),
  attempted(
    'lock-longest',
    'The right password 14 and 15 minutes after the twentieth wrong one',
    `${LOCKED}; signed in`,
    async (target) => {
      for (let attempt = 1; attempt <= 20; attempt += 1) {
        controlOf(target).advance(HOUR);
        await says(target, 'alice', 'wrong');
      }
      controlOf(target).advance(14 * 60);
      const locked = await says(target, 'alice', 'Alice-password-1');
      controlOf(target).advance(60);
      return `${locked}; ${await says(target, 'alice', 'Alice-password-1')}`;
    },
    { source: 'dg 2023: authentication flow' },
  ),
  attempted(
    'disabled',
    'A disabled user',
    'User is disabled.',
    async (target) => {
      controlOf(target).disable('alice');
      return await says(target, 'alice', 'Alice-password-1');
    },
    { standing: unconfirmed, source: 'api' },
  ),
  attempted(
    'unconfirmed',
    'An unconfirmed user, who is sent to the page for the code',
    '/confirm: User is not confirmed.',
    async (target) => {
      return at(await signIn(openBrowser(controlOf(target)), target, 'carol', 'Carol-password-1'));
    },
    { standing: unconfirmed, source: 'api' },
  ),
  attempted(
    'reset',
    'A user whose password an administrator has reset',
    'Password reset required for the user',
    async (target) => {
      controlOf(target).setStatus('alice', 'RESET_REQUIRED');
      return await says(target, 'alice', 'Alice-password-1');
    },
    { standing: unconfirmed, source: 'api' },
  ),
];
