import { openBrowser, type Page, pathOf } from '../../../../lib/local-pool/tests/hosted-ui-browser';
import { type Behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { address, at, forgot, mailed, signIn, signUp, walk } from './walk';

const languageOf = (page: Page) => /<html lang="([^"]*)"/.exec(page.body)?.[1] ?? '';

/** Sign-up, forgotten password, languages (cognito-facts, section 3). */
export const PAGES: readonly Behavior[] = [
  walk('sign-up', 'Signing up, then entering the emailed code', '/confirm; code', async (b, t) => {
    const page = await signUp(b, t);
    const done = await b.press(page, 'confirm', { confirmation_code: mailed(t) });
    return `${at(page)}; ${at(done)}`;
  }),
  walk(
    'name-taken',
    'Signing up with a name that is taken',
    '/signup: User already exists',
    async (b, t) => at(await signUp(b, t, { username: 'alice' })),
    { source: 'obs: recorded 2026-05' },
  ),
  walk(
    'policy',
    'Signing up with a password without a digit',
    '/signup: Password did not conform with policy: Password must have numeric characters',
    async (b, t) => at(await signUp(b, t, { password: 'Password-password' })),
    { source: 'api', standing: unconfirmed },
  ),
  walk(
    'wrong-code',
    'A wrong code',
    '/confirm: Invalid verification code provided, please try again.',
    async (b, t) => at(await b.press(await signUp(b, t), 'confirm', { confirmation_code: 'x' })),
    { source: 'obs: recorded 2026-05' },
  ),
  walk(
    'mailed-link',
    'The emailed link, opened in another browser: the user is confirmed but not signed in',
    '/login; no session',
    async (b, t) => {
      await signUp(b, t);
      const query = new URLSearchParams({
        client_id: t.clientId,
        user_name: 'zoe',
        confirmation_code: mailed(t),
      });
      const other = openBrowser(controlOf(t));
      await other.open(`/confirmUser?${query}`);
      const session = other.cookies.has('cognito') ? 'a session' : 'no session';
      return `${pathOf(await other.open(address(t, '/login')))}; ${session}`;
    },
    { standing: unconfirmed },
  ),
  walk(
    'direct',
    '`/confirm` and `/confirmforgotPassword` opened directly',
    '302, 302',
    async (_, t) => {
      const statuses = [];
      for (const path of ['/confirm', '/confirmforgotPassword']) {
        statuses.push((await t.get(address(t, path))).status);
      }
      return statuses.join(', ');
    },
  ),
  walk(
    'forgot',
    'A forgotten password: entering the code and a new password, then signing in',
    '/confirmforgotPassword; /login; code',
    async (b, t) => {
      const page = await forgot(b, t, 'alice');
      const sent = { confirmation_code: mailed(t), new_password: 'Another-password-2' };
      const done = await b.press(page, 'reset_password', sent);
      const signedIn = await signIn(b, t, 'alice', 'Another-password-2');
      return `${at(page)}; ${at(done)}; ${at(signedIn)}`;
    },
  ),
  walk(
    'forgot-unknown',
    'A forgotten password of an unknown user: as if a code had been sent',
    '/confirmforgotPassword',
    async (b, t) => at(await forgot(b, t, 'nobody')),
    { source: 'dg: managing errors' },
  ),
  walk(
    'forgot-unknown-legacy',
    'The same where PreventUserExistenceErrors is LEGACY',
    '/forgotPassword: Username/client id combination not found.',
    async (b, t) => {
      controlOf(t).changeClient({ preventUserExistenceErrors: 'LEGACY' }, t.clientId);
      return at(await forgot(b, t, 'nobody'));
    },
    { source: 'dg; obs' },
  ),
  walk(
    'lang',
    '`lang=de`, then the same browser without it; then an unsupported language',
    'de; de; en',
    async (b, t) => {
      const languages = [];
      for (const more of [{ lang: 'de' }, {}, { lang: 'tlh' }]) {
        const page = await b.open(`/login?${t.authorizeQuery(more)}`);
        languages.push(languageOf(page));
      }
      return languages.join('; ');
    },
    { source: 'dg: authorize', traits: ['managed'] },
  ),
  walk(
    'lang-classic',
    '`lang=de` in the classic hosted UI',
    'en',
    async (b, t) => {
      const page = await b.open(`/login?${t.authorizeQuery({ lang: 'de' })}`);
      return languageOf(page);
    },
    { source: 'obs 2026-08', traits: ['classic'] },
  ),
];
