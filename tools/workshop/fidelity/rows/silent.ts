import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';
import { claimsIn } from '../wire';
import { askedAgain } from './asked';

const CODE = '302 <callback>?code=<uuid>&state=<state>';
const HOUR = 3600;
const code = (source: string) => ({ cognito: CODE, source });

/** GET /oauth2/authorize with a hosted session (cognito-facts, section 2). */
export const SILENT: readonly Behavior[] = [
  askedAgain('code', 'A valid request: a code without a page', {}, code('dg: managed login; obs')),
  askedAgain(
    'no-state',
    'The same without a `state`: only the code, no `iss`',
    { state: null },
    { cognito: '302 <callback>?code=<uuid>', source: 'obs' },
  ),
  askedAgain('none', '`prompt=none`', { prompt: 'none' }, code('dg: authorize')),
  askedAgain(
    'select-account',
    '`prompt=select_account consent`, which only matters to an external provider',
    { prompt: 'select_account consent' },
    code('dg: authorize'),
  ),
  askedAgain(
    'error',
    'An invalid request: the error, not the code',
    { scope: 'openid nobody/has-this' },
    { cognito: '302 <callback>?error=invalid_scope&state=<state>', source: 'dg: authorize' },
  ),
  askedAgain(
    'response-mode',
    '`response_mode=form_post`',
    { response_mode: 'form_post' },
    { ...code('facts, section 2'), standing: unconfirmed },
  ),
  behavior({
    id: 'silent/prompt-login',
    ask: '`prompt=login`, managed login; then a silent authorize',
    cognito: `302 <domain>/login; ${CODE}`,
    source: 'dg: authorize',
    needs: 'sign-in',
    traits: ['managed'],
    observe: async (target) => await promptLogin(target),
  }),
  behavior({
    id: 'silent/prompt-login-classic',
    ask: 'The same in the classic hosted UI',
    cognito: `${CODE}; ${CODE}`,
    source: 'facts, section 2',
    standing: unconfirmed,
    needs: 'sign-in',
    traits: ['classic'],
    observe: async (target) => await promptLogin(target),
  }),
  behavior({
    id: 'silent/cookie',
    ask: 'Whether a silent authorize sets the session cookie again',
    cognito: 'no',
    source: 'dg: managed login',
    needs: 'sign-in',
    observe: async (target) => {
      const cookies = (await target.authorizeAgain()).headers.getSetCookie();
      return cookies.some((line) => line.startsWith('cognito=')) ? 'yes' : 'no';
    },
  }),
  behavior({
    id: 'silent/login-page',
    ask: '`/login` opened directly, which is never silent',
    cognito: '200 page',
    source: 'issue: localstack/localstack#5310',
    needs: 'sign-in',
    observe: async (target) => {
      await target.authorizeAgain();
      const cookie = target.jar.cookie(target.domain);
      return await answer(
        target,
        await target.get(`/login?${target.authorizeQuery()}`, { cookie }),
      );
    },
  }),
  behavior({
    id: 'silent/hour',
    ask: 'One second before the hosted session is an hour old, and at one hour',
    cognito: `${CODE}; 302 <domain>/login`,
    source: 'dg: managed login',
    needs: 'control',
    observe: async (target) => await endOfTheHour(target, async () => undefined),
  }),
  behavior({
    id: 'silent/not-sliding',
    ask: 'The same after a silent authorize, which does not extend the session',
    cognito: `${CODE}; 302 <domain>/login`,
    source: 'dg: managed login',
    needs: 'control',
    observe: async (target) => {
      return await endOfTheHour(target, async () => void (await target.authorizeAgain()));
    },
  }),
  behavior({
    id: 'silent/refresh-renews-nothing',
    ask: 'The same after a refresh, which does not extend it, either',
    cognito: `${CODE}; 302 <domain>/login`,
    source: 'dg: refresh',
    needs: 'control',
    observe: async (target) => {
      const { refresh_token } = await target.freshTokens();
      return await endOfTheHour(target, async () => void (await target.refresh(refresh_token)));
    },
  }),
  behavior({
    id: 'silent/full-length',
    ask: 'The lifetime of tokens from a silent authorize 1,000 s after the sign-in',
    cognito: 'full',
    source: 'dg: managed login',
    needs: 'control',
    observe: async (target) => {
      const { exp, iat } = await claimsLater(target);
      return exp - iat === HOUR ? 'full' : `${exp - iat} s`;
    },
  }),
  behavior({
    id: 'silent/auth-time',
    ask: 'Their `auth_time`',
    cognito: "the sign-in's",
    source: 'facts, section 2',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const { iat, authTime } = await claimsLater(target);
      return iat - authTime === 1000 ? "the sign-in's" : `${iat - authTime} s ago`;
    },
  }),
];

async function promptLogin(target: Target): Promise<string> {
  const asked = await answer(target, await target.authorizeAgain({ prompt: 'login' }));
  const after = await answer(target, await target.authorizeAgain());
  return `${asked.replace(/(\/login)\?.*$/, '$1')}; ${after}`;
}

/** Signs in, does something half an hour later, and authorizes just before and at the end of the hour. */
async function endOfTheHour(target: Target, does: () => Promise<void>): Promise<string> {
  const pool = controlOf(target);
  await target.authorizeAgain();
  pool.advance(HOUR / 2);
  await does();
  pool.advance(HOUR / 2 - 1);
  const before = await answer(target, await target.authorizeAgain());
  pool.advance(1);
  const after = await answer(target, await target.authorizeAgain());
  return `${before}; ${after.replace(/\?.*$/, '')}`;
}

async function claimsLater(target: Target) {
  await target.authorizeAgain();
  controlOf(target).advance(1000);
  const claims = claimsIn((await target.freshTokens()).id_token);
  const time = (name: string) => Number(claims.get(name));
  return { exp: time('exp'), iat: time('iat'), authTime: time('auth_time') };
}
