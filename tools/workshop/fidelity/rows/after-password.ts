import { openBrowser } from '../../../../lib/local-pool/tests/hosted-ui-browser';
import { fromBase32, totpOf } from '../../../../lib/local-pool/tests/totp-code';
import { type Behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { localTarget } from '../local-target';
import { at, signIn, walk } from './walk';

/** Steps between the right password and the app (cognito-facts, section 3). */
export const AFTER_PASSWORD: readonly Behavior[] = [
  walk(
    'new-password',
    'A temporary password: no session and no authorization code until a new one is set',
    '/newPassword without a session',
    async (b, t) => {
      const page = await signIn(b, t, 'dave', 'Dave-password-1');
      return `${at(page)} ${b.cookies.has('cognito') ? 'with' : 'without'} a session`;
    },
    { standing: unconfirmed, source: "dg: MFA; the path is the local pool's" },
  ),
  walk(
    'mfa',
    "An authenticator app's code after the password, and the same code in another sign-in",
    '/mfa; code; another time /mfa: Invalid code received for user',
    async (b, t) => {
      const { users } = controlOf(t).settings;
      const secret = users.find(({ username }) => username === 'erin')?.mfa?.secret ?? '';
      const now = t.control?.settings.now() ?? 0;
      const sent = { authentication_code: totpOf(fromBase32(secret), now) };
      const page = await signIn(b, t, 'erin', 'Erin-password-1');
      const done = await b.press(page, 'signInSubmitButton', sent);
      const other = openBrowser(controlOf(t));
      const second = await signIn(other, t, 'erin', 'Erin-password-1');
      const again = await other.press(second, 'signInSubmitButton', sent);
      return `${at(page)}; ${at(done)}; another time ${at(again)}`;
    },
    { standing: unconfirmed, source: "dg: MFA; the path is the local pool's" },
  ),
  walk(
    'mfa-setup',
    'The first sign-in where MFA is ON, which includes the setup, and where it is OPTIONAL, which does not',
    '/mfaSetup; code',
    async (b, t) => {
      const own = await localTarget(
        { traits: [] },
        t.clientSecret === undefined ? 'public' : 'confidential',
        { mfa: 'ON' },
      );
      const asked = await signIn(openBrowser(controlOf(own)), own, 'alice', 'Alice-password-1');
      return `${at(asked)}; ${at(await signIn(b, t, 'alice', 'Alice-password-1'))}`;
    },
    { source: "dg: MFA; the path is the local pool's" },
  ),
];
